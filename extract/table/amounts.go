package table

import (
	"regexp"
	"slices"
	"strings"

	"github.com/countybudget/extract/extract/model"
	"github.com/countybudget/extract/extract/table/cell"
)

// Amounts wider than their columns touch each other: 256,576,204.5051,169,399.36. Amounts of money have two decimals, so the
// text tells where each one ends. Without a comma it does not: 12.345.678.90 may be one number, with points between its
// thousands.

var (
	runTogether = regexp.MustCompile(`^(?:-?\d{1,3}(?:,\d{3})*\.\d{2}){2,}$`)
	oneAmount   = regexp.MustCompile(`-?\d{1,3}(?:,\d{3})*\.\d{2}`)
)

// partAmounts cuts words that are several amounts. A word is left whole unless each of its glyphs is one character.
func partAmounts(words []model.Word) []model.Word {
	together := func(w model.Word) bool {
		return len(w.Text) >= len("1.001.00") && len(w.Glyphs) == len(w.Text) && strings.Contains(w.Text, ",") && runTogether.MatchString(w.Text)
	}
	if !slices.ContainsFunc(words, together) {
		return words
	}
	var out []model.Word
	for _, w := range words {
		if !together(w) {
			out = append(out, w)
			continue
		}
		for _, at := range oneAmount.FindAllStringIndex(w.Text, -1) {
			out = append(out, cell.Piece(w, w.Glyphs[at[0]:at[1]]))
		}
	}
	return out
}
