package extract_test

import (
	"image"
	"image/color"
	"slices"
	"testing"
)

// A page of which nearly nothing could be read says so; one that reads well, or has next to nothing on it, does not.
func TestPagesReadPoorlySaySo(t *testing.T) {
	lines := append(slices.Clone(reportLines), slices.Repeat([]string{"and so on to the end of the page"}, 14)...)
	p := printed(t, lines...)
	white := image.NewGray(p.Rect)
	for i, v := range p.Pix {
		white.Pix[i] = 255 - v
	}
	noise := image.NewGray(p.Rect)
	state := uint32(1)
	for y := range 1200 {
		for x := range 900 {
			state = state*1664525 + 1013904223
			v := p.GrayAt(x, y).Y
			if state>>24 < 90 {
				v = byte(state >> 16)
			}
			noise.SetGray(x, y, color.Gray{Y: v})
		}
	}
	for name, c := range map[string]struct {
		picture *image.Gray
		content string
		poor    bool
	}{
		"a clean page":   {p, wholePage, false},
		"a short page":   {printed(t, "Page 4"), wholePage, false},
		"white on black": {white, wholePage, false},
		"skew of 7°":     {p, "q 446.6 54.8 -73.1 595.5 36 -20 cm /P Do Q\n", false},
		"noise":          {noise, wholePage, true},
	} {
		doc := readDrawing(t, drawing{c.content, "/XObject << /P 5 0 R >>", []string{grayPicture(c.picture, "")}})
		if (doc.Pages[0].Err != nil) != c.poor {
			t.Errorf("%s: error %v; the page says %q", name, doc.Pages[0].Err, textIn(doc))
		}
	}
}
