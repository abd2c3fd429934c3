package rebuild

import (
	"math"
	"testing"

	"github.com/countybudget/extract/extract/model"
)

var song = &model.Font{Name: "Song", Ascent: 0.88, Descent: 0.12}

func put(p *model.Page, x, y, size float64, text string) {
	for _, r := range text {
		w := size
		if r < 0x2000 {
			w = size / 2
		}
		p.Glyphs = append(p.Glyphs, model.Glyph{
			Text: string(r), Box: model.Rect{X0: x, Y0: y - 0.88*size, X1: x + w, Y1: y + 0.12*size},
			Origin: model.Point{X: x, Y: y}, Font: song, Size: size, Color: model.Black,
			Source: model.SourceText, Confidence: 1,
		})
		x += w
	}
}

func rule(p *model.Page, x0, y0, x1, y1 float64) {
	p.Rules = append(p.Rules, model.Rule{Rect: model.Rect{X0: x0, Y0: y0, X1: x1, Y1: y1}, Width: 0.5, Color: model.Black})
}

// wide is a landscape page with a title, a table and a page number.
func wide() *model.Page {
	p := &model.Page{Number: 1, Width: 842, Height: 595}
	put(p, 380, 60, 14, "收入预算总表")
	put(p, 60, 90, 9, "部门：某县水利局")
	put(p, 700, 90, 9, "单位：万元")
	for _, y := range []float64{100, 120, 140, 160} {
		rule(p, 60, y, 760, y)
	}
	for _, x := range []float64{60, 400, 760} {
		rule(p, x, 100, x, 160)
	}
	put(p, 62, 114, 9, "项目名称")
	put(p, 402, 114, 9, "预算数")
	put(p, 62, 134, 9, "一、财政拨款收入")
	put(p, 700, 134, 9, "1,234.50")
	put(p, 62, 154, 9, "合计")
	put(p, 700, 154, 9, "1,234.50")
	put(p, 400, 580, 9, "- 7 -")
	return p
}

// sideways turns a page by quarters clockwise, as a producer does that knows no landscape paper.
func sideways(p *model.Page, q quarter) *model.Page {
	t := turnedUp(p, 4-q)
	for i := range t.Glyphs {
		t.Glyphs[i].Angle = math.Mod(90*float64(q)+180, 360) - 180
	}
	return t
}

func TestSideways(t *testing.T) {
	plain := Document([]*model.Page{wide()}, Defaults())
	if len(plain.Tables) != 1 || plain.Tables[0].Rows != 3 || plain.Tables[0].Title != "收入预算总表" || plain.Pages[0].Label != "7" {
		t.Fatalf("upright: %+v", plain.Tables)
	}
	for q := quarter(1); q < 4; q++ {
		page := sideways(wide(), q)
		if quarterOf(page) != q {
			t.Fatalf("%d quarters taken for %d", q, quarterOf(page))
		}
		d := Document([]*model.Page{page}, Defaults())
		if len(d.Tables) != 1 || d.Tables[0].Unit != "万元" || d.Tables[0].Owner != "某县水利局" || d.Pages[0].Label != "7" {
			t.Fatalf("%d quarters: %+v", q, d.Tables)
		}
		for i, c := range d.Tables[0].Cells {
			if want := plain.Tables[0].Cells[i]; c.Text != want.Text {
				t.Errorf("%d quarters: %q, want %q", q, c.Text, want.Text)
			}
			if c.Text == "" {
				continue
			}
			inside := 0
			for k := range page.Glyphs {
				if c.Box.Contains(page.Glyphs[k].Box.Center()) {
					inside++
				}
			}
			if n := len([]rune(c.Text)); inside != n {
				t.Errorf("%d quarters: the box of %q holds %d glyphs", q, c.Text, inside)
			}
		}
	}
}

func TestNumbersAndPages(t *testing.T) {
	p := wide()
	scan := &model.Page{Number: 2, Width: 595, Height: 842, Pictures: []model.Picture{{Box: model.Rect{X1: 595, Y1: 842}}}}
	d := Document([]*model.Page{p, scan}, Defaults())
	texts := ""
	for _, n := range d.Numbers {
		if !n.Held {
			t.Errorf("%q is not held", n.Text)
		}
		texts += n.Text + " "
	}
	if texts != "1,234.50 1,234.50 " {
		t.Errorf("numbers %q", texts)
	}
	if d.Pages[0].NeedsOCR || !d.Pages[1].NeedsOCR || len(d.Diagnostics) != 1 {
		t.Errorf("pages %+v, diagnostics %+v", d.Pages, d.Diagnostics)
	}
}

func TestNumbersOutOfReach(t *testing.T) {
	p := wide()
	n := len(p.Glyphs)
	put(p, 800, 300, 9, "77.50")
	for i := n; i < len(p.Glyphs); i++ { // up the margin
		g := &p.Glyphs[i]
		g.Angle = -90
		g.Origin = model.Point{X: 800, Y: 300 - 4.5*float64(i-n)}
		g.Box = model.Rect{X0: 792, Y0: g.Origin.Y - 4.5, X1: 801, Y1: g.Origin.Y}
	}
	put(p, 100, 500, math.Inf(1), "9")
	p.Glyphs[len(p.Glyphs)-1].Angle = math.NaN()
	d := Document([]*model.Page{p}, Defaults())
	last := d.Numbers[len(d.Numbers)-1]
	if len(d.Numbers) != 3 || last.Text != "77.50" || last.Held {
		t.Errorf("%+v", d.Numbers)
	}
}

// An amount that stands as in a table, where none was found, is not lost in the text around it.
func TestNumberThatStandsApart(t *testing.T) {
	p := &model.Page{Number: 1, Width: 595, Height: 842}
	put(p, 60, 100, 10, "全年收入1,234.50万元，比上年增长3.20%。")
	put(p, 60, 300, 10, "其他收入")
	put(p, 200, 300, 10, "77.50")
	put(p, 235, 300, 10, "教育支出")
	d := Document([]*model.Page{p}, Defaults())
	held := map[string]bool{}
	for _, n := range d.Numbers {
		held[n.Text] = n.Held
	}
	if len(held) != 3 || !held["1,234.50"] || !held["3.20"] || held["77.50"] {
		t.Errorf("held: %v", held)
	}
}

func TestNothing(t *testing.T) {
	if d := Document(nil, Defaults()); len(d.Tables)+len(d.Pages) != 0 {
		t.Error("something of nothing")
	}
	if err := Defaults().Validate(); err != nil {
		t.Error(err)
	}
}
