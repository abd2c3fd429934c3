package solve

import (
	"testing"

	"github.com/shopspring/decimal"

	"github.com/countybudget/extract/extract/model"
	"github.com/countybudget/extract/normalize/verify"
	"github.com/countybudget/extract/schema"
)

func words() *verify.Words { return verify.Embedded() }

// TestSolveIsAValue: the given disclosure stays as it is.
func TestSolveIsAValue(t *testing.T) {
	given, doc := expenditure(
		cellOf{"", "合计", []string{"598.58"}},
		cellOf{"201", "一般公共服务支出", []string{"313.71", "513.71"}},
		cellOf{"208", "社会保障和就业支出", []string{"84.87"}},
	)
	_, changes := Solve(given, doc, words())
	if len(changes) != 1 || changes[0] != (Change{Line: 1, Was: "313.71", Is: "513.71"}) {
		t.Errorf("%+v", changes)
	}
	if l := given.BudgetLines[1]; l.RawText != "313.71" || !l.Amount.Equal(decimal.RequireFromString("3137100")) || len(given.Diagnostics) > 0 {
		t.Errorf("the given disclosure has changed: %s, %s, %v", l.RawText, l.Amount, given.Diagnostics)
	}
}

// cellOf is an amount in 万元 with all that its cell was read as, the first being the best.
type cellOf struct {
	code, name string
	readings   []string
}

// expenditure makes the recognized expenditure table of a small department.
func expenditure(cells ...cellOf) (*schema.Disclosure, *model.Document) {
	d := &schema.Disclosure{}
	d.Document.FiscalYear = 2024
	t := model.Table{No: 1, Source: model.SourceOCR, Rows: len(cells), Cols: 1}
	for i, c := range cells {
		class := schema.ByFunctional
		if c.code == "" {
			class = schema.ByTotal
		}
		v := decimal.RequireFromString(c.readings[0])
		d.BudgetLines = append(d.BudgetLines, schema.BudgetLine{
			DocumentType: schema.Budget, FiscalYear: 2024, Phase: schema.Approved, Statement: schema.Expenditure,
			Direction: schema.DirectionExpenditure, Classification: class, ItemCode: c.code, ItemName: c.name,
			FundSource: schema.AllFunds, Spending: schema.AllSpending, Period: schema.AllPeriods,
			Amount: v.Mul(decimal.NewFromInt(10_000)), RawText: c.readings[0], RawUnit: "万元",
			TableNo: 1, Row: int32(i), Col: 0, Source: schema.FromOCR, Confidence: 0.6, Page: 1,
		})
		var rs []model.Reading
		for _, text := range c.readings {
			rs = append(rs, model.Reading{Text: text, Confidence: 0.6})
		}
		t.Cells = append(t.Cells, model.Cell{Row: i, RowSpan: 1, ColSpan: 1, Text: c.readings[0], Source: model.SourceOCR, Readings: rs})
	}
	return d, &model.Document{Tables: []model.Table{t}}
}

func TestSumsChooseAmongReadings(t *testing.T) {
	d, doc := expenditure(
		cellOf{"", "合计", []string{"598.58"}},
		cellOf{"201", "一般公共服务支出", []string{"313.71", "513.71"}},
		cellOf{"208", "社会保障和就业支出", []string{"84.87"}},
	)
	d, changes := Solve(d, doc, words())
	if n := len(changes); n != 1 {
		t.Fatalf("%d cells changed", n)
	}
	line := d.BudgetLines[1]
	if line.RawText != "513.71" || !line.Amount.Equal(decimal.RequireFromString("5137100")) {
		t.Errorf("%s, %s", line.RawText, line.Amount)
	}
	if len(d.Diagnostics) != 1 || d.Diagnostics[0].Code != schema.DiagOCRDoubt || d.Diagnostics[0].RawText != "313.71" {
		t.Errorf("%+v", d.Diagnostics)
	}
}

func TestSumsThatHoldChangeNothing(t *testing.T) {
	d, doc := expenditure(
		cellOf{"", "合计", []string{"598.58", "398.58"}},
		cellOf{"201", "一般公共服务支出", []string{"513.71", "313.71"}},
		cellOf{"208", "社会保障和就业支出", []string{"84.87"}},
	)
	_, changes := Solve(d, doc, words())
	if n := len(changes); n != 0 {
		t.Errorf("%d cells changed", n)
	}
}

func TestTwoSolutionsProveNothing(t *testing.T) {
	d, doc := expenditure(
		cellOf{"", "合计", []string{"600.00"}},
		cellOf{"201", "一般公共服务支出", []string{"300.00", "500.00"}},
		cellOf{"208", "社会保障和就业支出", []string{"100.00", "300.00"}},
	)
	d, changes := Solve(d, doc, words())
	if n := len(changes); n != 0 {
		t.Errorf("%d cells changed: %s %s", n, d.BudgetLines[1].RawText, d.BudgetLines[2].RawText)
	}
}

func TestNoReadingIsInvented(t *testing.T) {
	d, doc := expenditure(
		cellOf{"", "合计", []string{"598.58"}},
		cellOf{"201", "一般公共服务支出", []string{"313.71", "313.77"}},
		cellOf{"208", "社会保障和就业支出", []string{"84.87"}},
	)
	d, changes := Solve(d, doc, words())
	if n := len(changes); n != 0 || d.BudgetLines[1].RawText != "313.71" {
		t.Errorf("%d cells changed: %s", n, d.BudgetLines[1].RawText)
	}
}

func TestLostPoints(t *testing.T) {
	cells := []cellOf{{"", "合计", []string{"598.58"}}, {"201", "一般公共服务支出", []string{"51371"}}}
	for range 8 {
		cells = append(cells, cellOf{"208", "社会保障和就业支出", []string{"84.87"}})
	}
	d, _ := expenditure(cells...)
	if n := len(restorePoints(d)); n != 1 {
		t.Fatalf("%d points restored", n)
	}
	if l := d.BudgetLines[1]; l.RawText != "513.71" || !l.Amount.Equal(decimal.RequireFromString("5137100")) || l.Confidence > lostPoint {
		t.Errorf("%s, %s, %v", l.RawText, l.Amount, l.Confidence)
	}
	whole, _ := expenditure(cellOf{"", "合计", []string{"598"}}, cellOf{"201", "一般公共服务支出", []string{"513"}})
	if n := len(restorePoints(whole)); n != 0 {
		t.Errorf("%d points in a table without decimals", n)
	}
}

// A reading that one sum proves is not taken while another sum of the figure still fails: two must hold.
func TestOneSumProvesLittle(t *testing.T) {
	d, doc := expenditure(
		cellOf{"", "合计", []string{"598.58"}},
		cellOf{"201", "一般公共服务支出", []string{"313.71", "513.71"}},
		cellOf{"20101", "人大事务", []string{"100.00"}},
		cellOf{"20106", "财政事务", []string{"200.00"}},
		cellOf{"208", "社会保障和就业支出", []string{"84.87"}},
	)
	d, changes := Solve(d, doc, words())
	if len(changes) != 0 || d.BudgetLines[1].RawText != "313.71" {
		t.Errorf("%+v", changes)
	}
}
