package pdf

import (
	"fmt"
	"strings"
	"testing"

	"github.com/countybudget/extract/extract/model"
	"github.com/countybudget/extract/internal/testfiles"
)

func TestTextPlacement(t *testing.T) {
	for _, c := range []struct {
		name, content string
		text          string
		box           model.Rect // of the first glyph
		origin2       model.Point
		size, angle   float64
	}{
		{"Td", "BT /F1 10 Tf 20 50 Td (AB) Tj ET", "AB", model.Rect{X0: 20, Y0: 41.2, X1: 26.67, Y1: 51.2}, model.Point{X: 26.67, Y: 50}, 10, 0},
		{"Tm", "BT /F1 1 Tf 10 0 0 10 20 50 Tm (AB) Tj ET", "AB", model.Rect{X0: 20, Y0: 41.2, X1: 26.67, Y1: 51.2}, model.Point{X: 26.67, Y: 50}, 10, 0},
		{"cm", "q 2 0 0 2 0 0 cm BT /F1 5 Tf 10 25 Td (AB) Tj ET Q", "AB", model.Rect{X0: 20, Y0: 41.2, X1: 26.67, Y1: 51.2}, model.Point{X: 26.67, Y: 50}, 10, 0},
		{"Tc", "BT /F1 10 Tf 3 Tc 20 50 Td (AB) Tj ET", "AB", model.Rect{X0: 20, Y0: 41.2, X1: 26.67, Y1: 51.2}, model.Point{X: 29.67, Y: 50}, 10, 0},
		{"Tz", "BT /F1 10 Tf 50 Tz 20 50 Td (AB) Tj ET", "AB", model.Rect{X0: 20, Y0: 41.2, X1: 23.335, Y1: 51.2}, model.Point{X: 23.335, Y: 50}, 10, 0},
		{"Ts", "BT /F1 10 Tf 4 Ts 20 50 Td (AB) Tj ET", "AB", model.Rect{X0: 20, Y0: 37.2, X1: 26.67, Y1: 47.2}, model.Point{X: 26.67, Y: 46}, 10, 0},
		{"TJ", "BT /F1 10 Tf 20 50 Td [(A) -500 (B)] TJ ET", "AB", model.Rect{X0: 20, Y0: 41.2, X1: 26.67, Y1: 51.2}, model.Point{X: 31.67, Y: 50}, 10, 0},
		{"TL T*", "BT /F1 10 Tf 12 TL 20 50 Td (A) Tj T* (B) Tj ET", "AB", model.Rect{X0: 20, Y0: 41.2, X1: 26.67, Y1: 51.2}, model.Point{X: 20, Y: 62}, 10, 0},
		{"TD '", "BT /F1 10 Tf 20 62 TD 0 -12 TD (A) Tj (B) ' ET", "AB", model.Rect{X0: 20, Y0: 41.2, X1: 26.67, Y1: 51.2}, model.Point{X: 20, Y: 62}, 10, 0},
		{"quotes", "BT /F1 10 Tf 12 TL 20 62 Td 0 3 (AB) \" ET", "AB", model.Rect{X0: 20, Y0: 41.2, X1: 26.67, Y1: 51.2}, model.Point{X: 29.67, Y: 50}, 10, 0},
		{"rotated left", "BT /F1 10 Tf 0 1 -1 0 50 20 Tm (AB) Tj ET", "AB", model.Rect{X0: 41.2, Y0: 73.33, X1: 51.2, Y1: 80}, model.Point{X: 50, Y: 73.33}, 10, -90},
		{"upside down", "BT /F1 10 Tf -1 0 0 -1 50 20 Tm (AB) Tj ET", "AB", model.Rect{X0: 43.33, Y0: 78.8, X1: 50, Y1: 88.8}, model.Point{X: 43.33, Y: 80}, 10, 180},
	} {
		p := newPDF(c.content, helvetica).withHelvetica().page(t)
		if textOf(p) != c.text {
			t.Errorf("%s: got %q", c.name, textOf(p))
			continue
		}
		g, h := p.Glyphs[0], p.Glyphs[1]
		if !nearRect(g.Box, c.box) || !near(h.Origin.X, c.origin2.X) || !near(h.Origin.Y, c.origin2.Y) {
			t.Errorf("%s: box %v, second origin %v; want %v, %v", c.name, g.Box, h.Origin, c.box, c.origin2)
		}
		if !near(g.Size, c.size) || !near(g.Angle, c.angle) {
			t.Errorf("%s: size %g, angle %g; want %g, %g", c.name, g.Size, g.Angle, c.size, c.angle)
		}
	}
}

