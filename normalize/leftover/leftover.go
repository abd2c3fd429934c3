// Package leftover accounts for what the grammar leaves over of titles and headers: the name of an item or of a region, or words
// that nobody taught the program, which are reported (Title, Header) and found again in an output (Read). A Reader says how a
// title or a header by itself is understood, as the grammar weighs it.
package leftover

import (
	"strings"

	"github.com/countybudget/extract/normalize/amount"
	"github.com/countybudget/extract/normalize/grammar"
	"github.com/countybudget/extract/schema"
	"github.com/countybudget/extract/schema/codebook"
)

// OfHeader is what no word and no codebook explains of a folded header.
func OfHeader(text string, t *grammar.Text, books *codebook.Books) []string {
	if len(t.Unknown) == 0 || namesItem(text, books) {
		return nil
	}
	return OfTitle(text, t, books)
}

// OfTitle is what no word and no region explains of a folded title.
func OfTitle(text string, t *grammar.Text, books *codebook.Books) []string {
	var out []string
	for _, word := range t.Unknown {
		if !namesRegion(text, word, books) {
			out = append(out, word)
		}
	}
	return out
}

// namesRegion reports a word that is, with what follows it in the text, the name of a region.
func namesRegion(text, word string, books *codebook.Books) bool {
	row, ok := books.RegionInText(text[strings.Index(text, word):])
	return ok && strings.Contains(row.Name, word)
}

// namesItem reports a text that is a name of a codebook.
func namesItem(text string, books *codebook.Books) bool {
	name := amount.ItemName(text)
	for _, find := range []func(string, int, string, int) (schema.CodeRow, bool){
		books.EconomicDepartmentByName, books.EconomicGovernmentByName, books.FunctionalByName, books.RevenueByName,
	} {
		if _, ok := find(name, 0, "", 0); ok {
			return true
		}
	}
	return false
}
