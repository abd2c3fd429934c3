package verify

import (
	"regexp"

	"github.com/countybudget/extract/normalize/verify/ledger"

	"github.com/countybudget/extract/normalize/lexicon"
)

// Words are the phrases by which rows, totals, units and sentences are tested. They are made once, of a lexicon.
type Words struct {
	*ledger.Words

	empty                     lexicon.List // notes that a table is empty
	proseEndings, proseTotals lexicon.List
	columnNames               lexicon.List // what a sentence calls the total of a column, by statement or kind of expenditure

	contents, bothSides, revenueTotal, expenditureTotal string // names that checks give

	wholes, owns lexicon.List // words for a government's whole territory, and for its own level

	share, money, rate  *regexp.Regexp
	rises               lexicon.List // words for a change that is more
	parts               string       // 其中
	titleYear, textYear *regexp.Regexp
	quoted              *regexp.Regexp // titles and numbers of other documents, which may name any year
	yearMark            string         // 年
	yearSentences       lexicon.List   // words of sentences whose years are tested
	yearExempt          lexicon.List   // words of sentences that may name any year
}

// NewWords takes the phrases from a lexicon.
func NewWords(book *lexicon.Book) (*Words, error) {
	lines, err := ledger.NewWords(book)
	if err != nil {
		return nil, err
	}
	return &Words{
		Words: lines, empty: book.Of("checks.empty"),
		proseEndings: book.Of("checks.prose_ending"), proseTotals: book.Of("checks.prose_total"), columnNames: book.Of("checks.column_name"),
		contents: book.Word("names.contents"), bothSides: book.Word("names.both_sides"),
		revenueTotal: book.Word("names.revenue_total"), expenditureTotal: book.Word("names.expenditure_total"),
		wholes: book.Of("prose.whole").Longest(), owns: book.Of("prose.own").Longest(),
		share: book.Pattern("checks.share"), money: book.Pattern("checks.money"), rate: book.Pattern("checks.rate"),
		rises: book.Of("checks.rise"), parts: book.Word("checks.among"),
		titleYear: book.Pattern("years.printed"), textYear: book.Pattern("years.in_text"), quoted: book.Pattern("years.quoted"),
		yearMark: book.Word("years.mark"), yearSentences: book.Of("checks.year_sentence"), yearExempt: book.Of("checks.year_exempt"),
	}, nil
}
