package proof

import (
	"fmt"

	"github.com/countybudget/extract/normalize/verify"
	"github.com/countybudget/extract/schema"
)

// sure is the confidence from which a recognized amount counts as evidence for another one.
const sure = 0.8

// Guard withdraws the mark verified from recognized amounts that only doubtful ones confirm, and reports every recognized
// amount that stays in doubt. It follows verify.Verify.
func Guard(d *schema.Disclosure) {
	doubtful := map[int]bool{}
	for i := range d.BudgetLines {
		if l := &d.BudgetLines[i]; l.Source == schema.FromOCR && l.Confidence < sure {
			doubtful[i] = true
		}
	}
	if len(doubtful) == 0 {
		return
	}
	proven := map[int]bool{}
	for _, id := range verify.Identities(d) {
		if id.Soft || !id.Holds(d.BudgetLines) {
			continue
		}
		only, n := -1, 0
		for _, side := range [2][]int{id.Sum, id.Total} {
			for _, i := range side {
				if doubtful[i] {
					only = i
					n++
				}
			}
		}
		if n == 1 {
			proven[only] = true
		}
	}
	for i := range d.BudgetLines {
		line := &d.BudgetLines[i]
		if !doubtful[i] {
			continue
		}
		if line.Verification == schema.Verified && !proven[i] {
			line.Verification = schema.Unchecked
		}
		if line.Verification != schema.Verified {
			report(d, line, schema.SeverityWarning, line.RawText, fmt.Sprintf("recognized without certainty: %s", line.RawText))
		}
	}
}
