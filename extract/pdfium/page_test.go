package pdfium

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"github.com/countybudget/extract/extract/model"
)

func textOf(p *model.Page) string {
	var b strings.Builder
	for i := range p.Glyphs {
		b.WriteString(p.Glyphs[i].Text)
	}
	return b.String()
}

// hex16 is a string operand of UTF-16BE.
func hex16(s string) string {
	var b strings.Builder
	for _, r := range s {
		fmt.Fprintf(&b, "%04X", r)
	}
	return "<" + b.String() + ">"
}

func TestGlyph(t *testing.T) {
	p := readTest(t, onePage("", "/ExtGState<</G<</ca .5>>>>", "/G gs 1 0 0 rg BT /S 10 Tf 2 0 0 2 100 200 Tm "+hex16("中1")+" Tj ET"))
	if textOf(p) != "中1" || p.Width != 400 || p.Height != 300 || p.Reader != model.ReaderPDFium || p.Number != 1 {
		t.Fatalf("page %+v", p)
	}
	g, digit := &p.Glyphs[0], &p.Glyphs[1]
	if want := (model.Rect{X0: 100, Y0: 100 - 0.859*20, X1: 120, Y1: 100 + 0.141*20}); !nearRect(g.Box, want) {
		t.Errorf("box %.2f, want %.2f", g.Box, want)
	}
	if !near1(digit.Box.X0, 120) || !near1(digit.Box.X1, 130) {
		t.Errorf("box of the digit %.2f, want half an em from 120", digit.Box)
	}
	if !near1(g.Origin.X, 100) || !near1(g.Origin.Y, 100) || g.Size != 20 || g.Angle != 0 {
		t.Errorf("origin %v, size %v, angle %v", g.Origin, g.Size, g.Angle)
	}
	if g.Color != (model.Color{R: 255, Alpha: 127}) && g.Color != (model.Color{R: 255, Alpha: 128}) {
		t.Errorf("colour %v", g.Color)
	}
	if g.Font == nil || g.Font.Name != "SimSun" || g.Font != digit.Font || g.Flags != 0 || g.Confidence != 1 {
		t.Errorf("font %v, flags %x", g.Font, g.Flags)
	}
}

// A high StemV, as Ghostscript writes it for wide fonts, does not make a font bold.
func TestStemV(t *testing.T) {
	file := onePage("", "", "BT /S 10 Tf 50 200 Td "+hex16("类款")+" Tj ET")
	p := readTest(t, bytes.Replace(file, []byte("683/StemV 80"), []byte("68/StemV 157"), 1))
	if textOf(p) != "类款" || p.Glyphs[0].Font.Bold || !bytes.Contains(file, []byte("683/StemV 80")) {
		t.Errorf("%q, font %+v", textOf(p), p.Glyphs[0].Font)
	}
}

// A single character of a font that is not in the file has no box in PDFium, which leaves it out of the page's text.
func TestSingleCharacters(t *testing.T) {
	p := readTest(t, onePage("", "", "BT /S 10 Tf 50 200 Td "+hex16("类")+" Tj 100 0 Td "+hex16("款")+" Tj ET"))
	if textOf(p) != "类款" {
		t.Errorf("text %q", textOf(p))
	}
	if g := &p.Glyphs[1]; !near1(g.Box.X0, 150) || !near1(g.Box.X1, 160) || g.Is(model.FlagInvisible) || g.Color != model.Black {
		t.Errorf("glyph %+v", g)
	}
}

