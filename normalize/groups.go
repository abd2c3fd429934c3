package normalize

import (
	"slices"

	"github.com/countybudget/extract/extract/model"
	"github.com/countybudget/extract/normalize/amount"
	"github.com/countybudget/extract/normalize/compose"
	"github.com/countybudget/extract/normalize/grammar"
	"github.com/countybudget/extract/schema"
)

// columnGroup is a run of naming columns with the amount columns to its right. A table of income and expenditure side by side
// has two, an economic one up to four. A group without naming columns is a table on its side: its headers are the items.
type columnGroup struct {
	codes, names, counterparts, rowNumbers []int
	entities                               []int // columns that name units beside the items
	years                                  []int // columns that name the years of rows
	unitCodes                              []int // beside the codes of subjects, or in their place: then they are the codes
	subjects                               bool  // the codes are those of subjects
	projects                               bool  // the codes are those of projects, as printed: digits, letters and hyphens
	values                                 []column
	keys                                   []int // every naming column
	direction                              schema.Direction
	sideways                               bool
}

// splitGroups makes a group of each block of columns.
func (w *Words) splitGroups(lt *layoutTable, cols []column) []columnGroup {
	var groups []columnGroup
	for _, block := range blocksOf(cols) {
		groups = append(groups, w.newGroup(lt, block))
	}
	lt.spendingByTotals(w, groups)
	return groups
}

// blocksOf parts columns before each naming column behind amounts.
func blocksOf(cols []column) [][]column {
	var out [][]column
	start, amounts := 0, false
	for k := range cols {
		if amounts && cols[k].role.NamesRow() {
			out = append(out, cols[start:k])
			start, amounts = k, false
		}
		amounts = amounts || cols[k].role == compose.RoleValue
	}
	if start < len(cols) {
		out = append(out, cols[start:])
	}
	return out
}

func (w *Words) newGroup(lt *layoutTable, cols []column) columnGroup {
	var b columnGroup
	var projects, others []int // codes of projects; codes of what the counterparts name
	main := primaryName(lt.statement, cols)
	for i := range cols {
		c := &cols[i]
		switch c.role {
		case compose.RoleValue:
			b.values = append(b.values, *c)
			continue
		case compose.RoleIgnore:
			continue
		case compose.RoleIdentifier:
			if lt.statement != schema.ProjectExpenditure || main < 0 || !c.leafWords().Has("key", compose.ProjectCode) {
				continue
			}
			projects = append(projects, c.index)
		case compose.RoleCode:
			if foreign(cols, i, main) {
				others = append(others, c.index)
			} else {
				b.codes = append(b.codes, c.index)
			}
		case compose.RoleUnitCode:
			b.unitCodes = append(b.unitCodes, c.index)
		case compose.RoleYear:
			b.years = append(b.years, c.index)
		case compose.RoleRowNumber:
			b.rowNumbers = append(b.rowNumbers, c.index)
		case compose.RoleCounterpart:
			b.counterparts = append(b.counterparts, c.index)
		case compose.RoleName:
			switch {
			case i == main || main >= 0 && lt.sameHeader(c.index, cols[main].index), i == main+1 && len(c.path) == 0: // the header stands over the first of them alone
				b.names = append(b.names, c.index)
			case main >= 0 && c.classifies() != "" && c.classifies() != cols[main].classifies():
				b.counterparts = append(b.counterparts, c.index)
			case compose.Names(c.leafWords()) == compose.NamesUnit:
				b.entities = append(b.entities, c.index)
			}
		}
		b.keys = append(b.keys, c.index)
	}
	for i := range cols {
		if len(cols[i].path) > 0 && b.direction == "" {
			b.direction = compose.Direction(&cols[i].words[0])
		}
	}
	if b.projects = len(projects) > 0; b.projects { // the other codes are those of the projects' functions
		b.codes, others = projects, append(others, b.codes...)
	}
	if len(others) == 1 && len(b.counterparts) > 0 {
		b.counterparts = append(b.counterparts, others[0])
	}
	if b.subjects = len(b.codes) > 0 && !b.projects; len(b.codes) == 0 {
		b.codes = b.unitCodes
	}
	b.sideways = len(b.names) == 0 && len(b.codes) == 0 || itemsInHeader(b.values)
	b.finishValues()
	return b
}

// foreign reports a column of codes of something else than what the rows are named by, beside columns of codes of that: the
// functional code beside a project's. Joined, they would make a code that nobody printed.
func foreign(cols []column, i, main int) bool {
	if main < 0 {
		return false
	}
	own := cols[main].classifies()
	if own == cols[i].classifies() {
		return false
	}
	return slices.ContainsFunc(cols, func(c column) bool { return c.role == compose.RoleCode && c.classifies() == own })
}

// sameHeader reports two columns below one header cell.
func (lt *layoutTable) sameHeader(a, b int) bool {
	if lt.firstData == 0 {
		return false
	}
	c := lt.grid[lt.firstData-1][a]
	return c != nil && c.Text != "" && c == lt.grid[lt.firstData-1][b]
}

