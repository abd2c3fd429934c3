package solve

import (
	"fmt"
	"regexp"
	"strings"

	"github.com/shopspring/decimal"

	"github.com/countybudget/extract/normalize/amount"
	"github.com/countybudget/extract/schema"
)

// Recognition takes the comma between groups of digits for a point: 58,301 yuan become 58.301, and so do the parts of that sum,
// so that identities hold. A table is printed with the same number of decimals throughout: where its other amounts are whole and
// grouped, such a point was a comma. The amount stays doubtful until identities prove it.

const (
	grouped    = 6 // so many amounts of a table must be whole and have commas
	wholeShare = 3 // and so many times more than have decimals
)

var (
	groupedWhole = regexp.MustCompile(`^[-△]?\d{1,3}(?:,\d{3})+$`)
	groupedPoint = regexp.MustCompile(`^[-△]?\d{1,3}(?:[.,]\d{3})+$`) // with a point among the commas
)

// restoreCommas gives recognized amounts the commas back that were read as points.
func restoreCommas(d *schema.Disclosure) []Change {
	type kinds struct {
		whole, points, decimals int
		yuan                    decimal.Decimal // per unit
	}
	tables := map[int32]*kinds{}
	for i := range d.BudgetLines {
		l := &d.BudgetLines[i]
		k := tables[l.TableNo]
		if k == nil {
			k = &kinds{}
			tables[l.TableNo] = k
		}
		switch {
		case groupedWhole.MatchString(l.RawText):
			k.whole++
			if v, _, ok := amount.ParseWithUnit(l.RawText); ok && !v.IsZero() {
				k.yuan = l.Amount.Div(v)
			}
		case groupedPoint.MatchString(l.RawText):
			k.points++
		case strings.Contains(l.RawText, "."):
			k.decimals++
		}
	}
	var changes []Change
	for i := range d.BudgetLines {
		l := &d.BudgetLines[i]
		k := tables[l.TableNo]
		if l.Source != schema.FromOCR || k.whole < max(grouped, wholeShare*k.decimals, k.points) || groupedWhole.MatchString(l.RawText) || !groupedPoint.MatchString(l.RawText) {
			continue
		}
		raw := l.RawText
		text := strings.ReplaceAll(raw, ".", ",")
		v, _, ok := amount.ParseWithUnit(text)
		if !ok {
			continue
		}
		l.RawText, l.Amount, l.Confidence = text, v.Mul(k.yuan).Round(2), min(l.Confidence, lostPoint)
		changes = append(changes, Change{Line: i, Was: raw, Is: text})
		report(d, l, schema.SeverityInfo, raw, fmt.Sprintf("table %d: recognized as %s, with a point for the comma that the table's amounts have", l.TableNo, raw))
	}
	return changes
}
