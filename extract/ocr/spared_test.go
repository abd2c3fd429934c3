package ocr

import (
	"slices"
	"testing"
)

// numbersOf opens a large grid and returns its numbers with what is printed in each.
func numbersOf(t *testing.T, e *Engine, degrees float64) (n *session, numbers []*piece, printed []string) {
	t.Helper()
	random := seeded()
	g := newGrid(t, 36, 5, random)
	sc := scan(worn(g.Gray, degrees, random))
	n, _ = e.open(t.Context(), &sc, prepare(grayOf(sc.Image)), g.boxes)
	for i := range n.pieces {
		if p := &n.pieces[i]; p.cell >= 0 && p.number {
			numbers = append(numbers, p)
			printed = append(printed, g.amounts[p.cell/5][p.cell%5])
		}
	}
	return n, numbers, printed
}

func TestNumbersAreSpared(t *testing.T) {
	e := engine(t)
	for _, degrees := range []float64{0, 0.6, -0.4} {
		n, numbers, printed := numbersOf(t, e, degrees)
		if err := n.readNumbers(slices.Clone(numbers)); err != nil {
			t.Fatal(err)
		}
		spared := 0
		for i, p := range numbers {
			if !p.spared {
				continue
			}
			spared++
			if p.best.Text != printed[i] || len(p.parts) != len(printed[i]) {
				t.Errorf("turned by %.1f: %s by its shapes, %s is printed", degrees, p.best.Text, printed[i])
			}
		}
		if spared*3 < len(numbers) {
			t.Errorf("turned by %.1f: of %d numbers the engine was spared %d", degrees, len(numbers), spared)
		}
	}
}

// A digit without samples looks like another one: then nothing is known by its shapes alone.
func TestNumbersWithAnUnknownDigit(t *testing.T) {
	n, numbers, _ := numbersOf(t, engine(t), 0)
	first, others := scattered(numbers, 2*lesson)
	if _, err := n.readAll(first, way{n.sheet.read, digitSize, true}); err != nil {
		t.Fatal(err)
	}
	book := n.learn(first)
	spared := func() (count int) {
		for _, p := range others {
			if q := *p; n.spare(&q, book, lesson) {
				count++
			}
		}
		return count
	}
	if spared() == 0 {
		t.Fatal("no number is known by its shapes")
	}
	k := slices.Index(book.chars, '8')
	book.samples[k] = book.samples[k][:neighbours]
	if count := spared(); count != 0 {
		t.Errorf("%d numbers were taken to be known though no 8 is", count)
	}
}

func TestScattered(t *testing.T) {
	pieces := make([]*piece, 100)
	for i := range pieces {
		pieces[i] = &piece{cell: i}
	}
	some, others := scattered(pieces, 10)
	if len(some) != 10 || len(others) != 90 || some[9].cell < 80 {
		t.Errorf("%d and %d, the last of the first %d", len(some), len(others), some[9].cell)
	}
}
