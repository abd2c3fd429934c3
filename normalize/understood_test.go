package normalize

import (
	"strings"
	"testing"

	"github.com/countybudget/extract/extract/model"
	"github.com/countybudget/extract/schema"
)

// TestUnderstood: the lines below a word that nothing explains are guessed, not verified although their sums hold, and the
// word is reported; names of regions and of codebooks are explained.
func TestUnderstood(t *testing.T) {
	for _, c := range []struct {
		title, header string
		meaning       schema.Meaning
		code          string // of the diagnostic
	}{
		{"2025年部门支出总表", "基本支出", schema.Stated, ""},
		{"2025年部门支出总表", "魑魅支出", schema.Guessed, schema.DiagUnknownHeading},
		{"2025年魑魅支出总表", "基本支出", schema.Inferred, schema.DiagUnknownTitle}, // the codes are those of a table of expenditure
		{"2025年合肥市部门支出总表", "基本支出", schema.Stated, ""},
		{"2025年部门支出总表", "工资福利支出", schema.Stated, ""},
	} {
		table := drawTable(c.title, "万元", 1, `
			科目编码|科目名称|合计|`+c.header+`|项目支出
			合计||10.00|6.00|4.00
			208|社会保障和就业支出|7.00|4.00|3.00
			221|住房保障支出|3.00|2.00|1.00`)
		doc := &model.Document{Lines: []model.Line{{Page: 1, Text: "青禾县水务局2025年部门预算"}}, Tables: []model.Table{table}, Pages: []model.PageInfo{{Number: 1}}}
		d := Normalize(doc, Input{DocumentID: "d", FileName: "a.pdf"})
		line := &d.BudgetLines[1] // 合计 below the header
		if line.Meaning != c.meaning || line.Heading != c.header {
			t.Errorf("%s, %s: %s, heading %q", c.title, c.header, line.Meaning, line.Heading)
		}
		if line.Meaning == schema.Guessed && line.Verification == schema.Verified {
			t.Errorf("%s, %s: guessed and verified", c.title, c.header)
		}
		said := ""
		for _, g := range d.Diagnostics {
			if strings.HasPrefix(g.Code, "unknown_t") && g.Code != schema.DiagUnknownTable || g.Code == schema.DiagUnknownHeading {
				said += g.Code
			}
		}
		if said != c.code {
			t.Errorf("%s, %s: diagnostics %q, want %q", c.title, c.header, said, c.code)
		}
	}
}

// TestNoYear: amounts of which nothing says the year are not verified, although their sums hold.
func TestNoYear(t *testing.T) {
	table := drawTable("部门支出总表", "万元", 1, `
		科目编码|科目名称|合计|基本支出|项目支出
		合计||10.00|6.00|4.00
		208|社会保障和就业支出|7.00|4.00|3.00
		221|住房保障支出|3.00|2.00|1.00`)
	doc := &model.Document{Lines: []model.Line{{Page: 1, Text: "青禾县水务局部门预算"}}, Tables: []model.Table{table}, Pages: []model.PageInfo{{Number: 1}}}
	for _, line := range Normalize(doc, Input{DocumentID: "d", FileName: "a.pdf"}).BudgetLines {
		if line.FiscalYear != 0 || line.Meaning != schema.Guessed || line.Verification == schema.Verified {
			t.Errorf("%s: year %d, meaning %s, %s", line.ItemName, line.FiscalYear, line.Meaning, line.Verification)
		}
	}
}
