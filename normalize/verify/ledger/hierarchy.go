package ledger

import (
	"math"
	"slices"

	"github.com/countybudget/extract/schema"
)

// Within a column every line belongs to at most one other line that includes it: the nearest printed code above it, its
// unit, its total. These links are the identities of the column, and a line that has any below it is an aggregate.

// nest links every line of the table to the line that includes it.
func (l *Ledger) nest(table *Table) {
	for _, c := range table.Columns {
		l.nestCodes(c)
		l.nestAmong(c)
		switch table.Statement {
		case schema.RevenueExpenditureSummary, schema.AppropriationSummary:
			l.nestSummary(c)
		case schema.ThreePublic:
			l.nestThreePublic(c)
		default:
			l.assignEntities(c)
			l.nestTotals(c)
		}
	}
}

// codeKey finds a code's lines: the same code is another row under another unit or in another classification.
type codeKey struct {
	seg   int32
	class schema.Classification
	code  string
}

// nestCodes links 项 to 款 to 类. A code may skip a level (a branch printed to 款 only, or a cell left blank): its parent is
// the nearest one that the column has. Lines without a code follow the level, where one is known.
func (l *Ledger) nestCodes(c *Column) {
	index := map[codeKey][]int{}
	for _, i := range c.Lines {
		if f := &l.Figures[i]; f.Kind == KindItem && f.Code != "" {
			k := codeKey{f.Seg, l.Lines[i].Classification, f.Code}
			index[k] = append(index[k], i)
		}
	}
	prev := -1
	for _, i := range c.Lines {
		f := &l.Figures[i]
		if f.Kind != KindItem {
			if f.Kind == kindEntity {
				prev = -1
			}
			continue
		}
		if p := l.parentOf(index, i, prev); p >= 0 {
			l.setParent(i, p)
		}
		prev = i
	}
}

func (l *Ledger) parentOf(index map[codeKey][]int, i, prev int) int {
	f := &l.Figures[i]
	if f.Code != "" {
		for n := len(f.Code) - 1; n >= 3; n-- {
			if found := index[codeKey{f.Seg, l.Lines[i].Classification, f.Code[:n]}]; len(found) > 0 {
				return nearest(found, i)
			}
		}
		return -1
	}
	if f.Level < 2 || prev < 0 || l.Lines[prev].Classification != l.Lines[i].Classification {
		return -1
	}
	for p := prev; p >= 0; p = l.Figures[p].Parent {
		if l.Figures[p].Level > 0 && l.Figures[p].Level < f.Level {
			return p
		}
	}
	return -1
}

// nearest gives the last of the lines (in order) before i; where there is none, as when two tables stand side by side, the
// first.
func nearest(lines []int, i int) int {
	n, _ := slices.BinarySearch(lines, i)
	return lines[max(0, n-1)]
}

// Tops are the column's lines that nothing includes yet, totals apart.
func (l *Ledger) Tops(c *Column) []int {
	var tops []int
	for _, i := range c.Lines {
		if f := &l.Figures[i]; f.Parent < 0 && !f.Apart && !f.Kind.IsTotal() {
			tops = append(tops, i)
		}
	}
	return tops
}

// Sum adds the lines up, in fen.
func (l *Ledger) Sum(lines []int) (fen int64) {
	for _, i := range lines {
		fen += l.Figures[i].Fen
	}
	return fen
}

// Matches reports whether the lines add up to the total within their rounding.
func (l *Ledger) Matches(parts []int, total int) bool {
	if len(parts) == 0 {
		return false
	}
	whole := []int{total}
	return Within(l.Sum(parts)-l.Figures[total].Fen, l.Tolerance(parts, whole))
}

// nestTotals links the highest level of a column to its total, which may stand above or below it.
func (l *Ledger) nestTotals(c *Column) {
	var totals []int
	for _, i := range c.Lines {
		if l.Figures[i].Kind.IsTotal() {
			totals = append(totals, i)
		}
	}
	tops := l.Tops(c)
	switch {
	case len(totals) == 0 && len(tops) == 1 && l.Figures[tops[0]].Kind == kindEntity && l.Figures[tops[0]].Kids > 0:
		c.Grand = tops[0] // a department's own row stands for the total
	case len(totals) == 1:
		parts := l.chooseParts(tops, totals[0])
		if l.unleveled(c, parts) && !l.Matches(parts, totals[0]) {
			parts = l.nestByAmount(parts)
		}
		l.setTotal(c, totals[0], parts)
	case len(totals) > 1:
		l.nestSubtotals(c, totals, tops)
	}
}

