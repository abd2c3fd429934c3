package report

import (
	"github.com/shopspring/decimal"

	"github.com/countybudget/extract/normalize/lineage"
	"github.com/countybudget/extract/schema"
)

// MainMeasures are compared from year to year.
var MainMeasures = []lineage.Measure{
	lineage.TotalExpenditure, lineage.BasicExpenditure, lineage.ProjectSpending, lineage.ThreePublicTotal, lineage.AgencySpending,
}

// ThreePublicItems are the items of “三公”; Vehicles is used only where its two parts are not printed.
var ThreePublicItems = []lineage.Measure{lineage.AbroadTrips, lineage.Reception, lineage.VehiclePurchase, lineage.VehicleRunning}

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

// Doubtful reports that the figure should be compared with the page before it is used.
func (f *Figure) Doubtful() bool { return f.Disputed || f.Verification == schema.Contradicted }

// Unproven reports that no identity confirms the figure.
func (f *Figure) Unproven() bool { return !f.Doubtful() && f.Verification != schema.Verified }

func newFigure(l *schema.BudgetLine, d *Document, rank int) *Figure {
	return &Figure{
		Amount: l.Amount, Document: d, LineID: l.LineID, Page: l.Page, RawText: l.RawText, RawUnit: l.RawUnit,
		Source: l.Source, Verification: l.Verification, Parts: 1, rank: rank, table: l.TableNo, row: l.Row, col: l.Col,
	}
}

// prefer keeps the better of two figures for the same key: the one of the lower rank, then the one printed first. Different
// amounts of the same rank make the figure disputed.
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
