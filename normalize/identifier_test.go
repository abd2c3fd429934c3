package normalize

import (
	"strings"
	"testing"

	"github.com/countybudget/extract/schema"
)

// TestIdentifierColumns: columns of identifiers give no amounts, known by the header or by what the cells are.
func TestIdentifierColumns(t *testing.T) {
	for name, c := range map[string]struct {
		header, first, second string
		lines                 int // of the two rows: one each without the column
		told                  bool
	}{
		"account by header":       {"银行账号", "6222021234", "7222021234", 2, false},
		"project number":          {"项目编号", "12", "13", 2, false},
		"region by header":        {"行政区划代码", "530821", "", 2, false},
		"telephone by header":     {"联系电话", "3012345", "3012346", 2, false},
		"long by cells":           {"", "530821251100003456789", "", 2, true},
		"one length by cells":     {"备用", "2025000123", "2025000124", 2, true},
		"telephone by cells":      {"备用", "0557-3012345", "0557-3012346", 2, true},
		"leading zeros by cells":  {"备用", "08713456789", "08713456790", 2, true},
		"regions by cells":        {"备用", "110101", "110102", 2, true},
		"amounts of one length":   {"政府性基金", "4205000123", "2025000124", 4, false},
		"amounts with decimals":   {"政府性基金", "2025000.23", "2025000.24", 4, false},
		"the same amount twice":   {"政府性基金", "110101", "110101", 4, false},
		"several numbers":         {"备用", "2025000123 2025000124", "2025000125 2025000126", 2, false},
		"header of amounts":       {"政府性基金", "2025000123", "2025000124", 4, false},
		"a long amount by itself": {"政府性基金", "2025000123", "", 3, false},
	} {
		t.Run(name, func(t *testing.T) {
			d := normalizeTable("青禾县水务局2025年部门预算", drawTable("项目支出预算表", "元", 1, strings.Join([]string{
				c.header + "|项目名称|一般公共预算",
				c.first + "|防汛物资购置|78.55",
				c.second + "|水利工程建设|622.40",
			}, "\n")))
			if len(d.BudgetLines) != c.lines {
				t.Errorf("%d lines, want %d: %+v", len(d.BudgetLines), c.lines, d.Diagnostics)
			}
			told := false
			for _, x := range d.Diagnostics {
				told = told || x.Code == schema.DiagIdentifier
			}
			if told != c.told {
				t.Errorf("told %v: %+v", told, d.Diagnostics)
			}
		})
	}
}
