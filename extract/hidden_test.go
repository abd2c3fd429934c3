package extract

import (
	"bytes"
	"context"
	"fmt"
	"image"
	"strings"
	"testing"

	"github.com/countybudget/extract/extract/model"
	"github.com/countybudget/extract/extract/pdf"
	"github.com/countybudget/extract/extract/pdfium"
	"github.com/countybudget/extract/extract/visible"
)

// textPage is a file with one page of 200 × 100 points.
func textPage(content string) []byte {
	stream := func(dict, data string) string {
		return fmt.Sprintf("<<%s/Length %d>>\nstream\n%s\nendstream", dict, len(data), data)
	}
	const group = "/Subtype/Form/BBox[0 0 200 100]/Group<</S/Transparency/CS/DeviceGray>>"
	objects := []string{
		"<</Type/Catalog/Pages 2 0 R/OCProperties<</OCGs[7 0 R 8 0 R]/D<</OFF[7 0 R]/Order[7 0 R 8 0 R]>>>>>>",
		"<</Type/Pages/Kids[3 0 R]/Count 1/MediaBox[0 0 200 100]>>",
		"<</Type/Page/Parent 2 0 R/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>" +
			"/ExtGState<</Mul<</BM/Multiply>>/Nor<</BM/Normal>>/A0<</ca 0>>/A1<</ca 0.01>>/A4<</ca 0.4>>/A99<</ca 0.99>>" +
			"/Mask<</SMask<</S/Luminosity/G 6 0 R>>>>/Bare<</SMask/None>>>>" +
			"/XObject<</Fm 9 0 R/Clear 10 0 R/Gray 12 0 R/Solid 13 0 R>>" +
			"/Properties<</Off 7 0 R/On 8 0 R>>" +
			"/Shading<</Sh<</ShadingType 2/ColorSpace/DeviceGray/Coords[0 0 200 0]/Extend[true true]" +
			"/Function<</FunctionType 2/Domain[0 1]/N 1/C0[0]/C1[0.4]>>>>>>" +
			"/ColorSpace<</Sep[/Separation/Spot/DeviceGray<</FunctionType 2/Domain[0 1]/N 1/C0[1]/C1[0]>>]>>" +
			"/Pattern<</Pat 15 0 R>>>>>>",
		stream("", content),
		"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
		stream(group, "0 g 0 0 200 100 re f"),
		"<</Type/OCG/Name(old)>>",
		"<</Type/OCG/Name(new)>>",
		stream(group, "1 g 10 40 60 30 re f"),
		stream("/Subtype/Image/Width 1/Height 1/BitsPerComponent 8/ColorSpace/DeviceGray/SMask 11 0 R", "\x80"),
		stream("/Subtype/Image/Width 1/Height 1/BitsPerComponent 8/ColorSpace/DeviceGray", "\x00"),
		stream("/Subtype/Image/Width 1/Height 1/BitsPerComponent 8/ColorSpace/DeviceGray", "\x80"),
		stream("/Subtype/Image/Width 1/Height 1/BitsPerComponent 8/ColorSpace/DeviceGray/SMask 14 0 R", "\x80"),
		stream("/Subtype/Image/Width 1/Height 1/BitsPerComponent 8/ColorSpace/DeviceGray", "\xff"),
		stream("/PatternType 1/PaintType 1/TilingType 1/BBox[0 0 4 4]/XStep 9/YStep 9/Resources<<>>", "0.5 g 0 0 1 1 re f"),
	}
	var b bytes.Buffer
	b.WriteString("%PDF-1.7\n")
	offsets := make([]int, len(objects))
	for i, o := range objects {
		offsets[i] = b.Len()
		fmt.Fprintf(&b, "%d 0 obj\n%s\nendobj\n", i+1, o)
	}
	xref := b.Len()
	fmt.Fprintf(&b, "xref\n0 %d\n0000000000 65535 f \n", len(objects)+1)
	for _, o := range offsets {
		fmt.Fprintf(&b, "%010d 00000 n \n", o)
	}
	fmt.Fprintf(&b, "trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n", len(objects)+1, xref)
	return b.Bytes()
}

