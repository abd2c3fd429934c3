package pdfium

import (
	"fmt"
	"math"
	"path/filepath"
	"strings"
	"testing"

	"github.com/countybudget/extract/extract/model"
	"github.com/countybudget/extract/extract/pdf"
	"github.com/countybudget/extract/extract/visible"
)

// The oracle: both readers, which share no code, must see the same on every page of the corpus. What differs is either
// explained here or a failure. An explanation that no longer explains anything is a failure too.

// difference is one thing that the readers see differently.
type difference struct {
	what          string       // glyph, extra glyph, text, place, height, look, flags, font, rule, extra rule, picture, page
	first, second *model.Glyph // where it concerns glyphs; nil where a reader has none
	page          *model.Page  // of the first reader
	detail        string
}

// explanations are tried in order.
var explanations = []struct {
	name, why string
	applies   func(*difference) bool
}{
	{
		"truncated widths",
		"PDFium cuts a font's widths to whole thousandths of the em: after many characters of 299.8047 thousandths, such as " +
			"the dots of a table of contents, it is up to two points behind, where the first reader is right",
		func(d *difference) bool {
			return (d.what == "glyph" || d.what == "extra glyph" || d.what == "place") && d.text() == "."
		},
	},
	{
		"watermark artifact",
		"PDFium gives strings of a marked content's property list, but not names: /Subtype /Watermark of an /Artifact is " +
			"unknown to it",
		func(d *difference) bool {
			return d.what == "flags" && d.changed() == model.FlagWatermarkContent &&
				d.first.Is(model.FlagWatermarkContent) && d.second.Is(model.FlagArtifact)
		},
	},
	{
		"ascent of a font that has none",
		"for a font whose descriptor has Ascent 0 and for Type 3 fonts, PDFium measures glyphs, and the first reader takes " +
			"0.88 and 0.12 of the em or the box of a Type 3 font: boxes differ in height by up to a quarter of the em",
		func(d *difference) bool {
			if d.what != "height" || *d.first.Font == *d.second.Font {
				return false
			}
			most := 0.26 * d.first.Size
			return math.Abs(d.first.Box.Y0-d.second.Box.Y0) < most && math.Abs(d.first.Box.Y1-d.second.Box.Y1) < most
		},
	},
	{
		"ToUnicode of Ghostscript",
		"for consecutive characters Ghostscript 10 writes the or of a value's two bytes; the first reader mends that, PDFium " +
			"reads what is written",
		func(d *difference) bool { return d.what == "text" && orOfBytes(d.first.Text, d.second.Text) },
	},
	{
		"decoded by the font program",
		"where ToUnicode has no entry for a code, the first reader looks into the embedded font, PDFium does not",
		func(d *difference) bool {
			return d.what == "text" && d.second.Is(model.FlagUndecoded) && !d.first.Is(model.FlagUndecoded)
		},
	},
	{
		"bold Type 3 font",
		"PDFium does not read the font descriptor of a Type 3 font, which is where it says that it is bold",
		func(d *difference) bool {
			return d.what == "font" && d.first.Font.Name == "" && d.second.Font.Name == "" && d.first.Font.Bold
		},
	},
}

// orOfBytes reports whether got is what Ghostscript makes of want, one of a run of consecutive characters.
func orOfBytes(want, got string) bool {
	u, v := []rune(want), []rune(got)
	if len(u) != 1 || len(v) != 1 {
		return false
	}
	for k := rune(0); k < 32; k++ { // from the start of the run
		if start := u[0] - k; start>>8|start&0xFF == v[0]-k {
			return true
		}
	}
	return false
}

func (d *difference) text() string {
	if d.first != nil {
		return d.first.Text
	}
	return d.second.Text
}

// changed are the flags that only one reader has set.
func (d *difference) changed() model.GlyphFlags { return d.first.Flags ^ d.second.Flags }

