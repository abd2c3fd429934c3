package extract_test

import (
	"bytes"
	"compress/zlib"
	"fmt"
	"image"
	"image/color"
	"image/jpeg"
	"slices"
	"strings"
	"testing"

	"golang.org/x/image/font"
	"golang.org/x/image/font/gofont/goregular"
	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/math/fixed"

	"github.com/countybudget/extract/extract"
	"github.com/countybudget/extract/extract/ocr/lstm"
)

// drawing is a PDF of one page of 450 × 600 points: what it draws, its resources, and further objects from 5 on.
type drawing struct {
	content, resources string
	objects            []string
}

func (d *drawing) bytes() []byte {
	var b bytes.Buffer
	objects := append([]string{
		"<< /Type /Catalog /Pages 2 0 R >>",
		"<< /Type /Pages /Count 1 /Kids [3 0 R] >>",
		"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 450 600] /Contents 4 0 R /Resources << /Font << /F << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> " + d.resources + " >> >>",
		stream("", d.content),
	}, d.objects...)
	b.WriteString("%PDF-1.4\n")
	var offsets []int
	for i, o := range objects {
		offsets = append(offsets, b.Len())
		fmt.Fprintf(&b, "%d 0 obj\n%s\nendobj\n", i+1, o)
	}
	start := b.Len()
	fmt.Fprintf(&b, "xref\n0 %d\n0000000000 65535 f \n", len(offsets)+1)
	for _, o := range offsets {
		fmt.Fprintf(&b, "%010d 00000 n \n", o)
	}
	fmt.Fprintf(&b, "trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n", len(offsets)+1, start)
	return b.Bytes()
}

func stream(dict, data string) string {
	return fmt.Sprintf("<< %s /Length %d >>\nstream\n%s\nendstream", dict, len(data), data)
}

// grayPicture is an image XObject of 8-bit gray.
func grayPicture(p *image.Gray, more string) string {
	return pictureOf(p.Rect.Dx(), p.Rect.Dy(), "/ColorSpace /DeviceGray /BitsPerComponent 8 "+more, string(p.Pix))
}

func pictureOf(w, h int, more, data string) string {
	return stream(fmt.Sprintf("/Type /XObject /Subtype /Image /Width %d /Height %d %s", w, h, more), data)
}

func flate(s string) string {
	var b bytes.Buffer
	w := zlib.NewWriter(&b)
	w.Write([]byte(s))
	w.Close()
	return b.String()
}

const wholePage = "q 450 0 0 600 0 0 cm /P Do Q\n"

var reportLines = []string{"Report of the office on its revenue", "and on all that it has spent", "for roads and schools of the county"}

