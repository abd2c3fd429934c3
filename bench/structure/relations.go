package main

// The measure is that of the ICDAR 2013 table competition (Göbel, Hassan, Oro, Orsi: A Methodology for Evaluating Algorithms
// for Table Understanding in PDF Documents, 2012): every cell with text is paired with its nearest neighbour with text to
// the right and below, in each row and column that it covers; a pair counts once. Recall is the part of the reference's
// pairs that a system has, precision the part of the system's pairs that the reference has.

// relation is a pair of neighbouring texts.
type relation struct {
	text, next string
	below      bool
}

// relations counts the neighbouring pairs of a grid.
func relations(g *Grid) map[relation]int {
	place := g.at()
	out := map[relation]int{}
	type pair struct {
		a, b  int
		below bool
	}
	seen := map[pair]bool{}
	add := func(a, b int, below bool) {
		if p := (pair{a, b, below}); !seen[p] {
			seen[p] = true
			out[relation{g.Cells[a].Text, g.Cells[b].Text, below}]++
		}
	}
	scan := func(n int, cell func(i int) int, below bool) {
		last := -1
		for i := range n {
			c := cell(i)
			if c < 0 || c == last || g.Cells[c].Text == "" {
				continue
			}
			if last >= 0 {
				add(last, c, below)
			}
			last = c
		}
	}
	for r := range g.Rows {
		scan(g.Columns, func(i int) int { return place[r][i] }, false)
	}
	for c := range g.Columns {
		scan(g.Rows, func(i int) int { return place[i][c] }, true)
	}
	return out
}

// Score counts relations: those of the reference, those of the system, and those they share; and tables, and those of them
// that a system has exactly.
type Score struct{ Reference, System, Shared, Tables, Exact int }

func (s *Score) add(o Score) {
	s.Reference += o.Reference
	s.System += o.System
	s.Shared += o.Shared
	s.Tables += o.Tables
	s.Exact += o.Exact
}

// Precision, Recall and F1 are between 0 and 1; a system that finds nothing has none.
func (s Score) Precision() float64 { return ratio(s.Shared, s.System) }

// Recall is the part of the reference that was found.
func (s Score) Recall() float64 { return ratio(s.Shared, s.Reference) }

// F1 is the harmonic mean of precision and recall.
func (s Score) F1() float64 { return ratio(2*s.Shared, s.System+s.Reference) }

func ratio(a, b int) float64 {
	if b == 0 {
		return 0
	}
	return float64(a) / float64(b)
}

// compare scores a grid against the reference; nil is a table that was not found.
func compare(ref, found *Grid) Score {
	want := relations(ref)
	s := Score{Tables: 1}
	for _, n := range want {
		s.Reference += n
	}
	if found == nil {
		return s
	}
	for r, n := range relations(found) {
		s.System += n
		s.Shared += min(n, want[r])
	}
	if s.Shared == s.Reference && s.Shared == s.System {
		s.Exact = 1
	}
	return s
}