func TestDirections(t *testing.T) {
	tests := []struct {
		name, page, matrix string
		angle              float64
		box                model.Rect
	}{
		{"upright", "", "1 0 0 1 100 200", 0, model.Rect{X0: 100, Y0: 82.8, X1: 120, Y1: 102.8}},
		{"up", "", "0 1 -1 0 100 200", -90, model.Rect{X0: 82.8, Y0: 80, X1: 102.8, Y1: 100}},
		{"down", "", "0 -1 1 0 100 200", 90, model.Rect{X0: 97.2, Y0: 100, X1: 117.2, Y1: 120}},
		{"upside down", "", "-1 0 0 -1 100 200", 180, model.Rect{X0: 80, Y0: 97.2, X1: 100, Y1: 117.2}},
		{"oblique", "", "0.7071 0.7071 -0.7071 0.7071 100 200", -45, model.Rect{X0: 87.9, Y0: 73.7, X1: 116.1, Y1: 102}},
		{"page turned right", "/Rotate 90", "0 1 -1 0 100 200", 0, model.Rect{X0: 200, Y0: 82.8, X1: 220, Y1: 102.8}},
		{"page turned left", "/Rotate 270", "0 -1 1 0 100 200", 0, model.Rect{X0: 100, Y0: 282.8, X1: 120, Y1: 302.8}},
		{"page turned around", "/Rotate 180", "-1 0 0 -1 100 200", 0, model.Rect{X0: 300, Y0: 182.8, X1: 320, Y1: 202.8}},
		{"crop box", "/CropBox[50 50 300 250]", "1 0 0 1 100 200", 0, model.Rect{X0: 50, Y0: 32.8, X1: 70, Y1: 52.8}},
		{"crop box, turned", "/CropBox[50 50 300 250]/Rotate 90", "0 1 -1 0 100 200", 0,
			model.Rect{X0: 150, Y0: 32.8, X1: 170, Y1: 52.8}},
		{"crop box with unlike margins, turned", "/CropBox[50 30 300 250]/Rotate 90", "0 1 -1 0 100 200", 0,
			model.Rect{X0: 170, Y0: 32.8, X1: 190, Y1: 52.8}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			p := readTest(t, onePage(test.page, "", "BT /S 20 Tf "+test.matrix+" Tm "+hex16("中")+" Tj ET"))
			if len(p.Glyphs) != 1 {
				t.Fatalf("%d glyphs", len(p.Glyphs))
			}
			if g := &p.Glyphs[0]; !near1(g.Angle, test.angle) || !nearRect(g.Box, test.box) || g.Size < 19.9 || g.Size > 20.1 {
				t.Errorf("angle %.1f, box %.1f, size %.1f; want %.1f, %.1f, 20", g.Angle, g.Box, g.Size, test.angle, test.box)
			}
		})
	}
}

// A replacement text is spread over what it replaces, in order.
func TestActualText(t *testing.T) {
	p := readTest(t, onePage("", "", "/Span <</ActualText(office)>> BDC BT /F 20 Tf 50 100 Td (abcdef) Tj ET EMC"))
	if textOf(p) != "office" {
		t.Fatalf("text %q", textOf(p))
	}
	for i := 1; i < len(p.Glyphs); i++ {
		if a, b := &p.Glyphs[i-1], &p.Glyphs[i]; !near1(a.Box.X1, b.Box.X0) || b.Box.X0 < 50 || b.Box.X1 > 120 {
			t.Errorf("boxes %.1f, %.1f", a.Box, b.Box)
		}
	}
}

func TestVerticalWriting(t *testing.T) {
	p := readTest(t, onePage("", "", "BT /V 20 Tf 100 200 Td "+hex16("中文")+" Tj ET"))
	if textOf(p) != "中文" || !p.Glyphs[0].Is(model.FlagVertical) || p.Glyphs[0].Angle != 0 {
		t.Fatalf("%q %+v", textOf(p), p.Glyphs)
	}
	// The em square hangs from (100, 100); its baseline is 0.88 em down.
	if want := (model.Rect{X0: 90, Y0: 100.4, X1: 110, Y1: 120.4}); !nearRect(p.Glyphs[0].Box, want) {
		t.Errorf("box %.2f, want %.2f", p.Glyphs[0].Box, want)
	}
	if p.Glyphs[1].Origin.Y-p.Glyphs[0].Origin.Y != 20 {
		t.Errorf("the second glyph is at %v", p.Glyphs[1].Origin)
	}
}

func TestFlags(t *testing.T) {
	tests := []struct {
		name, content string
		want          model.GlyphFlags
	}{
		{"plain", "BT /F 20 Tf 50 50 Td (x) Tj ET", 0},
		{"invisible", "BT 3 Tr /F 20 Tf 50 50 Td (x) Tj ET", model.FlagInvisible},
		{"artifact", "/Artifact BMC BT /F 20 Tf 50 50 Td (x) Tj ET EMC", model.FlagArtifact},
		{"watermark", "/Watermark BMC BT /F 20 Tf 50 50 Td (x) Tj ET EMC", model.FlagWatermarkContent},
		{"optional content", "/OC /M BDC BT /F 20 Tf 50 50 Td (x) Tj ET EMC", model.FlagWatermarkContent},
		{"off the page", "BT /F 20 Tf 500 50 Td (x) Tj ET", model.FlagClipped},
		{"clipped", "0 0 20 20 re W n BT /F 20 Tf 50 50 Td (x) Tj ET", model.FlagClipped},
		{"partly clipped", "0 0 52 300 re W n BT /F 20 Tf 50 50 Td (x) Tj ET", 0},
		{"undecoded", "BT /U 20 Tf 50 50 Td <0000> Tj ET", model.FlagUndecoded},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			p := readTest(t, onePage("", "/Properties<</M<</Type/OCG/Name(Watermark)>>>>", test.content))
			if len(p.Glyphs) != 1 || p.Glyphs[0].Flags != test.want {
				t.Errorf("glyphs %+v, want flags %x", p.Glyphs, test.want)
			}
		})
	}
}