func TestReadersAgree(t *testing.T) {
	used := map[string]int{}
	glyphs, rules := 0, 0
	folders := []string{"seed", "real", "synth", "trend"}
	if testing.Short() {
		folders = folders[:3]
	}
	for _, folder := range folders {
		for _, name := range corpus(t, folder) {
			t.Run(filepath.Base(name), func(t *testing.T) {
				g, r := compareFile(t, name, used)
				glyphs, rules = glyphs+g, rules+r
			})
		}
	}
	t.Logf("%d glyphs and %d rules compared", glyphs, rules)
	for _, e := range explanations {
		t.Logf("%6d × %s: %s", used[e.name], e.name, e.why)
		if used[e.name] == 0 {
			t.Errorf("nothing is explained by %q any more", e.name)
		}
	}
}

func compareFile(t *testing.T, name string, used map[string]int) (glyphs, rules int) {
	data := readFile(t, name)
	a, err := pdf.Open(data, pdf.Options{})
	if err != nil {
		t.Fatalf("first reader: %v", err)
	}
	b := openTest(t, data)
	if a.NumPages() != b.NumPages() {
		t.Fatalf("%d pages for the first reader, %d for the second", a.NumPages(), b.NumPages())
	}
	if a.Title() != b.Title() || a.Producer() != b.Producer() {
		t.Errorf("title %q, %q; producer %q, %q", a.Title(), b.Title(), a.Producer(), b.Producer())
	}
	failures := 0
	for n := 1; n <= a.NumPages(); n++ {
		p, q := a.Page(n), b.Page(n)
		visible.Mark(p)
		visible.Mark(q)
		glyphs, rules = glyphs+len(p.Glyphs), rules+len(p.Rules)
		for _, d := range comparePages(p, q) {
			if name, ok := explain(&d); ok {
				used[name]++
			} else if failures++; failures <= 10 {
				t.Errorf("page %d: %s: %s", n, d.what, d.detail)
			}
		}
	}
	if failures > 10 {
		t.Errorf("and %d more", failures-10)
	}
	return glyphs, rules
}

func explain(d *difference) (string, bool) {
	for _, e := range explanations {
		if e.applies(d) {
			return e.name, true
		}
	}
	return "", false
}

func comparePages(a, b *model.Page) []difference {
	var list []difference
	if a.Err != nil || b.Err != nil || math.Abs(a.Width-b.Width) > 0.01 || math.Abs(a.Height-b.Height) > 0.01 ||
		a.Rotate != b.Rotate || a.Label != b.Label {
		list = append(list, difference{what: "page", detail: fmt.Sprintf("%v × %v, %d°, %q, %v; %v × %v, %d°, %q, %v",
			a.Width, a.Height, a.Rotate, a.Label, a.Err, b.Width, b.Height, b.Rotate, b.Label, b.Err)})
	}
	list = append(list, compareGlyphs(a, b)...)
	list = append(list, compareRules(a, b)...)
	return append(list, comparePictures(a, b)...)
}

// compareGlyphs pairs the glyphs that have the same text within a point, then those that have the same place. Blanks do
// not count.
func compareGlyphs(a, b *model.Page) (list []difference) {
	left := inked(b)
	var alone []*model.Glyph
	for _, g := range inked(a) {
		if h := take(left, g, g.Text); h != nil {
			list = append(list, compareGlyph(a, g, h)...)
		} else {
			alone = append(alone, g)
		}
	}
	for _, g := range alone {
		d := difference{what: "glyph", first: g, page: a, detail: fmt.Sprintf("only the first reader has %q at %.1f", g.Text, g.Origin)}
		if h := take(left, g, ""); h != nil {
			d.what, d.second = "text", h
			d.detail = fmt.Sprintf("%q, %q at %.1f", g.Text, h.Text, g.Origin)
		}
		list = append(list, d)
	}
	for _, h := range left {
		if h != nil {
			list = append(list, difference{what: "extra glyph", second: h, page: a,
				detail: fmt.Sprintf("only the second reader has %q at %.1f", h.Text, h.Origin)})
		}
	}
	return list
}

func inked(p *model.Page) []*model.Glyph {
	var list []*model.Glyph
	for i := range p.Glyphs {
		if strings.TrimSpace(p.Glyphs[i].Text) != "" {
			list = append(list, &p.Glyphs[i])
		}
	}
	return list
}

