package spelling

import (
	"strings"
	"testing"

	"github.com/countybudget/extract/extract/model"
	"github.com/countybudget/extract/schema"
)

// recognized makes a document of one table of recognized cells.
func recognized(rows ...[]string) *model.Document {
	t := model.Table{No: 1, Title: "2024年预算支出总表", Source: model.SourceOCR, Rows: len(rows), Cols: len(rows[0])}
	for r, row := range rows {
		for c, text := range row {
			t.Cells = append(t.Cells, model.Cell{
				Row: r, Col: c, RowSpan: 1, ColSpan: 1, Text: text, Source: model.SourceOCR, Confidence: 0.9, Page: 1,
			})
		}
	}
	return &model.Document{Tables: []model.Table{t}}
}

func TestCorrectNames(t *testing.T) {
	for _, c := range []struct{ code, read, want string }{
		{"2080505", "机关事业单位基本莽老保险缴壳支出", "机关事业单位基本养老保险缴费支出"}, // the code speaks for it
		{"30103", "尼金", "奖金"},
		{"", "国有资末经营预算", "国有资本经营预算"},
		{"", "一、一般公共预算投款收入", "一、一般公共预算拨款收入"},
		{"", "三己外交支出", "外交支出"},
		{"", "-其他行政事业单位养老支出", "其他行政事业单位养老支出"},
		{"20131", "党委办公厅\\室)及相关机构事务", "党委办公厅（室）及相关机构事务"},
		{"", "因公出国（境）费", "因公出国（境）费"},   // right already, whatever the brackets
		{"", "乡村振兴驻村工作队", "乡村振兴驻村工作队"}, // a name of its own
		{"", "小汁", "小汁"}, // too short to tell
		{"", "公务用车购置及运行维护支出", "公务用车购置及运行维护支出"}, // another word at the end
		{"2010101", "一般公共服务支出", "一般公共服务支出"},    // a name, though not this code's
	} {
		doc := recognized([]string{c.code, c.read, "1.00"})
		doc, _, err := Embedded().Correct(doc)
		if err != nil {
			t.Fatal(err)
		}
		got := doc.Tables[0].Cells[1].Text
		if bare(got) != bare(c.want) || strings.ContainsAny(got, "\\-") {
			t.Errorf("%s %s: %s, want %s", c.code, c.read, got, c.want)
		}
		reported := len(doc.Diagnostics) == 1 && doc.Diagnostics[0].Code == schema.DiagOCRCorrected && doc.Diagnostics[0].RawText == c.read
		if changed := bare(c.read) != bare(c.want); changed != reported {
			t.Errorf("%s: diagnostics %v", c.read, doc.Diagnostics)
		}
	}
}

// TestCorrectKeepsCodes: a code in the cell of its name is printed, and stays; it speaks for the name as one beside it does.
func TestCorrectKeepsCodes(t *testing.T) {
	for read, want := range map[string]string{
		"30103尼金":          "30103奖金",
		"20805-行政事业单位莽老支出": "20805-行政事业单位养老支出",
		"[2080505]机关事业单位基本莽老保险缴壳支出": "[2080505]机关事业单位基本养老保险缴费支出",
		"30101基本工资": "30101基本工资",
	} {
		doc, _, err := Embedded().Correct(recognized([]string{"", read, "1.00"}))
		if err != nil {
			t.Fatal(err)
		}
		if got := doc.Tables[0].Cells[1].Text; got != want {
			t.Errorf("%s: %s, want %s", read, got, want)
		}
	}
}

// TestCorrectHeaders: one wrong character of a short word is corrected in a header, where few words can stand, and nowhere else.
func TestCorrectHeaders(t *testing.T) {
	for _, header := range []bool{true, false} {
		doc := recognized([]string{"科目", "事业收六", "摩业收六"})
		for i := range doc.Tables[0].Cells {
			doc.Tables[0].Cells[i].IsHeader = header
		}
		doc, _, err := Embedded().Correct(doc)
		if err != nil {
			t.Fatal(err)
		}
		want := "事业收六"
		if header {
			want = "事业收入"
		}
		if got := doc.Tables[0].Cells[1].Text; got != want {
			t.Errorf("header %t: %s, want %s", header, got, want)
		}
		if got := doc.Tables[0].Cells[2].Text; got != "摩业收六" {
			t.Errorf("two wrong characters of four: %s", got)
		}
	}
}

