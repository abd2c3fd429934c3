package solve

import (
	"fmt"
	"slices"

	"github.com/shopspring/decimal"

	"github.com/countybudget/extract/extract/model"
	"github.com/countybudget/extract/normalize/amount"
	"github.com/countybudget/extract/normalize/verify"
	"github.com/countybudget/extract/schema"
)

// The unknowns are the recognized cells with more than one reading; a cell may give several lines, which change together.
// Identities that fail are gathered into groups that share unknowns. In each group every combination of readings is tried: it
// may break no identity that holds, and must make more of the failing ones hold than any other combination does. Ties prove
// nothing. As identities depend on the amounts, they are derived anew after each round.

const (
	rounds       = 3
	combinations = 20_000 // of one group; more are not tried
)

// place is a cell of a table.
type place struct{ table, row, col int32 }

// unknown is a cell with more than one reading.
type unknown struct {
	place    place
	lines    []int
	readings []choice // the first is the present one
}

// choice is a reading as an amount in yuan.
type choice struct {
	reading model.Reading
	amount  decimal.Decimal
}

type solver struct {
	words    *verify.Words
	d        *schema.Disclosure
	changes  []Change
	ids      []verify.Identity
	unknowns []unknown
	of       map[int]int   // unknown by line
	ofLine   map[int][]int // identities by line
}

func newSolver(words *verify.Words, d *schema.Disclosure, doc *model.Document) *solver {
	s := &solver{words: words, d: d, of: map[int]int{}, ofLine: map[int][]int{}}
	s.findUnknowns(readings(doc))
	if len(s.unknowns) == 0 {
		return s
	}
	for _, id := range s.words.Identities(d) {
		if id.Soft {
			continue
		}
		for _, side := range [2][]int{id.Sum, id.Total} {
			for _, line := range side {
				s.ofLine[line] = append(s.ofLine[line], len(s.ids))
			}
		}
		s.ids = append(s.ids, id)
	}
	return s
}

// readings lists the cells that were read in more than one way.
func readings(doc *model.Document) map[place][]model.Reading {
	out := map[place][]model.Reading{}
	for i := range doc.Tables {
		t := &doc.Tables[i]
		for k := range t.Cells {
			if c := &t.Cells[k]; len(c.Readings) > 1 {
				out[place{int32(t.No), int32(c.Row), int32(c.Col)}] = c.Readings
			}
		}
	}
	return out
}

func (s *solver) findUnknowns(all map[place][]model.Reading) {
	factors := unitFactors(s.d.BudgetLines)
	index := map[place]int{}
	for i := range s.d.BudgetLines {
		line := &s.d.BudgetLines[i]
		p := place{line.TableNo, line.Row, line.Col}
		rs := all[p]
		if line.Source != schema.FromOCR || line.TableNo <= 0 || rs == nil {
			continue
		}
		if k, ok := index[p]; ok {
			s.unknowns[k].lines = append(s.unknowns[k].lines, i)
			s.of[i] = k
			continue
		}
		u := unknown{place: p, lines: []int{i}, readings: choices(line, rs, factors)}
		if len(u.readings) > 1 {
			index[p] = len(s.unknowns)
			s.of[i] = len(s.unknowns)
			s.unknowns = append(s.unknowns, u)
		}
	}
}

// unit is what an amount is printed in, in one table.
type unit struct {
	table int32
	name  string
}

// unitFactors finds what the printed amounts of each table were multiplied by.
func unitFactors(lines []schema.BudgetLine) map[unit]decimal.Decimal {
	out := map[unit]decimal.Decimal{}
	for i := range lines {
		l := &lines[i]
		k := unit{l.TableNo, l.RawUnit}
		if _, ok := out[k]; ok || l.Amount.IsZero() {
			continue
		}
		if printed, ok := amount.Parse(l.RawText); ok && !printed.IsZero() {
			out[k] = l.Amount.Div(printed).Round(0)
		}
	}
	return out
}

// choices are the different amounts that a cell may say, the line's own first.
func choices(line *schema.BudgetLine, rs []model.Reading, factors map[unit]decimal.Decimal) []choice {
	out := []choice{{model.Reading{Text: line.RawText, Confidence: line.Confidence}, line.Amount}}
	factor, ok := factors[unit{line.TableNo, line.RawUnit}]
	if !ok {
		return out
	}
	for _, r := range rs {
		printed, ok := amount.Parse(r.Text)
		if !ok {
			continue
		}
		v := printed.Mul(factor).Round(2)
		if !slices.ContainsFunc(out, func(c choice) bool { return c.amount.Equal(v) }) {
			out = append(out, choice{r, v})
		}
	}
	return out
}

// group is a set of unknowns that failing identities share.
type group struct {
	unknowns []int
	failing  []int // identities
	touched  []int // all identities that an unknown of the group is in
}

// groups gathers the failing identities that share unknowns.
func (s *solver) groups() []group {
	var out []group
	taken := map[int]bool{}
	for n := range s.ids {
		if taken[n] || s.ids[n].Holds(s.d.BudgetLines) {
			continue
		}
		if g := s.grow(n, taken); len(g.unknowns) > 0 {
			out = append(out, g)
		}
	}
	return out
}

