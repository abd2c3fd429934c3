package metadata

import (
	"regexp"
	"strings"

	"github.com/countybudget/extract/normalize/lexicon"
)

// Words are the phrases by which a document's own data are found. They are made once, of a lexicon.
type Words struct {
	year        *regexp.Regexp // 2024年, 2024年度; the group is the number
	writtenYear *regexp.Regexp // 二〇二四年度部门决算
	leadingYear *regexp.Regexp
	yearBehind  *regexp.Regexp
	numerals    *strings.Replacer

	ownerLine, coverNoise, bodyTitle, attachment *regexp.Regexp

	textBegins, noName, types, coverLevels, titleLevels lexicon.List
	roles, noOwner                                      lexicon.List
}

// NewWords takes the phrases from a lexicon.
func NewWords(book *lexicon.Book) *Words {
	var numerals []string
	for _, p := range book.Of("years.numeral") {
		numerals = append(numerals, p.Text, p.Value)
	}
	return &Words{
		year: book.Pattern("years.printed"), writtenYear: book.Pattern("years.written"),
		leadingYear: book.Pattern("years.leading"), yearBehind: book.Pattern("years.behind"),
		numerals:  strings.NewReplacer(numerals...),
		ownerLine: book.Pattern("metadata.owner_line"), coverNoise: book.Pattern("metadata.cover_noise"),
		bodyTitle: book.Pattern("metadata.body_title"), attachment: book.Pattern("metadata.attachment"),
		textBegins: book.Of("metadata.text_begins"), noName: book.Of("metadata.no_name"), types: book.Of("metadata.type"),
		coverLevels: book.Of("metadata.cover_level"), titleLevels: book.Of("metadata.title_level"),
		roles: book.Of("columns.role"), noOwner: book.Of("rows.no_owner"),
	}
}
