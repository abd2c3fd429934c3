package image

import (
	"testing"

	"github.com/countybudget/extract/internal/testfiles"
)

// inked counts the dark pixels of the ink of a sheet.
func inked(s *Sheet) int {
	n := 0
	for _, v := range s.Ink.Pix {
		if v < StrokeDark {
			n++
		}
	}
	return n
}

func TestFaintPrintIsDarkened(t *testing.T) {
	g := testfiles.NewGrid(t, 8, 4, testfiles.Seeded())
	usual := inked(Prepare(GrayOf(g.Gray)))
	pale := GrayOf(g.Gray).mapped(func(v int) int { return 255 - (255-v)*35/100 })
	s := Prepare(pale)
	if n := inked(s); !s.faint || n*10 < usual*8 || n*10 > usual*14 {
		t.Errorf("%d dark pixels of %d, faint %v", n, usual, s.faint)
	}
	if s := Prepare(GrayOf(g.Gray)); s.faint {
		t.Error("usual print was taken for faint")
	}
}

func TestAWatermarkAloneIsNotPrint(t *testing.T) {
	r := Blank(800, 800)
	for i := range 6 {
		for y := range 200 {
			for x := range 40 {
				r.Pix[(300+y)*800+100+100*i+x] = 220
			}
		}
	}
	if s := Prepare(r); s.faint || inked(s) > 0 {
		t.Errorf("%d dark pixels, faint %v", inked(s), s.faint)
	}
}
