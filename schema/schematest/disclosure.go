// Package schematest invents documents for tests.
package schematest

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"

	"github.com/shopspring/decimal"

	"github.com/countybudget/extract/schema"
)

// DocumentID is the id of an invented document.
func DocumentID(n int) string {
	sum := sha256.Sum256(fmt.Appendf(nil, "document %d", n))
	return hex.EncodeToString(sum[:])
}

// Disclosure is an invented document with rows in every dataset; figures and texts follow from its number.
func Disclosure(n, lines int) *schema.Disclosure {
	id := DocumentID(n)
	year := int32(2019 + n%4)
	amount := func(i int) decimal.Decimal { return decimal.New(int64(n*1000+i), -2) }
	d := &schema.Disclosure{Document: schema.DocumentRow{
		DocumentID: id, FileName: fmt.Sprintf("云陵县第%d局%d年部门预算.pdf", n%7, year), SourceURI: "in/" + id[:8] + ".pdf",
		AlsoAs: []string{"a.pdf", "b.pdf"}, Bytes: 1 << 33, PageCount: 9, Title: "部门预算",
		DocumentType: schema.Budget, EntityLevel: schema.Department, DepartmentName: fmt.Sprintf("云陵县第%d局", n%7),
		FiscalYear: year, TextPages: 9, Watermarks: []string{"内部资料"}, LineCount: int32(lines), Status: schema.StatusOK,
		PipelineVersion: "test",
	}}
	for i := range lines {
		l := schema.BudgetLine{
			DocumentID: id, LineID: fmt.Sprintf("%016x", (i*7919+n)%1_000_003), DocumentType: schema.Budget,
			EntityLevel: schema.Department, DepartmentName: d.Document.DepartmentName, FiscalYear: year - int32(i%2),
			Phase: schema.Approved, Statement: schema.Expenditure, Direction: schema.DirectionExpenditure,
			Classification: schema.ByFunctional, ItemCode: fmt.Sprintf("20805%02d", i%100), ItemCodeOrigin: schema.CodePrinted,
			ItemName: fmt.Sprintf("支出%d", i), ItemLevel: 3, ParentCode: "20805", FundSource: schema.GeneralPublicBudget,
			Spending: schema.Basic, Period: schema.CurrentYear, Amount: amount(i), RawText: amount(i).StringFixed(2),
			RawUnit: "元", Page: int32(1 + i/40), X0: 1.5, Y0: 2.25, X1: 3, Y1: 4, TableNo: 1, Row: int32(i), Col: 3,
			Source: schema.FromText, Confidence: 1, Meaning: schema.Stated, Verification: schema.Verified,
		}
		if i%10 == 9 {
			l.TableNo, l.Row, l.Col, l.SectionNo, l.Statement = 0, -1, -1, 2, schema.Narrative
		}
		d.BudgetLines = append(d.BudgetLines, l)
		d.Cells = append(d.Cells, schema.CellRow{
			DocumentID: id, FiscalYear: year, TableNo: 1, Row: int32(i), Col: 3, RowSpan: 1, ColSpan: 1, Text: l.RawText,
			Page: l.Page, X0: 1, Y0: 2, X1: 3, Y1: 4, Source: schema.FromText, Confidence: 1,
		})
	}
	null := decimal.NullDecimal{}
	some := decimal.NewNullDecimal(amount(1))
	d.Projects = []schema.PerformanceProject{{
		DocumentID: id, FiscalYear: year, ProjectNo: 1, Scope: "project", ProjectName: "道路养护", TotalFunds: some,
		TotalCentral: null, AnnualFunds: some, Page: 8, Source: schema.FromText,
	}}
	d.Indicators = []schema.PerformanceIndicator{
		{DocumentID: id, FiscalYear: year, IndicatorNo: 2, ProjectNo: 1, Horizon: "annual", Name: "及时率", Operator: "≥",
			Value: decimal.NewNullDecimal(decimal.RequireFromString("98.125")), ValueUnit: "%", RawValue: "≥98.125%", Page: 8, Source: schema.FromText, Confidence: 1},
		{DocumentID: id, FiscalYear: year, IndicatorNo: 1, ProjectNo: 1, Horizon: "implementation", Name: "里程", RawValue: "全部", Page: 8, Source: schema.FromText, Confidence: 1},
	}
	d.Sections = []schema.SectionRow{{DocumentID: id, FiscalYear: year, SectionNo: 1, Level: 1, Title: "第一部分 概况", Text: "职责\n机构", FirstPage: 1, LastPage: 2, Source: schema.FromText}}
	d.Tables = []schema.TableRow{{DocumentID: id, FiscalYear: year, TableNo: 1, Title: "支出总表", Statement: schema.Expenditure, Unit: "元", FirstPage: 3, LastPage: 4, Rows: int32(lines), Columns: 4, HeaderRows: 1, Source: schema.FromText, Confidence: 1}}
	d.Checks = []schema.CheckRow{{
		DocumentID: id, FiscalYear: year, CheckNo: 1, Rule: "children_sum", Description: "类 = 款之和", Expected: some, Actual: some,
		Difference: decimal.NewNullDecimal(decimal.Zero), Tolerance: decimal.NewNullDecimal(decimal.RequireFromString("0.005")),
		Status: schema.CheckPass, LineIDs: []string{"a", "b", "c"},
	}}
	d.Diagnostics = []schema.DiagnosticRow{{DocumentID: id, FiscalYear: year, DiagnosticNo: 1, Severity: schema.SeverityInfo, Code: schema.DiagWatermarkRemoved, Message: "removed a watermark", RawText: "内部资料"}}
	return d
}
