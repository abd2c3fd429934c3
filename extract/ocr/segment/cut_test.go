package segment

import (
	"image"
	"slices"
	"testing"

	pix "github.com/countybudget/extract/extract/ocr/image"
	"github.com/countybudget/extract/internal/testfiles"
)

// Each cell of a ruled grid is one segment that is a number with as many parts as characters, and no rule is left.
func TestCellsBecomeSegments(t *testing.T) {
	g := testfiles.NewGrid(t, 10, 4, testfiles.Seeded())
	s := pix.Prepare(pix.GrayOf(g.Gray))
	segments, columns := Cut(s, Rules(s), g.Cells())
	if len(segments) != 40 {
		t.Fatalf("%d segments in 40 cells", len(segments))
	}
	for i, p := range segments {
		text := g.Amounts[p.Cell/4][p.Cell%4]
		if p.Cell != i || !p.Number || len(p.Parts) != len(text) || p.Text != "" {
			t.Errorf("cell %d, %s: %+v", i, text, p)
		}
	}
	if !columns.Same(1, 37) || columns.Same(1, 2) {
		t.Error("cells above each other are one column, cells beside each other are not")
	}
}

// Lines of text, texts with a wide gap between them, dot leaders and page numbers are cut outside of cells.
func TestCut(t *testing.T) {
	d := testfiles.NewDrawing(t, 900, 700)
	for i, s := range []string{"The first line of a page", "and the second one", "then a third", "and so on"} {
		d.Text(500, 60+50*i, s)
	}
	d.Text(850, 60, "far")
	for x := 500; x < 700; x += 12 {
		d.Box(image.Rect(x, 408, x+3, 411), 0)
	}
	d.Text(490, 411, "Contents")
	d.Text(760, 411, "17")
	d.Text(450, 611, "23")
	d.Box(image.Rect(380, 600, 400, 602), 0)
	d.Box(image.Rect(470, 600, 490, 602), 0)
	s := pix.Prepare(pix.GrayOf(d.Gray))
	segments, _ := Cut(s, nil, nil)
	var got []string
	for _, p := range segments {
		switch {
		case p.Cell != -1:
			t.Errorf("in a cell: %+v", p)
		case p.Text != "":
			got = append(got, p.Text)
		case p.Number:
			got = append(got, "number")
		default:
			got = append(got, "text")
		}
	}
	want := []string{"text", "text", "text", "text", "text", "text", leaders, "number", "—", "number", "—"}
	if !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
}

// Digits that touch are cut where they have least ink, given the distance between digits.
func TestTouchingDigitsAreCut(t *testing.T) {
	r := pix.Blank(80, 40)
	for i := range 4 { // boxes of 10 pixels with a bridge between the first and the second, two pixels high
		r.Fill(image.Rect(10+14*i, 10, 20+14*i, 30), 0)
	}
	r.Fill(image.Rect(20, 20, 24, 22), 0)
	c := NewCutter(r, 20)
	box := c.Tight(r.Bounds())
	if n := len(c.Characters(box, Typeface{Dark: gapDark, Gaps: true})); n != 3 {
		t.Errorf("without a pitch: %d parts", n)
	}
	parts := c.Characters(box, Typeface{Dark: gapDark, Gaps: true, Pitch: 0.7})
	if len(parts) != 4 || parts[0].Max.X < 19 || parts[1].Min.X > 25 {
		t.Errorf("%v", parts)
	}
}