// primaryName chooses the column that names the row's item where several columns name something: the project in a table of
// projects, the economic class in one of basic expenditure, else the subject, else the last.
func primaryName(statement schema.Statement, cols []column) int {
	economic := statement == schema.GeneralPublicBasicExpenditure || statement == schema.ExpenditureByEconomic
	economic = economic && slices.ContainsFunc(cols, func(c column) bool {
		return c.role == compose.RoleName && c.classifies() == functionalClass
	})
	best, bestRank := -1, -1
	for i := range cols {
		if cols[i].role != compose.RoleName {
			continue
		}
		rank := 1
		switch compose.Names(cols[i].leafWords()) {
		case compose.NamesProject:
			rank = 2
			if statement == schema.ProjectExpenditure || statement == schema.GovernmentProcurement {
				rank = 4
			}
		case compose.NamesSubject:
			rank = 3
		case compose.NamesUnit:
			rank = 0
		}
		if economic && cols[i].classifies() == economicClass {
			rank = 4
		}
		if rank > bestRank {
			best, bestRank = i, rank
		}
	}
	return best
}

// itemsInHeader reports columns that are the items of “三公”.
func itemsInHeader(values []column) bool {
	n := 0
	for i := range values {
		if slices.ContainsFunc(values[i].words, func(t grammar.Text) bool { return t.Has("item", "abroad", "vehicle", "reception") }) {
			n++
		}
	}
	return n >= 2
}

// finishValues gives each amount column what its neighbours say: the components of a 本年…合计 column share its period, and a
// column on its side gets its item.
func (b *columnGroup) finishValues() {
	shared := false
	for i := range b.values {
		t := b.values[i].leafWords()
		shared = shared || t.Has("total") && t.Has("period", string(schema.CurrentYear)) && compose.Direction(t) != ""
	}
	for i := range b.values {
		c := &b.values[i]
		if shared && c.dims.period == "" {
			c.dims.period = schema.CurrentYear
		}
		if b.sideways {
			c.item = c.sidewaysItem()
		}
	}
}

// sidewaysItem is the deepest header that names an item; a 小计 takes its parent's name, and headers that only say the phase
// or the year name none.
func (c *column) sidewaysItem() string {
	for i := len(c.path) - 1; i >= 0; i-- {
		if namesSomething(&c.words[i]) {
			return c.path[i]
		}
	}
	return ""
}

// namesSomething reports a header that says more than a year, a phase, 小计 or an amount.
func namesSomething(t *grammar.Text) bool {
	for i := range t.Words {
		for _, f := range t.Words[i].Features {
			switch f.Name {
			case "year", "phase", "period", "filler", "sum", "change", "among", "money":
			case "total":
				if f.Value != "part" {
					return true
				}
			default:
				return true
			}
		}
	}
	return len(t.Unknown) > 0
}

// spendingByTotals gives groups without own headers the spending that their totals' labels say: 人员经费合计 on the left,
// 公用经费合计 on the right.
func (lt *layoutTable) spendingByTotals(w *Words, groups []columnGroup) {
	if len(groups) < 2 || lt.statement != schema.GeneralPublicBasicExpenditure && lt.statement != schema.ExpenditureByEconomic {
		return
	}
	for i := range groups {
		b := &groups[i]
		for r := lt.firstData; r < lt.Rows; r++ {
			name := amount.Fold(lt.keyText(b, r))
			if !w.rows.totals.Any(name) {
				continue
			}
			var d dimensions
			w.read(&d, name)
			if d.spending != schema.Personnel && d.spending != schema.Operating {
				continue
			}
			for k := range b.values {
				if s := b.values[k].dims.spending; s == "" || s == schema.Basic || s == lt.defaults.spending {
					b.values[k].dims.spending = d.spending
				}
			}
		}
	}
	// A group without a total of its own shares the one of the next group: 公用经费 in two column groups.
	for i := len(groups) - 2; i >= 0; i-- {
		for k := range groups[i].values {
			v, next := &groups[i].values[k], groups[i+1].values
			if (v.dims.spending == "" || v.dims.spending == schema.Basic) && k < len(next) {
				v.dims.spending = next[k].dims.spending
			}
		}
	}
}

// keyText is the first text of a row's naming columns that is not a code.
func (lt *layoutTable) keyText(b *columnGroup, r int) string {
	return cellText(lt.keyCell(b, r))
}

// keyCell is the cell of that text, or nil.
func (lt *layoutTable) keyCell(b *columnGroup, r int) *model.Cell {
	for _, k := range append(append([]int{}, b.names...), b.keys...) {
		if c := lt.grid[r][k]; c != nil && c.Row == r {
			if t := amount.StripSpace(c.Text); t != "" && !amount.IsDigits(t) {
				return c
			}
		}
	}
	return nil
}