// missed is what PDFium does not tell enough of to know that it hides text: which way an object is transparent, and whether
// the whole of a slanted picture is opaque. Then text counts as seen.
var missed = map[string]bool{"nearly opaque area over it": true, "form over it": true, "slanted picture over it": true}

// What is seen of a text is judged by both readers, and by PDFium's drawing with the text and without it.
func TestHiddenText(t *testing.T) {
	engine := pdfium.New(pdfium.Options{})
	defer engine.Close()
	const (
		area    = "10 40 60 30 re f "
		picture = "q 60 0 0 30 10 40 cm /Gray Do Q "
	)
	for _, c := range []struct{ name, content string }{
		{"plain", "TEXT"},
		{"white", "1 g TEXT"},
		{"nearly white", "0.98 g TEXT"},
		{"light gray", "0.85 g TEXT"},
		{"red", "1 0 0 rg TEXT"},
		{"white on dark", "0 g " + area + "1 g TEXT"},
		{"white on gray", "0.5 g " + area + "1 g TEXT"},
		{"white on white on dark", "0 g " + area + "1 g " + area + "TEXT"},
		{"red on red", "1 0 0 rg " + area + "TEXT"},
		{"black on black", area + "TEXT"},
		{"white on a dark picture", "q 60 0 0 30 10 40 cm /Gray Do Q 1 g TEXT"},
		{"white on a gradient", "q 10 40 60 30 re W n /Sh sh Q 1 g TEXT"},
		{"white on a thick line", "30 w 10 55 m 80 55 l S 1 g TEXT"},
		{"white on stripes", stripes("re f", "0 %d 200 1") + "1 g TEXT"},
		{"white on a rounded area", "20 45 m 10 45 10 60 20 60 c 60 60 l 70 60 70 45 60 45 c h f 1 g TEXT"},
		{"white on a semi-transparent area", "/A4 gs " + area + "/Nor gs 1 g TEXT"},
		{"white beside a dark area", "100 40 60 30 re f 1 g TEXT"},
		{"white with a dark outline", "1 g 0 G 2 Tr TEXT"},
		{"white with a white outline", "1 g 1 G 2 Tr TEXT"},
		{"white outline", "1 G 1 Tr TEXT"},
		{"spot colour without ink", "/Sep cs 0 scn TEXT"},
		{"spot colour", "/Sep cs 1 scn TEXT"},
		{"transparent", "/A0 gs TEXT"},
		{"nearly transparent", "/A1 gs TEXT"},
		{"semi-transparent", "/A4 gs TEXT"},

		{"white area over it", "TEXT 1 g " + area},
		{"white area below it", "1 g " + area + "0 g TEXT"},
		{"white area of the whole page, first", "1 g 0 0 200 100 re f 0 g TEXT"},
		{"white area of the whole page, last", "TEXT 1 g 0 0 200 100 re f"},
		{"black bar over it", "TEXT " + area},
		{"white thick line over it", "TEXT 1 G 30 w 10 55 m 80 55 l S"},
		{"two areas over it", "TEXT 1 g 10 40 15 30 re f 25 40 40 30 re f"},
		{"two areas of one path", "TEXT 1 g 10 40 15 30 re 25 40 40 30 re f"},
		{"stripes over it", "TEXT 1 g " + stripes("re f", "0 %d 200 1.02")},
		{"area over its feet", "TEXT 1 g 10 40 60 12 re f"},
		{"area beside it", "TEXT 1 g 40 40 60 30 re f"},
		{"triangle over it", "TEXT 1 g 0 0 m 200 0 l 20 300 l f"},
		{"triangle beside it", "TEXT 1 g 10 100 m 200 0 l 200 100 l f"},
		{"area with a hole over it", "TEXT 1 g 0 0 200 100 re 10 40 60 30 re f*"},
		{"area clipped to its side", "TEXT q 0 0 15 100 re W n 1 g " + area + "Q"},
		{"area clipped by two boxes", "TEXT q 0 0 5 100 re 190 0 10 100 re W n 1 g 0 0 200 100 re f Q"},
		{"area clipped by text", "TEXT q BT /F1 60 Tf 7 Tr 100 50 Td (O) Tj ET 1 g " + area + "Q"},
		{"highlight", "TEXT /Mul gs 1 1 0 rg " + area},
		{"normal blend mode", "TEXT /Mul gs /Nor gs 1 g " + area},
		{"semi-transparent area over it", "TEXT /A4 gs 1 1 0 rg " + area},
		{"nearly opaque area over it", "TEXT /A99 gs 1 g " + area},
		{"area behind a soft mask", "TEXT /Mask gs 1 g " + area},
		{"area after a soft mask", "TEXT /Mask gs /Bare gs 1 g " + area},
		{"form over it", "TEXT /Fm Do"},
		{"semi-transparent form over it", "TEXT /A4 gs /Fm Do"},
		{"multiplied form over it", "TEXT /Mul gs /Fm Do"},
		{"pattern over it", "TEXT /Pattern cs /Pat scn " + area},
		{"picture over it", "TEXT " + picture},
		{"picture below it", picture + "TEXT"},
		{"inline picture over it", "TEXT q 60 0 0 30 10 40 cm BI /W 1 /H 1 /BPC 8 /CS /G ID \x80 EI Q"},
		{"transparent picture over it", "TEXT q 60 0 0 30 10 40 cm /Clear Do Q"},
		{"picture with an opaque soft mask over it", "TEXT q 60 0 0 30 10 40 cm /Solid Do Q"},
		{"picture beside it", "TEXT q 60 0 0 30 100 40 cm /Gray Do Q"},
		{"slanted picture over it", "TEXT q 60 30 -30 60 20 20 cm /Gray Do Q"},
		{"slanted picture beside it", "TEXT q 60 60 -1 1 30 40 cm /Gray Do Q"},
		{"semi-transparent picture over it", "TEXT /A4 gs " + picture},
		{"layer that is off", "/OC /Off BDC TEXT EMC"},
		{"layer that is on", "/OC /On BDC TEXT EMC"},
		{"area of a layer that is off", "TEXT /OC /Off BDC 1 g " + area + "EMC"},
	} {
		with, without := drawBy(t, engine, c.content, "(88)"), drawBy(t, engine, c.content, "()")
		shown := differs(with, without)
		for _, e := range []*pdfium.Engine{nil, engine} {
			seen, hidden := judged(t, textPage(spelled(c.content, "(88)")), e)
			if e != nil && !shown && missed[c.name] {
				continue
			}
			if shown && seen != "88" || !shown && hidden != "88" {
				t.Errorf("%s, second reader %v: drawn %v, but seen %q, hidden %q", c.name, e != nil, shown, seen, hidden)
			}
		}
	}
}

