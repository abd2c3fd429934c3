package forms

import (
	"strings"

	"github.com/countybudget/extract/extract/model"
)

// meaning is Words.meaning, asked for once of each cell.
func (r *reader) meaning(kind string, c *model.Cell) string {
	at := known{kind, c}
	f, ok := r.meanings[at]
	if !ok {
		f = r.words.meaning(kind, c)
		r.meanings[at] = f
	}
	return f
}

// known is a cell as a label of a kind.
type known struct {
	kind string
	cell *model.Cell
}

// labelIn is what a cell means as a label of a kind, and the value that stands behind a colon in it: 其他资金：5.00.
func (r *reader) labelIn(kind string, c *model.Cell) (field, value string) {
	if f := r.meaning(kind, c); f != "" {
		return f, ""
	}
	label, value, ok := strings.Cut(r.words.clean(c.Text), ":")
	if !ok || value == "" {
		return "", ""
	}
	return r.words.field(kind, label), value
}

// isLabel reports whether a cell is any label that stands beside a value.
func (r *reader) isLabel(c *model.Cell) bool {
	for _, kind := range []string{"part", "label", "fund", "column", "fund_column"} {
		if r.meaning(kind, c) != "" {
			return true
		}
	}
	return false
}
