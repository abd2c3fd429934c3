package verify

import (
	"testing"

	"github.com/shopspring/decimal"

	"github.com/countybudget/extract/normalize/lexicon"
	"github.com/countybudget/extract/schema"
)

// recognized is an expenditure table of three recognized amounts: a total and its two parts.
func recognized(confidence ...float32) *schema.Disclosure {
	d := &schema.Disclosure{}
	d.Document.FiscalYear = 2024
	for i, x := range []struct{ code, name, amount string }{{"", "合计", "598.58"}, {"201", "一般公共服务支出", "513.71"}, {"208", "社会保障和就业支出", "84.87"}} {
		class := schema.ByFunctional
		if x.code == "" {
			class = schema.ByTotal
		}
		d.BudgetLines = append(d.BudgetLines, schema.BudgetLine{
			DocumentType: schema.Budget, FiscalYear: 2024, Phase: schema.Approved, Statement: schema.Expenditure,
			Direction: schema.DirectionExpenditure, Classification: class, ItemCode: x.code, ItemName: x.name,
			FundSource: schema.AllFunds, Spending: schema.AllSpending, Period: schema.AllPeriods,
			Amount: decimal.RequireFromString(x.amount).Shift(4), RawText: x.amount, RawUnit: "万元",
			TableNo: 1, Row: int32(i), Source: schema.FromOCR, Confidence: confidence[i], Page: 1,
		})
	}
	return d
}

// TestDoubt: doubtful amounts do not prove each other, sure ones prove a doubtful one.
func TestDoubt(t *testing.T) {
	d := words().Verify(recognized(0.6, 0.6, 0.6))
	for _, l := range d.BudgetLines {
		if l.Verification == schema.Verified {
			t.Errorf("%s: doubtful amounts prove each other", l.ItemName)
		}
	}
	reported := 0
	for _, x := range d.Diagnostics {
		if x.Code == schema.DiagOCRDoubt {
			reported++
		}
	}
	if reported != 3 {
		t.Errorf("%d amounts are reported as doubtful", reported)
	}
	d = words().Verify(recognized(0.97, 0.6, 0.97))
	if v := d.BudgetLines[1].Verification; v != schema.Verified {
		t.Errorf("an amount that sure ones confirm is %s", v)
	}
}

// TestUnknownUnits: no line of a table whose unit is not known is verified, and the given disclosure stays as it is.
func TestUnknownUnits(t *testing.T) {
	given := recognized(0.97, 0.97, 0.97)
	for _, c := range []struct {
		unknown []int32
		want    schema.Verification
	}{{nil, schema.Verified}, {[]int32{1}, schema.Unchecked}, {[]int32{2}, schema.Verified}} {
		given.UnknownUnits = c.unknown
		d := words().Verify(given)
		for i := range d.BudgetLines {
			if got := d.BudgetLines[i].Verification; got != c.want {
				t.Errorf("%v: line %d is %s, want %s", c.unknown, i, got, c.want)
			}
		}
	}
	if len(given.Checks) > 0 || len(given.Diagnostics) > 0 || given.BudgetLines[0].Verification != "" || given.BudgetLines[0].IsAggregate {
		t.Error("the given disclosure has changed")
	}
}

func TestWords(t *testing.T) {
	w, err := NewWords(lexicon.Embedded())
	if err != nil {
		t.Fatal(err)
	}
	if got := w.UnitFen("人民币万元"); got != 1_000_000 {
		t.Errorf("万元 is %d fen", got)
	}
	if got := w.UnitFen("打"); got != 100 {
		t.Errorf("a unit that is not known is %d fen", got)
	}
}
