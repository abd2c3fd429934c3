package normalize

import (
	"testing"

	"github.com/countybudget/extract/extract/model"
	"github.com/countybudget/extract/schema"
)

// recognizedTable is a drawn table as recognition gives it.
func recognizedTable(title string, headerRows int, drawing string) model.Table {
	t := drawTable(title, "万元", headerRows, drawing)
	t.Source = model.SourceOCR
	for i := range t.Cells {
		t.Cells[i].Source = model.SourceOCR
	}
	return t
}

// TestNamesThatMayBeMisread: a recognized row is proven only where its code and its name confirm each other.
func TestNamesThatMayBeMisread(t *testing.T) {
	const drawing = `
		科目编码 | 科目名称         | 合计
		208      | 社会保障和就业支出 | 1.00
		2080501  | 行政单位离退休   | 2.00
		2080505  | 面品j            | 3.00
		22402    | 住房改革支出     | 4.00
		         | 肥               | 5.00
	`
	want := []schema.Meaning{schema.Stated, schema.Stated, schema.Guessed, schema.Guessed, schema.Guessed}
	recognized := normalizeTable("甲县财政局2024年部门预算", recognizedTable("2024年支出预算表", 1, drawing))
	printed := normalizeTable("甲县财政局2024年部门预算", drawTable("2024年支出预算表", "万元", 1, drawing))
	if len(recognized.BudgetLines) != len(want) || len(printed.BudgetLines) != len(want) {
		t.Fatalf("%d and %d lines", len(recognized.BudgetLines), len(printed.BudgetLines))
	}
	for i, m := range want {
		if got := recognized.BudgetLines[i]; got.Meaning != m {
			t.Errorf("%s %s: %s, want %s", got.ItemCode, got.ItemName, got.Meaning, m)
		}
		if got := printed.BudgetLines[i]; got.Meaning != schema.Stated {
			t.Errorf("printed %s: %s", got.ItemName, got.Meaning)
		}
	}
}

// TestYearOfAMisreadHeader: a recognized header does not give a whole table another year than its title.
func TestYearOfAMisreadHeader(t *testing.T) {
	for title, year := range map[string]int32{"2023年支出决算表": 2023, "支出预算表": 2023} {
		d := normalizeTable("甲县财政局2024年部门预算", recognizedTable(title, 1, "科目名称 | 2023年决算数 \n 教育支出 | 1.00"))
		if l := &d.BudgetLines[0]; l.FiscalYear != year || title != "支出预算表" && l.Meaning == schema.Guessed {
			t.Errorf("%s: %d, %s", title, l.FiscalYear, l.Meaning)
		}
	}
	for drawing, want := range map[string][]int32{
		"科目名称 | 2023年预算数 \n 教育支出 | 1.00":                   {2024},
		"科目名称 | 2023年预算数 | 2024年预算数 \n 教育支出 | 1.00 | 2.00": {2023, 2024},
	} {
		d := normalizeTable("甲县财政局2024年部门预算", recognizedTable("2024年支出预算表", 1, drawing))
		if len(d.BudgetLines) != len(want) {
			t.Fatalf("%d lines", len(d.BudgetLines))
		}
		for i, year := range want {
			l := &d.BudgetLines[i]
			if l.FiscalYear != year || (l.Meaning == schema.Guessed) != (len(want) == 1) {
				t.Errorf("%s: %d, %s", drawing, l.FiscalYear, l.Meaning)
			}
		}
	}
}

// TestNamesCutByStrokes: where a stroke of a name was taken for a rule, a digit behind it is no amount, and the codes stay.
func TestNamesCutByStrokes(t *testing.T) {
	d := normalizeTable("甲县财政局2024年部门预算", recognizedTable("2024年支出预算表", 1, `
		科目编码 | 科目名称       | <  | 合计
		208      | 社会保障和就业支出 | <  | 1.00
		2080501  | 行政单位离退休 | 4  | 2.00
	`))
	checkLines(t, d, `
		expenditure expenditure functional 208 社会保障和就业支出 all/all/all approved 2024 10000.00
		expenditure expenditure functional 2080501 行政单位离退休 all/all/all approved 2024 20000.00
	`)
}
