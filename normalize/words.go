package normalize

import (
	"fmt"
	"regexp"
	"sync"

	"github.com/shopspring/decimal"

	"github.com/countybudget/extract/normalize/amount"
	"github.com/countybudget/extract/normalize/forms"
	"github.com/countybudget/extract/normalize/grammar"
	"github.com/countybudget/extract/normalize/lexicon"
	"github.com/countybudget/extract/normalize/metadata"
	"github.com/countybudget/extract/normalize/prose"
	"github.com/countybudget/extract/normalize/verify"
)

// Words are the phrases of a lexicon in the form in which each stage asks for them. They are made once and never change.
type Words struct {
	metadata *metadata.Words
	forms    *forms.Words
	prose    *prose.Words
	verify   *verify.Words

	grammar      *grammar.Grammar
	units        map[string]decimal.Decimal // yuan by unit, of tables
	listed       lexicon.List
	year         *regexp.Regexp // 2024年, 2024年度; the group is the number
	numberLabels lexicon.List   // 栏次
	columnNumber *regexp.Regexp // a column's number in a header: 1, 栏次2, 3=1+2, (4)

	rows      rowWords
	subtotal  lexicon.List // 小计
	unitLabel string       // 单位:
	assumed   string       // the unit of a document that prints none

	change, agencyOperating string // names that the program gives
}

type rowWords struct {
	totals, balances, headers, entitySuffixes, threePublic, revenueEnds lexicon.List
}

// embedded is the words of the embedded lexicon.
var embedded = sync.OnceValues(func() (*Words, error) { return NewWords(lexicon.Embedded()) })

// NewWords makes the words of a lexicon. Its errors name the file and the line of a user's phrase.
func NewWords(book *lexicon.Book) (*Words, error) {
	if err := checkFolded(book); err != nil {
		return nil, err
	}
	g, err := grammar.New(book)
	if err != nil {
		return nil, err
	}
	w := &Words{
		grammar: g, metadata: metadata.NewWords(book, g), forms: forms.NewWords(book), prose: prose.NewWords(book),
		listed: book.Of("tables.listed"), year: book.Pattern("years.printed"), columnNumber: book.Pattern("columns.number"),
		numberLabels: book.Of("columns.number_label"),
		units:        book.Of("units.money").In("table").Numbers(), unitLabel: book.Word("units.label"), assumed: book.Word("units.assumed"),
		change: book.Word("names.change"), agencyOperating: book.Word("names.agency_operating"),
		subtotal: book.Of("rows.subtotal"),
		rows: rowWords{
			totals: book.Of("rows.total"), balances: book.Of("rows.balance"), headers: book.Of("rows.header"),
			entitySuffixes: book.Of("rows.entity_suffix"),
			threePublic:    book.Of("rows.three_public"), revenueEnds: book.Of("rows.revenue_end"),
		},
	}
	if w.verify, err = verify.NewWords(book); err != nil {
		return nil, err
	}
	return w, nil
}

// checkFolded tests that a user's phrases are in the form of the texts that they are compared with.
func checkFolded(book *lexicon.Book) error {
	for _, p := range book.Own() {
		if folded := amount.Fold(p.Text); p.Match != lexicon.Pattern && folded != p.Text {
			return fmt.Errorf("%s, line %d: the phrase %q must be written %q: phrases are compared in half-width characters without white space", p.File, p.Line, p.Text, folded)
		}
	}
	return nil
}
