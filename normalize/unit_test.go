package normalize

import (
	"testing"

	"github.com/countybudget/extract/schema"
)

const threePublicRows = `
	项目           | 2024年预算数
	合计           | 5.00
	因公出国（境）费 | 1.00
	公务接待费      | 4.00
`

func TestUnitInTheTitle(t *testing.T) {
	for title, want := range map[string]string{
		"“三公”经费支出表（单位：元）": "5", "“三公”经费支出表（千元）": "5000", "“三公”经费支出表（金额单位：百万元）": "5000000",
	} {
		d := normalizeTable("甲县财政局2024年部门预算", drawTable(title, "", 1, threePublicRows))
		if len(d.BudgetLines) != 3 || d.BudgetLines[0].Amount.String() != want {
			t.Errorf("%s: got %v, want 3 lines, the first of %s yuan", title, d.BudgetLines, want)
		}
		if d.BudgetLines[0].Verification != schema.Verified {
			t.Errorf("%s: the total is %s", title, d.BudgetLines[0].Verification)
		}
	}
}

func TestUnitsOfTables(t *testing.T) {
	for unit, want := range map[string]string{"元": "5", "人民币千元": "5000", "人民币百万元": "5000000", "人民币亿元": "500000000"} {
		d := normalizeTable("甲县财政局2024年部门预算", drawTable("“三公”经费支出表", unit, 1, threePublicRows))
		if got := d.BudgetLines[0].Amount.String(); got != want || d.BudgetLines[0].RawUnit != unit {
			t.Errorf("%s: got %s yuan, want %s", unit, got, want)
		}
	}
}

func TestUnitBehindTheAmount(t *testing.T) {
	d := normalizeTable("甲县财政局2024年部门预算", drawTable("“三公”经费支出表", "元", 1, `
		项目           | 2024年预算数
		合计           | 50,000.00元
		因公出国（境）费 | 1.00万元
		公务接待费      | ４０千元
		公务用车运行维护费 | 约3.00万元
	`))
	checkLines(t, d, `
		three_public expenditure total  合计 all/all/all approved 2024 50000.00
		three_public expenditure three_public  因公出国（境）费 all/all/all approved 2024 10000.00
		three_public expenditure three_public  公务接待费 all/all/all approved 2024 40000.00
	`)
	if n := len(diagnosticsOf(d, schema.DiagUnparsedAmount)); n != 1 {
		t.Errorf("%d amounts are reported as unread, want 1", n)
	}
}

// The unit in a column's header counts before the table's.
func TestUnitOfAColumn(t *testing.T) {
	d := normalizeTable("甲县财政局2024年部门预算", drawTable("“三公”经费支出表", "万元", 1, `
		项目           | 2024年预算数（元）
		合计           | 50,000.00
		公务接待费      | 20,000.00
		公务用车运行维护费 | 30,000.00
	`))
	if len(d.BudgetLines) != 3 {
		t.Fatalf("%d lines, want 3", len(d.BudgetLines))
	}
	if l := &d.BudgetLines[0]; l.Amount.String() != "50000" || l.RawUnit != "元" {
		t.Errorf("%s yuan, printed in %s", l.Amount, l.RawUnit)
	}
}

// Sums come out in any unit: where none is printed they prove nothing.
func TestNoUnitProvesNothing(t *testing.T) {
	d := normalizeTable("甲县财政局2024年部门预算", drawTable("“三公”经费支出表", "", 1, threePublicRows))
	if len(d.BudgetLines) != 3 {
		t.Fatalf("%d lines, want 3", len(d.BudgetLines))
	}
	for i := range d.BudgetLines {
		if l := &d.BudgetLines[i]; l.Verification != schema.Unchecked {
			t.Errorf("%s is %s", l.ItemName, l.Verification)
		}
	}
	if n := len(diagnosticsOf(d, schema.DiagUnknownUnit)); n != 1 {
		t.Errorf("%d diagnostics of the unit, want 1", n)
	}
}

func diagnosticsOf(d *schema.Disclosure, code string) []schema.DiagnosticRow {
	var out []schema.DiagnosticRow
	for _, x := range d.Diagnostics {
		if x.Code == code {
			out = append(out, x)
		}
	}
	return out
}

// One amount broken over two lines, or two over each other: no amount is made of it, and a diagnostic says so.
func TestTwoNumbersInOneCell(t *testing.T) {
	table := drawTable("“三公”经费支出表", "元", 1, threePublicRows)
	for i := range table.Cells {
		if c := &table.Cells[i]; c.Text == "4.00" {
			c.Text, c.UpperHalf = "1234567", "1234"
		}
	}
	d := normalizeTable("甲县财政局2024年部门预算", table)
	if len(d.BudgetLines) != 2 || len(diagnosticsOf(d, schema.DiagUnparsedAmount)) != 1 {
		t.Errorf("%d lines, want 2; diagnostics %v", len(d.BudgetLines), diagnosticsOf(d, schema.DiagUnparsedAmount))
	}
}

// The marks of footnotes are in cells as printed, and in no amount and no name.
func TestFootnoteMarksStayInCells(t *testing.T) {
	table := drawTable("“三公”经费支出表", "元", 1, threePublicRows)
	for i := range table.Cells {
		if c := &table.Cells[i]; c.Text == "4.00" || c.Text == "公务接待费" {
			c.Marked = c.Text + "¹"
		}
	}
	d := normalizeTable("甲县财政局2024年部门预算", table)
	if last := d.BudgetLines[2]; last.RawText != "4.00" || last.ItemName != "公务接待费" || last.Verification != schema.Verified {
		t.Errorf("%+v", last)
	}
	marked := 0
	for i := range d.Cells {
		if t := d.Cells[i].Text; t == "4.00¹" || t == "公务接待费¹" {
			marked++
		}
	}
	if marked != 2 {
		t.Errorf("%d cells show their marks, want 2", marked)
	}
}

func TestStrangeUnits(t *testing.T) {
	for unit, c := range map[string]struct {
		amount  string
		strange bool
	}{
		"万元":   {"50000", false},
		"万元、人": {"50000", false},
		"万元“":  {"50000", false},
		"元，%":  {"5", false},
		"万美元":  {"50000", true},
		"万元/元": {"50000", true},
		"万":    {"50000", true},
	} {
		d := normalizeTable("甲县财政局2024年部门预算", drawTable("“三公”经费支出表", unit, 1, threePublicRows))
		l := &d.BudgetLines[0]
		if l.Amount.String() != c.amount || (l.Verification == schema.Verified) == c.strange {
			t.Errorf("%s: %s yuan, %s", unit, l.Amount, l.Verification)
		}
		if n := len(diagnosticsOf(d, schema.DiagUnknownUnit)); (n == 1) != c.strange {
			t.Errorf("%s: %d diagnostics", unit, n)
		}
	}
}
