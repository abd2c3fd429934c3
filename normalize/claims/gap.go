package claims

import (
	"fmt"
	"slices"
	"strings"

	"github.com/countybudget/extract/extract/model"
	"github.com/countybudget/extract/schema"
)

// gapPlace is where numbers are that nothing claims: in a table's column, in the text of a page, or outside both.
type gapPlace struct {
	table, col, page int
	lost             bool
}

// gap is the numbers of one such place.
type gap struct {
	gapPlace
	numbers []*model.Number
}

func (r *reader) miss(at gapPlace, n *model.Number) {
	g := r.found[at]
	if g == nil {
		g = &gap{gapPlace: at}
		r.found[at] = g
		r.order = append(r.order, g)
	}
	g.numbers = append(g.numbers, n)
}

// tell gives the diagnostics: one for each number that stands in no table and no sentence, and one for each column and for the
// text of each page.
func (r *reader) tell() []model.Diagnostic {
	const each = 20 // of one page are reported one by one
	var out []model.Diagnostic
	for _, g := range r.order {
		if !g.lost {
			out = append(out, r.summary(g))
			continue
		}
		for i, n := range g.numbers {
			if i == each {
				rest := *g
				rest.numbers = g.numbers[each:]
				out = append(out, r.summary(&rest))
				break
			}
			out = append(out, model.Diagnostic{
				Severity: model.Warning, Code: schema.DiagUnclaimedNumber, Page: n.Page, Box: n.Box, RawText: n.Text,
				Message: "a number that no table and no sentence holds",
			})
		}
	}
	return out
}

// summary is one diagnostic for the numbers of a place.
func (r *reader) summary(g *gap) model.Diagnostic {
	first := g.numbers[0]
	d := model.Diagnostic{Severity: model.Info, Code: schema.DiagUnclaimedNumber, Page: first.Page, RawText: examples(g.numbers)}
	amounts := false
	for _, n := range g.numbers {
		if n.Page == first.Page {
			d.Box = d.Box.Union(n.Box)
		}
		amounts = amounts || strings.ContainsAny(n.Text, ".,，")
	}
	where := fmt.Sprintf("the text of page %d", first.Page)
	switch {
	case g.lost:
		d.Severity, where = model.Warning, fmt.Sprintf("page %d outside tables and sentences", first.Page)
	case g.table != 0:
		where = fmt.Sprintf("table %d", g.table)
		if g.col >= 0 {
			where += fmt.Sprintf(", column %d", g.col+1)
		}
		about := r.claims.about[columnPlace{g.table, g.col}]
		if about.Header != "" {
			where += " (" + about.Header + ")"
		}
		if about.Money && amounts {
			d.Severity = model.Warning
		}
	}
	d.Message = fmt.Sprintf("%s: %d numbers that no row carries", where, len(g.numbers))
	if len(g.numbers) == 1 {
		d.Message = where + ": a number that no row carries"
	}
	return d
}

// examples are the first few different numbers.
func examples(numbers []*model.Number) string {
	const most = 5
	var out []string
	for _, n := range numbers {
		if slices.Contains(out, n.Text) {
			continue
		}
		if len(out) == most {
			return strings.Join(out, " ") + " …"
		}
		out = append(out, n.Text)
	}
	return strings.Join(out, " ")
}
