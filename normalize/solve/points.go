package solve

import (
	"fmt"
	"strings"

	"github.com/shopspring/decimal"

	"github.com/countybudget/extract/schema"
)

// Recognition loses decimal points between digits that nearly touch, in a sum as in its parts, so that no identity shows it. But
// a column of amounts is printed with the same number of decimals throughout: where nearly all amounts have two, a recognized
// amount without a point has lost it. The point is restored, and the amount stays doubtful until identities prove it.

const (
	withPoint  = 6 // so many amounts of a table must have two decimals
	pointShare = 3 // and so many times more than have none
	mixedShare = 4 // where one in so many has a point, one without is in doubt
	lostPoint  = 0.5
)

// count is how many amounts have two decimals, and how many have no point.
type count struct{ with, without int }

// mixed reports that the unit is printed with decimals at least in part: an amount without may have lost them.
func mixed(c count) bool { return c.with > 0 && mixedShare*c.with >= c.with+c.without }

func many(c count) bool { return c.with >= withPoint && c.with >= pointShare*c.without }

// restorePoints gives recognized amounts their decimal points back.
func restorePoints(d *schema.Disclosure) []Change {
	counts, all := map[int32]*count{}, map[string]count{}
	for i := range d.BudgetLines {
		l := &d.BudgetLines[i]
		if l.TableNo <= 0 {
			continue
		}
		c := counts[l.TableNo]
		if c == nil {
			c = &count{}
			counts[l.TableNo] = c
		}
		if _, fraction, ok := strings.Cut(l.RawText, "."); ok && len(fraction) == 2 {
			c.with++
			all[l.RawUnit] = count{all[l.RawUnit].with + 1, all[l.RawUnit].without}
		} else if pointless(l.RawText) {
			c.without++
			all[l.RawUnit] = count{all[l.RawUnit].with, all[l.RawUnit].without + 1}
		}
	}
	var changes []Change
	for i := range d.BudgetLines {
		l := &d.BudgetLines[i]
		c := counts[l.TableNo]
		if c == nil || l.Source != schema.FromOCR || !pointless(l.RawText) || !mixed(all[l.RawUnit]) {
			continue
		}
		if !many(*c) || !many(all[l.RawUnit]) { // this table may be printed without decimals, unlike the others
			l.Confidence = min(l.Confidence, lostPoint)
			continue
		}
		raw := l.RawText
		l.RawText = raw[:len(raw)-2] + "." + raw[len(raw)-2:]
		l.Amount = l.Amount.Div(decimal.NewFromInt(100)).Round(2)
		l.Confidence = min(l.Confidence, lostPoint)
		changes = append(changes, Change{Line: i, Was: raw, Is: l.RawText})
		report(d, l, schema.SeverityInfo, raw, fmt.Sprintf("table %d: recognized as %s, without the decimal point that the table's amounts have", l.TableNo, raw))
	}
	return changes
}

// pointless reports whether a text is three or more digits only, perhaps with a sign.
func pointless(s string) bool {
	s = strings.TrimLeft(s, "-△")
	if len(s) < 3 {
		return false
	}
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return true
}
