package ledger

import (
	"github.com/countybudget/extract/schema"
)

// 收支总表 and 财政拨款收支总表: revenue and expenditure side by side, each its year's total of sources or of 类, the
// balances brought and carried forward, and the grand total of both.

// nestSummary links sources and 类 to 本年…合计, and that and the balances to the grand total.
func (l *Ledger) nestSummary(c *Column) {
	l.nestSources(c)
	l.nestBalances(c)
	c.Year, c.Grand = l.summaryTotals(c)
	var items, balances, late []int
	seen := false
	for _, i := range l.Tops(c) {
		switch {
		case l.Figures[i].Kind == KindBalance:
			balances = append(balances, i)
		case seen && c.Year >= 0 && i > c.Year:
			late = append(late, i)
		default:
			items = append(items, i)
			seen = true
		}
	}
	if c.Year < 0 {
		if c.Grand >= 0 {
			l.setTotal(c, c.Grand, l.chooseParts(append(items, balances...), c.Grand))
		}
		return
	}
	// A source printed below 本年收入合计 is counted by the grand total only, unless the year's total needs it.
	if all := append(append([]int(nil), items...), late...); len(late) > 0 && (l.Matches(all, c.Year) || !l.Matches(items, c.Year)) {
		items, late = all, nil
	}
	for _, i := range items {
		l.setParent(i, c.Year)
	}
	if c.Grand >= 0 {
		l.setTotal(c, c.Grand, append(append([]int{c.Year}, late...), balances...))
	}
}

// summaryTotals finds the year's total and the grand total of a summary column.
func (l *Ledger) summaryTotals(c *Column) (year, grand int) {
	year, grand = -1, -1
	var plain []int
	for _, i := range c.Lines {
		switch f := &l.Figures[i]; {
		case f.Kind == kindYear && year < 0:
			year = i
		case f.Kind == KindGrand:
			grand = i
		case f.Kind == KindTotal:
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
func (l *Ledger) nestSources(c *Column) {
	appropriation, own := -1, -1
	for _, i := range c.Lines {
		f := &l.Figures[i]
		if f.Kind != KindItem || l.Lines[i].Classification != schema.ByRevenueSource || f.Parent >= 0 || f.Apart {
			continue
		}
		fund, ok := l.words.FundNamed(f)
		switch {
		case !ok:
		case fund == schema.Appropriation:
			appropriation = i
		case fund == schema.UnitFunds:
			own = i
		case IsAppropriated(fund) && appropriation >= 0:
			l.setParent(i, appropriation)
		case isUnitIncome(fund) && own >= 0:
			l.setParent(i, own)
		}
	}
}

func IsAppropriated(f schema.FundSource) bool {
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
func (l *Ledger) nestBalances(c *Column) {
	general := -1
	for _, i := range c.Lines {
		f := &l.Figures[i]
		if f.Kind != KindBalance {
			continue
		}
		fund, named := l.words.FundNamed(f)
		switch {
		case l.words.IsCarried(f.Name) && !(named && IsAppropriated(fund)):
			general = i
		case named && general >= 0:
			l.setParent(i, general)
		}
	}
}

// IsCarried reports whether a balance's name says that it is one.
func (w *Words) IsCarried(name string) bool {
	return w.Balances.Any(name)
}

// nestThreePublic links the “三公” items: the total counts travel abroad, vehicles and reception; vehicles count purchase
// and running.
func (l *Ledger) nestThreePublic(c *Column) {
	at := map[string]int{}
	for _, i := range c.Lines {
		f := &l.Figures[i]
		part := l.words.ThreePublic.Value(f.Name)
		if f.Kind.IsTotal() {
			part = "total"
		}
		if _, seen := at[part]; !seen && part != "" && (f.Kind.IsTotal() == (part == "total")) {
			at[part] = i
		}
	}
	find := func(part string) int {
		if i, ok := at[part]; ok {
			return i
		}
		return -1
	}
	vehicles, own, total := find("vehicles"), find("own"), find("total") // own: the “三公” items alone, where the total counts more
	for _, part := range []string{"purchase", "running"} {
		l.linkPart(find(part), vehicles, total)
	}
	for _, part := range []string{"abroad", "reception", "vehicles"} {
		l.linkPart(find(part), own, total)
	}
	l.linkPart(own, total, -1)
	c.Grand = total
	l.setBeside(c)
}

// setBeside sets apart the rows of another thing (会议费, 培训费) beside a total that does not count them.
func (l *Ledger) setBeside(c *Column) {
	if c.Grand < 0 || l.Figures[c.Grand].Kids == 0 {
		return
	}
	beside := l.Tops(c)
	var parts []int
	for _, i := range c.Lines {
		if l.Figures[i].Parent == c.Grand {
			parts = append(parts, i)
		}
	}
	counted := !l.Matches(parts, c.Grand) && l.Matches(append(parts, beside...), c.Grand)
	for _, i := range beside {
		if counted {
			l.setParent(i, c.Grand)
		} else {
			l.Figures[i].Apart = true
		}
	}
}

// linkPart puts a part under the first of two wholes that is printed.
func (l *Ledger) linkPart(part, whole, other int) {
	if whole < 0 {
		whole = other
	}
	if part >= 0 && whole >= 0 {
		l.setParent(part, whole)
	}
}

// FundNamed gives the fund source that a revenue row or a balance row names.
func (w *Words) FundNamed(f *Figure) (schema.FundSource, bool) {
	v := w.Funds.Value(f.Name)
	return schema.FundSource(v), v != ""
}
