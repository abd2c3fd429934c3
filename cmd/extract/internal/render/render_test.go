package render

import (
	"strings"
	"testing"

	"github.com/countybudget/extract/extract/model"
)

// expenditure is a small table with a header of two rows, merged in both directions.
func expenditure() *model.Table {
	cell := func(r, c, rows, cols int, text string) model.Cell {
		return model.Cell{Row: r, Col: c, RowSpan: rows, ColSpan: cols, Text: text, IsHeader: r < 2}
	}
	t := &model.Table{Rows: 4, Cols: 4, HeaderRows: 2, Cells: []model.Cell{
		cell(0, 0, 2, 1, "科目"), cell(0, 1, 1, 3, "支出"),
		cell(1, 1, 1, 1, "合计"), cell(1, 2, 1, 1, "基本支出"), cell(1, 3, 1, 1, "项目支出"),
		cell(2, 0, 1, 1, "教育|支出"), cell(2, 1, 1, 1, "1,234.50"), cell(2, 2, 1, 1, "1,000.00"), cell(2, 3, 1, 1, "234.50"),
		cell(3, 0, 1, 1, "普通教育"), cell(3, 1, 1, 1, "1,234.50"), cell(3, 2, 1, 1, ""), cell(3, 3, 1, 1, "\x1b234.50\u202e"),
	}}
	t.Cells[9].Indent = 1
	return t
}

func TestTable(t *testing.T) {
	want := strings.TrimPrefix(`
┌────────────┬────────────────────────────────┐
│            │              支出              │
│    科目    ├──────────┬──────────┬──────────┤
│            │   合计   │ 基本支出 │ 项目支出 │
├────────────┼──────────┼──────────┼──────────┤
│ 教育|支出  │ 1,234.50 │ 1,000.00 │   234.50 │
│   普通教育 │ 1,234.50 │          │   234.50 │
└────────────┴──────────┴──────────┴──────────┘
`, "\n")
	if got := Table(expenditure(), 0); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	for _, limit := range []int{20, 42, 44, 200} {
		for line := range strings.Lines(Table(expenditure(), limit)) {
			if w := Width(strings.TrimSuffix(line, "\n")); limit >= 44 && w > limit {
				t.Errorf("limit %d: a line of %d: %s", limit, w, line)
			}
		}
	}
}

func TestWrap(t *testing.T) {
	for _, c := range []struct {
		text  string
		limit int
		want  string
	}{
		{"机关事业单位基本养老保险缴费支出", 12, "机关事业单位|基本养老保险|缴费支出"},
		{"一a二b三", 4, "一a|二b|三"},
		{"total expenditure of 2024", 12, "total|expenditure|of 2024"},
		{"", 5, ""},
		{"宽", 1, "宽"},
	} {
		if got := strings.Join(wrap(c.text, c.limit), "|"); got != c.want {
			t.Errorf("wrap(%q, %d) = %q, want %q", c.text, c.limit, got, c.want)
		}
	}
}

func TestMachineFormats(t *testing.T) {
	var b strings.Builder
	if err := CSV(&b, expenditure(), "7"); err != nil {
		t.Fatal(err)
	}
	wantCSV := "7,科目,支出,,\n7,,合计,基本支出,项目支出\n7,教育|支出,\"1,234.50\",\"1,000.00\",234.50\n7,普通教育,\"1,234.50\",,\x1b234.50\u202e\n"
	if b.String() != wantCSV {
		t.Errorf("CSV\n%q\nwant\n%q", b.String(), wantCSV)
	}
	wantMD := `| 科目 | 支出 / 合计 | 支出 / 基本支出 | 支出 / 项目支出 |
| --- | ---: | ---: | ---: |
| 教育\|支出 | 1,234.50 | 1,000.00 | 234.50 |
| 普通教育 | 1,234.50 |  | 234.50 |
`
	if got := Markdown(expenditure()); got != wantMD {
		t.Errorf("Markdown\n%s\nwant\n%s", got, wantMD)
	}
}

// Nothing a table may hold makes the drawing fail.
func TestOddTables(t *testing.T) {
	for name, table := range map[string]*model.Table{
		"empty":          {},
		"no cells":       {Rows: 2, Cols: 3, HeaderRows: 1},
		"all header":     {Rows: 1, Cols: 1, HeaderRows: 1, Cells: []model.Cell{{RowSpan: 1, ColSpan: 1, Text: "x", IsHeader: true}}},
		"header too big": {Rows: 1, Cols: 1, HeaderRows: 5, Cells: []model.Cell{{RowSpan: 1, ColSpan: 1, Text: "x"}}},
		"one merged":     {Rows: 3, Cols: 3, Cells: []model.Cell{{RowSpan: 3, ColSpan: 3, Text: strings.Repeat("长", 100)}}},
	} {
		t.Run(name, func(t *testing.T) {
			Table(table, 30)
			Markdown(table)
			if err := CSV(&strings.Builder{}, table); err != nil {
				t.Error(err)
			}
		})
	}
}

func TestCSVFormulas(t *testing.T) {
	for text, want := range map[string]string{
		"=1+1": "'=1+1", "+cmd|' /C calc'!A0": "'+cmd|' /C calc'!A0", "@SUM(A1)": "'@SUM(A1)", "-2+3": "'-2+3", "＝1": "'＝1", "\t=1": "'\t=1",
		"-1,234.50": "-1,234.50", "+3.2%": "+3.2%", "-": "-", "教育": "教育", "": "",
	} {
		if got := unformula(text); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}

// TestCodeHeaders: the words of code_headers.tsv match in their three ways, and no line of the file is lost.
func TestCodeHeaders(t *testing.T) {
	if len(codeHeaders()) != 8 {
		t.Errorf("%d words", len(codeHeaders()))
	}
	for text, want := range map[string]bool{
		"科目编码": true, "单位代码": true, "序号编号": true, "类": true, "款": true, "项": true, "item_code": true, "code": true,
		"科目名称": false, "项目": false, "类别": false, "decode": false, "codes": false, "": false,
	} {
		if isCodeHeader(text) != want {
			t.Errorf("%q: %v", text, !want)
		}
	}
}