// Of a figure whose last digit lies under white paint the others stay.
func TestHiddenDigit(t *testing.T) {
	engine := pdfium.New(pdfium.Options{})
	defer engine.Close()
	for _, e := range []*pdfium.Engine{nil, engine} {
		seen, hidden := judged(t, textPage(spelled("TEXT 1 g 25.6 40 30 30 re f", "(87)")), e)
		if seen != "8" || hidden != "7" {
			t.Errorf("second reader %v: seen %q, hidden %q", e != nil, seen, hidden)
		}
	}
}

func stripes(op, format string) string {
	s := ""
	for y := 40; y < 70; y++ {
		s += fmt.Sprintf(format, y) + " " + op + " "
	}
	return s
}

func spelled(content, text string) string {
	return strings.Replace(content, "TEXT", "BT /F1 10 Tf 20 50 Td "+text+" Tj ET", 1)
}

func drawBy(t *testing.T, engine *pdfium.Engine, content, text string) *image.RGBA {
	t.Helper()
	f, err := engine.Open(textPage(spelled(content, text)), "")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	img, err := f.RenderRGBA(1, 144, nil)
	if err != nil {
		t.Fatal(err)
	}
	return img
}

// differs reports whether a person could tell two pictures apart.
func differs(a, b *image.RGBA) bool {
	for i := range a.Pix {
		if d := int(a.Pix[i]) - int(b.Pix[i]); d > 10 || d < -10 {
			return true
		}
	}
	return false
}

