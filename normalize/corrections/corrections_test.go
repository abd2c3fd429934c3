package corrections_test

import (
	"strings"
	"testing"

	"github.com/shopspring/decimal"

	"github.com/countybudget/extract/normalize/corrections"
	"github.com/countybudget/extract/normalize/lexicon"
	"github.com/countybudget/extract/normalize/verify"
	"github.com/countybudget/extract/schema"
)

// misread is a table of two parts and their sum, of which one part was misread.
func misread() *schema.Disclosure {
	d := &schema.Disclosure{Document: schema.DocumentRow{DocumentID: "doc", FiscalYear: 2024, DocumentType: schema.Budget, Status: schema.StatusOK},
		Tables: []schema.TableRow{{DocumentID: "doc", TableNo: 1, Statement: schema.Expenditure, Title: "支出总表", Unit: "万元"}}}
	add := func(id, code, name string, class schema.Classification, raw string, row int32) {
		d.BudgetLines = append(d.BudgetLines, schema.BudgetLine{
			DocumentID: "doc", LineID: id, FiscalYear: 2024, Phase: schema.Approved, Statement: schema.Expenditure,
			Direction: schema.DirectionExpenditure, Classification: class, ItemCode: code, ItemName: name, FundSource: schema.AllFunds,
			Spending: schema.AllSpending, Period: schema.AllPeriods, Amount: decimal.RequireFromString(raw).Shift(4), RawText: raw,
			RawUnit: "万元", Page: 1, X0: 10, Y0: float32(20 * row), TableNo: 1, Row: row, Col: 2, Source: schema.FromOCR, Confidence: 0.95,
			Verification: schema.Unchecked,
		})
	}
	add("total", "", "合计", schema.ByTotal, "30.00", 1)
	add("a", "208", "社会保障和就业支出", schema.ByFunctional, "10.00", 2)
	add("b", "213", "农林水支出", schema.ByFunctional, "26.00", 3)
	*d = *verify.Embedded().Verify(d)
	return d
}

func fix(old, new string) []corrections.Correction {
	return []corrections.Correction{{DocumentID: "doc", LineID: "b", Old: old, New: new, Note: "read on paper"}}
}

func words(t *testing.T) *corrections.Words {
	w, err := corrections.NewWords(lexicon.Embedded())
	if err != nil {
		t.Fatal(err)
	}
	return w
}

func TestApply(t *testing.T) {
	d := misread()
	if d.Document.ChecksFailed == 0 {
		t.Fatal("the misreading breaks no identity")
	}
	if n := words(t).Apply(d, fix("26.00", "20.00")); n != 1 {
		t.Fatalf("%d applied", n)
	}
	b := d.BudgetLines[2]
	if b.Amount.String() != "200000" || b.RawText != "26.00" || b.Confidence != 1 || b.Verification != schema.Verified {
		t.Errorf("%+v", b)
	}
	if d.Document.ChecksFailed != 0 || d.BudgetLines[0].Verification != schema.Verified || !d.BudgetLines[0].IsAggregate {
		t.Errorf("%d checks fail; the total is %s", d.Document.ChecksFailed, d.BudgetLines[0].Verification)
	}
	found := false
	for i, x := range d.Diagnostics {
		if x.DiagnosticNo != int32(i+1) || x.Code == schema.DiagCheckFailed {
			t.Errorf("%+v", x)
		}
		found = found || x.Code == schema.DiagCorrected && x.RawText == "26.00" && strings.Contains(x.Message, "read on paper")
	}
	if !found {
		t.Error("the correction is not recorded")
	}
}

// TestNotApplied: what does not fit changes no amount and is recorded.
func TestNotApplied(t *testing.T) {
	for name, list := range map[string][]corrections.Correction{
		"another reading": fix("27.00", "20.00"),
		"no such line":    {{DocumentID: "doc", LineID: "z", Old: "1.00", New: "2.00"}},
	} {
		d := misread()
		before := len(d.Checks)
		if n := words(t).Apply(d, list); n != 0 || d.BudgetLines[2].Amount.String() != "260000" || len(d.Checks) != before {
			t.Errorf("%s: %d applied, %d checks of %d", name, n, len(d.Checks), before)
		}
		last := d.Diagnostics[len(d.Diagnostics)-1]
		if !strings.Contains(diagnostics(d), "not applied") {
			t.Errorf("%s: %+v", name, last)
		}
	}
	d := misread()
	if words(t).Apply(d, []corrections.Correction{{DocumentID: "other", LineID: "b", Old: "26.00", New: "1"}}); len(diagnostics(d)) != len(diagnostics(misread())) {
		t.Error("the correction of another document left a trace")
	}
}

func diagnostics(d *schema.Disclosure) string {
	var b strings.Builder
	for _, x := range d.Diagnostics {
		b.WriteString(x.Message + "\n")
	}
	return b.String()
}

func TestRead(t *testing.T) {
	list, err := corrections.Read(strings.NewReader("\ufeff" + strings.Join(corrections.Columns, ",") + "\nd,l,1,0,0,9,9,26.00,20.00,'=note\n"))
	if err != nil || len(list) != 1 || list[0] != (corrections.Correction{DocumentID: "d", LineID: "l", Old: "26.00", New: "20.00", Note: "=note"}) {
		t.Errorf("%+v, %v", list, err)
	}
	for text, want := range map[string]string{
		"":                                     "empty",
		"document_id,line_id,old\n":            "new",
		"document_id,line_id,old,new\nd,,1,2":  "no figure",
		"document_id,line_id,old,new\nd,l,1,x": "not an amount",
		"document_id,line_id,old,new\nd,l,1,2\nd,l,1,3": "earlier",
	} {
		if _, err := corrections.Read(strings.NewReader(text)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v", text, err)
		}
	}
}

// TestUnknownUnit: a correction does not verify the lines of a table whose unit is not known.
func TestUnknownUnit(t *testing.T) {
	d := misread()
	d.UnknownUnits = []int32{1}
	if n := words(t).Apply(d, fix("26.00", "20.00")); n != 1 {
		t.Fatalf("%d corrections applied", n)
	}
	for i := range d.BudgetLines {
		if l := &d.BudgetLines[i]; l.Verification == schema.Verified {
			t.Errorf("line %s is verified", l.LineID)
		}
	}
}

// TestUserUnit: an amount in a unit that a user taught is corrected in it, even where the line reads 0.
func TestUserUnit(t *testing.T) {
	book, err := lexicon.Embedded().Over("mine.tsv", strings.NewReader(lexicon.Heading+"\nunits.money\t十万元\t100000\t\t\t\tmade up\n"))
	if err != nil {
		t.Fatal(err)
	}
	w, err := corrections.NewWords(book)
	if err != nil {
		t.Fatal(err)
	}
	d := misread()
	line := &d.BudgetLines[2]
	line.RawUnit, line.RawText, line.Amount = "十万元", "0.00", decimal.Zero
	if n := w.Apply(d, fix("0.00", "2.00")); n != 1 || line.Amount.String() != "200000" {
		t.Errorf("%d applied, %s yuan", n, line.Amount)
	}
}
