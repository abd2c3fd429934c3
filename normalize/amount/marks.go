package amount

import (
	"regexp"
	"sync"

	"github.com/countybudget/extract/normalize/lexicon"
)

// signs are the characters and patterns of figures and of names that are Chinese. They belong to the script, not to a county's
// wording: they are always those of the embedded lexicon.
type signs struct {
	blanks    map[string]bool
	unitAtEnd *regexp.Regexp // a unit of money behind an amount in the same cell
	numbering *regexp.Regexp // what stands before the name of an item to order it: 一、（一）1. ① 其中：减：加：
}

// marks are read on first use and never changed.
var marks = sync.OnceValue(func() signs {
	book := lexicon.Embedded()
	s := signs{blanks: map[string]bool{}, unitAtEnd: book.Pattern("figures.unit_at_end"), numbering: book.Pattern("figures.numbering")}
	for _, text := range book.Of("figures.blank").Texts() {
		s.blanks[text] = true
	}
	return s
})
