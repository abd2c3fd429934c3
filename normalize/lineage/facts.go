package lineage

import (
	"cmp"
	"slices"
	"strings"

	"github.com/countybudget/extract/schema"
	"github.com/shopspring/decimal"
)

// statedFigure is what a document says about a measure of some year, its own or another. Departments are recognized under
// a new name by the figures of the year before that their documents repeat.
type statedFigure struct {
	figureKey
	Fen        int64 `json:"a"`
	Recognized bool  `json:"r,omitempty"` // read from a scan: it may prove something, but refutes nothing
}

type figureKey struct {
	Year    int32        `json:"y"`
	Phase   schema.Phase `json:"p"`
	Measure Measure      `json:"m"`
}

// statedFigures finds the figures that a document states in its tables, and those of the year before that follow from a
// change it states: 支出总计 120, 比上年增加 20 says that it was 100. If it states two amounts for one measure, neither counts.
func statedFigures(d *schema.DocumentRow, lines []schema.BudgetLine) []statedFigure {
	type candidate struct {
		statedFigure
		rank     int
		disputed bool
	}
	best := map[figureKey]*candidate{}
	for i := range lines {
		l := &lines[i]
		m, rank := MeasureOf(l)
		if rank == NoRank {
			continue
		}
		c := candidate{statedFigure{figureKey{l.FiscalYear, decidedPhase(l.Phase), m}, fen(l.Amount), l.Source == schema.FromOCR}, rank, false}
		old := best[c.figureKey]
		switch {
		case old == nil || rank < old.rank:
			best[c.figureKey] = &c
		case rank == old.rank && c.Fen != old.Fen:
			old.disputed = true
		}
	}
	var stated []statedFigure
	for _, c := range best {
		if !c.disputed {
			stated = append(stated, c.statedFigure)
		}
	}
	sortStated(stated)
	implied := impliedFigures(d, stated, lines)
	for _, f := range implied {
		if best[f.figureKey] == nil {
			stated = append(stated, f)
		}
	}
	sortStated(stated)
	return stated
}

func sortStated(figures []statedFigure) {
	slices.SortFunc(figures, func(a, b statedFigure) int {
		return cmp.Or(cmp.Compare(a.Year, b.Year), cmp.Compare(a.Phase, b.Phase), cmp.Compare(a.Measure, b.Measure), cmp.Compare(a.Fen, b.Fen))
	})
}

// impliedFigures are those of the year before that follow from stated changes.
func impliedFigures(d *schema.DocumentRow, stated []statedFigure, lines []schema.BudgetLine) []statedFigure {
	// Prose states the change of a measure under some names. It counts only where the prose gives the measure's own amount too,
	// as the tables do.
	told := words().told
	phase := d.DocumentType.Phase()
	own := map[Measure]statedFigure{}
	for _, f := range stated {
		if f.Year == d.FiscalYear && f.Phase == phase {
			own[f.Measure] = f
		}
	}
	given := map[string]bool{} // names whose amount the prose gives as the tables do
	for i := range lines {
		l := &lines[i]
		if f, ok := own[told[l.ItemName]]; ok && isProse(l, d.FiscalYear, phase) && fen(l.Amount) == f.Fen {
			given[l.ItemName] = true
		}
	}
	before := map[Measure]statedFigure{}
	disputed := map[Measure]bool{}
	for i := range lines {
		l := &lines[i]
		name, isChange := strings.CutSuffix(l.ItemName, words().change)
		if !isChange || !given[name] || !isProse(l, d.FiscalYear, phase) {
			continue
		}
		f := own[told[name]]
		f.Year--
		f.Fen -= fen(l.Amount)
		f.Recognized = f.Recognized || l.Source == schema.FromOCR
		if old, ok := before[f.Measure]; ok && old.Fen != f.Fen {
			disputed[f.Measure] = true
		}
		before[f.Measure] = f
	}
	var implied []statedFigure
	for m, f := range before {
		if !disputed[m] {
			implied = append(implied, f)
		}
	}
	return implied
}

func isProse(l *schema.BudgetLine, year int32, phase schema.Phase) bool {
	return l.Statement == schema.Narrative && l.FiscalYear == year && decidedPhase(l.Phase) == phase
}

// statesFact tells whether statedFigures uses a line.
func statesFact(l *schema.BudgetLine) bool {
	if l.Statement == schema.Narrative {
		return words().told[strings.TrimSuffix(l.ItemName, words().change)] != ""
	}
	_, rank := MeasureOf(l)
	return rank != NoRank
}

// decidedPhase counts a draft budget as the approved one.
func decidedPhase(p schema.Phase) schema.Phase {
	if p == schema.Proposed {
		return schema.Approved
	}
	return p
}

// fen is an amount in hundredths of a yuan; every amount of a row fits.
func fen(yuan decimal.Decimal) int64 { return yuan.Shift(2).IntPart() }
