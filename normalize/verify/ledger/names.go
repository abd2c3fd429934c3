package ledger

import (
	"fmt"
	"strings"

	"github.com/countybudget/extract/normalize/lexicon"
)

// Words are the phrases by which rows, totals and units are known. They are made once, of a lexicon.
type Words struct {
	Totals, YearTotals, GrandTotals lexicon.List // names of totals
	BroughtForward, Balances        lexicon.List // names of balances
	Funds, ThreePublic, Procurement lexicon.List // what a row is of; with values
	EconomicClasses                 lexicon.List // by name; the value is the code

	government lexicon.List // names of rows that only governments have

	among    lexicon.List     // how a cell begins that names a part
	change   string           // ends the name of a change
	currency string           // 人民币, before a unit
	units    map[string]int64 // fen by unit
}

const fenPerYuan = 100

// NewWords takes the phrases from a lexicon.
func NewWords(book *lexicon.Book) (*Words, error) {
	w := &Words{
		Totals: book.Of("checks.total"), YearTotals: book.Of("checks.year_total"), GrandTotals: book.Of("checks.grand_total"),
		BroughtForward: book.Of("checks.brought_forward"), Balances: book.Of("rows.balance"),
		Funds: book.Of("checks.fund"), ThreePublic: book.Of("checks.three_public"), Procurement: book.Of("checks.procurement"),
		EconomicClasses: book.Of("checks.economic_class"), among: book.Of("checks.among"), government: book.Of("checks.government"),
		change: book.Word("names.change"), currency: book.Word("units.currency"), units: map[string]int64{},
	}
	for unit, yuan := range book.Of("units.money").In("check").Numbers() {
		if !yuan.IsInteger() {
			return nil, fmt.Errorf("the unit %s has no whole number of yuan", unit)
		}
		w.units[unit] = yuan.IntPart() * fenPerYuan
	}
	return w, nil
}

// blanks are what a name may be printed with or without.
var blanks = strings.NewReplacer(" ", "", "\t", "", "\n", "", "\u3000", "", "\u00a0", "", "（", "(", "）", ")", "：", "", ":", "")

// plainName is a name without white space and colons, its brackets unified.
func plainName(s string) string {
	for i := 0; i < len(s); i++ {
		// 0xE3 and 0xEF open the UTF-8 of full-width blanks, brackets and colons, 0xC2 that of the no-break space.
		switch s[i] {
		case ' ', '\t', '\n', ':', 0xE3, 0xEF, 0xC2:
			return blanks.Replace(s)
		}
	}
	return s
}