func TestPageFrame(t *testing.T) {
	for _, c := range []struct {
		attributes    string
		width, height float64
		x, y          float64 // of the origin of text at 30, 20
		angle         float64
	}{
		{"", 200, 100, 30, 80, 0},
		{"/Rotate 90", 100, 200, 20, 30, 90},
		{"/Rotate 180", 200, 100, 170, 20, 180},
		{"/Rotate -90", 100, 200, 80, 170, -90},
		{"/CropBox[10 10 150 90]", 140, 80, 20, 70, 0},
		{"/CropBox[150 90 10 10]/Rotate 90", 80, 140, 10, 20, 90},
		{"/CropBox[-50 -50 500 500]", 200, 100, 30, 80, 0},
		{"/MediaBox[0 0 50 40]/UserUnit 2", 100, 80, 60, 40, 0},
	} {
		b := newPDF("BT /F1 10 Tf 30 20 Td (A) Tj ET", helvetica).withHelvetica()
		b.Objects[3] = strings.Replace(b.Objects[3], "/Type/Page/", "/Type/Page"+c.attributes+"/", 1)
		p := b.page(t)
		g := p.Glyphs[0]
		if !near(p.Width, c.width) || !near(p.Height, c.height) || !near(g.Origin.X, c.x) || !near(g.Origin.Y, c.y) || !near(g.Angle, c.angle) {
			t.Errorf("%q: %g × %g, origin %v, angle %g", c.attributes, p.Width, p.Height, g.Origin, g.Angle)
		}
	}
}

