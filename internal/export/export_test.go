package export

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/shopspring/decimal"
	"github.com/xuri/excelize/v2"

	"github.com/countybudget/extract/internal/output"
	"github.com/countybudget/extract/schema"
)

// sample writes an output of two years whose texts are awkward.
func sample(t *testing.T) string {
	t.Helper()
	out := filepath.Join(t.TempDir(), "out")
	w, err := output.NewWriter(out, output.Options{})
	if err != nil {
		t.Fatal(err)
	}
	for year, id := range map[int32]string{2024: "a", 2025: "b"} {
		d := &schema.Disclosure{Document: schema.DocumentRow{
			DocumentID: id, FileName: id + ".pdf", FiscalYear: year, DepartmentName: "=HYPERLINK(\"x\")", Status: schema.StatusOK,
			AlsoAs: []string{`a "quoted" \ path`, "two"}, DocumentType: schema.Budget,
		}}
		for i, amount := range []string{"-1234567.80", "0"} {
			d.BudgetLines = append(d.BudgetLines, schema.BudgetLine{
				DocumentID: id, DocumentType: schema.Budget, LineID: string(rune('a' + i)), FiscalYear: year, DepartmentName: "=HYPERLINK(\"x\")",
				Phase: schema.Approved, Statement: schema.Expenditure, Direction: schema.DirectionExpenditure,
				Classification: schema.ByFunctional, ItemCode: "2080501", ItemName: "一行,\n两行", FundSource: schema.AllFunds,
				Spending: schema.AllSpending, Period: schema.AllPeriods, Amount: decimal.RequireFromString(amount), RawText: "-" + amount,
				Page: int32(2 - i), Source: schema.FromText, Meaning: schema.Stated, Verification: schema.Verified, Row: -1, Col: -1,
			})
		}
		if err := w.Add(d); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Commit(); err != nil {
		t.Fatal(err)
	}
	return out
}

func run(t *testing.T, out string, opt Options) string {
	t.Helper()
	if _, err := Run(context.Background(), out, opt); err != nil {
		t.Fatal(err)
	}
	return opt.Dest
}

func read(t *testing.T, path string) string {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

func TestCSVForExcel(t *testing.T) {
	dest := run(t, sample(t), Options{Format: CSV, For: ForExcel, Dest: filepath.Join(t.TempDir(), "csv")})
	text := read(t, filepath.Join(dest, "budget_lines.csv"))
	for _, want := range []string{
		"\ufeffdocument_id,", "\r\n", `,"'=HYPERLINK(""x"")",`, ",-1234567.80,'--1234567.80,", ",0.00,'-0,", "\"一行,\n两行\"",
	} {
		if !strings.Contains(text, want) {
			t.Errorf("no %q in\n%s", want, text)
		}
	}
}

func TestCSVForPostgreSQL(t *testing.T) {
	dest := run(t, sample(t), Options{Format: CSV, For: ForPostgreSQL, Dest: filepath.Join(t.TempDir(), "csv")})
	text := read(t, filepath.Join(dest, "documents.csv"))
	for _, want := range []string{`"=HYPERLINK(""x"")"`, `"{""a \""quoted\"" \\ path"",""two""}"`, "\ndocument_id,"[1:], `"",`} {
		if !strings.Contains(text, want) {
			t.Errorf("no %q in\n%s", want, text)
		}
	}
	if strings.Contains(text, "\r") || strings.HasPrefix(text, "\ufeff") {
		t.Error("carriage return or byte order mark")
	}
}

func TestJSONL(t *testing.T) {
	dest := run(t, sample(t), Options{Format: JSONL, Dest: filepath.Join(t.TempDir(), "json")})
	text := read(t, filepath.Join(dest, "budget_lines.jsonl"))
	for _, want := range []string{`"amount":-1234567.80,`, `"fiscal_year":2024,`, `"table_no":null,`, `"is_aggregate":false,`} {
		if !strings.Contains(text, want) {
			t.Errorf("no %s in\n%s", want, text)
		}
	}
}

func TestFilesAreNotReplacedUnasked(t *testing.T) {
	out := sample(t)
	opt := Options{Format: JSONL, Dest: t.TempDir()}
	run(t, out, opt)
	if _, err := Run(context.Background(), out, opt); err == nil || !strings.Contains(err.Error(), "--force") {
		t.Errorf("error %v", err)
	}
	opt.Force = true
	run(t, out, opt)
}

func TestWorkbook(t *testing.T) {
	out := sample(t)
	path := run(t, out, Options{Format: XLSX, Dest: filepath.Join(t.TempDir(), "a.xlsx")})
	if again := run(t, out, Options{Format: XLSX, Dest: filepath.Join(t.TempDir(), "b.xlsx")}); read(t, path) != read(t, again) {
		t.Error("two exports differ")
	}
	f, err := excelize.OpenFile(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if got := strings.Join(f.GetSheetList(), " "); got != "文件 支出表 勾稽不符" {
		t.Errorf("sheets %s", got)
	}
	column := map[string]string{}
	rows, err := f.GetRows("支出表")
	if err != nil || len(rows) != 5 {
		t.Fatalf("%d rows, %v", len(rows), err)
	}
	for i, label := range rows[0] {
		column[label], _ = excelize.ColumnNumberToName(i + 1)
	}
	for label, want := range map[string]string{
		"金额（元）": "-1,234,567.80", "公开类型": "预算", "资金来源": "全部资金", "页码": "2", "文件": "a.pdf", "核验": "已验证", "科目编码": "2080501",
		"部门名称": `=HYPERLINK("x")`, "是否现行": "是", "是否汇总": "否",
	} {
		got, err := f.GetCellValue("支出表", column[label]+"3")
		if err != nil || got != want {
			t.Errorf("%s is %q, want %q (%v)", label, got, want, err)
		}
	}
	if kind, _ := f.GetCellType("支出表", column["金额（元）"]+"3"); kind != excelize.CellTypeUnset && kind != excelize.CellTypeNumber {
		t.Errorf("the amount has the cell type %v", kind)
	}
	if formula, _ := f.GetCellFormula("支出表", column["部门名称"]+"3"); formula != "" {
		t.Errorf("the name became the formula %s", formula)
	}
}

// TestManyRows: what one workbook cannot hold is split by year, what one sheet cannot hold goes on in another.
func TestManyRows(t *testing.T) {
	out, dest := sample(t), filepath.Join(t.TempDir(), "a.xlsx")
	files, err := writeWorkbooks(context.Background(), out, Options{Format: XLSX, Dest: dest}, 1)
	if err != nil || len(files) != 2 {
		t.Fatalf("%v, %v", files, err)
	}
	f, err := excelize.OpenFile(withSuffix(dest, "-2025"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if got := strings.Join(f.GetSheetList(), " "); got != "文件 支出表 支出表（2） 勾稽不符" {
		t.Errorf("sheets %s", got)
	}
}
