package lineage

import (
	_ "embed"
	"encoding/csv"
	"fmt"
	"strings"
	"sync"
)

// The words by which lines and publications are understood are data: words.csv.
//
//go:embed words.csv
var wordFile string

type itemWord struct {
	word    string
	measure Measure
}

type wordList struct {
	change      string             // ends the item name of a line that states a change
	items       []itemWord         // tell the items of the “三公” table apart
	corrections []string           // say that a publication replaces another
	told        map[string]Measure // the names under which prose states a measure
}

// words reads the file once. A line that cannot be read is a bug of this package, found by any test.
var words = sync.OnceValue(func() *wordList {
	lines, err := csv.NewReader(strings.NewReader(wordFile)).ReadAll()
	if err != nil {
		panic(fmt.Sprintf("lineage: words.csv: %v", err))
	}
	w := &wordList{told: map[string]Measure{}}
	for _, l := range lines[1:] {
		switch word := l[1]; l[0] {
		case "change":
			w.change = word
		case "item":
			w.items = append(w.items, itemWord{word, Measure(l[2])})
		case "correction":
			w.corrections = append(w.corrections, word)
		case "told":
			w.told[word] = Measure(l[2])
		default:
			panic(fmt.Sprintf("lineage: words.csv: unknown class %q", l[0]))
		}
	}
	return w
})
