package report

import (
	"strings"

	"github.com/shopspring/decimal"

	"github.com/countybudget/extract/schema"
)

// Measure is a quantity that is followed over the years.
type Measure string

// The measures. Those from TotalExpenditure to AgencyOperating are compared from year to year.
const (
	TotalExpenditure Measure = "total_expenditure"  // 合计 of the expenditure table, all funds
	BasicExpenditure Measure = "basic"              // its column 基本支出
	ProjectSpending  Measure = "project"            // its column 项目支出
	ThreePublicTotal Measure = "three_public_total" // 合计 of the “三公” table
	AgencyOperating  Measure = "agency_operating"   // total of 机关运行经费

	AbroadTrips     Measure = "three_public_abroad"    // 因公出国（境）费
	Reception       Measure = "three_public_reception" // 公务接待费
	VehiclePurchase Measure = "three_public_purchase"  // 公务用车购置费
	VehicleRunning  Measure = "three_public_running"   // 公务用车运行维护费
	Vehicles        Measure = "three_public_vehicles"  // 公务用车购置及运行费, the two together
)

// MainMeasures are compared from year to year.
var MainMeasures = []Measure{TotalExpenditure, BasicExpenditure, ProjectSpending, ThreePublicTotal, AgencyOperating}

// ThreePublicItems are the items of “三公”; Vehicles stands in where its two parts are not printed.
var ThreePublicItems = []Measure{AbroadTrips, Reception, VehiclePurchase, VehicleRunning}

// Figure is one published amount with the place where it is printed.
type Figure struct {
	Amount       decimal.Decimal // yuan
	Document     *Document
	LineID       string
	Page         int32
	RawText      string
	RawUnit      string
	Source       schema.Source
	Verification schema.Verification
	Parts        int  // of a project: the rows it is the sum of
	Disputed     bool // another amount is printed for the same thing

	rank            int
	table, row, col int32
}

// Doubtful says that the figure should not be relied on without a look at the page.
func (f *Figure) Doubtful() bool { return f.Disputed || f.Verification == schema.Contradicted }

// Unproven says that no identity confirms the figure.
func (f *Figure) Unproven() bool { return !f.Doubtful() && f.Verification != schema.Verified }

func newFigure(l *schema.BudgetLine, d *Document, rank int) *Figure {
	return &Figure{
		Amount: l.Amount, Document: d, LineID: l.LineID, Page: l.Page, RawText: l.RawText, RawUnit: l.RawUnit,
		Source: l.Source, Verification: l.Verification, Parts: 1, rank: rank, table: l.TableNo, row: l.Row, col: l.Col,
	}
}

// prefer keeps the better of two figures for the same thing: the one of the lower rank, then the one printed first. Two
// amounts of one rank dispute each other.
func prefer(old, new *Figure) *Figure {
	if old == nil || new.rank < old.rank {
		return new
	}
	if new.rank > old.rank {
		return old
	}
	disputed := old.Disputed || new.Disputed || !old.Amount.Equal(new.Amount)
	if before(new, old) {
		old = new
	}
	old.Disputed = disputed
	return old
}

func before(a, b *Figure) bool {
	if a.table != b.table {
		return a.table < b.table
	}
	if a.row != b.row {
		return a.row < b.row
	}
	if a.col != b.col {
		return a.col < b.col
	}
	return a.LineID < b.LineID
}

const noRank = -1

// measureOf says which measure a line is, and how good a statement of it; noRank when it is none.
func measureOf(l *schema.BudgetLine) (Measure, int) {
	if l.Direction != schema.DirectionExpenditure || l.CounterpartName != "" || strings.HasSuffix(l.ItemName, "增减额") {
		return "", noRank
	}
	switch l.Statement {
	case schema.Expenditure:
		return expenditureMeasure(l)
	case schema.ThreePublic:
		return threePublicMeasure(l)
	case schema.AgencyOperating:
		if l.Classification == schema.ByTotal {
			return AgencyOperating, combine(fundRank(l.FundSource), periodRank(l.Period))
		}
	}
	return "", noRank
}

func expenditureMeasure(l *schema.BudgetLine) (Measure, int) {
	if l.Classification != schema.ByTotal || l.FundSource != schema.AllFunds {
		return "", noRank
	}
	switch l.Spending {
	case schema.AllSpending:
		return TotalExpenditure, periodRank(l.Period)
	case schema.Basic:
		return BasicExpenditure, periodRank(l.Period)
	case schema.Project:
		return ProjectSpending, periodRank(l.Period)
	}
	return "", noRank
}

// threePublicMeasure goes by the words that tell the items apart, which a misread character elsewhere leaves whole.
func threePublicMeasure(l *schema.BudgetLine) (Measure, int) {
	rank := combine(fundRank(l.FundSource), periodRank(l.Period))
	has := func(word string) bool { return strings.Contains(l.ItemName, word) }
	switch {
	case l.Classification == schema.ByTotal:
		return ThreePublicTotal, rank
	case l.Classification != schema.ByThreePublic:
		return "", noRank
	case has("出国"):
		return AbroadTrips, rank
	case has("接待"):
		return Reception, rank
	case has("购") && has("运行"):
		return Vehicles, rank
	case has("购"):
		return VehiclePurchase, rank
	case has("运行"):
		return VehicleRunning, rank
	}
	return "", noRank
}

// fundRank prefers the widest column of a table that prints several.
func fundRank(f schema.FundSource) int {
	switch f {
	case schema.AllFunds:
		return 0
	case schema.Appropriation:
		return 1
	case schema.GeneralPublicBudget:
		return 2
	}
	return noRank
}

// periodRank prefers the column that holds what was carried over too; the carry-over alone is no measure.
func periodRank(p schema.Period) int {
	switch p {
	case schema.AllPeriods:
		return 0
	case schema.CurrentYear:
		return 1
	}
	return noRank
}

func combine(first, second int) int {
	if first == noRank || second == noRank {
		return noRank
	}
	return first*2 + second
}
