package rebuild

import (
	"fmt"
	"testing"

	"github.com/countybudget/extract/extract/model"
)

// hide puts a text on a page that the page does not show.
func hide(p *model.Page, x, y float64, text string, why model.GlyphFlags) {
	n := len(p.Glyphs)
	put(p, x, y, 10, text)
	for i := n; i < len(p.Glyphs); i++ {
		p.Glyphs[i].Flags |= why
	}
}

func hiddenOf(d *model.Document) (out []model.Diagnostic) {
	for _, x := range d.Diagnostics {
		if x.Code == hiddenCode {
			out = append(out, x)
		}
	}
	return out
}

func TestHiddenText(t *testing.T) {
	p := &model.Page{Number: 1, Width: 595, Height: 842}
	put(p, 60, 100, 10, "全年收入1,234.50万元，比上年增长3.20%。")
	put(p, 60, 300, 10, "99.00")
	hide(p, 60, 200, "旧数77.50", model.FlagCovered)
	hide(p, 60, 220, "旧的说明", model.FlagFaint)
	hide(p, 60, 240, "图层", model.FlagOff)
	hide(p, 60, 300, "99.00", model.FlagCovered)                    // drawn again in the same place
	hide(p, 60, 320, "水印88", model.FlagCovered|model.FlagWatermark) // listed as a watermark
	hide(p, 60, 340, "66.00", model.FlagFaint|model.FlagInvisible)  // without paint
	d := Document([]*model.Page{p}, Defaults())
	want := []struct {
		text     string
		severity model.Severity
	}{{"旧数77.50", model.Warning}, {"图层", model.Info}, {"旧的说明", model.Info}, {"66.00", model.Warning}}
	got := hiddenOf(d)
	if len(got) != len(want) {
		t.Fatalf("%+v", got)
	}
	for i, w := range want {
		if got[i].RawText != w.text || got[i].Severity != w.severity || got[i].Page != 1 || got[i].Box.Empty() {
			t.Errorf("%+v, want %v", got[i], w)
		}
	}
	for _, l := range d.Lines {
		for i := range got {
			if l.Text == got[i].RawText {
				t.Errorf("hidden text in a line: %q", l.Text)
			}
		}
	}
	for _, n := range d.Numbers {
		if n.Text == "77.50" || n.Text == "66.00" {
			t.Errorf("hidden number %q", n.Text)
		}
	}
}

// Of recognized text only figures are compared with what lies under the picture.
func TestHiddenUnderScan(t *testing.T) {
	p := &model.Page{Number: 1, Width: 595, Height: 842}
	for _, w := range []struct{ under, read string }{{"12.50", "12.50"}, {"77.50", "79.50"}, {"农林水支出", "农林永支出"}} {
		y := 100 + 20*float64(len(p.Glyphs))
		hide(p, 60, y, w.under, model.FlagCovered)
		n := len(p.Glyphs)
		put(p, 60, y, 10, w.read)
		for i := n; i < len(p.Glyphs); i++ {
			p.Glyphs[i].Source = model.SourceOCR
		}
	}
	got := hiddenOf(Document([]*model.Page{p}, Defaults()))
	if len(got) != 1 || got[0].RawText != "77.50" {
		t.Errorf("%+v", got)
	}
}

// The same text in the same place of many pages is told of once, and no more than so many lines are.
func TestHiddenIsBounded(t *testing.T) {
	var pages []*model.Page
	for n := range 30 {
		p := &model.Page{Number: n + 1, Width: 595, Height: 842}
		hide(p, 60, 30, "页眉", model.FlagFaint)
		for i := range 60 {
			hide(p, 60, 60+12*float64(i), fmt.Sprintf("%d.%02d", 1000+n, i), model.FlagCovered)
		}
		pages = append(pages, p)
	}
	got := hiddenOf(Document(pages, Defaults()))
	header := 0
	for _, d := range got {
		if d.RawText == "页眉" {
			header++
		}
	}
	if len(got) != mostHidden+1 || header > 1 {
		t.Errorf("%d diagnostics, %d of the header", len(got), header)
	}
	if last := got[len(got)-1]; last.Severity != model.Warning || last.Page != 0 {
		t.Errorf("%+v", last)
	}
}

func TestHiddenTurned(t *testing.T) {
	p := &model.Page{Number: 1, Width: 595, Height: 842}
	put(p, 60, 100, 10, "全年收入1,234.50万元，比上年增长3.20%。")
	n := len(p.Glyphs)
	hide(p, 300, 300, "77.50", model.FlagCovered)
	for i := n; i < len(p.Glyphs); i++ { // up the page
		g := &p.Glyphs[i]
		g.Angle = -90
		g.Origin = model.Point{X: 300, Y: 300 - 5*float64(i-n)}
		g.Box = model.Rect{X0: 291, Y0: g.Origin.Y - 5, X1: 301, Y1: g.Origin.Y}
	}
	got := hiddenOf(Document([]*model.Page{p}, Defaults()))
	if len(got) != 1 || got[0].RawText != "77.50" {
		t.Errorf("%+v", got)
	}
}
