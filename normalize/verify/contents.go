package verify

import (
	"slices"
	"strings"

	"github.com/countybudget/extract/normalize/verify/rules"
	"github.com/countybudget/extract/schema"
)

// leastListed is how many statements a table of contents must name to be one of statements.
const leastListed = 3

// contentsFindings tests that the statements in the table of contents are there, in its order. A table that is listed and was
// not found was left out by its publisher, or not read by this program.
func (l *checker) contentsFindings() {
	first := map[schema.Statement]int32{} // the first table of each
	for i := range l.Disclosure.Tables {
		t := &l.Disclosure.Tables[i]
		if n, ok := first[t.Statement]; !ok || t.TableNo < n {
			first[t.Statement] = t.TableNo
		}
	}
	var listed []schema.ListedTable
	for _, t := range l.Disclosure.Contents {
		again := slices.ContainsFunc(listed, func(o schema.ListedTable) bool { return o.Statement == t.Statement })
		if t.Statement != schema.OtherStatement && t.Statement != schema.Narrative && !again {
			listed = append(listed, t)
		}
	}
	if len(listed) < leastListed || len(l.Disclosure.Tables) == 0 {
		return
	}
	var missing, order []string
	var last schema.ListedTable
	for _, t := range listed {
		switch n, ok := first[t.Statement]; {
		case !ok:
			missing = append(missing, t.Title)
		case last.Title != "" && n < first[last.Statement]:
			order = append(order, t.Title+" ↔ "+last.Title)
		default:
			last = t
		}
	}
	if len(missing) == 0 && len(order) == 0 {
		l.find(finding{rule: rules.Contents, status: schema.CheckPass, what: l.words.contents})
	}
	if len(missing) > 0 {
		f := finding{rule: rules.Contents, status: schema.CheckFail, what: strings.Join(missing, ", ")}
		if 2*len(missing) > len(listed) || l.Disclosure.Document.FailedPages > 0 { // an excerpt; or they are on the pages not read
			f.status = schema.CheckSkipped
		}
		l.find(f)
	}
	if len(order) > 0 {
		l.find(finding{rule: rules.Contents, what: strings.Join(order, ", ")})
	}
}
