package ocr

import (
	"slices"
	"strings"
	"testing"

	pix "github.com/countybudget/extract/extract/ocr/image"
	"github.com/countybudget/extract/extract/ocr/segment"
	"github.com/countybudget/extract/extract/ocr/shape"
	"github.com/countybudget/extract/internal/testfiles"
)

// numbersOf opens a session on a large grid, whose recognizer reads each number as it is printed, and returns the numbers.
func numbersOf(t *testing.T, degrees float64) (n *session, fake *fakeRecognizer, numbers []*entry, printed []string) {
	t.Helper()
	random := testfiles.Seeded()
	g := testfiles.NewGrid(t, 36, 5, random)
	s := pix.Prepare(pix.GrayOf(testfiles.Worn(g.Gray, degrees, random)))
	fake = &fakeRecognizer{}
	n = newSession(t.Context(), fake, s, segment.Rules(s), g.Cells())
	texts := map[string]string{}
	for i := range n.entries {
		if p := &n.entries[i]; p.Cell >= 0 && p.Number {
			numbers = append(numbers, p)
			printed = append(printed, g.Amounts[p.Cell/5][p.Cell%5])
			texts[string(lineOf(pass{s.Read, digitSize, Numbers}, p, n.em, fakeHeight).Pix)] = printed[len(printed)-1]
		}
	}
	fake.say = func(l Line, _ Charset) []Candidate { return []Candidate{said(texts[string(l.Pix)], 1, 1)} }
	return n, fake, numbers, printed
}

// At least a third of the numbers of a large table is read by shapes alone, and rightly.
func TestNumbersAreSpared(t *testing.T) {
	for _, degrees := range []float64{0, 0.6, -0.4} {
		n, fake, numbers, printed := numbersOf(t, degrees)
		if err := n.readNumbers(slices.Clone(numbers)); err != nil {
			t.Fatal(err)
		}
		spared := 0
		for i, p := range numbers {
			if p.best.Text != printed[i] {
				t.Errorf("turned by %.1f: %s (by its shapes: %v), %s is printed", degrees, p.best.Text, p.byShapes, printed[i])
			}
			if p.byShapes {
				spared++
			}
		}
		if spared*3 < len(numbers) || fake.lines != len(numbers)-spared {
			t.Errorf("turned by %.1f: of %d numbers %d were spared and %d recognized", degrees, len(numbers), spared, fake.lines)
		}
	}
}

// A digit without samples looks like another one: then no number is read by its shapes alone.
func TestNumbersWithAnUnknownDigit(t *testing.T) {
	n, _, numbers, _ := numbersOf(t, 0)
	first, others := scattered(numbers, 2*lesson)
	if _, err := n.readAll(first, pass{n.sheet.Read, digitSize, Numbers}); err != nil {
		t.Fatal(err)
	}
	spared := func(book *shape.Book) (count int) {
		for _, p := range others {
			if q := *p; n.spare(&q, book, lesson) {
				count++
			}
		}
		return count
	}
	if spared(learn(n.sheet, first)) == 0 {
		t.Fatal("no number is known by its shapes")
	}
	first = slices.DeleteFunc(first, func(p *entry) bool { return strings.Contains(p.best.Text, "8") })
	if count := spared(learn(n.sheet, first)); count != 0 {
		t.Errorf("%d numbers were taken to be known though no 8 is", count)
	}
}

func TestScattered(t *testing.T) {
	pieces := make([]*entry, 100)
	for i := range pieces {
		pieces[i] = &entry{Segment: segment.Segment{Cell: i}}
	}
	some, others := scattered(pieces, 10)
	if len(some) != 10 || len(others) != 90 || some[9].Cell < 80 {
		t.Errorf("%d and %d, the last of the first %d", len(some), len(others), some[9].Cell)
	}
}