// unleveled reports whether rows may include one another without a sign of it: sources or functions without codes (税收收入
// above its taxes), and tables that no statement describes. Their totals are tested, but a difference proves nothing.
func (l *Ledger) unleveled(c *Column, tops []int) bool {
	if c.Table.Statement == schema.OtherStatement {
		return true
	}
	for _, i := range tops {
		f := &l.Figures[i]
		class := l.Lines[i].Classification
		if f.Kind == KindItem && f.Level == 0 && (class == schema.ByRevenueSource || class == schema.ByFunctional) {
			return true
		}
	}
	return false
}

// MaxRun bounds how many rows a row without a level is compared with.
const MaxRun = 200

// nestByAmount links runs of rows to the row just above them where they add up to it, and gives the rows left on top.
func (l *Ledger) nestByAmount(tops []int) []int {
	var left []int
	for n := 0; n < len(tops); n++ {
		left = append(left, tops[n])
		whole, end, sum := l.Figures[tops[n]].Fen, n, int64(0)
		for m := n + 1; m < len(tops) && m <= n+MaxRun && whole != 0; m++ {
			if sum += l.Figures[tops[m]].Fen; sum == whole && m > n+1 {
				end = m
				break
			}
		}
		for _, i := range tops[n+1 : end+1] {
			l.setParent(i, tops[n])
		}
		n = end
	}
	return left
}

func (l *Ledger) setTotal(c *Column, total int, parts []int) {
	for _, i := range parts {
		l.setParent(i, total)
	}
	c.Grand = total
}

// chooseParts gives the lines that the total counts: all of the highest level, or, where these do not add up but do
// without the balances or without the works, goods and services listed twice, those.
func (l *Ledger) chooseParts(tops []int, total int) []int {
	if l.Matches(tops, total) {
		return tops
	}
	for _, keep := range []func(*Figure) bool{
		func(f *Figure) bool { return f.Kind != KindBalance },
		func(f *Figure) bool { return l.words.Procurement.Any(f.Name) },
		func(f *Figure) bool { return f.Kind == kindEntity },
	} {
		var some []int
		for _, i := range tops {
			if keep(&l.Figures[i]) {
				some = append(some, i)
			}
		}
		if len(some) < len(tops) && l.Matches(some, total) {
			return some
		}
	}
	return tops
}

// nestSubtotals arranges several totals of a column: the grand total is the largest, the first or last of the equally
// large; the others count the lines above them or below them, whichever holds for more of them.
func (l *Ledger) nestSubtotals(c *Column, totals, tops []int) {
	grand := totals[len(totals)-1]
	for _, i := range totals {
		if l.Figures[i].Fen > l.Figures[grand].Fen {
			grand = i
		}
	}
	above, aboveHits := l.runs(totals, tops, grand, true)
	below, belowHits := l.runs(totals, tops, grand, false)
	parts := above
	if belowHits > aboveHits {
		parts = below
	}
	if aboveHits+belowHits > 0 || !l.Matches(tops, grand) {
		for n, t := range totals {
			if t != grand {
				for _, i := range parts[n] {
					l.setParent(i, t)
				}
			}
		}
	}
	var rest []int
	for _, i := range c.Lines {
		if f := &l.Figures[i]; i != grand && f.Parent < 0 && !f.Apart && (!f.Kind.IsTotal() || f.Kids > 0) {
			rest = append(rest, i)
		}
	}
	l.setTotal(c, grand, rest)
}

// runs gives the top lines between each total and the one before it (or after it), and how many totals they add up to.
func (l *Ledger) runs(totals, tops []int, grand int, above bool) (parts [][]int, hits int) {
	parts = make([][]int, len(totals))
	next := 0 // of tops
	for n, t := range totals {
		if t == grand {
			continue
		}
		low, high := l.between(totals, n, grand, above)
		if !above {
			next, _ = slices.BinarySearch(tops, low)
		}
		for ; next < len(tops) && tops[next] < high; next++ {
			parts[n] = append(parts[n], tops[next])
		}
		if l.Matches(parts[n], t) {
			hits++
		}
	}
	return parts, hits
}

// between gives the bounds of the lines that the nth total counts: back to the total before it, or on to the one after it;
// the grand total is no bound.
func (l *Ledger) between(totals []int, n, grand int, above bool) (low, high int) {
	if above {
		return -1, totals[n]
	}
	high = math.MaxInt
	for m := n + 1; m < len(totals); m++ {
		if totals[m] != grand {
			return totals[n], totals[m]
		}
	}
	return totals[n], high
}
