package verify

import (
	"regexp"

	"github.com/countybudget/extract/normalize/lexicon"
	"github.com/countybudget/extract/normalize/verify/ledger"
	"github.com/countybudget/extract/normalize/verify/sentence"
)

// Words are the phrases by which rows, totals and units are tested, and those of sentences. They are made once, of a lexicon.
type Words struct {
	*ledger.Words

	empty                     lexicon.List // notes that a table is empty
	proseEndings, proseTotals lexicon.List
	columnNames               lexicon.List // what a sentence calls the total of a column, by statement or kind of expenditure

	contents, bothSides, revenueTotal, expenditureTotal string // names that checks give

	wholes, owns lexicon.List // words for a government's whole territory, and for its own level

	titleYear *regexp.Regexp
	sentences *sentence.Words
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
		titleYear: book.Pattern("years.printed"), sentences: sentence.NewWords(book, lines),
	}, nil
}
