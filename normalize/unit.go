package normalize

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/countybudget/extract/extract/model"
	"github.com/countybudget/extract/normalize/amount"
	"github.com/countybudget/extract/normalize/metadata"
	"github.com/countybudget/extract/schema"
)

// The unit of an amount is the one printed behind it, else that of its column, else that of its table: on the line above it,
// or in the title. Where the table prints none it is the one that most tables of the document print. Where the whole
// document prints none the amounts are read in 万元, and no identity can prove them: sums come out in any unit.

// unitIn finds a unit in brackets, or behind 单位, in a header or a title: 金额（万元）. It is "" where there is none.
func (w *Words) unitIn(text string) string {
	found := ""
	for u := range w.units {
		if len(u) > len(found) && (strings.Contains(text, "("+u+")") || strings.Contains(text, w.unitLabel+u)) {
			found = u
		}
	}
	return found
}

// printedUnit is the unit on the line above a table or in its title, or "".
func (w *Words) printedUnit(t *model.Table) string {
	if unit, _ := w.readUnit(t.Unit); unit != "" {
		return unit
	}
	return w.unitIn(amount.Fold(t.Title))
}

// readUnit reads what stands behind 单位 above a table: one unit of money, perhaps beside others for numbers of persons and
// things (万元、人). strange reports a unit that is none of those known, or two units of money for one table.
func (w *Words) readUnit(printed string) (unit string, strange bool) {
	folded := amount.Fold(printed)
	if _, ok := w.units[folded]; ok || folded == "" {
		return folded, false
	}
	for _, part := range strings.FieldsFunc(folded, func(r rune) bool { return !unicode.IsLetter(r) && r != '%' }) {
		_, money := w.units[part]
		switch {
		case money && (unit == "" || unit == part):
			unit = part
		case money, w.endsLikeUnit(part):
			return "", true
		}
	}
	return unit, unit == ""
}

// endsLikeUnit reports whether a word ends as the names of the units of money do.
func (w *Words) endsLikeUnit(word string) bool {
	last, _ := utf8.DecodeLastRuneInString(word)
	for u := range w.units {
		if end, _ := utf8.DecodeLastRuneInString(u); end == last {
			return true
		}
	}
	return false
}

// commonUnit is the unit that most tables print.
func (w *Words) commonUnit(doc *model.Document) string {
	votes := map[string]int{}
	for i := range doc.Tables {
		if u := w.printedUnit(&doc.Tables[i]); u != "" {
			votes[u]++
		}
	}
	return metadata.MostVoted(votes)
}

// unitOf is the unit of a table's amounts and its value in yuan.
func (b *builder) unitOf(lt *layoutTable) (string, yuanPer) {
	if u := b.words.printedUnit(lt.Table); u != "" {
		b.units[lt.No] = u
		return u, b.words.units[u]
	}
	assumed := or(b.commonUnit, b.words.assumed)
	own, all := lt.ownUnits()
	if own != "" {
		b.units[lt.No] = own
	}
	if _, strange := b.words.readUnit(lt.Unit); strange && !all {
		b.out.UnknownUnits = append(b.out.UnknownUnits, int32(lt.No))
		if lt.lines {
			b.diagnoseTable(schema.SeverityWarning, schema.DiagUnknownUnit, lt, fmt.Sprintf("the unit %q is not known; the amounts are read as %s, and none is verified", lt.Unit, assumed))
		}
		return assumed, b.words.units[assumed]
	}
	if lt.lines && !all {
		b.diagnoseTable(schema.SeverityWarning, schema.DiagUnknownUnit, lt, "no unit is printed with the table; its amounts are read as "+assumed)
	}
	return assumed, b.words.units[assumed]
}

// ownUnits is a unit that columns or cells of a table print, and whether every amount has one.
func (lt *layoutTable) ownUnits() (unit string, all bool) {
	all = true
	for i := range lt.groups {
		for k := range lt.groups[i].values {
			col := &lt.groups[i].values[k]
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
