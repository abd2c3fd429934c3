package schema

// The enums. Each is written as a plain UTF-8 string; labels/values.csv lists them with their labels for the
// dictionary and the checks.

// DocumentType tells a budget from final accounts.
type DocumentType string

// The document types.
const (
	Budget        DocumentType = "budget"         // 预算
	FinalAccounts DocumentType = "final_accounts" // 决算
)

// Phase is the phase of a document's own figures.
func (t DocumentType) Phase() Phase {
	if t == FinalAccounts {
		return Executed
	}
	return Approved
}

// EntityLevel is whose disclosure a document is.
type EntityLevel string

// The entity levels.
const (
	Department EntityLevel = "department" // 部门
	Unit       EntityLevel = "unit"       // 单位
	Government EntityLevel = "government" // 政府
)

// Phase is the stage of the budget cycle an amount belongs to (the Fiscal Data Package's phases).
type Phase string

// The phases.
const (
	Proposed Phase = "proposed" // 预算草案
	Approved Phase = "approved" // 预算数
	Adjusted Phase = "adjusted" // 调整预算数, 全年预算数
	Executed Phase = "executed" // 决算数, 执行数
)

// Statement is the table or text an amount comes from.
type Statement string

// The statements.
const (
	RevenueExpenditureSummary     Statement = "revenue_expenditure_summary"
	Revenue                       Statement = "revenue"
	Expenditure                   Statement = "expenditure"
	AppropriationSummary          Statement = "appropriation_summary"
	GeneralPublicExpenditure      Statement = "general_public_expenditure"
	GeneralPublicBasicExpenditure Statement = "general_public_basic_expenditure"
	ExpenditureByEconomic         Statement = "expenditure_by_economic"
	GovernmentFundRevenue         Statement = "government_fund_revenue"
	GovernmentFundExpenditure     Statement = "government_fund_expenditure"
	StateCapital                  Statement = "state_capital"
	ThreePublic                   Statement = "three_public"
	AgencyOperating               Statement = "agency_operating"
	ProjectExpenditure            Statement = "project_expenditure"
	GovernmentProcurement         Statement = "government_procurement"
	Narrative                     Statement = "narrative"
	OtherStatement                Statement = "other"
)

// Direction of an amount.
type Direction string

// The directions.
const (
	DirectionRevenue     Direction = "revenue"
	DirectionExpenditure Direction = "expenditure"
)

// Classification says what a line's item names.
type Classification string

// The classifications.
const (
	ByFunctional         Classification = "functional"          // 功能分类
	ByEconomicDepartment Classification = "economic_department" // 部门预算支出经济分类
	ByEconomicGovernment Classification = "economic_government" // 政府预算支出经济分类
	ByRevenueSource      Classification = "revenue_source"      // 收入来源
	ByBalance            Classification = "balance"             // 结转结余
	ByProject            Classification = "project"             // 项目
	ByEntity             Classification = "entity"              // 单位
	ByThreePublic        Classification = "three_public"        // “三公”
	ByProcurement        Classification = "procurement"         // 政府采购
	ByTotal              Classification = "total"               // 合计/总计
)

// FundSource is the column dimension of where the money comes from.
type FundSource string

// The fund sources. Appropriation is the three next together.
const (
	AllFunds             FundSource = "all"
	Appropriation        FundSource = "appropriation"          // 财政拨款
	GeneralPublicBudget  FundSource = "general_public_budget"  // 一般公共预算
	GovernmentFund       FundSource = "government_fund"        // 政府性基金
	StateCapitalFund     FundSource = "state_capital"          // 国有资本经营
	FiscalSpecialAccount FundSource = "fiscal_special_account" // 财政专户管理资金
	UnitFunds            FundSource = "unit_funds"             // 单位资金
	SuperiorSubsidy      FundSource = "superior_subsidy"       // 上级补助收入
	BusinessIncome       FundSource = "business_income"        // 事业收入
	OperatingIncome      FundSource = "operating_income"       // 经营收入
	AffiliateRemittance  FundSource = "affiliate_remittance"   // 附属单位上缴收入
	OtherIncome          FundSource = "other_income"           // 其他收入
)

// Spending is the column dimension of what kind of spending it is.
type Spending string

// The kinds of spending. Personnel and Operating are both basic.
const (
	AllSpending        Spending = "all"
	Basic              Spending = "basic"                // 基本支出
	Project            Spending = "project"              // 项目支出
	Personnel          Spending = "personnel"            // 人员经费
	Operating          Spending = "operating"            // 公用经费
	RemittedToSuperior Spending = "remitted_to_superior" // 上缴上级支出
	BusinessOperation  Spending = "business_operation"   // 经营支出
	AffiliateSubsidy   Spending = "affiliate_subsidy"    // 对附属单位补助支出
)

// Period is the column dimension of which year's money it is.
type Period string

// The periods.
const (
	AllPeriods  Period = "all"
	CurrentYear Period = "current_year" // 本年/当年/不含上年结转
	Carryover   Period = "carryover"    // 上年结转
)

// CodeOrigin tells a printed code from one found by name.
type CodeOrigin string

// The code origins.
const (
	CodePrinted CodeOrigin = "printed"
	CodeDerived CodeOrigin = "derived"
)

// Meaning is how far the words that decide a line were understood.
type Meaning string

// The meanings, from the surest.
const (
	Stated   Meaning = "stated"   // every word of the title and of the headers was understood
	Inferred Meaning = "inferred" // a word was not, and codes, places or arithmetic leave one reading only
	Guessed  Meaning = "guessed"  // neither
)

// Verification is what the identities say of a line.
type Verification string

// The verdicts.
const (
	Verified     Verification = "verified"     // at least one identity that involves it holds, and its meaning is not guessed
	Contradicted Verification = "contradicted" // one fails
	Unchecked    Verification = "unchecked"
)

// Source tells digital text from recognized text.
type Source string

// The sources.
const (
	FromText Source = "text"
	FromOCR  Source = "ocr"
)

// DocumentStatus is how a document came through.
type DocumentStatus string

// The statuses.
const (
	StatusOK      DocumentStatus = "ok"
	StatusPartial DocumentStatus = "partial" // something on a page could not be read, or gave no rows though it holds amounts
	StatusFailed  DocumentStatus = "failed"  // no row but this one and a diagnostic
)

// CheckStatus is the outcome of an identity.
type CheckStatus string

// The outcomes.
const (
	CheckPass    CheckStatus = "pass"
	CheckFail    CheckStatus = "fail"
	CheckSkipped CheckStatus = "skipped"
)

// Severity of a diagnostic.
type Severity string

// The severities.
const (
	SeverityInfo    Severity = "info"
	SeverityWarning Severity = "warning"
	SeverityError   Severity = "error"
)
