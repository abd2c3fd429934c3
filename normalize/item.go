package normalize

import (
	"strings"

	"github.com/countybudget/extract/extract/model"
	"github.com/countybudget/extract/normalize/amount"
	"github.com/countybudget/extract/normalize/compose"
	"github.com/countybudget/extract/normalize/grammar"
	"github.com/countybudget/extract/schema"
)

// itemKey is a row's item with what it is classified by.
type itemKey struct {
	code, name                       string
	counterpartCode, counterpartName string
	entityCode, entityName           string
	side                             schema.Direction      // that code and name say, or those of the rows above
	kind                             schema.Classification // "" where the direction decides
	class                            string                // the economic 类 that the item stands under
	statement                        schema.Statement
	time                             dimensions // the year and the phase of the row
}

// item reads a row's item: its name without numbering and the classification that the name, the code and the statement
// give.
func (b *builder) item(lt *layoutTable, group *columnGroup, key rowKey, st *state) itemKey {
	it := itemKey{
		code: key.code, name: amount.ItemName(key.name), statement: lt.statement,
		counterpartCode: key.counterpartCode, counterpartName: amount.ItemName(key.counterpartName),
		entityCode: key.entityCode, entityName: amount.ItemName(key.entityName), time: key.time,
	}
	folded := amount.Fold(it.name)
	if lt.defaults.direction == "" {
		it.side = b.sideOf(it.code, folded, st)
	}
	if it.code == "" {
		switch {
		case b.words.rows.totals.Any(folded):
			it.kind = schema.ByTotal
			st.balance = false
			return it
		case b.words.rows.balances.Any(folded) && holdsBalances(lt.statement) && !(takesRevenue(lt.statement) && b.words.rows.revenueEnds.Any(folded)):
			it.kind = schema.ByBalance
			st.balance = true
			return it
		case st.balance && holdsBalances(lt.statement) && b.words.fundOf(folded) != "":
			it.kind = schema.ByBalance
			return it
		}
	}
	it.kind = b.kindOf(lt, group, it)
	it.class = b.economicClass(it, st)
	return it
}

// sideOf is the direction that a row's code or name says, else that of the rows above it, else that of the one codebook which
// knows the name.
func (b *builder) sideOf(code, name string, st *state) schema.Direction {
	st.side = or(b.words.saidSide(code, name), st.side)
	return or(st.side, b.knownSide(name))
}

// saidSide is the direction that a code or the words of a name say.
func (w *Words) saidSide(code, name string) schema.Direction {
	t := w.grammar.Parse(name, grammar.Header)
	switch {
	case len(code) >= 3 && code[0] == '1':
		return schema.DirectionRevenue
	case len(code) >= 3 && code[0] == '2':
		return schema.DirectionExpenditure
	}
	return compose.Direction(&t)
}

// knownSide is the direction of a name that is in one codebook only.
func (b *builder) knownSide(name string) schema.Direction {
	_, revenue := b.books.RevenueByName(name, 0, "", int(b.meta.Year))
	_, functional := b.books.FunctionalByName(name, 0, "", int(b.meta.Year))
	switch {
	case revenue && !functional:
		return schema.DirectionRevenue
	case functional && !revenue:
		return schema.DirectionExpenditure
	}
	return ""
}

// settleSide gives a block whose header names no direction the one that at least half of its rows name, and no other row
// contradicts. Where the title names none either, one row is no contradiction, and a block of which fewer rows name one is of
// expenditure. A total speaks for the rows that it counts.
func (b *builder) settleSide(lt *layoutTable, group *columnGroup) {
	const several = 2
	if lt.defaults.direction != "" || group.direction != "" {
		return
	}
	all, rows := 0, map[schema.Direction]int{}
	for r := lt.firstData; r < lt.Rows; r++ {
		key, ok := b.rowKey(lt, group, r, &state{})
		if !ok {
			continue
		}
		name, weight := amount.Fold(amount.ItemName(key.name)), 1
		if b.words.rows.totals.Any(name) {
			weight = several
		}
		rows[or(b.words.saidSide(key.code, name), b.knownSide(name))] += weight
		all += weight
	}
	in, out, least := rows[schema.DirectionRevenue], rows[schema.DirectionExpenditure], 1
	titleIn, titleOut := compose.Sides(&lt.words)
	silent := !titleIn && !titleOut
	if silent {
		least = several
	}
	switch {
	case in >= least && out >= least: // each row says its own
	case in > out && 2*in >= all:
		group.direction = schema.DirectionRevenue
	case out > in && 2*out >= all, silent:
		group.direction = schema.DirectionExpenditure
	}
}

// economicClass follows the 类 of the economic classification down a table that prints names only: 基本工资 stands under
// 工资福利支出.
func (b *builder) economicClass(it itemKey, st *state) string {
	if it.kind == schema.ByEconomicDepartment {
		if row, ok := b.books.EconomicDepartmentByName(it.name, 1, "", int(b.meta.Year)); ok && it.code == "" {
			st.economic = row.Code
		}
	}
	return st.economic
}