// grow follows a failing identity to the others that share its unknowns.
func (s *solver) grow(first int, taken map[int]bool) group {
	var g group
	queue := []int{first}
	taken[first] = true
	touched := map[int]bool{}
	for len(queue) > 0 {
		n := queue[0]
		queue = queue[1:]
		g.failing = append(g.failing, n)
		for _, k := range s.in(n) {
			if slices.Contains(g.unknowns, k) {
				continue
			}
			g.unknowns = append(g.unknowns, k)
			for _, line := range s.unknowns[k].lines {
				for _, m := range s.ofLine[line] {
					touched[m] = true
					if !taken[m] && !s.ids[m].Holds(s.d.BudgetLines) {
						taken[m] = true
						queue = append(queue, m)
					}
				}
			}
		}
	}
	for m := range touched {
		g.touched = append(g.touched, m)
	}
	slices.Sort(g.touched)
	return g
}

// in lists the unknowns of an identity.
func (s *solver) in(n int) []int {
	var out []int
	for _, side := range [2][]int{s.ids[n].Sum, s.ids[n].Total} {
		for _, line := range side {
			if k, ok := s.of[line]; ok && !slices.Contains(out, k) {
				out = append(out, k)
			}
		}
	}
	return out
}

// solve tries the combinations of a group and takes the one that the identities prove. It returns how many cells changed.
func (s *solver) solve(g group) int {
	count := 1
	for _, k := range g.unknowns {
		if count *= len(s.unknowns[k].readings); count > combinations {
			return 0
		}
	}
	held := make([]bool, len(s.ids))
	for _, n := range g.touched {
		held[n] = s.ids[n].Holds(s.d.BudgetLines)
	}
	pick := make([]int, len(g.unknowns))
	best, unique, won := 0, false, []int(nil)
	for next(pick, func(i int) int { return len(s.unknowns[g.unknowns[i]].readings) }) {
		s.set(g, pick)
		switch score := s.score(g, held); {
		case score > best:
			best, unique, won = score, true, slices.Clone(pick)
		case score == best:
			unique = false
		}
	}
	if won == nil || !unique || best < len(g.failing) && !s.worth(g, won, best) {
		s.set(g, make([]int, len(pick)))
		return 0
	}
	s.set(g, won)
	return s.record(g, won)
}

// worth reports whether a combination is proven although identities still fail: each change must be in two identities that
// now hold.
func (s *solver) worth(g group, won []int, best int) bool {
	s.set(g, won)
	for i, k := range g.unknowns {
		if won[i] == 0 {
			continue
		}
		holding := 0
		for _, n := range s.ofLine[s.unknowns[k].lines[0]] {
			if s.ids[n].Holds(s.d.BudgetLines) {
				holding++
			}
		}
		if holding < 2 {
			return false
		}
	}
	return best > 0
}

// next counts through the combinations; false when all were seen. The first, all zero, is the present one and left out.
func next(pick []int, size func(int) int) bool {
	for i := range pick {
		if pick[i]++; pick[i] < size(i) {
			return true
		}
		pick[i] = 0
	}
	return false
}

// set writes a combination into the lines.
func (s *solver) set(g group, pick []int) {
	for i, k := range g.unknowns {
		for _, line := range s.unknowns[k].lines {
			s.d.BudgetLines[line].Amount = s.unknowns[k].readings[pick[i]].amount
		}
	}
}

// score is how many of the failing identities hold, -1 when one that held fails.
func (s *solver) score(g group, held []bool) int {
	n := 0
	for _, m := range g.touched {
		holds := s.ids[m].Holds(s.d.BudgetLines)
		switch {
		case held[m] && !holds:
			return -1
		case !held[m] && holds:
			n++
		}
	}
	return n
}

// record completes the lines of the cells that changed and reports them.
func (s *solver) record(g group, won []int) int {
	changed := 0
	for i, k := range g.unknowns {
		if won[i] == 0 {
			continue
		}
		changed++
		u := &s.unknowns[k]
		was, is := u.readings[0].reading, u.readings[won[i]].reading
		for _, n := range u.lines {
			line := &s.d.BudgetLines[n]
			line.RawText, line.Confidence = is.Text, is.Confidence
			s.changes = append(s.changes, Change{Line: n, Was: was.Text, Is: is.Text})
		}
		line := &s.d.BudgetLines[u.lines[0]]
		report(s.d, line, schema.SeverityInfo, was.Text, fmt.Sprintf(
			"table %d: recognized as %s or %s; the sums prove %s", line.TableNo, was.Text, is.Text, is.Text))
	}
	return changed
}

// report adds a diagnostic of a doubtful amount.
func report(d *schema.Disclosure, line *schema.BudgetLine, severity schema.Severity, raw, message string) {
	d.Diagnostics = append(d.Diagnostics, schema.DiagnosticRow{
		DocumentID: d.Document.DocumentID, FiscalYear: d.Document.FiscalYear, DiagnosticNo: int32(len(d.Diagnostics) + 1),
		Severity: severity, Code: schema.DiagOCRDoubt, Message: message, Page: line.Page,
		X0: line.X0, Y0: line.Y0, X1: line.X1, Y1: line.Y1, RawText: raw,
	})
}