func TestForms(t *testing.T) {
	inner := stream("/Type/XObject/Subtype/Form/BBox[0 0 100 100]/Matrix[1 0 0 1 5 5]/Resources<</Font<</F 5 0 R>>>>",
		"BT /F 10 Tf (in) Tj ET 0 0 50 0.5 re f")
	outer := stream("/Type/XObject/Subtype/Form/BBox[0 0 200 200]/Resources<</XObject<</I 12 0 R>>>>", "2 0 0 2 10 10 cm /I Do")
	p := readTest(t, onePage("", "/XObject<</I 12 0 R/O 13 0 R>>",
		"BT /F 10 Tf (a) Tj ET q 1 0 0 1 100 100 cm /O Do Q q 1 0 0 1 10 150 cm /I Do Q q 1 0 0 1 10 200 cm /I Do Q "+
			"BT /F 10 Tf 300 0 Td (z) Tj ET", inner, outer))
	if textOf(p) != "aininin"+"z" {
		t.Fatalf("text %q", textOf(p))
	}
	nested, first, second := &p.Glyphs[1], &p.Glyphs[3], &p.Glyphs[5]
	if !near1(nested.Origin.X, 120) || !near1(nested.Origin.Y, 180) || nested.Size != 20 || !nested.Is(model.FlagForm) {
		t.Errorf("nested %+v", nested)
	}
	if first.FormID == 0 || first.FormID != second.FormID || nested.FormID != first.FormID || p.Glyphs[0].FormID != 0 {
		t.Errorf("form numbers %d %d %d", nested.FormID, first.FormID, second.FormID)
	}
	if len(p.Rules) != 3 || !near1(p.Rules[0].X0, 120) || !near1(p.Rules[0].X1, 220) || !near1(p.Rules[0].Y0, 179.5) {
		t.Errorf("rules %+v", p.Rules)
	}
	for i := 1; i < len(p.Glyphs); i++ {
		if p.Glyphs[i].Order <= p.Glyphs[i-1].Order {
			t.Error("glyphs are not in drawing order")
		}
	}
	if r := p.Rules[0].Order; r < p.Glyphs[2].Order || r > p.Glyphs[3].Order {
		t.Error("the rule is not between the forms' texts in drawing order")
	}
}

func TestAnnotations(t *testing.T) {
	appearance := stream("/Type/XObject/Subtype/Form/BBox[0 0 50 20]/Resources<</Font<</F 5 0 R>>>>", "BT /F 10 Tf (S) Tj ET")
	note := stream("/Type/XObject/Subtype/Form/BBox[0 0 50 20]/Resources<</Font<</F 5 0 R>>>>", "BT /F 10 Tf (N) Tj ET")
	d := openTest(t, onePage("/Annots[<</Type/Annot/Subtype/FreeText/Rect[20 20 70 40]/AP<</N 13 0 R>>>>"+
		"<</Type/Annot/Subtype/Stamp/Rect[100 100 200 140]/AP<</N 12 0 R>>>>"+
		"<</Type/Annot/Subtype/Stamp/F 2/Rect[100 100 200 140]/AP<</N 12 0 R>>>>]",
		"", "BT /F 10 Tf (a) Tj ET", appearance, note))
	for range 2 { // merging changes the document; the second time it must find the same
		p := d.Page(1)
		if p.Err != nil || textOf(p) != "aNS" {
			t.Fatalf("%v, text %q", p.Err, textOf(p))
		}
		note, stamp := &p.Glyphs[1], &p.Glyphs[2]
		if note.Flags != model.FlagAnnotation || stamp.Flags != model.FlagAnnotation|model.FlagStamp {
			t.Errorf("flags %x %x", note.Flags, stamp.Flags)
		}
		if !near1(stamp.Origin.X, 100) || !near1(stamp.Origin.Y, 200) || stamp.Size != 20 {
			t.Errorf("stamp %+v", stamp)
		}
	}
}

func TestPageNumbers(t *testing.T) {
	d := openTest(t, onePage("", "", ""))
	for _, n := range []int{-1, 0, 2} {
		if p := d.Page(n); p == nil || p.Err == nil {
			t.Errorf("page %d of 1 was read", n)
		}
	}
	if p := d.Page(1); p.Err != nil || len(p.Glyphs)+len(p.Rules)+len(p.Pictures) != 0 {
		t.Errorf("empty page: %+v", p)
	}
	d.Close()
	if p := d.Page(1); p.Err == nil {
		t.Error("a closed document was read")
	}
}
