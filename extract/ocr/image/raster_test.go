package image

import (
	"image"
	"slices"
	"testing"

	"github.com/countybudget/extract/internal/testfiles"
)

func TestTurns(t *testing.T) {
	r := &Raster{3, 2, []byte{1, 2, 3, 4, 5, 6}}
	for name, c := range map[string]struct {
		got  *Raster
		want Raster
	}{
		"a quarter":      {r.Turned(1), Raster{2, 3, []byte{4, 1, 5, 2, 6, 3}}},
		"half a circle":  {r.Turned(2), Raster{3, 2, []byte{6, 5, 4, 3, 2, 1}}},
		"three quarters": {r.Turned(-1), Raster{2, 3, []byte{3, 6, 2, 5, 1, 4}}},
		"no turn":        {r.Turned(4), *r},
		"mirrored":       {r.Mirrored(), Raster{3, 2, []byte{3, 2, 1, 6, 5, 4}}},
		"transposed":     {r.Transposed(), Raster{2, 3, []byte{1, 4, 2, 5, 3, 6}}},
		"cropped":        {r.Crop(image.Rect(1, 0, 3, 2)), Raster{2, 2, []byte{2, 3, 5, 6}}},
	} {
		if c.got.W != c.want.W || c.got.H != c.want.H || !slices.Equal(c.got.Pix, c.want.Pix) {
			t.Errorf("%s: %v, want %v", name, *c.got, c.want)
		}
	}
}

func TestBlobs(t *testing.T) {
	r := Blank(8, 4)
	for _, at := range []int{0, 9, 3, 4, 11, 31} { // two that touch at a corner, three that touch at a side, one alone
		r.Pix[at] = 0
	}
	want := []Blob{{image.Rect(0, 0, 2, 2), 2}, {image.Rect(3, 0, 5, 2), 3}, {image.Rect(7, 3, 8, 4), 1}}
	if got := Blobs(r, r.Bounds(), 128); !slices.Equal(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
	if got := Blobs(r, image.Rect(4, 0, 8, 2), 128); len(got) != 1 || got[0].Area != 1 {
		t.Errorf("in a part: %v", got)
	}
}

// A shadow across the page becomes paper, and print in it stays as dark as elsewhere.
func TestShadowBecomesPaper(t *testing.T) {
	r := Blank(400, 400)
	for y := range r.H {
		row := r.Row(y)
		for x := range row {
			row[x] = byte(250 - 120*x/r.W)
			if y%40 < 4 && x%20 < 12 {
				row[x] /= 5
			}
		}
	}
	out := levelled(r)
	for y := 10; y < r.H-10; y++ {
		for x := 10; x < r.W-10; x++ {
			print, v := y%40 < 4 && x%20 < 12, out.Row(y)[x]
			if !print && v < 235 || print && (v < 40 || v > 65) {
				t.Fatalf("%d at %d, %d (print: %v)", v, x, y, print)
			}
		}
	}
}

func TestSpecksAreRemoved(t *testing.T) {
	d := testfiles.NewDrawing(t, 600, 300)
	d.Text(500, 60, "Spent: 1,234.56")
	d.Text(500, 110, "Budget of the county")
	d.Box(image.Rect(100, 200, 103, 203), 0)
	s := Prepare(GrayOf(d.Gray))
	if n := len(Blobs(s.Ink, image.Rect(80, 180, 130, 230), StrokeDark)); n != 0 {
		t.Error("the speck is still there")
	}
	points := 0
	for _, b := range Blobs(s.Ink, image.Rect(0, 30, 600, 70), StrokeDark) {
		if b.Box.Dy() <= 5 && b.Box.Dx() <= 5 {
			points++
		}
	}
	if points < 3 { // two of the colon and the decimal point
		t.Errorf("%d points are left in the text", points)
	}
}
