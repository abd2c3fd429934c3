package report

import (
	"cmp"
	"context"
	"fmt"
	"path/filepath"
	"testing"

	"github.com/shopspring/decimal"

	"github.com/countybudget/extract/internal/output"
	"github.com/countybudget/extract/normalize/lineage"
	"github.com/countybudget/extract/schema"
)

// publication is a made-up document for the tests.
type publication struct {
	name   string // of the department
	year   int32
	kind   schema.DocumentType
	file   string
	total  string
	prior  []string // “三公” total and reception of the year before
	three  string
	source schema.Source
	status schema.DocumentStatus
}

func (p *publication) disclosure(n int) *schema.Disclosure {
	d := &schema.Disclosure{Document: schema.DocumentRow{
		DocumentID: fmt.Sprintf("%064x", n+1), FileName: p.file, SourceURI: p.file, DocumentType: p.kind, EntityLevel: schema.Department,
		DepartmentName: p.name, RegionName: "清江县", FiscalYear: p.year, PageCount: 3, Status: cmp.Or(p.status, schema.StatusOK), PipelineVersion: "test",
	}}
	if p.file == "" {
		d.Document.FileName = fmt.Sprintf("%s%d%s.pdf", p.name, p.year, p.kind)
	}
	phase := schema.Approved
	if p.kind == schema.FinalAccounts {
		phase = schema.Executed
	}
	add := func(year int32, l schema.BudgetLine, yuan string) {
		l.DocumentID, l.LineID = d.Document.DocumentID, fmt.Sprintf("%016x", len(d.BudgetLines)+1)
		l.FiscalYear, l.Direction, l.Amount = year, schema.DirectionExpenditure, decimal.RequireFromString(yuan)
		l.Phase, l.Period, l.RawText, l.RawUnit, l.Page, l.TableNo = phase, schema.AllPeriods, yuan, "元", 2, 1
		l.Row, l.Col = int32(len(d.BudgetLines)), 1
		l.Source, l.Confidence, l.Meaning = cmp.Or(p.source, schema.FromText), 1, schema.Stated
		if l.Verification == "" {
			l.Verification = schema.Verified
		}
		d.BudgetLines = append(d.BudgetLines, l)
	}
	total := schema.BudgetLine{Statement: schema.Expenditure, Classification: schema.ByTotal, ItemName: "合计", FundSource: schema.AllFunds, Spending: schema.AllSpending}
	three := schema.BudgetLine{Statement: schema.ThreePublic, Classification: schema.ByTotal, ItemName: "合计", FundSource: schema.GeneralPublicBudget, Spending: schema.AllSpending}
	reception := three
	reception.Classification, reception.ItemName = schema.ByThreePublic, "公务接待费"
	if p.total != "" {
		add(p.year, total, p.total)
	}
	if p.three != "" {
		add(p.year, three, p.three)
		add(p.year, reception, "1200.00")
	}
	if len(p.prior) == 2 {
		add(p.year-1, three, p.prior[0])
		add(p.year-1, reception, p.prior[1])
	}
	d.Document.LineCount = int32(len(d.BudgetLines))
	return d
}

func writeOutput(t *testing.T, all ...publication) string {
	t.Helper()
	out := filepath.Join(t.TempDir(), "out")
	w, err := output.NewWriter(out, output.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer w.Abort()
	for i := range all {
		if err := w.Add(all[i].disclosure(i)); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Commit(); err != nil {
		t.Fatal(err)
	}
	return out
}

func build(t *testing.T, aliases []lineage.Alias, all ...publication) *Model {
	t.Helper()
	m, err := Build(context.Background(), writeOutput(t, all...), aliases)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func (m *Model) named(t *testing.T, name string) *Department {
	t.Helper()
	for _, d := range m.Departments {
		if d.Name == name {
			return d
		}
	}
	t.Fatalf("no department %s", name)
	return nil
}
