package extract_test

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"strings"
	"testing"

	"golang.org/x/image/font"
	"golang.org/x/image/font/gofont/goregular"
	"golang.org/x/image/font/opentype"
	"golang.org/x/image/math/fixed"

	"github.com/countybudget/extract/extract"
	"github.com/countybudget/extract/extract/ocr/lstm"
)

// printed draws lines of text on a page of 900 × 1200 pixels.
func printed(t *testing.T, lines ...string) *image.Gray {
	t.Helper()
	f, err := opentype.Parse(goregular.TTF)
	if err != nil {
		t.Fatal(err)
	}
	face, err := opentype.NewFace(f, &opentype.FaceOptions{Size: 30, DPI: 72})
	if err != nil {
		t.Fatal(err)
	}
	p := image.NewGray(image.Rect(0, 0, 900, 1200))
	draw.Draw(p, p.Rect, image.White, image.Point{}, draw.Src)
	for i, s := range lines {
		d := font.Drawer{Dst: p, Src: image.NewUniform(color.Gray{Y: 30}), Face: face, Dot: fixed.P(90, 120+60*i)}
		d.DrawString(s)
	}
	return p
}

// quartered turns a picture clockwise by quarters of a circle.
func quartered(p *image.Gray, quarters int) *image.Gray {
	for range quarters {
		out := image.NewGray(image.Rect(0, 0, p.Rect.Dy(), p.Rect.Dx()))
		for y := range p.Rect.Dy() {
			for x := range p.Rect.Dx() {
				out.SetGray(out.Rect.Dx()-1-y, x, p.GrayAt(x, y))
			}
		}
		p = out
	}
	return p
}

// scanned is a PDF with one picture a page, half a point for each pixel.
func scanned(pictures ...*image.Gray) []byte {
	var b bytes.Buffer
	var offsets []int
	object := func(format string, args ...any) {
		offsets = append(offsets, b.Len())
		fmt.Fprintf(&b, "%d 0 obj\n", len(offsets))
		fmt.Fprintf(&b, format, args...)
		b.WriteString("\nendobj\n")
	}
	b.WriteString("%PDF-1.4\n")
	object("<< /Type /Catalog /Pages 2 0 R >>")
	var kids []string
	for i := range pictures {
		kids = append(kids, fmt.Sprintf("%d 0 R", 3+3*i))
	}
	object("<< /Type /Pages /Count %d /Kids [%s] >>", len(pictures), strings.Join(kids, " "))
	for i, p := range pictures {
		w, h := p.Rect.Dx(), p.Rect.Dy()
		object("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 %d %d] /Resources << /XObject << /P %d 0 R >> >> /Contents %d 0 R >>", w/2, h/2, 5+3*i, 4+3*i)
		place := fmt.Sprintf("%d 0 0 %d 0 0 cm /P Do", w/2, h/2)
		object("<< /Length %d >>\nstream\n%s\nendstream", len(place), place)
		object("<< /Type /XObject /Subtype /Image /Width %d /Height %d /ColorSpace /DeviceGray /BitsPerComponent 8 /Length %d >>\nstream\n%s\nendstream", w, h, len(p.Pix), p.Pix)
	}
	start := b.Len()
	fmt.Fprintf(&b, "xref\n0 %d\n0000000000 65535 f \n", len(offsets)+1)
	for _, o := range offsets {
		fmt.Fprintf(&b, "%010d 00000 n \n", o)
	}
	fmt.Fprintf(&b, "trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n", len(offsets)+1, start)
	return b.Bytes()
}

// A page that bears nothing but a year is turned like the pages beside it, however many engines read them.
func TestSparsePageIsTurnedLikeTheOthers(t *testing.T) {
	if _, err := lstm.Load(""); err != nil {
		t.Skip("no text recognition here: ", err)
	}
	text := printed(t, "Report of the office on its revenue", "and on all that it has spent", "for roads and schools of the county",
		"The amounts are those of the accounts", "as they were closed in December")
	year := printed(t, "2023")
	for _, quarters := range []int{1, 2} {
		data := scanned(quartered(year, quarters), quartered(text, quarters), quartered(text, quarters))
		for engines := 1; engines <= 2; engines++ {
			d, err := extract.Extract(t.Context(), data, extract.Options{OCREngines: engines})
			if err != nil {
				t.Fatal(err)
			}
			for _, p := range d.Pages {
				if p.Width >= p.Height {
					t.Errorf("lying by %d quarters, %d engines: page %d is %v × %v", quarters, engines, p.Number, p.Width, p.Height)
				}
			}
			if len(d.Lines) == 0 || d.Lines[0].Text != "2023" {
				t.Errorf("lying by %d quarters, %d engines: the first line is not the year: %v", quarters, engines, d.Lines)
			}
		}
	}
}

// A picture that no viewer can draw is told, with and without text over it.
func TestPictureThatCannotBeDrawnIsTold(t *testing.T) {
	if _, err := lstm.Load(""); err != nil {
		t.Skip("no text recognition here: ", err)
	}
	pixels := string(printed(t, "Report of the office on its revenue", "and on all that it has spent").Pix)
	for _, footer := range []string{"- 6 -", "County of the long report, page 6"} {
		for _, box := range []string{"450 0 0 600 0 0", "300 0 0 200 50 200"} {
			content := fmt.Sprintf("q %s cm /P Do Q BT /F 9 Tf 120 %d Td (%s) Tj ET", box, 220, footer)
			data := fmt.Appendf(nil, "%%PDF-1.4\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n2 0 obj\n<</Type/Pages/Count 1/Kids[3 0 R]>>\nendobj\n"+
				"3 0 obj\n<</Type/Page/Parent 2 0 R/MediaBox[0 0 450 600]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>/XObject<</P 6 0 R>>>>>>\nendobj\n"+
				"4 0 obj\n<</Length %d>>\nstream\n%s\nendstream\nendobj\n"+
				"5 0 obj\n<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>\nendobj\n"+
				"6 0 obj\n<</Type/XObject/Subtype/Image/Width 900/Height 1200/ColorSpace/NoSuchSpace/BitsPerComponent 8/Length %d>>\nstream\n%s\nendstream\nendobj\n"+
				"trailer\n<</Root 1 0 R>>\nstartxref\n0\n%%%%EOF\n", len(content), content, len(pixels), pixels)
			d, err := extract.Extract(t.Context(), data, extract.Options{})
			if err != nil {
				t.Fatal(err)
			}
			if err := d.Pages[0].Err; err == nil || !strings.Contains(err.Error(), "cannot be decoded") {
				t.Errorf("%q over a picture at %s: the page's error is %v", footer, box, err)
			}
		}
	}
}
