package normalize

import (
	"strconv"

	"github.com/countybudget/extract/normalize/compose"
	"github.com/countybudget/extract/normalize/grammar"
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
	skip      bool // a percentage or a quantity
	economic  bool // a class of the economic classification used as a column
}

// read adds what one folded text says. What a text says takes the place of what those above it said, but never says less:
// 财政拨款 under 一般公共预算 is still the general public budget.
func (w *Words) read(d *dimensions, text string) {
	t := w.grammar.Parse(text, grammar.Header)
	d.say(&t)
}

// say adds what a parsed text says.
func (d *dimensions) say(t *grammar.Text) {
	d.fund = compose.NarrowFund(d.fund, compose.Fund(t))
	d.spending = compose.NarrowSpending(d.spending, compose.Spending(t))
	if p := compose.Period(t); p != "" {
		d.period = p
	}
	if p, ok := t.Value("phase"); ok {
		d.phase = schema.Phase(p)
	}
	if y, ok := t.Value("year"); ok {
		if len(y) == len("2024") {
			d.year, d.yearShift = atoi(y), 0
		} else {
			d.year, d.yearShift = 0, atoi(y)
		}
	}
	if s := compose.Direction(t); s != "" && !(d.opening && compose.Side(t) == "") { // 项目支出结转 below 年初结转 is no expenditure
		d.direction = s
	}
	d.opening = d.opening || t.Has("balance", "opening")
	d.closing = d.closing || t.Has("balance", "closing")
	d.change = d.change || t.Has("change") && !t.Has("rate")
	d.skip = (d.skip || t.Has("rate") || compose.Counts(t)) && !t.Has("term") // 债务期限 names the columns of terms, which hold amounts
	if t.Has("item", "economic") {
		d.economic = len(t.Words) == 1
	}
}

// atoi is the number that a text says which a pattern, or the lexicon, has found to be one.
func atoi(s string) int32 {
	n, _ := strconv.Atoi(s)
	return int32(n)
}
