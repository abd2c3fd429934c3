package normalize

import (
	"github.com/countybudget/extract/normalize/amount"
	"github.com/countybudget/extract/normalize/grammar"
	"github.com/countybudget/extract/schema"
)

// statementOf says what a table is by its folded title, and whether its amounts are budget lines; ok is false where the title
// does not say.
func (w *Words) statementOf(title string) (statement schema.Statement, lines, ok bool) {
	t := w.grammar.Parse(title, grammar.Title)
	if t.Has("matter", "performance") {
		return schema.OtherStatement, false, true
	}
	s := statementBy(&t)
	return s.or(schema.OtherStatement), true, s != ""
}

type said schema.Statement

func (s said) or(otherwise schema.Statement) schema.Statement {
	return or(schema.Statement(s), otherwise)
}

// statementBy is the statement that the words of a title compose, "" where they compose none. What a table is about goes before
// its fund, its fund before its direction.
func statementBy(t *grammar.Text) said {
	in, out := sidesIn(t)
	fund := fundIn(t)
	switch { // budgets of their own, and matters that no statement describes
	case t.Has("matter", "social_insurance", "debt", "transfer"):
		return said(schema.OtherStatement)
	case t.Has("matter", "three_public"):
		return said(schema.ThreePublic)
	case t.Has("matter", "agency_operating"):
		return said(schema.AgencyOperating)
	case t.Has("matter", "procurement"):
		return said(schema.GovernmentProcurement)
	case t.Has("matter", "purchase_service", "assets", "staff"):
		return said(schema.OtherStatement)
	case t.Has("spending", "project") && t.Has("class", "economic", "economic_department", "economic_government"):
		return said(schema.ExpenditureByEconomic) // 项目支出情况表(按经济分类); a table that names projects stays one of projects
	case t.Has("spending", "project") && !t.Has("spending", "basic"), t.Has("matter", "investment"), namesProjects(t):
		return said(schema.ProjectExpenditure)
	case t.Has("matter", "balance"):
		return said(schema.RevenueExpenditureSummary)
	}
	switch fund {
	case schema.GovernmentFund:
		if in && !out {
			return said(schema.GovernmentFundRevenue)
		}
		return said(schema.GovernmentFundExpenditure)
	case schema.StateCapitalFund:
		return said(schema.StateCapital)
	}
	basic, economic := t.Has("spending", "basic", "personnel", "operating"), t.Has("class", "economic", "economic_department", "economic_government")
	switch {
	case fund == schema.GeneralPublicBudget && basic:
		return said(schema.GeneralPublicBasicExpenditure)
	case basic && fund == schema.Appropriation, economic && !in:
		return said(schema.ExpenditureByEconomic)
	case fund == schema.GeneralPublicBudget && t.Has("direction", "both"):
		return said(schema.RevenueExpenditureSummary)
	case fund == schema.GeneralPublicBudget && (out || !in):
		return said(schema.GeneralPublicExpenditure)
	case fund == schema.GeneralPublicBudget:
		return said(schema.Revenue)
	case fund == schema.Appropriation && (in == out):
		return said(schema.AppropriationSummary)
	case in && out, !in && !out && t.Has("form", "summary"):
		return said(schema.RevenueExpenditureSummary)
	case in, t.Has("matter", "tax"):
		return said(schema.Revenue)
	case out, basic:
		return said(schema.Expenditure)
	}
	return ""
}

// namesProjects reports a title of projects that says neither revenue nor expenditure: 项目预算表.
func namesProjects(t *grammar.Text) bool {
	in, out := sidesIn(t)
	return !in && !out && t.Has("key", "item", "project") && t.Has("phase")
}

// titleDimensions are the defaults that a title sets for all columns of its table.
func (w *Words) titleDimensions(statement schema.Statement, title string) dimensions {
	t := w.grammar.Parse(title, grammar.Title)
	var d dimensions
	w.say(&d, &t)
	// A title's year and phase are the document's, and its other words are about the whole table.
	d = dimensions{fund: d.fund, spending: d.spending, period: d.period}
	if statement == schema.ThreePublic || statement == schema.AgencyOperating {
		d.spending = ""
	}
	d.direction = fixedDirection(statement, &t)
	return d
}

// fixedDirection is the direction of a table that has only one.
func fixedDirection(statement schema.Statement, t *grammar.Text) schema.Direction {
	in, out := sidesIn(t)
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
