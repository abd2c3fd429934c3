package watermark

import (
	"math"
	"strings"
	"testing"

	"github.com/countybudget/extract/extract/model"
)

var font = &model.Font{Name: "Song", Ascent: 0.88, Descent: 0.12}

// look of the strings that a test page draws.
type ink struct {
	size, angle float64
	color       model.Color
	flags       model.GlyphFlags
}

var (
	grey  = model.Color{R: 200, G: 200, B: 200, Alpha: 255}
	red   = model.Color{R: 255, G: 110, B: 110, Alpha: 255}
	plain = ink{size: 10, color: model.Black}
)

// write draws a string along its baseline from (x, y).
func write(p *model.Page, x, y float64, k ink, text string) {
	sin, cos := math.Sincos(k.angle * math.Pi / 180)
	for _, r := range text {
		w := k.size
		if r < 0x2000 {
			w /= 2
		}
		mx, my := x+w/2*cos+0.38*k.size*sin, y+w/2*sin-0.38*k.size*cos
		half := k.size / 2 * (math.Abs(sin) + math.Abs(cos))
		p.Glyphs = append(p.Glyphs, model.Glyph{
			Text: string(r), Box: model.Rect{X0: mx - half, Y0: my - half, X1: mx + half, Y1: my + half},
			Origin: model.Point{X: x, Y: y}, Font: font, Size: k.size, Angle: k.angle, Color: k.color,
			Order: len(p.Glyphs), Flags: k.flags, Source: model.SourceText, Confidence: 1,
		})
		x, y = x+w*cos, y+w*sin
	}
}

// document makes pages of content, on each of which lay draws.
func document(n int, lay func(p *model.Page)) []*model.Page {
	var pages []*model.Page
	for i := 1; i <= n; i++ {
		p := &model.Page{Number: i, Width: 595, Height: 842}
		for k := range 30 {
			write(p, 60, 80+20*float64(k), plain, strings.Repeat("负责财政资金内部审核工作", 3))
		}
		write(p, 280, 820, plain, "12")
		lay(p)
		pages = append(pages, p)
	}
	return pages
}

// text is what remains of a page, and what was marked.
func text(p *model.Page) (kept, marked string) {
	for i := range p.Glyphs {
		if p.Glyphs[i].Is(model.FlagWatermark) {
			marked += p.Glyphs[i].Text
		} else {
			kept += p.Glyphs[i].Text
		}
	}
	return kept, marked
}