// take removes the nearest glyph within a point from a list; with the text, unless that is "".
func take(list []*model.Glyph, g *model.Glyph, text string) *model.Glyph {
	best, at := 1.0, -1
	for k, h := range list {
		if h == nil || text != "" && h.Text != text {
			continue
		}
		if d := math.Max(math.Abs(g.Origin.X-h.Origin.X), math.Abs(g.Origin.Y-h.Origin.Y)); d < best {
			best, at = d, k
		}
	}
	if at < 0 {
		return nil
	}
	h := list[at]
	list[at] = nil
	return h
}

// compareGlyph compares what both readers know about one glyph.
func compareGlyph(page *model.Page, g, h *model.Glyph) (list []difference) {
	add := func(what, format string, args ...any) {
		detail := fmt.Sprintf("%q at %.1f: ", g.Text, g.Origin) + fmt.Sprintf(format, args...)
		list = append(list, difference{what: what, first: g, second: h, page: page, detail: detail})
	}
	off := func(x, y float64) bool { return math.Abs(x-y) > 1 }
	if off(g.Box.X0, h.Box.X0) || off(g.Box.X1, h.Box.X1) {
		add("place", "box %.2f, %.2f", g.Box, h.Box)
	}
	if off(g.Box.Y0, h.Box.Y0) || off(g.Box.Y1, h.Box.Y1) {
		add("height", "box %.2f, %.2f, fonts %+v, %+v", g.Box, h.Box, *g.Font, *h.Font)
	}
	if math.Abs(g.Size-h.Size) > 0.05 || math.Abs(g.Angle-h.Angle) > 0.1 || !sameColor(g.Color, h.Color) {
		add("look", "size %v, %v; angle %v, %v; colour %v, %v", g.Size, h.Size, g.Angle, h.Angle, g.Color, h.Color)
	}
	if g.Flags != h.Flags || (g.FormID == 0) != (h.FormID == 0) {
		add("flags", "%#x, %#x; form %d, %d", g.Flags, h.Flags, g.FormID, h.FormID)
	}
	if g.Font.Name != h.Font.Name || g.Font.Bold != h.Font.Bold {
		add("font", "%+v, %+v", *g.Font, *h.Font)
	}
	return list
}

func compareRules(a, b *model.Page) (list []difference) {
	const tolerance = 0.5
	taken := make([]bool, len(b.Rules))
	for i := range a.Rules {
		r := &a.Rules[i]
		found := false
		for k := range b.Rules {
			s := &b.Rules[k]
			found = !taken[k] && r.Kind == s.Kind && math.Abs(r.X0-s.X0) < tolerance && math.Abs(r.X1-s.X1) < tolerance &&
				math.Abs(r.Y0-s.Y0) < tolerance && math.Abs(r.Y1-s.Y1) < tolerance &&
				math.Abs(r.Width-s.Width) < 0.05 && sameColor(r.Color, s.Color)
			if found {
				taken[k] = true
				break
			}
		}
		if !found {
			list = append(list, difference{what: "rule", page: a, detail: fmt.Sprintf("only the first reader has %+v", *r)})
		}
	}
	for k := range b.Rules {
		if !taken[k] {
			list = append(list, difference{what: "extra rule", page: a, detail: fmt.Sprintf("only the second reader has %+v", b.Rules[k])})
		}
	}
	return list
}

func comparePictures(a, b *model.Page) (list []difference) {
	if len(a.Pictures) != len(b.Pictures) {
		return []difference{{what: "picture", page: a, detail: fmt.Sprintf("%d, %d pictures", len(a.Pictures), len(b.Pictures))}}
	}
	for i := range a.Pictures {
		p, q := &a.Pictures[i], &b.Pictures[i]
		if !nearRect(p.Box, q.Box) || p.Width != q.Width || p.Height != q.Height || p.Filter != q.Filter || p.Mask != q.Mask {
			list = append(list, difference{what: "picture", page: a, detail: fmt.Sprintf("%+v, %+v", *p, *q)})
		}
	}
	return list
}
