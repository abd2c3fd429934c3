package normalize

import (
	"regexp"
	"strings"

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

// yearPattern finds 2024年, 2024年度.
var yearPattern = regexp.MustCompile(`(20\d{2})年`)

// read adds what one folded text says; what it says goes before what was said.
func (w *wording) read(d *dimensions, text string) {
	if text == "" {
		return
	}
	seen := ""
	for i := range w.headers {
		p := &w.headers[i]
		if p.key == seen || !p.matches(text) {
			continue
		}
		seen = p.key
		switch p.key {
		case "fund_source":
			d.fund = schema.FundSource(p.value)
		case "spending":
			d.spending = schema.Spending(p.value)
		case "period":
			d.period = schema.Period(p.value)
		case "phase":
			d.phase = schema.Phase(p.value)
		case "year":
			d.yearShift = -1
		case "direction":
			d.direction = schema.Direction(p.value)
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
	if m := yearPattern.FindStringSubmatch(text); m != nil {
		d.year, d.yearShift = atoi(m[1]), 0
	}
}

func atoi(s string) int32 {
	n := int32(0)
	for _, r := range s {
		n = n*10 + int32(r-'0')
	}
	return n
}

// statementOf says what a table is by its folded title; ok is false when no rule matches.
func (w *wording) statementOf(title string) (rule statementRule, ok bool) {
	title = strings.NewReplacer("“", "", "”", "", `"`, "", "‘", "", "’", "", "「", "", "」", "", "〝", "", "〞", "").Replace(title)
	for _, r := range w.statements {
		if containsAll(title, r.contains) && !containsAny(title, r.without) {
			return r, true
		}
	}
	return statementRule{statement: schema.OtherStatement, lines: true}, false
}

// titleDimensions are the defaults that a title sets for all columns of its table.
func (w *wording) titleDimensions(statement schema.Statement, title string) dimensions {
	var d dimensions
	w.read(&d, title)
	// A title's year and phase are the document's, and its change, skip and direction words are about the whole table.
	d.year, d.yearShift, d.phase = 0, 0, ""
	d.change, d.skip, d.opening, d.closing, d.economic = false, false, false, false, false
	switch statement {
	case schema.RevenueExpenditureSummary, schema.Revenue, schema.Expenditure:
		if !strings.Contains(title, "财政拨款") && !strings.Contains(title, "一般公共预算") {
			d.fund = ""
		}
	case schema.ThreePublic, schema.AgencyOperating:
		d.spending = ""
	}
	d.direction = fixedDirection(statement, title)
	return d
}

// fixedDirection is the direction of a table that has only one.
func fixedDirection(statement schema.Statement, title string) schema.Direction {
	in, out := strings.Contains(title, "收入") || strings.Contains(title, "收支"), strings.Contains(title, "支出") || strings.Contains(title, "收支")
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

// listed are the tables among the entries of a table of contents. Parts and sections of the text are none.
func (w *wording) listed(entries []string) []schema.ListedTable {
	var out []schema.ListedTable
	for _, e := range entries {
		title := amount.Fold(e)
		if !strings.HasSuffix(title, "表") && !strings.HasSuffix(title, "表)") {
			continue
		}
		if rule, ok := w.statementOf(title); ok {
			out = append(out, schema.ListedTable{Title: e, Statement: rule.statement})
		}
	}
	return out
}
