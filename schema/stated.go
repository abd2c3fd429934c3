package schema

import (
	"cmp"
	"slices"
	"strings"

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
	Year    int32   `json:"y"`
	Phase   Phase   `json:"p"`
	Measure Measure `json:"m"`
}

// statedFigures finds the figures that a document states in its tables, and those of the year before that follow from a
// change it states: 支出总计 120, 比上年增加 20 says that it was 100. Two amounts for one thing say nothing.
func statedFigures(d *DocumentRow, lines []BudgetLine) []statedFigure {
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
		c := candidate{statedFigure{figureKey{l.FiscalYear, decidedPhase(l.Phase), m}, fen(l.Amount), l.Source == FromOCR}, rank, false}
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

// changeOf is the measure whose change prose states under some names. It counts only where the prose gives the measure's own
// amount too, as the tables do.
var changeOf = map[string]Measure{
	"支出总计": TotalExpenditure, "支出合计": TotalExpenditure, "支出预算": TotalExpenditure, "支出总预算": TotalExpenditure, "本年支出合计": TotalExpenditure,
	"基本支出": BasicExpenditure, "项目支出": ProjectSpending, "“三公”经费": ThreePublicTotal, "公务接待费": Reception, "机关运行经费": AgencySpending,
}

// impliedFigures are those of the year before that follow from stated changes.
func impliedFigures(d *DocumentRow, stated []statedFigure, lines []BudgetLine) []statedFigure {
	phase := d.DocumentType.Phase()
	own := map[Measure]statedFigure{}
	for _, f := range stated {
		if f.Year == d.FiscalYear && f.Phase == phase {
			own[f.Measure] = f
		}
	}
	told := map[string]bool{} // names whose amount the prose gives as the tables do
	for i := range lines {
		l := &lines[i]
		if f, ok := own[changeOf[l.ItemName]]; ok && isProse(l, d.FiscalYear, phase) && fen(l.Amount) == f.Fen {
			told[l.ItemName] = true
		}
	}
	before := map[Measure]statedFigure{}
	disputed := map[Measure]bool{}
	for i := range lines {
		l := &lines[i]
		name, isChange := strings.CutSuffix(l.ItemName, changeSuffix)
		if !isChange || !told[name] || !isProse(l, d.FiscalYear, phase) {
			continue
		}
		f := own[changeOf[name]]
		f.Year--
		f.Fen -= fen(l.Amount)
		f.Recognized = f.Recognized || l.Source == FromOCR
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

func isProse(l *BudgetLine, year int32, phase Phase) bool {
	return l.Statement == Narrative && l.FiscalYear == year && decidedPhase(l.Phase) == phase
}

// speaksOfTrend says whether a line matters to statedFigures.
func speaksOfTrend(l *BudgetLine) bool {
	if l.Statement == Narrative {
		return changeOf[strings.TrimSuffix(l.ItemName, changeSuffix)] != ""
	}
	_, rank := MeasureOf(l)
	return rank != NoRank
}

// decidedPhase takes a draft for the budget it became.
func decidedPhase(p Phase) Phase {
	if p == Proposed {
		return Approved
	}
	return p
}

// fen is an amount in hundredths of a yuan; every amount of a row fits.
func fen(yuan decimal.Decimal) int64 { return yuan.Shift(2).IntPart() }
