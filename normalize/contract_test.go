package normalize

import (
	"strings"
	"testing"

	"github.com/countybudget/extract/schema"
)

// TestAmountTooLong: an amount that the column cannot hold costs its line, with where it is printed, and is not claimed.
func TestAmountTooLong(t *testing.T) {
	d := normalizeTable("青禾县水务局2025年部门预算", drawTable("2025年部门支出总表", "万元", 1, `
		科目编码|科目名称|合计|基本支出
		208|社会保障和就业支出|45.12|45.12
		210|卫生健康支出|12345678901234.00|21.35`))
	if len(d.BudgetLines) != 3 || d.Document.LineCount != 3 {
		t.Errorf("%d lines, %d counted", len(d.BudgetLines), d.Document.LineCount)
	}
	var found []schema.DiagnosticRow
	for _, x := range d.Diagnostics {
		if x.Code == schema.DiagAmountRange {
			found = append(found, x)
		}
	}
	if len(found) != 1 || found[0].RawText != "12345678901234.00" || found[0].Page != 1 {
		t.Errorf("%+v", d.Diagnostics)
	}
}

// TestSeveralNumbersInACell: they are no amount, put together they would be one that nobody printed.
func TestSeveralNumbersInACell(t *testing.T) {
	d := normalizeTable("青禾县水务局2025年部门预算", drawTable("2025年部门支出总表", "万元", 1, `
		科目编码|科目名称|合计|基本支出
		208|社会保障和就业支出|45.12 21.35|45.12`))
	if len(d.BudgetLines) != 1 || d.BudgetLines[0].RawText != "45.12" {
		t.Errorf("%+v", d.BudgetLines)
	}
}

// TestFractionsOfAFen: what DECIMAL(18,2) cannot hold exactly is rounded, and told of once a table.
func TestFractionsOfAFen(t *testing.T) {
	d := normalizeTable("青禾县水务局2025年部门预算", drawTable("2025年部门支出总表", "元", 1, `
		科目编码|科目名称|合计|基本支出
		208|社会保障和就业支出|0.123456|45.12
		210|卫生健康支出|7.005|21.35`))
	var told []string
	for _, x := range d.Diagnostics {
		if x.Code == schema.DiagAmountRounded {
			told = append(told, x.RawText)
		}
	}
	if len(d.BudgetLines) != 4 || d.BudgetLines[0].Amount.String() != "0.12" || d.BudgetLines[2].Amount.String() != "7.01" || len(told) != 1 || told[0] != "0.123456" {
		t.Errorf("%q: %+v", told, d.BudgetLines)
	}
}

// TestUnparsedFlood: a column of cells that are no amounts is told of by its first ones.
func TestUnparsedFlood(t *testing.T) {
	d := normalizeTable("青禾县水务局2025年部门预算", drawTable("2025年部门支出总表", "元", 1,
		"科目编码|科目名称|合计"+strings.Repeat("\n208|社会保障和就业支出|1.00 2.00", 50)))
	n := 0
	for _, x := range d.Diagnostics {
		if x.Code == schema.DiagUnparsedAmount {
			n++
		}
	}
	if n != 10 {
		t.Errorf("%d diagnostics", n)
	}
}
