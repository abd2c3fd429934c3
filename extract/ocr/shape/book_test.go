package shape

import (
	"image"
	"slices"
	"strings"
	"testing"

	pix "github.com/countybudget/extract/extract/ocr/image"
	"github.com/countybudget/extract/extract/ocr/segment"
	"github.com/countybudget/extract/internal/testfiles"
)

// wide is a number of a width in pixels.
func wide(text string, width int) Sample {
	return Sample{&segment.Segment{Box: image.Rect(0, 0, width, 17), Number: true}, text, 0.95}
}

func TestWidths(t *testing.T) {
	var sure []Sample
	for range 6 {
		sure = append(sure, wide("2080505", 70), wide("12.34", 45), wide("123.45", 55))
	}
	m := widthsOf(sure)
	if m.digit != 10 || m.point != 5 || m.places != 2 {
		t.Fatalf("%+v", m)
	}
	if r, ok := m.WithPoint(wide("5140", 45).Segment, "5140"); !ok || r.Text != "51.40" {
		t.Errorf("a lost point: %v %v", r, ok)
	}
	if _, ok := m.WithPoint(wide("5140", 40).Segment, "5140"); ok {
		t.Error("a point where there is no room for one")
	}
	if m.Agrees(wide("48.4", 45).Segment, "48.4") || !m.Agrees(wide("48.44", 45).Segment, "48.44") {
		t.Error("a digit that was lost shows in the width")
	}
}

// numbersOf are the numbers of a drawn grid with what is printed in each.
func numbersOf(t *testing.T, degrees float64) (*pix.Sheet, []Sample) {
	t.Helper()
	random := testfiles.Seeded()
	g := testfiles.NewGrid(t, 36, 5, random)
	s := pix.Prepare(pix.GrayOf(testfiles.Worn(g.Gray, degrees, random)))
	segments, _ := segment.Cut(s, segment.Rules(s), g.Cells())
	var out []Sample
	for i := range segments {
		if p := &segments[i]; p.Cell >= 0 && p.Number {
			out = append(out, Sample{p, g.Amounts[p.Cell/5][p.Cell%5], 0.95})
		}
	}
	return s, out
}

// A third of the numbers teaches enough to read most of the others, and what is read clearly and has the right width is right.
func TestNumbersAreReadByTheirShapes(t *testing.T) {
	for _, degrees := range []float64{0, 0.6, -0.4} {
		s, numbers := numbersOf(t, degrees)
		book := Learn(s, numbers[:60])
		if !book.Cuts || !book.AllDigits() || !book.MayContradict() || !book.Widths.Known() {
			t.Fatalf("turned by %.1f: the book knows too little: cuts %v, characters %q", degrees, book.Cuts, book.chars)
		}
		read, fit := 0, 0
		for _, p := range numbers[60:] {
			p.Parts = book.Cut(p.Segment)
			r := book.Read(p.Segment)
			if strings.Count(r.Text, ".") == 1 && r.Confidence >= ClearNumber && book.Widths.Agrees(p.Segment, r.Text) && r.Text != p.Text {
				t.Errorf("turned by %.1f: %s with confidence %.2f, %s is printed", degrees, r.Text, r.Confidence, p.Text)
			}
			if r.Text == p.Text {
				read++
			}
			if book.Fits(p.Segment, p.Text) {
				fit++
			}
			if book.Fits(p.Segment, p.Text+"11") {
				t.Errorf("turned by %.1f: %s11 fits the number %s", degrees, p.Text, p.Text)
			}
		}
		if rest := len(numbers) - 60; read*2 < rest || fit*10 < rest*9 {
			t.Errorf("turned by %.1f: of %d numbers %d were read, %d fit their text", degrees, rest, read, fit)
		}
	}
}

// One misread sample does not teach a wrong shape, and the number that gave it is read as it is printed.
func TestAMisreadNumberIsContradicted(t *testing.T) {
	s, numbers := numbersOf(t, 0)
	at := slices.IndexFunc(numbers, func(p Sample) bool { return len(p.Text) == 7 && p.Text[0] == '8' })
	printed := numbers[at].Text
	numbers[at].Text = "3" + printed[1:]
	if r := Learn(s, numbers).Read(numbers[at].Segment); r.Text != printed {
		t.Errorf("recognized as %s, by its shapes %s, printed %s", numbers[at].Text, r.Text, printed)
	}
}

// A digit without samples looks like another one, so the book must say that it does not know all digits.
func TestAnUnknownDigit(t *testing.T) {
	s, numbers := numbersOf(t, 0)
	for i := range numbers {
		if slices.Contains([]byte(numbers[i].Text), '8') {
			numbers[i].Text = ""
		}
	}
	book := Learn(s, numbers)
	if book.AllDigits() || slices.Contains(book.chars, '8') {
		t.Errorf("an 8 was never seen, yet all digits are known: %q", book.chars)
	}
}

// A shape that two characters fit about as well is no witness for either, however near both are.
func TestShapesThatLookAlikeAreNoWitness(t *testing.T) {
	row := func(ink int) (s shape) { // as many pixels of ink, from the first on
		for at := range ink {
			s[at/wordBytes] |= 255 << (8 * (at % wordBytes))
		}
		return s
	}
	book := &Book{chars: []byte("38"), limit: strange, samples: [][]shape{{row(60), row(60), row(60)}, {row(80), row(80), row(80)}}}
	for _, c := range []struct {
		ink  int
		char byte
		sure bool
	}{{60, '3', true}, {62, '3', true}, {69, '3', false}, {71, '8', false}, {79, '8', true}} {
		char, confidence := book.match(row(c.ink))
		if char != c.char || (confidence > Witness) != c.sure || !c.sure && confidence > 0.5 {
			t.Errorf("%d pixels of ink, where a 3 has 60 and an 8 has 80: %c with confidence %.2f", c.ink, char, confidence)
		}
	}
}
