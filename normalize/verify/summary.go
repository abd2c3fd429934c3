package verify

import (
	"github.com/countybudget/extract/schema"
)

// 收支总表 and 财政拨款收支总表: revenue and expenditure side by side, each its year's total of sources or of 类, the
// balances brought and carried forward, and the grand total of both.

// nestSummary links sources and 类 to 本年…合计, and that and the balances to the grand total.
func (l *ledger) nestSummary(c *column) {
	l.nestSources(c)
	l.nestBalances(c)
	c.year, c.grand = l.summaryTotals(c)
	var items, balances, late []int
	seen := false
	for _, i := range l.tops(c) {
		switch {
		case l.figs[i].kind == kindBalance:
			balances = append(balances, i)
		case seen && c.year >= 0 && i > c.year:
			late = append(late, i)
		default:
			items = append(items, i)
			seen = true
		}
	}
	if c.year < 0 {
		if c.grand >= 0 {
			l.setTotal(c, c.grand, l.chooseParts(append(items, balances...), c.grand))
		}
		return
	}
	// A source printed below 本年收入合计 is counted by the grand total only, unless the year's total needs it.
	if all := append(append([]int(nil), items...), late...); len(late) > 0 && (l.matches(all, c.year) || !l.matches(items, c.year)) {
		items, late = all, nil
	}
	for _, i := range items {
		l.setParent(i, c.year)
	}
	if c.grand >= 0 {
		l.setTotal(c, c.grand, append(append([]int{c.year}, late...), balances...))
	}
}

// summaryTotals finds the year's total and the grand total of a summary column.
func (l *ledger) summaryTotals(c *column) (year, grand int) {
	year, grand = -1, -1
	var plain []int
	for _, i := range c.lines {
		switch f := &l.figs[i]; {
		case f.kind == kindYear && year < 0:
			year = i
		case f.kind == kindGrand:
			grand = i
		case f.kind == kindTotal:
			plain = append(plain, i)
		}
	}
	for _, i := range plain {
		switch {
		case grand < 0:
			grand = i
		case year < 0:
			year = i
		}
	}
	return year, grand
}

// nestSources links the sources that a source row names above them: 财政拨款收入 counts the funds of the four budgets,
// 单位资金 the units' own income.
func (l *ledger) nestSources(c *column) {
	appropriation, own := -1, -1
	for _, i := range c.lines {
		f := &l.figs[i]
		if f.kind != kindItem || l.lines[i].Classification != schema.ByRevenueSource || f.parent >= 0 || f.apart {
			continue
		}
		fund, ok := l.words.FundNamed(f)
		switch {
		case !ok:
		case fund == schema.Appropriation:
			appropriation = i
		case fund == schema.UnitFunds:
			own = i
		case isAppropriated(fund) && appropriation >= 0:
			l.setParent(i, appropriation)
		case isUnitIncome(fund) && own >= 0:
			l.setParent(i, own)
		}
	}
}

func isAppropriated(f schema.FundSource) bool {
	return f == schema.GeneralPublicBudget || f == schema.GovernmentFund || f == schema.StateCapitalFund
}

func isUnitIncome(f schema.FundSource) bool {
	switch f {
	case schema.SuperiorSubsidy, schema.BusinessIncome, schema.OperatingIncome, schema.AffiliateRemittance, schema.OtherIncome:
		return true
	}
	return false
}

// nestBalances links the funds listed under a balance (一般公共预算 under 上年结转) to it.
func (l *ledger) nestBalances(c *column) {
	general := -1
	for _, i := range c.lines {
		f := &l.figs[i]
		if f.kind != kindBalance {
			continue
		}
		fund, named := l.words.FundNamed(f)
		switch {
		case l.words.IsCarried(f.name) && !(named && isAppropriated(fund)):
			general = i
		case named && general >= 0:
			l.setParent(i, general)
		}
	}
}

// IsCarried says whether a balance's name says that it is one.
func (w *LedgerWords) IsCarried(name string) bool {
	return w.Balances.Any(name)
}

// nestThreePublic links the “三公” items: the total counts travel abroad, vehicles and reception; vehicles count purchase
// and running.
func (l *ledger) nestThreePublic(c *column) {
	at := map[string]int{}
	for _, i := range c.lines {
		f := &l.figs[i]
		part := l.words.ThreePublic.Value(f.name)
		if f.kind.isTotal() {
			part = "total"
		}
		if _, seen := at[part]; !seen && part != "" && (f.kind.isTotal() == (part == "total")) {
			at[part] = i
		}
	}
	find := func(part string) int {
		if i, ok := at[part]; ok {
			return i
		}
		return -1
	}
	vehicles, total := find("vehicles"), find("total")
	for _, part := range []string{"purchase", "running"} {
		l.linkPart(find(part), vehicles, total)
	}
	for _, part := range []string{"abroad", "reception", "vehicles"} {
		l.linkPart(find(part), total, -1)
	}
	c.grand = total
}

// linkPart puts a part under the first of two wholes that is printed.
func (l *ledger) linkPart(part, whole, other int) {
	if whole < 0 {
		whole = other
	}
	if part >= 0 && whole >= 0 {
		l.setParent(part, whole)
	}
}

// FundNamed gives the fund source that a revenue row or a balance row names.
func (w *LedgerWords) FundNamed(f *figure) (schema.FundSource, bool) {
	v := w.Funds.Value(f.name)
	return schema.FundSource(v), v != ""
}