// readDrawing extracts a drawing, or skips where there is no recognition.
func readDrawing(t *testing.T, d drawing) *extract.Document {
	t.Helper()
	if _, err := lstm.Load(""); err != nil {
		t.Skip("no text recognition here: ", err)
	}
	doc, err := extract.Extract(t.Context(), d.bytes(), extract.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return doc
}

func linesOf(d *extract.Document) []string {
	var out []string
	for _, l := range d.Lines {
		out = append(out, l.Text)
	}
	return out
}

// textIn is the text of a document without blanks: recognition does not keep those between Latin words.
func textIn(d *extract.Document) string { return unspaced(strings.Join(linesOf(d), "\n")) }

func unspaced(s string) string { return strings.ReplaceAll(s, " ", "") }

// curves draws a text as filled outlines.
func curves(t *testing.T, text string, x, y, size float64) string {
	t.Helper()
	f, err := sfnt.Parse(goregular.TTF)
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	var buf sfnt.Buffer
	const em = 1000
	for _, r := range text {
		g, err := f.GlyphIndex(&buf, r)
		if err != nil {
			t.Fatal(err)
		}
		segments, err := f.LoadGlyph(&buf, g, fixed.I(em), nil)
		if err != nil {
			t.Fatal(err)
		}
		at := func(p fixed.Point26_6) string {
			return fmt.Sprintf("%.3f %.3f", x+float64(p.X)/64/em*size, y-float64(p.Y)/64/em*size)
		}
		for _, s := range segments {
			switch s.Op {
			case sfnt.SegmentOpMoveTo:
				fmt.Fprintf(&b, "%s m ", at(s.Args[0]))
			case sfnt.SegmentOpLineTo:
				fmt.Fprintf(&b, "%s l ", at(s.Args[0]))
			case sfnt.SegmentOpQuadTo: // nearly the same curve, with one control point twice
				fmt.Fprintf(&b, "%s %s %s c ", at(s.Args[0]), at(s.Args[0]), at(s.Args[1]))
			case sfnt.SegmentOpCubeTo:
				fmt.Fprintf(&b, "%s %s %s c ", at(s.Args[0]), at(s.Args[1]), at(s.Args[2]))
			}
		}
		if len(segments) > 0 {
			b.WriteString("f\n")
		}
		advance, err := f.GlyphAdvance(&buf, g, fixed.I(em), font.HintingNone)
		if err != nil {
			t.Fatal(err)
		}
		x += float64(advance) / 64 / em * size
	}
	return b.String()
}

// Every way in which a page can show a picture of text in place of text leads to its being read.
func TestPicturesOfTextAreRead(t *testing.T) {
	p := printed(t, reportLines...)
	xobject := "/XObject << /P 5 0 R >>"
	footer := "BT /F 9 Tf 150 20 Td (Scanned by the office, page 1 of 1) Tj ET\n"
	mask := make([]byte, (900+7)/8*1200)
	soft := image.NewGray(p.Rect)
	for y := range 1200 {
		for x := range 900 {
			v := p.GrayAt(x, y).Y
			soft.SetGray(x, y, color.Gray{Y: 255 - v})
			if v >= 128 {
				mask[y*113+x/8] |= 0x80 >> (x % 8)
			}
		}
	}
	black := image.NewGray(image.Rect(0, 0, 1, 1))
	cell := stream("/Type /Pattern /PatternType 1 /PaintType 1 /TilingType 1 /BBox [0 0 450 600] /XStep 450 /YStep 600 /Resources << /XObject << /P 6 0 R >> >>", wholePage)
	strips := drawing{}
	var names strings.Builder
	for i := range 24 {
		part := &image.Gray{Pix: p.Pix[i*50*p.Stride : (i+1)*50*p.Stride], Stride: p.Stride, Rect: image.Rect(0, 0, 900, 50)}
		strips.objects = append(strips.objects, grayPicture(part, ""))
		fmt.Fprintf(&names, "/P%d %d 0 R ", i, 5+i)
		strips.content += fmt.Sprintf("q 450 0 0 25 0 %d cm /P%d Do Q\n", 600-25*(i+1), i)
	}
	strips.resources = "/XObject << " + names.String() + " >>"
	outlines := ""
	for i, s := range reportLines {
		outlines += curves(t, s, 45, 540-30*float64(i), 15)
	}
	digital := "BT /F 12 Tf 45 400 Td (Text of the page that is no picture and stays as it is) Tj ET\n"
	part := p.SubImage(image.Rect(0, 0, 900, 320)).(*image.Gray)
	for name, d := range map[string]drawing{
		"a footer below a scan":        {wholePage + footer, xobject, []string{grayPicture(p, "")}},
		"a picture on a digital page":  {digital + "q 450 0 0 160 0 440 cm /P Do Q\n", xobject, []string{grayPicture(part, "")}},
		"a soft mask":                  {wholePage, xobject, []string{grayPicture(black, "/SMask 6 0 R"), grayPicture(soft, "")}},
		"a stencil mask":               {"0 g " + wholePage, xobject, []string{pictureOf(900, 1200, "/ImageMask true /BitsPerComponent 1", string(mask))}},
		"a tiling pattern":             {"/Pattern cs /T scn 0 0 450 600 re f\n", "/Pattern << /T 5 0 R >>", []string{cell, grayPicture(p, "")}},
		"strips":                       strips,
		"outlined text":                {outlines, "", nil},
		"outlined text above a line":   {outlines + digital, "", nil},
		"a flate-coded scan, complete": {wholePage, xobject, []string{grayPicture2(p)}},
	} {
		doc := readDrawing(t, d)
		text := textIn(doc)
		for _, want := range reportLines {
			if !strings.Contains(text, unspaced(want)) {
				t.Errorf("%s: %q is missing; the page says %q", name, want, text)
			}
		}
		if strings.Contains(d.content, footer) && strings.Count(text, unspaced("Scanned by the office, page 1 of 1")) != 1 ||
			strings.Contains(d.content, digital) && strings.Count(text, unspaced("Text of the page that is no picture")) != 1 {
			t.Errorf("%s: the text of the page itself is missing or doubled: %q", name, text)
		}
		if doc.Pages[0].Err != nil {
			t.Errorf("%s: %v", name, doc.Pages[0].Err)
		}
	}
}

func grayPicture2(p *image.Gray) string {
	return pictureOf(900, 1200, "/ColorSpace /DeviceGray /BitsPerComponent 8 /Filter /FlateDecode", flate(string(p.Pix)))
}

// A picture behind text that says all that is to be read is not recognized.
func TestBackgroundsAreNotRead(t *testing.T) {
	p := image.NewGray(image.Rect(0, 0, 900, 1200))
	for i := range p.Pix {
		p.Pix[i] = byte(240 + i*7%15)
	}
	content := wholePage
	for i := range 12 {
		content += fmt.Sprintf("BT /F 12 Tf 45 %d Td (Line %d of a page with paper behind it) Tj ET\n", 540-20*i, i)
	}
	doc := readDrawing(t, drawing{content, "/XObject << /P 5 0 R >>", []string{grayPicture(p, "")}})
	if doc.OCREngine != "" && doc.Pages[0].Source != "text" || len(doc.Lines) == 0 {
		t.Errorf("read as a picture: %q", linesOf(doc))
	}
	for _, l := range doc.Lines {
		if l.Text == "" || !strings.Contains(textIn(doc), unspaced("paper behind it")) {
			t.Errorf("lines %q", linesOf(doc))
		}
	}
}

// A picture that cannot be decoded, or only in part, fails its page, whatever text lies on it.
func TestDamagedPicturesFailTheirPage(t *testing.T) {
	p := printed(t, append(slices.Clone(reportLines), slices.Repeat([]string{"and so on to the end of the page"}, 14)...)...)
	var b bytes.Buffer
	if err := jpeg.Encode(&b, p, nil); err != nil {
		t.Fatal(err)
	}
	form := func(filter, data string) []string {
		return []string{pictureOf(900, 1200, "/ColorSpace /DeviceGray /BitsPerComponent 8 /Filter /"+filter, data)}
	}
	whole := b.String()
	footer := "BT /F 9 Tf 150 20 Td (Scanned by the office, page 1 of 1) Tj ET\n"
	for name, objects := range map[string][]string{
		"an unknown filter": form("FooDecode", whole),
		"garbage":           form("DCTDecode", strings.Repeat("garbage ", 2000)),
		"a JPEG cut off":    form("DCTDecode", whole[:len(whole)/2]),
		"pixels cut off":    form("FlateDecode", flate(string(p.Pix[:len(p.Pix)*3/5]))),
	} {
		for _, more := range []string{"", footer} {
			doc := readDrawing(t, drawing{wholePage + more, "/XObject << /P 5 0 R >>", objects})
			if doc.Pages[0].Err == nil {
				t.Errorf("%s, %q: no error; the page says %q", name, more, textIn(doc))
			}
		}
	}
	doc := readDrawing(t, drawing{wholePage, "/XObject << /P 5 0 R >>", form("DCTDecode", whole[:len(whole)-2])})
	if doc.Pages[0].Err != nil {
		t.Errorf("a JPEG without its end marker is whole, yet: %v", doc.Pages[0].Err)
	}
}

// Without recognition a page that is a picture says so, whatever line stands below it; one with text over a background does not.
func TestPicturesWithoutRecognition(t *testing.T) {
	p := printed(t, reportLines...)
	xobject := "/XObject << /P 5 0 R >>"
	footer := "BT /F 9 Tf 150 20 Td (Scanned by the office, page 1 of 1) Tj ET\n"
	text := "BT /F 12 Tf 45 500 Td 14 TL"
	for range 20 {
		text += " (Text of the page that stands over a background picture) Tj T*"
	}
	for name, c := range map[string]struct {
		content string
		needs   bool
	}{
		"a scan":               {wholePage, true},
		"a scan with a footer": {wholePage + footer, true},
		"text over a picture":  {wholePage + text + " ET\n", false},
	} {
		d := drawing{c.content, xobject, []string{grayPicture(p, "")}}
		doc, err := extract.Extract(t.Context(), d.bytes(), extract.Options{OCR: extract.OCRNever})
		if err != nil {
			t.Fatal(err)
		}
		if doc.Pages[0].NeedsOCR != c.needs {
			t.Errorf("%s: needs recognition: %v, want %v", name, doc.Pages[0].NeedsOCR, c.needs)
		}
	}
}