func TestRules(t *testing.T) {
	stroke, fill, edge := model.RuleStroke, model.RuleFill, model.RuleEdge
	type rule struct {
		x0, y0, x1, y1, w float64
		kind              model.RuleKind
	}
	for _, c := range []struct {
		name, content string
		want          []rule
	}{
		{"segment", "0.5 w 10 50 m 90 50 l S", []rule{{10, 50, 90, 50, 0.5, stroke}}},
		{"two subpaths", "10 50 m 90 50 l 20 10 m 20 90 l S", []rule{{10, 50, 90, 50, 1, stroke}, {20, 10, 20, 90, 1, stroke}}},
		{"stroked rectangle", "10 10 80 40 re S", []rule{
			{10, 90, 90, 90, 1, stroke}, {90, 50, 90, 90, 1, stroke}, {10, 50, 90, 50, 1, stroke}, {10, 50, 10, 90, 1, stroke}}},
		{"closed by s", "10 10 m 90 10 l 90 50 l s", []rule{{10, 90, 90, 90, 1, stroke}, {90, 50, 90, 90, 1, stroke}}},
		{"thin rectangle", "10 50 80 1 re f", []rule{{10, 49.5, 90, 49.5, 1, fill}}},
		{"thin, negative height", "10 50 80 -1 re f", []rule{{10, 50.5, 90, 50.5, 1, fill}}},
		{"thin polygon", "10 10 m 11 10 l 11 90 l 10 90 l h f", []rule{{10.5, 10, 10.5, 90, 1, fill}}},
		{"shading", "0.8 g 10 10 80 40 re f", []rule{{10, 50, 90, 50, 0, edge}, {10, 90, 90, 90, 0, edge}, {10, 50, 10, 90, 0, edge}, {90, 50, 90, 90, 0, edge}}},
		{"white fill", "1 g 10 10 80 40 re f", nil},
		{"page background", "0.8 g 0 0 200 100 re f", nil},
		{"slanted", "10 10 m 90 60 l S", nil},
		{"curve", "10 10 m 20 20 30 20 40 10 c S", nil},
		{"clipped", "0 0 50 100 re W n 10 50 m 90 50 l S", []rule{{10, 50, 50, 50, 1, stroke}}},
		{"clipped away", "0 0 50 100 re W n 60 50 m 90 50 l S", nil},
		{"scaled", "2 0 0 2 0 0 cm 5 25 m 45 25 l S", []rule{{10, 50, 90, 50, 2, stroke}}},
		{"not painted", "10 50 m 90 50 l n", nil},
		{"frame", "10 10 80 40 re 11 11 78 38 re f*", []rule{
			{10, 50.5, 90, 50.5, 1, fill}, {10, 89.5, 90, 89.5, 1, fill}, {10.5, 50, 10.5, 90, 1, fill}, {89.5, 50, 89.5, 90, 1, fill}}},
		{"rounded rectangle", "20 10 m 80 10 l 85 10 90 15 90 20 c 90 80 l S", []rule{{20, 90, 80, 90, 1, stroke}, {90, 20, 90, 80, 1, stroke}}},
		{"area drawn as a line", "0.8 G 40 w 10 30 m 90 30 l S", []rule{{10, 50, 90, 50, 0, edge}, {10, 90, 90, 90, 0, edge}, {10, 50, 10, 90, 0, edge}, {90, 50, 90, 90, 0, edge}}},
		{"dashes", dashes(10, 50, 20), []rule{{10, 50, 88, 50, 1, stroke}}},
		{"squares across and down", squares(10, 50, 2, 0, 20) + squares(10, 48, 0, -2, 20),
			[]rule{{9.75, 50, 48.25, 50, 0.5, fill}, {10, 49.75, 10, 90.25, 0.5, fill}}},
		{"q and Q", "q 3 w Q 10 50 m 90 50 l S", []rule{{10, 50, 90, 50, 1, stroke}}},
		{"Q too many", "Q Q 10 50 m 90 50 l S", []rule{{10, 50, 90, 50, 1, stroke}}},
	} {
		p := newPDF(c.content, "").page(t)
		var got []rule
		for _, r := range p.Rules {
			got = append(got, rule{r.X0, r.Y0, r.X1, r.Y1, r.Width, r.Kind})
		}
		if fmt.Sprint(got) != fmt.Sprint(c.want) {
			t.Errorf("%s: got %v, want %v", c.name, got, c.want)
		}
	}
}

// dashes draws pieces of 2 points with gaps of 2.
func dashes(x, y, n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, "%d %d m %d %d l S ", x+4*i, y, x+4*i+2, y)
	}
	return b.String()
}

// squares draws filled squares with their middles some points apart.
func squares(x, y, dx, dy, n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, "%g %g 0.5 0.5 re f ", float64(x+i*dx)-0.25, float64(y+i*dy)-0.25)
	}
	return b.String()
}

func TestFlags(t *testing.T) {
	const all = model.FlagWatermark | model.FlagInvisible | model.FlagClipped | model.FlagArtifact |
		model.FlagWatermarkContent | model.FlagForm | model.FlagAnnotation | model.FlagStamp
	show := "BT /F1 10 Tf 20 50 Td (A) Tj ET "
	for _, c := range []struct {
		name, content string
		want          model.GlyphFlags
	}{
		{"plain", show, 0},
		{"invisible", "BT 3 Tr /F1 10 Tf 20 50 Td (A) Tj ET", model.FlagInvisible},
		{"outside the page", "BT /F1 10 Tf 300 50 Td (A) Tj ET", model.FlagClipped},
		{"outside the clip", "0 0 10 10 re W n " + show, model.FlagClipped},
		{"artifact", "/Artifact BMC " + show + "EMC", model.FlagArtifact},
		{"artifact with watermark", "/Artifact <</Subtype/Watermark/Type/Pagination>> BDC " + show + "EMC", model.FlagArtifact | model.FlagWatermarkContent},
		{"after EMC", "/Artifact BMC EMC " + show, 0},
		{"EMC too many", "EMC EMC " + show, 0},
		{"form", "/Fm1 Do", model.FlagForm},
		{"group on", "/OC /Plain BDC " + show + "EMC", 0},
		{"watermark group", "/OC /Water BDC " + show + "EMC", model.FlagWatermarkContent},
	} {
		b := newPDF(c.content, helvetica+"/XObject<</Fm1 11 0 R>>/Properties<</Water 20 0 R/Hidden 21 0 R/Plain 22 0 R>>").withHelvetica()
		b.Stream(11, "/Subtype/Form/BBox[0 0 200 100]", show)
		withGroups(b)
		p := b.page(t)
		if len(p.Glyphs) != 1 || p.Glyphs[0].Flags&all != c.want {
			t.Errorf("%s: got %v, want flags %b", c.name, p.Glyphs, c.want)
		}
	}
	b := newPDF("/OC /Hidden BDC "+show+" 10 50 m 90 50 l S EMC", helvetica+"/Properties<</Hidden 21 0 R>>").withHelvetica()
	withGroups(b)
	if p := b.page(t); len(p.Glyphs) != 1 || !p.Glyphs[0].Is(model.FlagOff) || len(p.Rules) > 0 {
		t.Errorf("content of a hidden group was drawn: %v", p)
	}
}

