package ocrtest

import (
	"encoding/binary"
	"image"
	"os"
	"slices"
	"testing"

	"golang.org/x/image/font"
	"golang.org/x/image/font/gofont/goregular"
	"golang.org/x/image/font/opentype"
	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/math/fixed"

	"github.com/countybudget/extract/extract/ocr"
	pix "github.com/countybudget/extract/extract/ocr/image"
)

// Sample is a drawn line, and what it says.
type Sample struct {
	Text    string
	Charset ocr.Charset
	Line    ocr.Line
}

// What the samples say: short and long lines, as cells of budgets have them.
var (
	names   = []string{"一般公共预算支出表", "住房保障支出", "教育局", "社会保障和就业支出", "政府性基金预算财政拨款收入支出决算表"}
	numbers = []string{"1,234,567.89", "0.00", "-42.17", "98.5%", "2080505", "20,134.55", "315.60", "77.11"}
)

// Samples draws lines of the heights that a recognizer wants, in the proportions in which package ocr makes them of cells.
// Those in Chinese are left out where no Chinese font is installed.
func Samples(t testing.TB, height func(ocr.Charset) int) []Sample {
	t.Helper()
	var out []Sample
	for _, s := range numbers {
		out = append(out, Sample{s, ocr.Numbers, draw(t, latin(t), s, height(ocr.Numbers), 66)})
	}
	if chinese := chineseFont(t); chinese == nil {
		t.Log("no Chinese font is installed (fonts-wqy-microhei): no Chinese lines")
	} else {
		for _, s := range names {
			out = append(out, Sample{s, ocr.AnyText, draw(t, chinese, s, height(ocr.AnyText), 64)})
		}
	}
	return out
}

func latin(t testing.TB) *sfnt.Font {
	t.Helper()
	f, err := opentype.Parse(goregular.TTF)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// chineseFont is a font with Chinese characters, nil where none is installed.
func chineseFont(t testing.TB) *sfnt.Font {
	t.Helper()
	for _, path := range []string{"/usr/share/fonts/truetype/wqy/wqy-microhei.ttc", "/usr/share/fonts/wqy-microhei/wqy-microhei.ttc"} {
		data, err := os.ReadFile(path)
		if err != nil {
			continue
		}
		f, err := opentype.Parse(firstFont(data))
		if err != nil {
			t.Fatalf("%s: %v", path, err)
		}
		return f
	}
	return nil
}

// firstFont copies the first font of a collection, with tables at multiples of four bytes: package sfnt refuses others.
func firstFont(collection []byte) []byte {
	const head, record = 12, 16 // bytes
	at := int(binary.BigEndian.Uint32(collection[12:]))
	tables := int(binary.BigEndian.Uint16(collection[at+4:]))
	out := slices.Clone(collection[at : at+head+record*tables])
	for i := range tables {
		r := out[head+record*i:]
		offset, length := int(binary.BigEndian.Uint32(r[8:])), int(binary.BigEndian.Uint32(r[12:]))
		binary.BigEndian.PutUint32(r[8:], uint32(len(out)))
		out = append(out, collection[offset:offset+length]...)
		out = append(out, make([]byte, -len(out)&3)...)
	}
	return out
}

// draw draws a text so that its ink is the given share of the line's height, in percent, in the middle of the line.
func draw(t testing.TB, f *sfnt.Font, text string, height, percent int) ocr.Line {
	t.Helper()
	const (
		size   = 40  // pixels, before scaling
		ink    = 30  // gray
		margin = 5   // pixels
		wide   = 900 // pixels; what the longest text takes at most
	)
	face, err := opentype.NewFace(f, &opentype.FaceOptions{Size: size, DPI: 72, Hinting: font.HintingNone})
	if err != nil {
		t.Fatal(err)
	}
	page := pix.Blank(wide, 2*size)
	pen := font.Drawer{Dst: page.Gray(), Src: image.NewUniform(image.Black.C), Face: face, Dot: fixed.P(margin, size+size/2)}
	pen.DrawString(text)
	for i, v := range page.Pix {
		page.Pix[i] = byte(ink + int(v)*(255-ink)/255)
	}
	box := inkOf(page)
	cut := page.Crop(box.Inset(-1)).Scaled(float64(height*percent) / 100 / float64(box.Dy()))
	line := pix.Blank(cut.W+2*margin, height)
	line.Paste(cut, margin, max(0, (height-cut.H)/2-1))
	return ocr.Line{Width: line.W, Height: line.H, Pix: line.Pix}
}

// inkOf is the box of the pixels that are not paper.
func inkOf(r *pix.Raster) image.Rectangle {
	var box image.Rectangle
	for y := range r.H {
		for x, v := range r.Row(y) {
			if v < 128 {
				box = box.Union(image.Rect(x, y, x+1, y+1))
			}
		}
	}
	return box
}