func TestCorrectTakesAnotherReading(t *testing.T) {
	doc := recognized([]string{"", "买金", "1.00"})
	doc.Tables[0].Cells[1].Readings = []model.Reading{{Text: "买金", Confidence: 0.6}, {Text: "奖金", Confidence: 0.4}}
	doc, _, err := Embedded().Correct(doc)
	if err != nil {
		t.Fatal(err)
	}
	if got := doc.Tables[0].Cells[1].Text; got != "奖金" {
		t.Errorf("taken for %s", got)
	}
}

func TestCorrectLeavesDigitalText(t *testing.T) {
	doc := recognized([]string{"", "国有资末经营预算", "1.00"})
	for i := range doc.Tables[0].Cells {
		doc.Tables[0].Cells[i].Source = model.SourceText
	}
	doc.Tables[0].Source = model.SourceText
	doc, _, err := Embedded().Correct(doc)
	if err != nil {
		t.Fatal(err)
	}
	if got := doc.Tables[0].Cells[1].Text; got != "国有资末经营预算" || len(doc.Diagnostics) > 0 {
		t.Errorf("printed text was changed to %s", got)
	}
}

func TestCorrectRestoresTheOrdinal(t *testing.T) {
	doc := recognized([]string{"一、一般公共服务支出"}, []string{"二己外交支出"}, []string{"三、国防支出"})
	doc, _, err := Embedded().Correct(doc)
	if err != nil {
		t.Fatal(err)
	}
	if got := doc.Tables[0].Cells[1].Text; got != "二、外交支出" {
		t.Errorf("taken for %s", got)
	}
}

func TestCorrectTitlesAndOwners(t *testing.T) {
	doc := &model.Document{}
	for i, owner := range []string{"青禾县审计局", "青禾县审计局", "青不县审计局"} {
		d := recognized([]string{"", "合计", "1.00"})
		d.Tables[0].No, d.Tables[0].Owner, d.Tables[0].Title = i+1, owner, "2024年部内收入总体情况表"
		doc.Tables = append(doc.Tables, d.Tables...)
	}
	doc, _, err := Embedded().Correct(doc)
	if err != nil {
		t.Fatal(err)
	}
	for _, table := range doc.Tables {
		if table.Owner != "青禾县审计局" || table.Title != "2024年部门收入总体情况表" {
			t.Errorf("%s, %s", table.Owner, table.Title)
		}
	}
}

func TestNumerals(t *testing.T) {
	n := Embedded()
	for v, want := range map[int]string{1: "一", 10: "十", 14: "十四", 20: "二十", 35: "三十五", 99: "九十九", 0: "", 100: ""} {
		if got := n.numeral(v); got != want {
			t.Errorf("%d: %s", v, got)
		}
		if want != "" && n.ordinalValue(want+"、") != v {
			t.Errorf("%s、: %d", want, n.ordinalValue(want+"、"))
		}
	}
}

func TestDistance(t *testing.T) {
	for _, c := range []struct {
		a, b        string
		limit, want int
	}{{"", "", 2, 0}, {"支出", "支出", 2, 0}, {"文出", "支出", 2, 1}, {"支出", "支", 2, 1}, {"abcd", "efgh", 2, 3}, {"ab", "abcdef", 2, 3}} {
		if got := Distance([]rune(c.a), []rune(c.b), c.limit); got != c.want {
			t.Errorf("%s, %s: %d, want %d", c.a, c.b, got, c.want)
		}
	}
}

// TestCorrectIsAValue: the given document stays as it is, and what was changed is listed.
func TestCorrectIsAValue(t *testing.T) {
	given := recognized([]string{"30103", "尼金", "1.00"})
	got, changes, err := Embedded().Correct(given)
	if err != nil {
		t.Fatal(err)
	}
	if text := given.Tables[0].Cells[1].Text; text != "尼金" || len(given.Diagnostics) > 0 {
		t.Errorf("the given document has changed: %s, %v", text, given.Diagnostics)
	}
	if text := got.Tables[0].Cells[1].Text; text != "奖金" {
		t.Errorf("taken for %s", text)
	}
	if len(changes) != 1 || changes[0] != (Change{Table: 1, Row: 0, Col: 1, Was: "尼金", Is: "奖金"}) {
		t.Errorf("%+v", changes)
	}
}
