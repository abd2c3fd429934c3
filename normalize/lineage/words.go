package lineage

import (
	"sync"

	"github.com/countybudget/extract/normalize/lexicon"
)

type wordList struct {
	change      string             // ends the item name of a line that states a change
	items       lexicon.List       // tell the items of the “三公” table apart; the value is the measure
	corrections lexicon.List       // say that a publication replaces another
	told        map[string]Measure // the names under which prose states a measure
}

// words are the phrases of the embedded lexicon by which lines and publications are understood.
var words = sync.OnceValue(func() *wordList {
	book := lexicon.Embedded()
	w := &wordList{
		change: book.Word("names.change"), items: book.Of("lineage.item"), corrections: book.Of("lineage.correction"),
		told: map[string]Measure{},
	}
	for _, p := range book.Of("lineage.told") {
		w.told[p.Text] = Measure(p.Value)
	}
	return w
})
