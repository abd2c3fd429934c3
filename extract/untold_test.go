package extract_test

import (
	"fmt"
	"image"
	"testing"
)

// A small picture beside text that may hold figures is told of; a code that telephones read, or a plain one, is not.
func TestSmallPicturesAreToldOf(t *testing.T) {
	text := "BT /F 12 Tf 45 500 Td 14 TL"
	for i := range 8 {
		text += fmt.Sprintf(" (Line %d of a page with a table) Tj T*", i)
	}
	text += " ET\n"
	p := printed(t, "1234.56  3456.78", "2345.67")
	figures := image.NewGray(image.Rect(0, 0, 400, 120))
	for y := range 120 {
		copy(figures.Pix[y*figures.Stride:][:400], p.Pix[(y+85)*p.Stride+60:])
	}
	code, plain := image.NewGray(image.Rect(0, 0, 200, 200)), image.NewGray(image.Rect(0, 0, 200, 200))
	state := uint32(7)
	for y := range 200 {
		for x := range 200 {
			plain.Pix[y*200+x] = 200
			if x%8 > 0 || y%8 > 0 {
				code.Pix[y*200+x] = code.Pix[(y-y%8)*200+x-x%8]
				continue
			}
			state = state*1664525 + 1013904223
			code.Pix[y*200+x] = byte(255 * (state >> 31))
		}
	}
	for name, c := range map[string]struct {
		picture *image.Gray
		place   string
		told    bool
	}{
		"figures":    {figures, "q 200 0 0 40 150 300 cm /P Do Q\n", true},
		"a code":     {code, "q 60 0 0 60 350 520 cm /P Do Q\n", false},
		"plain gray": {plain, "q 60 0 0 60 350 520 cm /P Do Q\n", false},
	} {
		doc := readDrawing(t, drawing{text + c.place, "/XObject << /P 5 0 R >>", []string{grayPicture(c.picture, "")}})
		told := false
		for _, d := range doc.Diagnostics {
			told = told || d.Code == "needs_ocr" && d.Page == 1 && !d.Box.Empty()
		}
		if told != c.told {
			t.Errorf("%s: told of: %v, want %v", name, told, c.told)
		}
	}
}
