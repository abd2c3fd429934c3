package lineage

import (
	"strings"

	"github.com/countybudget/extract/schema"
)

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

// MeasureOf says which measure a line states, and how well: of several lines about one measure, year and phase that of the
// lowest rank counts. It is NoRank when the line states none.
func MeasureOf(l *schema.BudgetLine) (m Measure, rank int) {
	if l.Direction != schema.DirectionExpenditure || l.CounterpartName != "" || strings.HasSuffix(l.ItemName, words().change) {
		return "", NoRank
	}
	switch l.Statement {
	case schema.Expenditure:
		return expenditureMeasure(l)
	case schema.ThreePublic:
		return threePublicMeasure(l)
	case schema.AgencyOperating:
		if l.Classification == schema.ByTotal {
			return AgencySpending, combineRanks(FundRank(l.FundSource), PeriodRank(l.Period))
		}
	}
	return "", NoRank
}

func expenditureMeasure(l *schema.BudgetLine) (Measure, int) {
	if l.Classification != schema.ByTotal || l.FundSource != schema.AllFunds {
		return "", NoRank
	}
	switch l.Spending {
	case schema.AllSpending:
		return TotalExpenditure, PeriodRank(l.Period)
	case schema.Basic:
		return BasicExpenditure, PeriodRank(l.Period)
	case schema.Project:
		return ProjectSpending, PeriodRank(l.Period)
	}
	return "", NoRank
}

// threePublicMeasure goes by the words that tell the items apart, of which the first that stands in the name counts.
func threePublicMeasure(l *schema.BudgetLine) (Measure, int) {
	rank := combineRanks(FundRank(l.FundSource), PeriodRank(l.Period))
	switch l.Classification {
	case schema.ByTotal:
		return ThreePublicTotal, rank
	case schema.ByThreePublic:
	default:
		return "", NoRank
	}
	var found []Measure
	for _, item := range words().items {
		if item.Matches(l.ItemName) {
			found = append(found, Measure(item.Value))
		}
	}
	switch {
	case len(found) == 0:
		return "", NoRank
	case len(found) > 1 && found[0] == VehiclePurchase: // and running
		return Vehicles, rank
	}
	return found[0], rank
}

// FundRank prefers the widest column of a table that prints several.
func FundRank(f schema.FundSource) int {
	switch f {
	case schema.AllFunds:
		return 0
	case schema.Appropriation:
		return 1
	case schema.GeneralPublicBudget:
		return 2
	}
	return NoRank
}

// PeriodRank prefers the column that holds what was carried over too; the carry-over alone is no measure.
func PeriodRank(p schema.Period) int {
	switch p {
	case schema.AllPeriods:
		return 0
	case schema.CurrentYear:
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
