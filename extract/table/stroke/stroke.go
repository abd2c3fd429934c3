// Package stroke tells the strokes that are no rules of a table: underlines, strike-throughs, minus signs drawn as lines, and
// frames round words.
package stroke

import (
	"github.com/countybudget/extract/extract/model"
	"github.com/countybudget/extract/extract/table/lattice"
)

// Rules gives the rules of a page without such strokes. Both lists are sorted by position, and stay so; words are in rows from
// the top. reach is how far apart rules still cross, points.
func Rules(hor, ver []lattice.Span, words []model.Word, reach float64) (h, v []lattice.Span) {
	hor, ver = unframed(hor, ver, words, reach)
	return unmarked(hor, ver, words), ver
}