// holdsBalances reports the statements in which 结转 and 结余 are rows of their own.
func holdsBalances(s schema.Statement) bool {
	switch s {
	case schema.RevenueExpenditureSummary, schema.AppropriationSummary, schema.Revenue, schema.Expenditure,
		schema.GeneralPublicExpenditure, schema.GovernmentFundExpenditure, schema.GovernmentFundRevenue, schema.StateCapital, schema.OtherStatement:
		return true
	}
	return false
}

// takesRevenue reports the statements of revenue alone: 上年结余收入 is a source of revenue there as governments print it.
func takesRevenue(s schema.Statement) bool {
	return s == schema.Revenue || s == schema.GovernmentFundRevenue
}

func (b *builder) kindOf(lt *layoutTable, group *columnGroup, it itemKey) schema.Classification {
	switch lt.statement {
	case schema.ProjectExpenditure:
		if it.code == "" && b.isEntity(lt, group, it.name) {
			return schema.ByEntity
		}
		if it.code != "" && strings.HasPrefix(it.code, "2") && len(it.code) >= 3 && len(group.codes) > 0 && !group.projects && it.name != "" && b.isFunctional(it.code, it.name) {
			return schema.ByFunctional
		}
		return schema.ByProject
	case schema.ThreePublic:
		return schema.ByThreePublic
	case schema.AgencyOperating:
		return schema.ByEntity
	case schema.GovernmentProcurement:
		return schema.ByProcurement
	}
	if lt.namesEntities(group) {
		return schema.ByEntity
	}
	if len(it.code) >= 3 {
		switch it.code[0] {
		case '1':
			return schema.ByRevenueSource
		case '2':
			return schema.ByFunctional
		case '3':
			return schema.ByEconomicDepartment
		case '5':
			return schema.ByEconomicGovernment
		}
	}
	switch lt.statement {
	case schema.GeneralPublicBasicExpenditure, schema.ExpenditureByEconomic:
		if lt.words.Has("class", "economic_government") {
			return schema.ByEconomicGovernment
		}
		return schema.ByEconomicDepartment
	case schema.GovernmentFundRevenue:
		return schema.ByRevenueSource
	case schema.Revenue, schema.Expenditure, schema.GeneralPublicExpenditure, schema.GovernmentFundExpenditure:
		if it.code == "" && len(group.codes) == 0 && b.isEntity(lt, group, it.name) {
			return schema.ByEntity
		}
		if lt.statement == schema.Revenue && len(group.codes) == 0 && b.namesRevenue(it.name) {
			return schema.ByRevenueSource
		}
		return schema.ByFunctional
	}
	return ""
}

// classification of the item on one side of the table.
func (it itemKey) classification(d schema.Direction) schema.Classification {
	if it.kind != "" {
		return it.kind
	}
	if d == schema.DirectionRevenue {
		return schema.ByRevenueSource
	}
	return schema.ByFunctional
}

// isEntity reports whether a row names a department or a unit, not a project: the department itself, or a name with the ending
// of institutions.
func (b *builder) isEntity(lt *layoutTable, group *columnGroup, name string) bool {
	n := amount.Fold(name)
	for _, own := range []string{b.meta.Department, lt.Owner} {
		if own = amount.Fold(own); own != "" && (n == own || strings.HasPrefix(n, own) && b.meta.Level != schema.Government) { // 江苏省…资金 is a project
			return true
		}
	}
	if lt.namesEntities(group) {
		return true
	}
	if _, subject := b.books.FunctionalByName(n, 0, "", 0); subject && lt.statement != schema.ProjectExpenditure {
		return false // 档案馆 and 大案要案查处 end like bodies and are items of 支出功能分类; projects stand below bodies
	}
	return b.words.rows.entitySuffixes.Any(n)
}

// namesEntities reports that a group's rows are units by its own header. A column headed 单位名称（科目） beside the codes of
// subjects names subjects.
func (lt *layoutTable) namesEntities(group *columnGroup) bool {
	if len(group.names) == 0 {
		return false
	}
	t := lt.cols[group.names[0]].leafWords()
	if !t.Has("key", "unit") || t.Has("key", "category", "project", "goods") {
		return false
	}
	return !group.subjects || !t.Has("key", "subject") && !t.Has("class")
}

func (b *builder) isFunctional(code, name string) bool {
	return len(code)%2 == 1 && amount.IsDigits(code) && name != ""
}

// namesRevenue reports that an item of a revenue table is a source of income: a fund, or a category of revenue as governments
// print them (税收收入, 增值税).
func (b *builder) namesRevenue(name string) bool {
	if b.words.fundOf(amount.Fold(name)) != "" {
		return true
	}
	if _, ok := b.books.RevenueByName(name, 0, "", int(b.meta.Year)); ok {
		return true
	}
	_, functional := b.books.FunctionalByName(name, 0, "", int(b.meta.Year))
	return !functional && b.words.rows.revenueEnds.Any(name)
}

// fundOf is the fund that a row's name stands for, "" when it names none.
func (w *Words) fundOf(name string) schema.FundSource {
	var d dimensions
	w.read(&d, name)
	return d.fund
}

// cellOf is the first cell of a table, for diagnostics that concern it as a whole.
func cellOf(t *model.Table) *model.Cell {
	if len(t.Cells) == 0 {
		return &model.Cell{Page: t.FirstPage}
	}
	return &t.Cells[0]
}
