package rebuild

import (
	"maps"
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

// TestRoles: each line of a document says what it is for, on turned pages too.
func TestRoles(t *testing.T) {
	for q := quarter(0); q < 4; q++ {
		page := wide()
		if q != 0 {
			page = sideways(page, q)
		}
		d := Document([]*model.Page{page}, Defaults())
		got := map[string]model.LineRole{}
		for i := range d.Lines {
			got[d.Lines[i].Text] = d.Lines[i].Role
		}
		want := map[string]model.LineRole{"收入预算总表": model.LineCaption, "部门：某县水利局单位：万元": model.LineCaption, "- 7 -": model.LinePageLabel}
		if !maps.Equal(got, want) {
			t.Errorf("%d quarters: %v", q, got)
		}
	}
	p := &model.Page{Number: 1, Width: 595, Height: 842}
	put(p, 60, 100, 10, "全年收入合计1,234.50万元。")
	if d := Document([]*model.Page{p}, Defaults()); len(d.Lines) != 1 || d.Lines[0].Role != model.LineBody {
		t.Errorf("prose: %+v", d.Lines)
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
	if len(d.Numbers) != 3 || last.Text != "77.50" || len(d.Sections) != 1 || d.Sections[0].Text != "77.50" {
		t.Errorf("%+v, sections %+v", d.Numbers, d.Sections)
	}
	for i := range 40 { // text in more directions than a page has
		for k, r := range "7.5" {
			g := p.Glyphs[0]
			g.Text, g.Angle, g.Origin = string(r), 5+float64(i), model.Point{X: 100 + 5*float64(k), Y: 300 + 6*float64(i)}
			p.Glyphs = append(p.Glyphs, g)
		}
	}
	unclaimed := 0
	for _, n := range Document([]*model.Page{p}, Defaults()).Numbers {
		if n.Text == "7.5" && !n.Held {
			unclaimed++
		}
	}
	if unclaimed != 40-mostSlants {
		t.Errorf("%d numbers on the slant are reported, want %d", unclaimed, 40-mostSlants)
	}
}

// along sets a string on a baseline of any angle.
func along(p *model.Page, x, y, size, angle float64, text string) {
	n := len(p.Glyphs)
	put(p, 0, 0, size, text)
	sin, cos := math.Sincos(angle * math.Pi / 180)
	for i := n; i < len(p.Glyphs); i++ {
		g := &p.Glyphs[i]
		box := model.Rect{}
		for _, c := range [4]model.Point{{X: g.Box.X0, Y: g.Box.Y0}, {X: g.Box.X1, Y: g.Box.Y0}, {X: g.Box.X0, Y: g.Box.Y1}, {X: g.Box.X1, Y: g.Box.Y1}} {
			at := model.Point{X: x + c.X*cos - c.Y*sin, Y: y + c.X*sin + c.Y*cos}
			if box == (model.Rect{}) {
				box = model.Rect{X0: at.X, Y0: at.Y, X1: at.X, Y1: at.Y}
			}
			box = model.Rect{X0: min(box.X0, at.X), Y0: min(box.Y0, at.Y), X1: max(box.X1, at.X), Y1: max(box.Y1, at.Y)}
		}
		g.Origin, g.Box, g.Angle = model.Point{X: x + g.Origin.X*cos, Y: y + g.Origin.X*sin}, box, angle
	}
}

// Text of every direction of a page is in its sections, and its figures stand where they are printed.
func TestMixedDirections(t *testing.T) {
	for _, angle := range []float64{90, -90, 180, 35, -12.5, 140} {
		p := &model.Page{Number: 1, Width: 595, Height: 842}
		put(p, 60, 60, 10, "一般公共预算支出1,234.56万元，比上年增加。")
		along(p, 300, 400, 10, angle, "项目支出434.56万元，")
		sin, cos := math.Sincos(angle * math.Pi / 180)
		along(p, 300-14*sin, 400+14*cos, 10, angle, "基本支出800.00万元。")
		p.Glyphs[len(p.Glyphs)-1].Text = "。"
		d := Document([]*model.Page{p}, Defaults())
		if len(d.Sections) != 2 || d.Sections[1].Text != "项目支出434.56万元，基本支出800.00万元。" || d.Sections[1].No != 2 {
			t.Errorf("%v°: %+v", angle, d.Sections)
			continue
		}
		found := 0
		for _, n := range d.Numbers {
			if n.Text != "434.56" {
				continue
			}
			for i := range p.Glyphs {
				if g := &p.Glyphs[i]; n.Box.Contains(g.Box.Center()) && g.Angle == angle {
					found++
				}
			}
		}
		if found < len("434.56") {
			t.Errorf("%v°: the box of the number holds %d of its glyphs", angle, found)
		}
	}
}

func TestVerticalWriting(t *testing.T) {
	p := &model.Page{Number: 1, Width: 595, Height: 842}
	put(p, 60, 60, 10, "一般公共预算支出1,234.56万元。")
	for k, column := range []string{"项目支出", "五十万元"} {
		y := 200.0
		for _, r := range column {
			put(p, 400-16*float64(k), y, 10, string(r))
			p.Glyphs[len(p.Glyphs)-1].Flags = model.FlagVertical
			y += 10
		}
	}
	d := Document([]*model.Page{p}, Defaults())
	if len(d.Sections) != 2 || d.Sections[1].Text != "项目支出五十万元" {
		t.Errorf("%+v", d.Sections)
	}
}

// A table on its side below upright prose is read upright, and the prose stays.
func TestSidewaysTableBelowProse(t *testing.T) {
	p := sideways(wide(), 3) // runs up a page of 595 by 842
	for i := range p.Glyphs {
		p.Glyphs[i].Box.X0, p.Glyphs[i].Box.X1, p.Glyphs[i].Origin.X = p.Glyphs[i].Box.X0+200, p.Glyphs[i].Box.X1+200, p.Glyphs[i].Origin.X+200
	}
	for i := range p.Rules {
		p.Rules[i].X0, p.Rules[i].X1 = p.Rules[i].X0+200, p.Rules[i].X1+200
	}
	for i := range 6 {
		put(p, 40, 60+16*float64(i), 9, "一般公共预算支出情况说明如下，单位万元，")
	}
	d := Document([]*model.Page{p}, Defaults())
	if len(d.Tables) != 1 || d.Tables[0].Rows != 3 || d.Tables[0].Cols != 2 || d.Tables[0].Title != "收入预算总表" {
		t.Errorf("tables %+v", d.Tables)
	}
	if len(d.Sections) == 0 {
		t.Error("the prose is lost")
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
