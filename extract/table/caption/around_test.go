package caption

import (
	"slices"
	"testing"

	"github.com/countybudget/extract/extract/model"
)

var settings = Settings{CaptionGap: 90, NoteGap: 40}

// word is a text of 10 points whose characters are an em wide.
func word(x, y float64, text string) model.Word {
	return model.Word{Text: text, Box: model.Rect{X0: x, Y0: y, X1: x + 10*float64(len([]rune(text))), Y1: y + 10}}
}

func line(words ...model.Word) model.Line {
	l := model.Line{Page: 1, Size: 10}
	return lineOfWords(&l, words)
}

func TestAround(t *testing.T) {
	for _, tt := range []struct {
		name     string
		tables   []model.Rect
		lines    []model.Line
		captions []Caption // boxes of titles left out
		notes    [][]string
		rest     []string
		taken    []bool
	}{
		{
			"a table with everything", []model.Rect{{X0: 50, Y0: 140, X1: 450, Y1: 300}},
			[]model.Line{
				line(word(50, 60, "收支情况如下。")),
				line(word(210, 85, "部门收入")), line(word(210, 96, "总表（续）")),
				line(word(50, 120, "部门：甲县财政局"), word(390, 120, "单位：万元")),
				line(word(50, 305, "注：本表不含上年")), line(word(50, 316, "结转。")),
				line(word(50, 340, "以上为收入情况。")),
			},
			[]Caption{{Title: "部门收入总表（续）", Unit: "万元", Owner: "甲县财政局", OwnerLabel: "部门", Continued: true}},
			[][]string{{"注：本表不含上年结转。"}},
			[]string{"收支情况如下。", "以上为收入情况。"}, []bool{false, true, true, true, true, true, false},
		},
		{
			"tables beside each other", []model.Rect{{X0: 50, Y0: 140, X1: 250, Y1: 300}, {X0: 300, Y0: 140, X1: 500, Y1: 320}},
			[]model.Line{
				line(word(120, 100, "收入表"), word(370, 100, "支出表")),
				line(word(200, 120, "单位：元"), word(450, 120, "单位：万元")),
				line(word(300, 325, "注：不含结转")),
			},
			[]Caption{{Title: "收入表", Unit: "元"}, {Title: "支出表", Unit: "万元"}}, [][]string{nil, {"注：不含结转"}},
			nil, []bool{true, true, true},
		},
		{
			"tables over each other", []model.Rect{{X0: 50, Y0: 60, X1: 450, Y1: 100}, {X0: 50, Y0: 140, X1: 450, Y1: 300}},
			[]model.Line{line(word(230, 40, "收入表")), line(word(50, 102, "注：不含结转")), line(word(230, 120, "支出表"))},
			[]Caption{{Title: "收入表"}, {Title: "支出表"}}, [][]string{{"注：不含结转"}, nil},
			nil, []bool{true, true, true},
		},
		{
			"too far away", []model.Rect{{X0: 50, Y0: 140, X1: 450, Y1: 300}},
			[]model.Line{line(word(230, 30, "收入表")), line(word(50, 345, "注：不含结转"))},
			[]Caption{{}}, [][]string{nil}, []string{"收入表", "注：不含结转"}, []bool{false, false},
		},
	} {
		taken := make([]bool, len(tt.lines))
		captions, notes, rest := Around(tt.tables, tt.lines, taken, settings)
		for i := range captions {
			captions[i].TitleBox = model.Rect{}
		}
		var left []string
		for i := range rest {
			left = append(left, rest[i].Text)
		}
		same := func(got []model.Note, want []string) bool {
			return slices.EqualFunc(got, want, func(n model.Note, text string) bool { return n.Text == text && len(n.Lines) > 0 })
		}
		if !slices.Equal(captions, tt.captions) || !slices.EqualFunc(notes, tt.notes, same) {
			t.Errorf("%s: %+v, notes %+v", tt.name, captions, notes)
		}
		if !slices.Equal(left, tt.rest) || !slices.Equal(taken, tt.taken) {
			t.Errorf("%s: left %q, taken %v", tt.name, left, taken)
		}
	}
}

func TestHeadUnits(t *testing.T) {
	cells := []model.Cell{{Page: 1, Box: model.Rect{Y0: 100, Y1: 120}}}
	below := line(word(50, 300, "单位：元"))
	for _, tt := range []struct {
		name  string
		lines []model.Line
		own   string
		want  string
	}{
		{"in the head", []model.Line{line(word(50, 20, "甲县预算公开"), word(400, 20, "单位：万元")), below}, "", "万元"},
		{"the table has its own", []model.Line{line(word(400, 20, "单位：万元"))}, "元", "元"},
		{"two in the head", []model.Line{line(word(50, 20, "单位：元"), word(400, 20, "单位：万元"))}, "", ""},
		{"below the table", []model.Line{below}, "", ""},
	} {
		tables := []model.Table{{FirstPage: 1, LastPage: 1, Unit: tt.own, Cells: cells}}
		HeadUnits(tables, tt.lines)
		if tables[0].Unit != tt.want {
			t.Errorf("%s: %q, want %q", tt.name, tables[0].Unit, tt.want)
		}
	}
}
