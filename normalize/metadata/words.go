package metadata

import (
	"regexp"
	"strings"

	"github.com/countybudget/extract/normalize/grammar"
	"github.com/countybudget/extract/normalize/lexicon"
)

// Words are the phrases by which a document's own data are found. They are made once, of a lexicon.
type Words struct {
	year        *regexp.Regexp // 2024年, 2024年度; the group is the number
	date        *regexp.Regexp // 2024年9月
	writtenYear *regexp.Regexp // 二〇二四年度部门决算
	several     *regexp.Regexp // 2025- before 2027年
	twoYears    *regexp.Regexp // 2024年预算执行情况和2025年预算草案
	leadingYear *regexp.Regexp
	yearBehind  *regexp.Regexp
	numerals    *strings.Replacer

	ownerLine, bodyTitle, attachment, noun *regexp.Regexp

	textBegins, lineNoise, noName, types, weakTypes, funds, noType lexicon.List
	coverLevels, titleLevels                                       lexicon.List
	grammar                                                        *grammar.Grammar
	noOwner                                                        lexicon.List

	bodies      bodyWords
	governments governmentWords
}

// bodyWords are the phrases by which the name of a body is told from any other text.
type bodyWords struct {
	before, behind, bracket, about, speaks *regexp.Regexp
	start, end, strong, known, none        lexicon.List
	ends                                   []string // all ends, which are no names
}

// governmentWords are the phrases by which governments are told, and the regions that they govern.
type governmentWords struct {
	behind, finance, meeting, meetingOf, of                         *regexp.Regexp
	end, none, title, own, ofProvince, township, provinces, aliases lexicon.List
}

// NewWords takes the phrases from a lexicon.
func NewWords(book *lexicon.Book, g *grammar.Grammar) *Words {
	var numerals []string
	for _, p := range book.Of("years.numeral") {
		numerals = append(numerals, p.Text, p.Value)
	}
	ends := book.Of("bodies.end")
	return &Words{
		year: book.Pattern("years.printed"), date: book.Pattern("metadata.date"), several: book.Pattern("metadata.several_years"), writtenYear: book.Pattern("years.written"),
		twoYears: book.Pattern("metadata.two_years"), leadingYear: book.Pattern("years.leading"), yearBehind: book.Pattern("years.behind"),
		numerals:  strings.NewReplacer(numerals...),
		ownerLine: book.Pattern("metadata.owner_line"), bodyTitle: book.Pattern("metadata.body_title"),
		attachment: book.Pattern("metadata.attachment"), noun: book.Pattern("metadata.noun"),
		textBegins: book.Of("metadata.text_begins"), lineNoise: book.Of("metadata.line_noise"), noName: book.Of("metadata.no_name"),
		types: book.Of("metadata.type"), weakTypes: book.Of("metadata.weak_type"), funds: book.Of("metadata.fund"), noType: book.Of("metadata.no_type"),
		coverLevels: book.Of("metadata.cover_level"), titleLevels: book.Of("metadata.title_level"),
		grammar: g, noOwner: book.Of("rows.no_owner"),
		bodies: bodyWords{
			before: book.Pattern("bodies.before"), behind: book.Pattern("bodies.behind"), bracket: book.Pattern("bodies.bracket"),
			about: book.Pattern("bodies.about"), speaks: book.Pattern("bodies.speaks"), start: book.Of("bodies.start"),
			end: ends, ends: ends.Texts(), strong: ends.Of("strong"), known: book.Of("bodies.known"), none: book.Of("bodies.none"),
		},
		governments: governmentWords{
			behind: book.Pattern("governments.behind"), meeting: book.Pattern("governments.meeting"),
			meetingOf: book.Pattern("governments.meeting_of"), of: book.Pattern("governments.of"),
			finance: book.Pattern("governments.finance"),
			end:     book.Of("governments.end"), none: book.Of("governments.none"), title: book.Of("governments.title"),
			own: book.Of("governments.own"), ofProvince: book.Of("governments.of_province"), township: book.Of("governments.township"),
			provinces: book.Of("governments.province"), aliases: book.Of("governments.alias"),
		},
	}
}
