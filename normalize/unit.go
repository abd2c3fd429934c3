package normalize

import (
	"strings"

	"github.com/countybudget/extract/extract/model"
	"github.com/countybudget/extract/normalize/amount"
	"github.com/countybudget/extract/schema"
)

// The unit of an amount is the one printed behind it, else that of its column, else that of its table: on the line above it,
// or in the title. Where the table prints none it is the one that most tables of the document print. Where the whole
// document prints none the amounts are read in 万元, and no identity can prove them: sums come out in any unit.

// defaultUnit is the unit of a document that prints none.
const defaultUnit = "万元"

// unitIn finds a unit in brackets, or behind 单位, in a header or a title: 金额（万元）. It is "" where there is none.
func (w *wording) unitIn(text string) string {
	found := ""
	for u := range w.units {
		if len(u) > len(found) && (strings.Contains(text, "("+u+")") || strings.Contains(text, "单位:"+u)) {
			found = u
		}
	}
	return found
}

// printedUnit is the unit on the line above a table or in its title, or "".
func (w *wording) printedUnit(t *model.Table) string {
	unit := amount.Fold(t.Unit)
	if _, ok := w.units[unit]; ok {
		return unit
	}
	return w.unitIn(amount.Fold(t.Title))
}

// commonUnit is the unit that most tables print.
func (w *wording) commonUnit(doc *model.Document) string {
	votes := map[string]int{}
	for i := range doc.Tables {
		if u := w.printedUnit(&doc.Tables[i]); u != "" {
			votes[u]++
		}
	}
	return mostVoted(votes)
}

// unitOf is the unit of a table's amounts and its value in yuan.
func (b *builder) unitOf(lt *layoutTable) (string, yuanPer) {
	if u := b.words.printedUnit(lt.Table); u != "" {
		b.units[lt.No] = u
		return u, b.words.units[u]
	}
	assumed := or(b.commonUnit, defaultUnit)
	own, all := lt.ownUnits()
	if own != "" {
		b.units[lt.No] = own
	}
	if lt.lines && !all {
		b.diagnoseTable(schema.SeverityWarning, schema.DiagUnknownUnit, lt, "no unit is printed with the table; its amounts are read as "+assumed)
	}
	return assumed, b.words.units[assumed]
}

// ownUnits is a unit that columns or cells of a table print, and whether every amount has one.
func (lt *layoutTable) ownUnits() (unit string, all bool) {
	all = true
	for i := range lt.blocks {
		for k := range lt.blocks[i].values {
			col := &lt.blocks[i].values[k]
			if col.unit != "" {
				unit = col.unit
				continue
			}
			for r := lt.firstData; r < lt.Rows; r++ {
				c := lt.grid[r][col.index]
				if c == nil || c.Row != r || c.Col != col.index {
					continue
				}
				_, own, ok := amount.ParseWithUnit(c.Text)
				switch {
				case !ok:
				case own == "":
					all = false
				default:
					unit = own
				}
			}
		}
	}
	return unit, all && unit != ""
}
