package verify

import (
	"strings"

	"github.com/shopspring/decimal"

	"github.com/countybudget/extract/schema"
)

// A figure is a budget line prepared for arithmetic. Amounts are exact 64-bit counts of fen (0.01 yuan), because a document
// may have tens of thousands of lines, each in several identities; decimals are used again for what is written.

// maxFen bounds the amounts that take part: a trillion yuan, beyond any county, so that no sum overflows.
const maxFen = 100_000_000_000_000

// kind is a row's part in its table.
type kind uint8

const (
	kindItem    kind = iota // a 类, 款, 项, source, project, “三公” item
	kindEntity              // a department or unit
	kindBalance             // 结转, 结余 as a row
	kindTotal               // 合计, 小计
	kindYear                // 本年收入合计, 本年支出合计
	kindGrand               // 收入总计, 支出总计
)

func (k kind) isTotal() bool { return k >= kindTotal }

type figure struct {
	fen    int64 // the amount
	unit   int64 // one unit of the last printed place, in fen; at least 1
	usable bool
	kind   kind
	change bool   // a 增减额 column
	name   string // plain, without 增减额
	code   string // numeric item code, or ""
	level  int    // 1 类, 2 款, 3 项; 0 when nothing tells
	column *column
	row    *row
	seg    int32 // which entity's rows it stands among: an index into block.entities, or -1
	among  bool  // printed as 其中
	apart  bool  // a 其中 row that no total counts
	parent int   // the line whose amount includes it, in the same column; -1
	kids   int   // how many lines have it as their parent
}

// dims are the column dimensions that tell two columns of a table apart.
type dims struct {
	direction   schema.Direction
	phase       schema.Phase
	year        int32
	fund        schema.FundSource
	spending    schema.Spending
	period      schema.Period
	counterpart string // only where counterparts are columns
	change      bool
	balance     bool // 年末结转和结余 as a column
}

// text names the column for a description.
func (d dims) text() string {
	parts := make([]string, 0, 8)
	parts = append(parts, string(d.direction))
	for _, p := range []string{string(d.fund), string(d.spending), string(d.period)} {
		if p != "all" && p != "" {
			parts = append(parts, p)
		}
	}
	if d.counterpart != "" {
		parts = append(parts, d.counterpart)
	}
	if d.change {
		parts = append(parts, "change")
	}
	if d.balance {
		parts = append(parts, "balance")
	}
	if d.phase != "" {
		parts = append(parts, string(d.phase))
	}
	return strings.Join(append(parts, decimal.NewFromInt32(d.year).String()), ", ")
}

func (w *LedgerWords) newFigure(line *schema.BudgetLine) figure {
	f := figure{unit: 1, seg: -1, parent: -1}
	f.fen, f.usable = fenOf(line.Amount)
	f.name = plainName(line.ItemName)
	f.name, f.change = strings.CutSuffix(f.name, w.change)
	f.code = numericCode(line.ItemCode)
	f.kind = w.kindOf(line, &f)
	f.level = w.levelOf(line, &f)
	return f
}

// fenOf converts yuan to fen, exactly; false when the amount is out of all proportion.
func fenOf(yuan decimal.Decimal) (int64, bool) {
	e := yuan.Exponent()
	if e < -2 {
		yuan = yuan.Round(2)
		e = yuan.Exponent()
	}
	if yuan.NumDigits()+int(e)+2 > 15 {
		return 0, false
	}
	fen := yuan.CoefficientInt64()
	for ; e > -2; e-- {
		fen *= 10
	}
	return fen, fen < maxFen && fen > -maxFen
}

// numericCode keeps a classification code that nests by its digits (208, 20805, 2080501).
func numericCode(code string) string {
	if len(code) < 3 {
		return ""
	}
	for i := 0; i < len(code); i++ {
		if code[i] < '0' || code[i] > '9' {
			return ""
		}
	}
	return code
}

func (w *LedgerWords) kindOf(line *schema.BudgetLine, f *figure) kind {
	summary := line.Statement == schema.RevenueExpenditureSummary || line.Statement == schema.AppropriationSummary
	switch {
	case line.Classification == schema.ByTotal || w.Totals.Any(f.name):
		if w.YearTotals.Any(f.name) {
			return kindYear
		}
		if summary && w.GrandTotals.Any(f.name) {
			return kindGrand
		}
		return kindTotal
	case line.Classification == schema.ByEntity:
		return kindEntity
	case line.Classification == schema.ByBalance && f.code == "":
		return kindBalance
	}
	return kindItem
}

func (w *LedgerWords) levelOf(line *schema.BudgetLine, f *figure) int {
	economic := line.Classification == schema.ByEconomicDepartment || line.Classification == schema.ByEconomicGovernment
	switch {
	case f.code != "":
		return (len(f.code) - 1) / 2
	case line.ItemLevel > 0:
		return int(line.ItemLevel)
	case economic && line.CounterpartName == "" && w.EconomicClasses.Any(f.name):
		return 1
	case economic:
		return 2
	}
	return 0
}

// printedUnit is one unit of the last printed place, in fen: 3784.62 in 万元 is printed to 0.01 万元, 10,000 fen.
func (w *LedgerWords) printedUnit(places int, rawUnit string) int64 {
	u := w.UnitFen(rawUnit)
	for ; places > 0 && u > 1; places-- {
		u /= 10
	}
	if u < 1 {
		return 1
	}
	return u
}

// UnitFen is the value of a unit in fen; that of 元 for one that is not known.
func (w *LedgerWords) UnitFen(rawUnit string) int64 {
	if fen, ok := w.units[strings.TrimPrefix(plainName(rawUnit), w.currency)]; ok {
		return fen
	}
	return fenPerYuan
}

// printedPlaces counts the digits after the decimal point; -1 when nothing was printed.
func printedPlaces(raw string) int {
	if raw == "" {
		return -1
	}
	places, after := 0, false
	for _, r := range raw {
		switch {
		case r == '.' || r == '．':
			places, after = 0, true
		case after && (r >= '0' && r <= '9' || r >= '０' && r <= '９'):
			places++
		}
	}
	return places
}