func TestMark(t *testing.T) {
	slanted := ink{size: 40, angle: -45, color: grey}
	content, _ := text(document(1, func(*model.Page) {})[0])
	for _, tt := range []struct {
		name  string
		pages int
		lay   func(p *model.Page)
		want  string // marked on the first page
		names []string
	}{
		{"repeated on the slant, the last copy cut off", 4, func(p *model.Page) {
			write(p, 100, 400, slanted, "仅供内部审核")
			write(p, 300, 700, slanted, "仅供内部审核")
			write(p, 480, 100, slanted, "仅供内")
		}, "仅供内部审核仅供内部审核仅供内", []string{"仅供内部审核"}},
		{"red and dark, partly outside the page", 3, func(p *model.Page) {
			write(p, -60, 500, ink{size: 30, angle: -45, color: red}, "内部资料")
		}, "内部资料", []string{"内部资料"}},
		{"one light slanted text only", 1, func(p *model.Page) { write(p, 100, 400, slanted, "草稿") }, "草稿", []string{"草稿"}},
		{"black on the slant, repeated", 2, func(p *model.Page) {
			write(p, 100, 400, ink{size: 10, angle: 30, color: model.Black}, "样张")
			write(p, 300, 400, ink{size: 10, angle: 30, color: model.Black}, "样张")
		}, "样张样张", []string{"样张"}},
		{"a small black label on the slant is content", 2, func(p *model.Page) {
			if p.Number == 1 {
				write(p, 100, 400, ink{size: 9, angle: 45, color: model.Black}, "一月")
			}
		}, "", nil},
		{"upright and light over the text of every page", 4, func(p *model.Page) {
			write(p, 200, 300, ink{size: 26, color: grey}, "内部资料")
		}, "内部资料", []string{"内部资料"}},
		{"upright, light, between the digits and as small as they are", 4, func(p *model.Page) {
			for i := range 6 {
				write(p, 62, 83+20*float64(i), ink{size: 9, color: grey}, "内部资料")
			}
		}, strings.Repeat("内部资料", 6), []string{"内部资料"}},
		{"half transparent", 3, func(p *model.Page) {
			write(p, 200, 300, ink{size: 26, color: model.Color{Alpha: 80}}, "内部资料")
		}, "内部资料", []string{"内部资料"}},
		{"black, upright, large, in one place over the text", 5, func(p *model.Page) {
			write(p, 150, 300, ink{size: 40, color: model.Black}, "内部资料")
		}, "内部资料", []string{"内部资料"}},
		{"a large heading over no text stays", 5, func(p *model.Page) {
			write(p, 150, 50, ink{size: 18, color: model.Black}, "部门预算")
		}, "", nil},
		{"a light running header stays", 5, func(p *model.Page) {
			write(p, 150, 40, ink{size: 9, color: grey}, "某县部门预算")
		}, "", nil},
		{"a stamp says so itself", 2, func(p *model.Page) {
			if p.Number == 1 {
				write(p, 300, 700, ink{size: 10, color: model.Black, flags: model.FlagStamp}, "征求意见稿")
			}
		}, "征求意见稿", []string{"征求意见稿"}},
		{"marked content says so itself", 2, func(p *model.Page) {
			write(p, 300, 780, ink{size: 10, color: model.Black, flags: model.FlagWatermarkContent | model.FlagArtifact}, "征求意见稿")
		}, "征求意见稿", []string{"征求意见稿"}},
		{"an artifact may be a footer", 3, func(p *model.Page) {
			write(p, 300, 780, ink{size: 10, color: model.Black, flags: model.FlagArtifact}, "第三页")
		}, "", nil},
	} {
		t.Run(tt.name, func(t *testing.T) {
			pages := document(tt.pages, tt.lay)
			all, _ := text(pages[0])
			got := Mark(pages, Options{})
			kept, marked := text(pages[0])
			if marked != tt.want {
				t.Errorf("marked %q, want %q", marked, tt.want)
			}
			if tt.want != "" && kept != content {
				t.Errorf("the content changed: %d characters of %d", len(kept), len(all))
			}
			if len(got) != len(tt.names) {
				t.Fatalf("listed %v, want %v", got, tt.names)
			}
			for i := range got {
				if got[i].Text != tt.names[i] {
					t.Errorf("listed %v, want %v", got, tt.names)
				}
			}
		})
	}
}

func TestExtraAndKeep(t *testing.T) {
	lay := func(p *model.Page) { write(p, 300, 780, plain, "内部审核") }
	pages := document(2, lay)
	Mark(pages, Options{})
	if _, marked := text(pages[0]); marked != "" {
		t.Errorf("marked %q without being told", marked)
	}
	got := Mark(pages, Options{Extra: []string{"内部审.", "(", ""}})
	if _, marked := text(pages[0]); marked != "内部审核" {
		t.Errorf("marked %q", marked)
	}
	if len(got) != 1 || got[0].Pages != 2 {
		t.Errorf("listed %v", got)
	}
	pages = document(2, lay)
	if got := Mark(pages, Options{Extra: []string{"内部审核"}, Keep: true}); len(got) != 1 {
		t.Errorf("listed %v", got)
	}
	if _, marked := text(pages[0]); marked != "" {
		t.Errorf("marked %q, though it was to be kept", marked)
	}
}

func TestBrokenGeometry(t *testing.T) {
	p := &model.Page{Number: 1, Width: math.NaN(), Height: math.Inf(1)}
	for _, v := range []float64{math.NaN(), math.Inf(1), math.Inf(-1), 1e300, -1e300, 0} {
		write(p, v, v, ink{size: v, angle: v, color: grey}, "草稿")
		p.Rules = append(p.Rules, model.Rule{Rect: model.Rect{X0: v, Y0: -v, X1: v, Y1: v}})
	}
	write(p, 100, 400, ink{size: 40, color: grey}, "草稿")
	Mark([]*model.Page{p, {Number: 2}}, Options{})
	if err := Defaults().Validate(); err != nil {
		t.Error(err)
	}
}
