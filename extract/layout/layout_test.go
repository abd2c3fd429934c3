package layout

import (
	"strings"
	"testing"

	"github.com/countybudget/extract/extract/model"
)

var song = &model.Font{Name: "Song", Ascent: 0.88, Descent: 0.12}

// put sets a string; Chinese characters are an em wide, others half.
func put(p *model.Page, x, y, size float64, text string) {
	for _, r := range text {
		w := size
		if r < 0x2000 {
			w = size / 2
		}
		p.Glyphs = append(p.Glyphs, model.Glyph{
			Text: string(r), Box: model.Rect{X0: x, Y0: y - 0.88*size, X1: x + w, Y1: y + 0.12*size},
			Origin: model.Point{X: x, Y: y}, Font: song, Size: size, Color: model.Black,
			Order: len(p.Glyphs), Source: model.SourceText, Confidence: 1,
		})
		x += w
	}
}

func page(n int) *model.Page { return &model.Page{Number: n, Width: 595, Height: 842} }

func linesOf(pages ...*model.Page) []model.Line {
	var out []model.Line
	for _, p := range pages {
		out = append(out, Lines(p.Number, Words(p, Defaults()), Defaults())...)
	}
	return out
}

func TestWords(t *testing.T) {
	for _, tt := range []struct {
		name string
		draw func(p *model.Page)
		want string
	}{
		{"a gap parts", func(p *model.Page) { put(p, 10, 50, 10, "合计"); put(p, 60, 50, 10, "1,234.50") }, "合计|1,234.50"},
		{"drawn in any order", func(p *model.Page) { put(p, 20, 50, 10, "计"); put(p, 10, 50, 10, "合") }, "合计"},
		{"drawn twice for bold", func(p *model.Page) { put(p, 10, 50, 10, "合计"); put(p, 10.3, 50, 10, "合计") }, "合计"},
		{"two equal digits are two", func(p *model.Page) { put(p, 10, 50, 10, "11.00") }, "11.00"},
		{"white space parts", func(p *model.Page) { put(p, 10, 50, 10, "GDP growth") }, "GDP|growth"},
		{"two lines", func(p *model.Page) { put(p, 10, 62, 10, "下"); put(p, 10, 50, 10, "上") }, "上|下"},
		{"a watermark stays out", func(p *model.Page) {
			put(p, 10, 50, 10, "合计")
			p.Glyphs[1].Flags = model.FlagWatermark
		}, "合"},
		{"turned text stays out", func(p *model.Page) {
			put(p, 10, 50, 10, "合计")
			p.Glyphs[1].Angle = 90
		}, "合"},
		{"a hidden layer below visible text stays out", func(p *model.Page) {
			put(p, 10, 50, 10, "合计")
			p.Glyphs[1].Flags = model.FlagInvisible
		}, "合"},
		{"a hidden layer alone is read", func(p *model.Page) {
			put(p, 10, 50, 10, "合计")
			p.Glyphs[0].Flags, p.Glyphs[1].Flags = model.FlagInvisible, model.FlagInvisible
		}, "合计"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			p := page(1)
			tt.draw(p)
			var got []string
			for _, w := range Words(p, Defaults()) {
				got = append(got, w.Text)
			}
			if s := strings.Join(got, "|"); s != tt.want {
				t.Errorf("got %s, want %s", s, tt.want)
			}
		})
	}
}