// withGroups adds optional content: 20 is a watermark, 21 is off, 22 is ordinary.
func withGroups(b *pdfBuilder) {
	b.Objects[1] = "<</Type/Catalog/Pages 2 0 R/OCProperties<</OCGs[20 0 R 21 0 R 22 0 R]/D<</OFF[21 0 R]>>>>>>"
	b.Objects[20] = "<</Type/OCG/Name(Watermark 1)>>"
	b.Objects[21] = "<</Type/OCG/Name(Draft)>>"
	b.Objects[22] = "<</Type/OCG/Name(Text)>>"
}

func TestColors(t *testing.T) {
	for _, c := range []struct {
		set  string
		want model.Color
	}{
		{"", model.Black},
		{"0.5 g", model.Color{R: 128, G: 128, B: 128, Alpha: 255}},
		{"1 0 0 rg", model.Color{R: 255, Alpha: 255}},
		{"0 0 0 1 k", model.Black},
		{"0 1 1 0 k", model.Color{R: 255, Alpha: 255}},
		{"/GS1 gs", model.Color{Alpha: 128}},
		{"/CS1 cs 1 0 0 sc", model.Color{R: 255, Alpha: 255}},
		{"/CS2 cs 1 sc", model.Color{G: 255, Alpha: 255}},
		{"/CS3 cs 0.5 scn", model.Color{R: 255, G: 128, B: 128, Alpha: 255}},
		{"/Missing cs 1 0 0 scn", model.Color{R: 255, Alpha: 255}},
		{"1 0 0 RG 1 Tr", model.Color{R: 255, Alpha: 255}},
	} {
		b := newPDF(c.set+" BT /F1 10 Tf 20 50 Td (A) Tj ET", helvetica+"/ExtGState<</GS1<</ca 0.5>>>>/ColorSpace<</CS1[/ICCBased 12 0 R]"+
			"/CS2[/Indexed/DeviceRGB 1<000000 00FF00>]/CS3[/Separation/Red/DeviceRGB<</FunctionType 2/N 1/C0[1 1 1]/C1[1 0 0]>>]>>").withHelvetica()
		b.Stream(12, "/N 3", "")
		if got := b.page(t).Glyphs[0].Color; got != c.want {
			t.Errorf("%q: got %v, want %v", c.set, got, c.want)
		}
	}
}

func TestForms(t *testing.T) {
	b := newPDF("q 1 0 0 1 10 0 cm /Fm1 Do Q /Fm1 Do BT /F1 10 Tf 5 5 Td (B) Tj ET", helvetica+"/XObject<</Fm1 11 0 R>>").withHelvetica()
	b.Stream(11, "/Subtype/Form/BBox[0 0 100 100]/Matrix[2 0 0 2 0 0]/Resources<<"+helvetica+"/XObject<</Self 11 0 R>>>>",
		"q BT /F1 5 Tf 10 25 Td (A) Tj ET /Self Do")
	p := b.page(t)
	if textOf(p) != "AAB" {
		t.Fatalf("got %q", textOf(p))
	}
	a, a2, plain := p.Glyphs[0], p.Glyphs[1], p.Glyphs[2]
	if !near(a.Origin.X, 30) || !near(a2.Origin.X, 20) || !near(a.Size, 10) || !near(plain.Origin.X, 5) {
		t.Errorf("origins %v %v %v, size %g", a.Origin, a2.Origin, plain.Origin, a.Size)
	}
	if a.FormID == 0 || a.FormID != a2.FormID || plain.FormID != 0 {
		t.Errorf("form ids %d %d %d", a.FormID, a2.FormID, plain.FormID)
	}
}

