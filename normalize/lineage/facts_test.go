package lineage_test

import (
	"strings"
	"testing"

	"github.com/shopspring/decimal"

	"github.com/countybudget/extract/normalize/lineage"
	"github.com/countybudget/extract/schema"
)

// TestFacts pins the form of the facts, which journals of earlier outputs hold.
func TestFacts(t *testing.T) {
	d := bureau{name: farm, year: 2022, total: 100, three: 8, before: []int64{6, 2}}.disclosure(1)
	got, err := lineage.Facts(&d.Document, d.BudgetLines)
	want := `[{"y":2021,"p":"approved","m":"three_public_reception","a":200},{"y":2021,"p":"approved","m":"three_public_total","a":600},` +
		`{"y":2022,"p":"approved","m":"three_public_reception","a":400},{"y":2022,"p":"approved","m":"three_public_total","a":800},` +
		`{"y":2022,"p":"approved","m":"total_expenditure","a":10000}]`
	if err != nil || string(got) != want {
		t.Errorf("%s, %v", got, err)
	}
	if got, err := lineage.Facts(&d.Document, nil); got != nil || err != nil {
		t.Errorf("of no lines: %s, %v", got, err)
	}
	for _, bad := range []string{"{}", "[1]", `"x"`, "[{"} {
		if lineage.CheckFacts([]byte(bad)) == nil || lineage.NewBuilder(nil).Add(&d.Document, []byte(bad)) == nil {
			t.Errorf("%s is taken for facts", bad)
		}
	}
}

// TestMeasureOf: which measure the items of the “三公” table state, also where a character of the name is misread.
func TestMeasureOf(t *testing.T) {
	for item, want := range map[string]lineage.Measure{
		"因公出国（境）费": lineage.AbroadTrips, "公务接待费": lineage.Reception, "公务用车购置费": lineage.VehiclePurchase,
		"公务用车运行维护费": lineage.VehicleRunning, "公务用车购置及运行费": lineage.Vehicles, "公努接待费": lineage.Reception, "其他": "",
		"公务接待费增减额": "",
	} {
		l := schema.BudgetLine{
			Statement: schema.ThreePublic, Classification: schema.ByThreePublic, Direction: schema.DirectionExpenditure, ItemName: item,
			FundSource: schema.AllFunds, Period: schema.AllPeriods, Amount: decimal.NewFromInt(1),
		}
		if got, rank := lineage.MeasureOf(&l); got != want || (rank == lineage.NoRank) != (want == "") {
			t.Errorf("%s: %q, rank %d; want %q", item, got, rank, want)
		}
	}
	narrow := schema.BudgetLine{
		Statement: schema.ThreePublic, Classification: schema.ByTotal, Direction: schema.DirectionExpenditure,
		FundSource: schema.GeneralPublicBudget, Period: schema.CurrentYear,
	}
	wide := narrow
	wide.FundSource = schema.AllFunds
	_, a := lineage.MeasureOf(&wide)
	_, b := lineage.MeasureOf(&narrow)
	if a >= b {
		t.Errorf("the widest column has rank %d, a narrow one %d", a, b)
	}
}

// TestWords: every word for a correction has its use.
func TestWords(t *testing.T) {
	for _, name := range []string{"x（更正）.pdf", "x修订.pdf", "补充公开x.pdf", "x重新公开.pdf"} {
		series, _ := derive(t, nil, publication(1, "z.pdf", farm, 2022, nil), publication(2, name, farm, 2022, nil))
		if i := strings.Compare(series[0].DocumentID, documentID(2)); i == 0 {
			t.Fatal("out of order")
		}
		if series[1].Reason != schema.ReasonCorrection || !series[1].IsCurrent {
			t.Errorf("%s: %+v", name, series[1])
		}
	}
}

// TestFactsOfTheWidestColumn: of the columns that state one measure the widest counts, in whatever order they stand, and two
// amounts in it dispute each other.
func TestFactsOfTheWidestColumn(t *testing.T) {
	column := func(f schema.FundSource, yuan int64) schema.BudgetLine {
		return schema.BudgetLine{
			FiscalYear: 2022, Phase: schema.Approved, Statement: schema.ThreePublic, Direction: schema.DirectionExpenditure,
			Classification: schema.ByTotal, FundSource: f, Period: schema.AllPeriods, Amount: decimal.NewFromInt(yuan), Source: schema.FromText,
		}
	}
	all, appropriation, budget := column(schema.AllFunds, 9), column(schema.Appropriation, 8), column(schema.GeneralPublicBudget, 7)
	for _, c := range []struct {
		lines []schema.BudgetLine
		want  string
	}{
		{[]schema.BudgetLine{budget, appropriation, all}, "900"},
		{[]schema.BudgetLine{all, appropriation, budget}, "900"},
		{[]schema.BudgetLine{appropriation, all, budget}, "900"},
		{[]schema.BudgetLine{appropriation, budget}, "800"},
		{[]schema.BudgetLine{budget, all, column(schema.AllFunds, 6)}, ""},
	} {
		got, err := lineage.Facts(&schema.DocumentRow{DocumentType: schema.Budget, FiscalYear: 2022}, c.lines)
		want := ""
		if c.want != "" {
			want = `[{"y":2022,"p":"approved","m":"three_public_total","a":` + c.want + `}]`
		}
		if err != nil || string(got) != want {
			t.Errorf("%v: %s, %v; want %s", c.lines, got, err, want)
		}
	}
}