// judged are the texts of a page that are seen and that are hidden, by the second reader where there is an engine.
func judged(t *testing.T, data []byte, engine *pdfium.Engine) (seen, hidden string) {
	t.Helper()
	var p *model.Page
	if engine != nil {
		f, err := engine.Open(data, "")
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		p = f.Page(1)
	} else {
		f, err := pdf.Open(data, pdf.Options{})
		if err != nil {
			t.Fatal(err)
		}
		p = f.Page(1)
	}
	if p.Err != nil {
		t.Fatal(p.Err)
	}
	visible.Mark(p)
	for i := range p.Glyphs {
		switch g := &p.Glyphs[i]; {
		case g.Is(model.FlagHidden):
			hidden += g.Text
		case !g.Is(model.FlagInvisible):
			seen += g.Text
		}
	}
	return seen, hidden
}

// A scan's layer in optional content that is on is no hidden text.
func TestInvisibleLayer(t *testing.T) {
	engine := pdfium.New(pdfium.Options{})
	defer engine.Close()
	for _, e := range []*pdfium.Engine{nil, engine} {
		seen, hidden := judged(t, textPage(spelled("/OC /On BDC 3 Tr TEXT EMC", "(88)")), e)
		if seen != "" || hidden != "" {
			t.Errorf("second reader %v: seen %q, hidden %q", e != nil, seen, hidden)
		}
	}
}

// Hidden text reaches the diagnostics, and nothing else.
func TestHiddenTextOfDocument(t *testing.T) {
	data := textPage("BT /F1 10 Tf 20 50 Td (77.50) Tj ET 1 g 10 40 60 30 re f 0 g BT /F1 10 Tf 20 50 Td (88.50) Tj ET")
	for _, second := range []bool{false, true} {
		d, err := Extract(context.Background(), data, Options{SecondReader: second, OCR: OCRNever})
		if err != nil {
			t.Fatal(err)
		}
		if len(d.Lines) != 1 || d.Lines[0].Text != "88.50" || len(d.Numbers) != 1 {
			t.Errorf("second reader %v: lines %+v, numbers %+v", second, d.Lines, d.Numbers)
		}
		if n := len(d.Diagnostics); n != 1 || d.Diagnostics[0].Code != "hidden_text" || d.Diagnostics[0].RawText != "77.50" {
			t.Errorf("second reader %v: %+v", second, d.Diagnostics)
		}
	}
}

// Both readers see the value of a field whose appearance a viewer makes, and none that is not viewed.
func TestFieldValues(t *testing.T) {
	engine := pdfium.New(pdfium.Options{})
	defer engine.Close()
	for _, c := range []struct{ name, field, seen string }{
		{"value", "/FT/Tx/V(88)", "88"},
		{"hidden", "/FT/Tx/V(88)/F 2", ""},
		{"not to be viewed", "/FT/Tx/V(88)/F 32", ""},
		{"choice", "/FT/Ch/Ff 131072/V(88)/Opt[(77)(88)]", "88"},
	} {
		data := bytes.Replace(textPage(""), []byte("/Pages 2 0 R"), []byte("/Pages 2 0 R/AcroForm<</NeedAppearances true/Fields[16 0 R]"+
			"/DA(/F1 10 Tf 0 g)/DR<</Font<</F1 5 0 R>>>>>>"), 1)
		data = bytes.Replace(data, []byte("/Contents 4 0 R"), []byte("/Contents 4 0 R/Annots[16 0 R]"), 1)
		data = bytes.Replace(data, []byte("xref\n"), []byte("16 0 obj\n<</Type/Annot/Subtype/Widget/T(a)/Rect[20 40 120 60]/Q 2/DA(/F1 10 Tf 0 g)"+c.field+">>\nendobj\nxref\n"), 1)
		for _, e := range []*pdfium.Engine{nil, engine} {
			if seen, _ := judged(t, data, e); seen != c.seen {
				t.Errorf("%s, second reader %v: %q", c.name, e != nil, seen)
			}
		}
	}
}
