package normalize

import (
	"strings"
	"testing"

	"github.com/countybudget/extract/extract/model"
	"github.com/countybudget/extract/schema"
)

// onPage moves a drawn table to a page.
func onPage(t model.Table, no, page int) model.Table {
	t.No, t.FirstPage, t.LastPage = no, page, page
	for i := range t.Cells {
		t.Cells[i].Page = page
	}
	return t
}

// bodiesIn normalizes a document of four pages: cover, table, the given page without a table, table.
func bodiesIn(between ...string) *schema.Disclosure {
	doc := &model.Document{Pages: []model.PageInfo{{Number: 1}, {Number: 2}, {Number: 3}, {Number: 4}}}
	doc.Lines = []model.Line{{Page: 1, Text: "甲县民政局"}, {Page: 1, Text: "2024年部门预算公开"}}
	for _, text := range between {
		doc.Lines = append(doc.Lines, model.Line{Page: 3, Text: text})
	}
	for i, page := range []int{2, 4} {
		doc.Tables = append(doc.Tables, onPage(drawTable("“三公”经费支出表", "万元", 1, threePublicRows), i+1, page))
	}
	return Normalize(doc, Input{DocumentID: "d", FileName: "f.pdf"})
}

// A body whose cover comes later has its own name on its lines, and none of them is verified: the document is another's.
func TestLaterCover(t *testing.T) {
	for _, cover := range [][]string{
		{"甲县救助管理站", "2024年单位预算公开"}, {"甲县救助管理站2024年度单位预算"}, {"甲县救助管理站", "二〇二四年部门预算", "2024年2月"},
	} {
		d := bodiesIn(cover...)
		for i := range d.BudgetLines {
			l := &d.BudgetLines[i]
			want, later := "甲县民政局", l.Page > 3
			if later {
				want = "甲县救助管理站"
			}
			if l.DepartmentName != want || later != (l.Verification == schema.Contradicted) {
				t.Errorf("%v: page %d is of %s, %s", cover, l.Page, l.DepartmentName, l.Verification)
			}
		}
		if d.Document.DepartmentName != "甲县民政局" {
			t.Errorf("%v: the document is of %s", cover, d.Document.DepartmentName)
		}
		if f := d.Diagnostics; len(f) == 0 || !strings.Contains(f[len(f)-1].Message, "≠ 甲县救助管理站") {
			t.Errorf("%v: nothing says that there is another body: %v", cover, f)
		}
	}
}

// Title pages of parts, of the department itself, and pages of text are no covers of others.
func TestNoLaterCover(t *testing.T) {
	for _, page := range [][]string{
		{"第二部分", "甲县民政局2024年部门预算表"},
		{"第二部分 2024年部门预算表"},
		{"2024年部门预算表"},
		{"甲县民政局机关", "2024年单位预算公开"},
		{"甲县财政局批复的2024年部门预算，由本局执行。"},
		{"乙县财政局"},
	} {
		d := bodiesIn(page...)
		for i := range d.BudgetLines {
			if l := &d.BudgetLines[i]; l.DepartmentName != "甲县民政局" || l.Verification == schema.Contradicted {
				t.Errorf("%v: page %d is of %s, %s", page, l.Page, l.DepartmentName, l.Verification)
			}
		}
	}
}
