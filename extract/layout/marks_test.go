package layout

import (
	"strings"
	"testing"

	"github.com/countybudget/extract/extract/model"
)

func texts(p *model.Page) string {
	var got []string
	for _, w := range Words(p, Defaults()) {
		got = append(got, w.Text)
	}
	return strings.Join(got, "|")
}

func TestRaisedMarks(t *testing.T) {
	for _, tt := range []struct {
		name string
		draw func(p *model.Page)
		want string
	}{
		{"behind an amount", func(p *model.Page) { put(p, 10, 50, 10, "1089.06"); put(p, 45, 46.5, 6, "1") }, "1089.06¹"},
		{"raised by little", func(p *model.Page) { put(p, 10, 50, 10, "1089.06"); put(p, 45, 48, 8, "1") }, "1089.06¹"},
		{"half as large and high", func(p *model.Page) { put(p, 10, 50, 10, "1089.06"); put(p, 45, 43, 5, "12") }, "1089.06¹²"},
		{"before an amount", func(p *model.Page) { put(p, 10, 46.5, 6, "2"); put(p, 13.5, 50, 10, "1089.06") }, "²1089.06"},
		{"in brackets", func(p *model.Page) { put(p, 10, 50, 10, "1089.06"); put(p, 45, 46.5, 6, "[1]") }, "1089.06[1]"},
		{"behind a name", func(p *model.Page) { put(p, 10, 50, 10, "水利"); put(p, 30, 46.5, 6, "注1") }, "水利注1"},
		{"between two cells it is of the left one", func(p *model.Page) {
			put(p, 10, 50, 10, "12.00")
			put(p, 35, 46.5, 6, "1")
			put(p, 40, 50, 10, "水利")
		}, "12.00¹|水利"},
		{"within a sentence", func(p *model.Page) {
			put(p, 10, 50, 10, "支出12.00")
			put(p, 55, 46.5, 6, "1")
			put(p, 58.2, 50, 10, "万元")
		}, "支出12.00¹万元"},
		{"over a sentence is none", func(p *model.Page) { put(p, 10, 50, 10, "支出12.00万元"); put(p, 36, 43, 6, "1") }, "1|支出12.00万元"},
		{"a square metre", func(p *model.Page) { put(p, 10, 50, 10, "12m"); put(p, 25, 46.5, 6, "2") }, "12m²"},
		{"a digit of the same size is none", func(p *model.Page) { put(p, 10, 50, 10, "12.0"); put(p, 30, 50, 10, "1") }, "12.01"},
		{"a small digit on the baseline is none", func(p *model.Page) { put(p, 10, 50, 10, "12.0"); put(p, 30, 50, 8, "1") }, "12.01"},
		{"a small number in the line above is none", func(p *model.Page) { put(p, 10, 50, 10, "12.00"); put(p, 35, 38, 6, "1") }, "1|12.00"},
		{"far beside is none", func(p *model.Page) { put(p, 10, 50, 10, "12.00"); put(p, 60, 46.5, 6, "1") }, "1|12.00"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			p := page(1)
			tt.draw(p)
			if s := texts(p); s != tt.want {
				t.Errorf("got %s, want %s", s, tt.want)
			}
		})
	}
}

// bar draws a thin rectangle.
func bar(p *model.Page, x0, x1, y, thick float64) {
	p.Rules = append(p.Rules, model.Rule{Rect: model.Rect{X0: x0, Y0: y, X1: x1, Y1: y}, Width: thick, Color: model.Black, Kind: model.RuleFill, Order: 1000})
}

func TestDrawnMinus(t *testing.T) {
	for _, tt := range []struct {
		name string
		draw func(p *model.Page)
		want string
	}{
		{"a short bar before a number", func(p *model.Page) { bar(p, 15, 19, 47, 0.7) }, "-12.50"},
		{"as long as a digit is wide, thick", func(p *model.Page) { bar(p, 9, 19, 46.5, 1.5) }, "-12.50"},
		{"with a gap", func(p *model.Page) { bar(p, 11, 15.5, 47, 0.5) }, "-12.50"},
		{"an underline", func(p *model.Page) { bar(p, 20, 45, 51.5, 0.7) }, "12.50"},
		{"a bar before it on the baseline", func(p *model.Page) { bar(p, 14, 19, 50, 0.7) }, "12.50"},
		{"a strike-through", func(p *model.Page) { bar(p, 15, 30, 47, 0.7) }, "12.50"},
		{"a dashed line", func(p *model.Page) { bar(p, 15, 19, 47, 0.7); bar(p, 8, 12, 47, 0.7); bar(p, 1, 5, 47, 0.7) }, "12.50"},
		{"a rule of a table", func(p *model.Page) { bar(p, 0, 19, 47, 0.7) }, "12.50"},
		{"a block", func(p *model.Page) { bar(p, 15, 19, 47, 3) }, "12.50"},
		{"far", func(p *model.Page) { bar(p, 5, 9, 47, 0.7) }, "12.50"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			p := page(1)
			put(p, 20, 50, 10, "12.50")
			tt.draw(p)
			if s := texts(p); s != tt.want {
				t.Errorf("got %s, want %s", s, tt.want)
			}
		})
	}
}

func TestLinesThatEndInDots(t *testing.T) {
	rolesOf := func(draw ...string) string {
		p := page(1)
		for i, text := range draw {
			put(p, 60, 100+20*float64(i), 10, text)
		}
		lines := linesOf(p)
		roles, _ := Roles(lines, map[int]float64{1: p.Height}, Defaults())
		out := ""
		for _, r := range roles {
			out += map[Role]string{Body: "B", PageLabel: "L", Running: "R", Contents: "C"}[r]
		}
		return out
	}
	for _, tt := range []struct {
		name, want string
		lines      []string
	}{
		{"prose", "BBB", []string{"主要用于办公费、印刷费、差旅费……", "基本支出800.00万元，包括工资、奖金……", "项目支出434.56万元。"}},
		{"lines to sign on", "BBB", []string{"单位负责人：__________", "财务负责人：__________", "填表人签字：__________"}},
		{"a form with a figure", "B", []string{"预算安排金额（万元）……12"}},
		{"under its heading", "CCCB", []string{"目  录", "第一部分 部门概况……", "第二部分 预算说明……", "部门预算说明如下。"}},
		{"without its heading", "CCC", []string{"第一部分 部门概况………1", "第二部分 预算说明………3", "第三部分 名词解释………9"}},
		{"with an entry of two lines", "CCCC", []string{"目录", "第一部分 关于部门职责和", "机构设置的说明………1", "第二部分 预算说明………3"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := rolesOf(tt.lines...); got != tt.want {
				t.Errorf("got %s, want %s", got, tt.want)
			}
		})
	}
}
