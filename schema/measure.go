package schema

import "strings"

// Measure is a quantity that is followed over the years.
type Measure string

// The measures.
const (
	TotalExpenditure Measure = "total_expenditure"  // 合计 of the expenditure table, all funds
	BasicExpenditure Measure = "basic"              // its column 基本支出
	ProjectSpending  Measure = "project"            // its column 项目支出
	ThreePublicTotal Measure = "three_public_total" // 合计 of the “三公” table
	AgencySpending   Measure = "agency_operating"   // total of 机关运行经费

	AbroadTrips     Measure = "three_public_abroad"    // 因公出国（境）费
	Reception       Measure = "three_public_reception" // 公务接待费
	VehiclePurchase Measure = "three_public_purchase"  // 公务用车购置费
	VehicleRunning  Measure = "three_public_running"   // 公务用车运行维护费
	Vehicles        Measure = "three_public_vehicles"  // 公务用车购置及运行费, the two together
)

// NoRank is the rank of a line that states no measure.
const NoRank = -1

// changeSuffix ends the item name of a line that states a change.
const changeSuffix = "增减额"

// MeasureOf says which measure a line states, and how well: of several lines about one measure, year and phase that of the
// lowest rank counts. It is NoRank when the line states none.
func MeasureOf(l *BudgetLine) (m Measure, rank int) {
	if l.Direction != DirectionExpenditure || l.CounterpartName != "" || strings.HasSuffix(l.ItemName, changeSuffix) {
		return "", NoRank
	}
	switch l.Statement {
	case Expenditure:
		return expenditureMeasure(l)
	case ThreePublic:
		return threePublicMeasure(l)
	case AgencyOperating:
		if l.Classification == ByTotal {
			return AgencySpending, combineRanks(FundRank(l.FundSource), PeriodRank(l.Period))
		}
	}
	return "", NoRank
}

func expenditureMeasure(l *BudgetLine) (Measure, int) {
	if l.Classification != ByTotal || l.FundSource != AllFunds {
		return "", NoRank
	}
	switch l.Spending {
	case AllSpending:
		return TotalExpenditure, PeriodRank(l.Period)
	case Basic:
		return BasicExpenditure, PeriodRank(l.Period)
	case Project:
		return ProjectSpending, PeriodRank(l.Period)
	}
	return "", NoRank
}

// threePublicMeasure goes by the words that tell the items apart, which a misread character elsewhere leaves whole.
func threePublicMeasure(l *BudgetLine) (Measure, int) {
	rank := combineRanks(FundRank(l.FundSource), PeriodRank(l.Period))
	has := func(word string) bool { return strings.Contains(l.ItemName, word) }
	switch {
	case l.Classification == ByTotal:
		return ThreePublicTotal, rank
	case l.Classification != ByThreePublic:
		return "", NoRank
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
	return "", NoRank
}

// FundRank prefers the widest column of a table that prints several.
func FundRank(f FundSource) int {
	switch f {
	case AllFunds:
		return 0
	case Appropriation:
		return 1
	case GeneralPublicBudget:
		return 2
	}
	return NoRank
}

// PeriodRank prefers the column that holds what was carried over too; the carry-over alone is no measure.
func PeriodRank(p Period) int {
	switch p {
	case AllPeriods:
		return 0
	case CurrentYear:
		return 1
	}
	return NoRank
}

func combineRanks(first, second int) int {
	if first == NoRank || second == NoRank {
		return NoRank
	}
	return first*2 + second
}