func TestGroupOpacity(t *testing.T) {
	b := newPDF("/Half gs /Fm1 Do", helvetica+"/XObject<</Fm1 11 0 R>>/ExtGState<</Half<</ca 0.5>>/Full<</ca 1>>>>").withHelvetica()
	b.Stream(11, "/Subtype/Form/BBox[0 0 200 100]/Group<</S/Transparency>>", "/Full gs BT /F1 10 Tf 20 50 Td (A) Tj ET")
	if c := b.page(t).Glyphs[0].Color; c.Alpha != 128 {
		t.Errorf("got %v", c)
	}
}

func TestAnnotations(t *testing.T) {
	b := newPDF("", "")
	b.Objects[3] = strings.Replace(b.Objects[3], "/Type/Page/", "/Type/Page/Annots[12 0 R 13 0 R 14 0 R]/", 1)
	b.withHelvetica()
	b.Objects[12] = "<</Subtype/Stamp/Rect[100 20 140 60]/AP<</N 15 0 R>>>>"
	b.Objects[13] = "<</Subtype/FreeText/F 2/Rect[0 0 40 40]/AP<</N 15 0 R>>>>"
	b.Objects[14] = "<</Subtype/Widget/Rect[0 0 20 20]/AS/On/AP<</N<</On 15 0 R/Off 16 0 R>>>>>>"
	b.Stream(15, "/Subtype/Form/BBox[0 0 20 20]/Resources<<"+helvetica+">>", "BT /F1 10 Tf 5 5 Td (A) Tj ET")
	p := b.page(t)
	if textOf(p) != "AAA" || !p.Glyphs[1].Is(model.FlagOff) {
		t.Fatalf("got %q", textOf(p))
	}
	g, w := p.Glyphs[0], p.Glyphs[2]
	if !near(g.Origin.X, 110) || !near(g.Origin.Y, 70) || !near(g.Size, 20) {
		t.Errorf("stamp: origin %v, size %g", g.Origin, g.Size)
	}
	if !g.Is(model.FlagAnnotation) || !g.Is(model.FlagStamp) || w.Is(model.FlagStamp) || !w.Is(model.FlagAnnotation) {
		t.Errorf("flags %b %b", g.Flags, w.Flags)
	}
}

func TestActualText(t *testing.T) {
	for _, c := range []struct{ actual, shown, want string }{
		{"(fi)", "(x)", "fi"},
		{"<FEFF4E00>", "(x)", "一"},
		{"<FEFF4E004E01>", "(xy)", "一丁"},
		{"(a long replacement)", "(text of five)", "text of five"},
	} {
		p := newPDF("BT /F1 10 Tf 20 50 Td /Span <</ActualText "+c.actual+">> BDC "+c.shown+" Tj EMC ET", helvetica).withHelvetica().page(t)
		if got := textOf(p); got != c.want {
			t.Errorf("%s for %s: got %q, want %q", c.actual, c.shown, got, c.want)
		}
	}
}