func TestRoles(t *testing.T) {
	var pages []*model.Page
	heights := map[int]float64{}
	for i := 1; i <= 4; i++ {
		p := page(i)
		heights[i] = p.Height
		put(p, 60, 40, 9, "某县水利局部门预算")
		put(p, 60, 60, 9, "部门：某县水利局")
		put(p, 290, 810, 9, "- "+string(rune('0'+i))+" -")
		pages = append(pages, p)
	}
	put(pages[0], 260, 120, 16, "目  录")
	put(pages[0], 60, 160, 12, "第一部分 概况 ..................... 2")
	put(pages[0], 60, 180, 12, "第二部分 说明 ..................... 3")
	put(pages[1], 60, 160, 12, "第一部分 概况")
	roles, labels := Roles(linesOf(pages...), heights, Defaults())
	lines := linesOf(pages...)
	count := map[Role]int{}
	for i := range lines {
		count[roles[i]]++
		if strings.HasPrefix(lines[i].Text, "部门") && roles[i] != Body {
			t.Error("the owner line of a table is taken for a running header")
		}
	}
	if count[PageLabel] != 4 || count[Running] != 4 || count[Contents] != 3 || count[Body] != 5 {
		t.Errorf("roles %v", count)
	}
	if labels[3] != "3" {
		t.Errorf("labels %v", labels)
	}
}

// TestTitleOfTwoLinesRepeated: a spreadsheet prints a title of two lines on every page; a line in the same place above other
// text is a running header.
func TestTitleOfTwoLinesRepeated(t *testing.T) {
	for second, want := range map[string]Role{"转移支付分地区决算表": Body, "本页说明": Running} {
		var pages []*model.Page
		heights := map[int]float64{}
		for n := 1; n <= 3; n++ {
			p := page(n)
			heights[n] = p.Height
			put(p, 180, 60, 16, "2021年省对市县国有资本经营预算")
			put(p, 220, 80, 16, second)
			put(p, 100, 300, 10, "市本级")
			pages = append(pages, p)
		}
		lines := linesOf(pages...)
		roles, _ := Roles(lines, heights, Defaults())
		if roles[0] != want {
			t.Errorf("above %s: %v, want %v", second, roles[0], want)
		}
	}
}

func TestPageLabels(t *testing.T) {
	for text, want := range map[string]string{
		"- 3 -": "3", "3": "3", "第3页": "3", "第 3 页 共 20 页": "3", "—12—": "12", "3/20": "3", "第3/20页": "3", "表3": "", "2024年": "",
	} {
		p := page(1)
		put(p, 60, 300, 10, "正文")
		put(p, 280, 815, 9, text)
		_, labels := Roles(linesOf(p), map[int]float64{1: 842}, Defaults())
		if labels[1] != want {
			t.Errorf("%q: label %q, want %q", text, labels[1], want)
		}
	}
}

func TestSections(t *testing.T) {
	one, two := page(1), page(2)
	put(one, 180, 80, 18, "第一部分 某县水利局概况")
	put(one, 84, 110, 12, "一、主要职责")
	put(one, 84, 130, 12, "负责全县水利规划与防汛抗旱，承担农村饮水安全工程建设管理和技")
	put(one, 60, 150, 12, "术指导，负责财政资金内部审核。2024年收入预算")
	put(one, 60, 170, 12, "22,090,962.06元，占100%。")
	put(one, 84, 190, 12, "（一）承办县委、县政府交办的其他事项。")
	put(one, 84, 210, 12, "二、其他说明")
	put(one, 84, 230, 12, "（一）机关运行经费。2024年机关运行经费预算12.50万元，比上")
	put(two, 60, 80, 12, "年减少。")
	put(two, 84, 100, 12, "（二）公务接待费1.35万元。与上年持平。")
	got := ""
	for _, s := range Sections(linesOf(one, two), Defaults()) {
		got += strings.Repeat("#", s.Level) + " " + s.Title + "\n"
		if s.Text != "" {
			got += s.Text + "\n"
		}
	}
	want := `# 第一部分某县水利局概况
## 一、主要职责
负责全县水利规划与防汛抗旱，承担农村饮水安全工程建设管理和技术指导，负责财政资金内部审核。2024年收入预算22,090,962.06元，占100%。
（一）承办县委、县政府交办的其他事项。
## 二、其他说明
### （一）机关运行经费
（一）机关运行经费。2024年机关运行经费预算12.50万元，比上年减少。
（二）公务接待费1.35万元。与上年持平。
`
	if got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}
