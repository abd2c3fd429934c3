package ledger

import (
	"strings"

	"github.com/shopspring/decimal"

	"github.com/countybudget/extract/schema"
)

// MaxFen bounds the amounts that take part: a trillion yuan, beyond any county, so that no sum overflows.
const MaxFen = 100_000_000_000_000

// Kind is a row's part in its table.
type Kind uint8

// The kinds of rows.
const (
	KindItem    Kind = iota // a 类, 款, 项, source, project, “三公” item
	kindEntity              // a department or unit
	KindBalance             // 结转, 结余 as a row
	KindTotal               // 合计, 小计
	kindYear                // 本年收入合计, 本年支出合计
	KindGrand               // 收入总计, 支出总计
)

// IsTotal reports whether the row is a total of any kind.
func (k Kind) IsTotal() bool { return k >= KindTotal }

// Figure is a budget line prepared for arithmetic. Amounts are exact 64-bit counts of fen (0.01 yuan), because a document may
// have tens of thousands of lines, each in several identities; decimals are used again for what is written.
type Figure struct {
	Fen     int64 // the amount
	Unit    int64 // one unit of the last printed place, in fen; at least 1
	Usable  bool
	Kind    Kind
	Change  bool   // a 增减额 column
	Name    string // plain, without 增减额
	Code    string // numeric item code, or ""
	Level   int    // 1 类, 2 款, 3 项; 0 where it is not known
	Column  *Column
	row     *Row
	Seg     int32            // which entity's rows it stands among: an index into table.entities, or -1
	among   bool             // printed as 其中, without a code
	excerpt bool             // printed as 其中: it and the rows that follow may not be all of what includes them
	label   *schema.RowLabel // the name of its row as printed; nil where none is known
	Apart   bool             // a 其中 row that no total counts
	Parent  int              // the line whose amount includes it, in the same column; -1
	Kids    int              // how many lines have it as their parent
	Firm    bool             // what it includes is known: by printed codes, or because another column of its row proves it
}

// Dims are the column dimensions: two columns of a table differ in one of them.
type Dims struct {
	Direction   schema.Direction
	Phase       schema.Phase
	Year        int32
	Fund        schema.FundSource
	Spending    schema.Spending
	Period      schema.Period
	counterpart string // only where counterparts are columns
	Change      bool
	Balance     bool  // 年末结转和结余 as a column
	col         int32 // 1 + the column of the grid, only where several have the same dimensions
	block       int32 // of a summary that divides one amount in several ways beside each other; 0 has the totals
}

// Shared reports whether several columns of the table's grid have these dimensions, so that they do not say what the column is.
func (d *Dims) Shared() bool { return d.col > 0 }

// Beside reports whether the column divides an amount that another column of its summary totals.
func (d *Dims) Beside() bool { return d.block > 0 }

// Whole is the column of the same dimensions that has the totals.
func (d Dims) Whole() Dims {
	d.block = 0
	return d
}

// text names the column for a description.
func (d Dims) text() string {
	parts := make([]string, 0, 8)
	parts = append(parts, string(d.Direction))
	for _, p := range []string{string(d.Fund), string(d.Spending), string(d.Period)} {
		if p != "all" && p != "" {
			parts = append(parts, p)
		}
	}
	if d.counterpart != "" {
		parts = append(parts, d.counterpart)
	}
	if d.Change {
		parts = append(parts, "change")
	}
	if d.Balance {
		parts = append(parts, "balance")
	}
	if d.Phase != "" {
		parts = append(parts, string(d.Phase))
	}
	return strings.Join(append(parts, decimal.NewFromInt32(d.Year).String()), ", ")
}

func (w *Words) newFigure(line *schema.BudgetLine, label *schema.RowLabel) Figure {
	f := Figure{Unit: 1, Seg: -1, Parent: -1, label: label}
	f.Fen, f.Usable = fenOf(line.Amount)
	f.Name = plainName(line.ItemName)
	if label != nil && line.Statement == schema.OtherStatement {
		f.Name = plainName(label.Name) // the item's has the headers in it
	}
	f.Name, f.Change = strings.CutSuffix(f.Name, w.change)
	f.Code = NumericCode(line.ItemCode)
	f.Kind = w.kindOf(line, &f)
	f.Level = w.levelOf(line, &f)
	return f
}

// fenOf converts yuan to fen, exactly; false when the amount is above MaxFen.
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
	return fen, fen < MaxFen && fen > -MaxFen
}

// NumericCode keeps a classification code that nests by its digits (208, 20805, 2080501).
func NumericCode(code string) string {
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

func (w *Words) kindOf(line *schema.BudgetLine, f *Figure) Kind {
	summary := line.Statement == schema.RevenueExpenditureSummary || line.Statement == schema.AppropriationSummary
	switch {
	case line.Classification == schema.ByTotal || w.Totals.Any(f.Name):
		if w.YearTotals.Any(f.Name) {
			return kindYear
		}
		if summary && w.GrandTotals.Any(f.Name) {
			return KindGrand
		}
		return KindTotal
	case line.Classification == schema.ByEntity:
		return kindEntity
	case line.Classification == schema.ByBalance && f.Code == "":
		return KindBalance
	}
	return KindItem
}

func (w *Words) levelOf(line *schema.BudgetLine, f *Figure) int {
	economic := line.Classification == schema.ByEconomicDepartment || line.Classification == schema.ByEconomicGovernment
	switch {
	case f.Code != "":
		return (len(f.Code) - 1) / 2
	case line.ItemLevel > 0:
		return int(line.ItemLevel)
	case economic && line.CounterpartName == "" && w.EconomicClasses.Any(f.Name):
		return 1
	case economic:
		return 2
	}
	return 0
}

// printedUnit is one unit of the last printed place, in fen: 3784.62 in 万元 is printed to 0.01 万元, 10,000 fen.
func (w *Words) printedUnit(places int, rawUnit string) int64 {
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
func (w *Words) UnitFen(rawUnit string) int64 {
	if fen, ok := w.units[strings.TrimPrefix(plainName(rawUnit), w.currency)]; ok {
		return fen
	}
	return fenPerYuan
}

// PrintedPlaces counts the digits after the decimal point; -1 when nothing was printed.
func PrintedPlaces(raw string) int {
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