func TestPictures(t *testing.T) {
	content := "q 100 0 0 50 20 30 cm /Im1 Do Q q 10 0 0 10 0 0 cm BI /W 2 /H 2 /BPC 8 /CS /G ID \x00EI\xff EI Q" +
		" q 10 0 0 10 50 0 cm BI /W 2 /H 2 /BPC 8 /CS /RGB /F /DCT ID \xff\xd8 EI \xff\xd9\nEI Q BT /F1 10 Tf 20 50 Td (A) Tj ET"
	b := newPDF(content, helvetica+"/XObject<</Im1 11 0 R>>").withHelvetica()
	b.Stream(11, "/Subtype/Image/Width 640/Height 480/Filter[/FlateDecode/DCTDecode]", "")
	p := b.page(t)
	if len(p.Pictures) != 3 || textOf(p) != "A" {
		t.Fatalf("got %v, %q", p.Pictures, textOf(p))
	}
	im := p.Pictures[0]
	if !nearRect(im.Box, model.Rect{X0: 20, Y0: 20, X1: 120, Y1: 70}) || im.Width != 640 || im.Filter != "DCTDecode" || im.Object != "11 0 R" {
		t.Errorf("got %+v", im)
	}
	if in := p.Pictures[1]; in.Width != 2 || in.Object != "" || in.Filter != "" {
		t.Errorf("got %+v", in)
	}
	if p.Pictures[2].Filter != "DCTDecode" {
		t.Errorf("got %+v", p.Pictures[2])
	}
}

func TestContentArray(t *testing.T) {
	b := newPDF("", helvetica).withHelvetica()
	b.Objects[3] = strings.Replace(b.Objects[3], "4 0 R", "[11 0 R 12 0 R 13 0 R]", 1)
	b.Stream(11, "", "q")
	b.Stream(12, "/Filter/FlateDecode", testfiles.Deflate("BT /F1 10 Tf 20 50 Td (A) Tj ET Q"))
	b.Stream(13, "/Filter[/ASCIIHexDecode]", testfiles.Hex("q BT /F1 10 Tf 30 50 Td (B) Tj ET"))
	if got := textOf(b.page(t)); got != "AB" {
		t.Errorf("got %q", got)
	}
}

func TestGarbageInContent(t *testing.T) {
	for _, junk := range []string{". ", "> ", ") ", "(\\z) ", "]] ", "<< /A ", "{ } ", "1 2 3 xyz ", "/ ", "\x00\xff ", "Tf ", "/F9 Tf ", "cm ", "[ (a ) "} {
		p := newPDF("BT /F1 10 Tf "+junk+" /F1 10 Tf 1 0 0 1 20 50 Tm (A) Tj ET", helvetica).withHelvetica().open(t).Page(1)
		if p.Err != nil && !IsDamage(p.Err) {
			t.Errorf("after %q: %v", junk, p.Err)
		}
		if got := textOf(p); !strings.HasSuffix(got, "A") {
			t.Errorf("after %q: got %q", junk, got)
		}
	}
}

func FuzzContent(f *testing.F) {
	for _, s := range []string{
		"BT /F1 10 Tf 20 50 Td [(A) -500 <42>] TJ ET", "q 0 0 50 100 re W n 10 50 m 90 50 l S Q /Fm1 Do",
		"BI /W 2 /H 2 /BPC 8 ID abcd EI", "/OC /Water BDC EMC /Artifact <</ActualText(x)>> BDC (a) Tj EMC",
		"/CS1 cs 1 0 0 scn /GS1 gs", "0 Tr 1e9 0 0 1 0 0 cm 99999999999 w BT /F2 1 Tf <b0a1b0> Tj T* ET",
	} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, content []byte) {
		defer guard()()
		b := newPDF(string(content), "/Font<</F1 10 0 R/F2 11 0 R>>/XObject<</Fm1 12 0 R>>/ExtGState<</GS1<</ca 0.5>>>>"+
			"/ColorSpace<</CS1[/Indexed/DeviceRGB 1<000000>]>>/Properties<</Water 20 0 R>>").withHelvetica()
		b.Objects[11] = "<</Subtype/Type0/BaseFont/SimSun/Encoding/GBK-EUC-V/DescendantFonts[<</Subtype/CIDFontType2>>]>>"
		b.Stream(12, "/Subtype/Form/BBox[0 0 9 9]", string(content))
		withGroups(b)
		d, err := Open(b.Bytes(), Options{MaxStreamBytes: limit})
		if err != nil {
			return // the content spelled objects
		}
		for i := range d.NumPages() {
			d.Page(i + 1)
		}
	})
}
