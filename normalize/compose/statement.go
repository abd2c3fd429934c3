package compose

import (
	"github.com/countybudget/extract/normalize/grammar"
	"github.com/countybudget/extract/schema"
)

// Statement is the statement that the words of a title compose, "" where they compose none. What a table is about goes before
// its fund, its fund before its direction.
func Statement(t *grammar.Text) schema.Statement {
	in, out := Sides(t)
	fund := Fund(t)
	switch { // budgets of their own, and matters that no statement describes
	case t.Has("matter", "performance", "social_insurance", "debt", "transfer"):
		return schema.OtherStatement
	case t.Has("matter", "three_public"):
		return schema.ThreePublic
	case t.Has("matter", "agency_operating"):
		return schema.AgencyOperating
	case t.Has("matter", "procurement"):
		return schema.GovernmentProcurement
	case t.Has("matter", "purchase_service", "assets", "staff"):
		return schema.OtherStatement
	case t.Has("spending", "project") && t.Has("class", "economic", "economic_department", "economic_government"):
		return schema.ExpenditureByEconomic // 项目支出情况表(按经济分类); a table that names projects stays one of projects
	case t.Has("spending", "project") && !t.Has("spending", "basic"), t.Has("matter", "investment"), namesProjects(t):
		return schema.ProjectExpenditure
	case t.Has("matter", "balance"):
		return schema.RevenueExpenditureSummary
	}
	switch fund {
	case schema.GovernmentFund:
		if in && !out {
			return schema.GovernmentFundRevenue
		}
		return schema.GovernmentFundExpenditure
	case schema.StateCapitalFund:
		return schema.StateCapital
	}
	basic, economic := t.Has("spending", "basic", "personnel", "operating"), t.Has("class", "economic", "economic_department", "economic_government")
	switch {
	case fund == schema.GeneralPublicBudget && basic:
		return schema.GeneralPublicBasicExpenditure
	case basic && fund == schema.Appropriation, economic && !in:
		return schema.ExpenditureByEconomic
	case fund == schema.GeneralPublicBudget && t.Has("direction", "both"):
		return schema.RevenueExpenditureSummary
	case fund == schema.GeneralPublicBudget && (out || !in):
		return schema.GeneralPublicExpenditure
	case fund == schema.GeneralPublicBudget:
		return schema.Revenue
	case fund == schema.Appropriation && (in == out):
		return schema.AppropriationSummary
	case in && out, !in && !out && t.Has("form", "summary"):
		return schema.RevenueExpenditureSummary
	case in, t.Has("matter", "tax"):
		return schema.Revenue
	case out, basic:
		return schema.Expenditure
	}
	return ""
}

// namesProjects reports a title of projects that says neither revenue nor expenditure: 项目预算表.
func namesProjects(t *grammar.Text) bool {
	in, out := Sides(t)
	return !in && !out && t.Has("key", "item", "project") && t.Has("phase")
}
