package normalize

import (
	"strconv"

	"github.com/countybudget/extract/normalize/amount"
	"github.com/countybudget/extract/schema"
)

// dimensions are what title and headers say of a column. The zero values mean that nothing was said.
type dimensions struct {
	fund      schema.FundSource
	spending  schema.Spending
	period    schema.Period
	phase     schema.Phase
	year      int32 // absolute, 0 when not said
	yearShift int32 // -1 for 上年…
	direction schema.Direction
	opening   bool // 年初结转
	closing   bool // 年末结转
	change    bool // 增减额
	skip      bool // a percentage, a quantity, a remark
	economic  bool // a class of the economic classification used as a column
}

// read adds what one folded text says, which replaces what was said before.
func (w *Words) read(d *dimensions, text string) {
	if text == "" {
		return
	}
	for i := range w.dimensions {
		p := w.dimensions[i].phrases.First(text)
		if p == nil {
			continue
		}
		switch w.dimensions[i].name {
		case "fund_source":
			d.fund = schema.FundSource(p.Value)
		case "spending":
			d.spending = schema.Spending(p.Value)
		case "period":
			d.period = schema.Period(p.Value)
		case "phase":
			d.phase = schema.Phase(p.Value)
		case "year":
			d.yearShift = int32(p.Number.IntPart())
		case "direction":
			d.direction = schema.Direction(p.Value)
		case "opening":
			d.opening = true
		case "closing":
			d.closing = true
		case "change":
			d.change = true
		case "skip":
			d.skip = true
		case "economic":
			d.economic = true
		}
	}
	if m := w.year.FindStringSubmatch(text); m != nil {
		d.year, d.yearShift = atoi(m[1]), 0
	}
}

// atoi is the number that a text says which a pattern has found to be one.
func atoi(s string) int32 {
	n, _ := strconv.Atoi(s)
	return int32(n)
}

// titleDimensions are the defaults that a title sets for all columns of its table.
func (w *Words) titleDimensions(statement schema.Statement, title string) dimensions {
	var d dimensions
	w.read(&d, title)
	// A title's year and phase are the document's, and its change, skip and direction words are about the whole table.
	d.year, d.yearShift, d.phase = 0, 0, ""
	d.change, d.skip, d.opening, d.closing, d.economic = false, false, false, false, false
	switch statement {
	case schema.RevenueExpenditureSummary, schema.Revenue, schema.Expenditure:
		if !w.titles.fundNamed.Any(title) {
			d.fund = ""
		}
	case schema.ThreePublic, schema.AgencyOperating:
		d.spending = ""
	}
	d.direction = w.fixedDirection(statement, title)
	return d
}

// fixedDirection is the direction of a table that has only one.
func (w *Words) fixedDirection(statement schema.Statement, title string) schema.Direction {
	in, out := w.titles.revenue.Any(title), w.titles.expenditure.Any(title)
	switch {
	case statement == schema.Revenue, statement == schema.GovernmentFundRevenue:
		return schema.DirectionRevenue
	case statement == schema.RevenueExpenditureSummary, statement == schema.AppropriationSummary, in && out:
		return ""
	case in:
		return schema.DirectionRevenue
	default:
		return schema.DirectionExpenditure
	}
}

// listedTables are the tables among the entries of a table of contents. Parts and sections of the text are none.
func (w *Words) listedTables(entries []string) []schema.ListedTable {
	var out []schema.ListedTable
	for _, e := range entries {
		title := amount.Fold(e)
		if !w.listed.Any(title) {
			continue
		}
		if statement, _, ok := w.statementOf(title); ok {
			out = append(out, schema.ListedTable{Title: e, Statement: statement})
		}
	}
	return out
}
