package grammar

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/countybudget/extract/normalize/lexicon"
)

// checkOwn tests the words of users' files: a value that no word of the program has is read by nothing.
func checkOwn(classes map[string]lexicon.List) error {
	var own []*lexicon.Phrase
	for class, list := range classes {
		for i := range list {
			if p := &list[i]; p.Own && class != "year" {
				own = append(own, p)
			}
		}
	}
	if len(own) == 0 {
		return nil
	}
	known := map[string]map[string]bool{}                          // values by feature
	for class, list := range lexicon.Embedded().Under("grammar") { // also of words that users replace
		for i := range list {
			if class != "year" {
				learn(known, &list[i])
			}
		}
	}
	slices.SortFunc(own, func(a, b *lexicon.Phrase) int {
		if a.File != b.File {
			return strings.Compare(a.File, b.File)
		}
		return a.Line - b.Line
	})
	for _, p := range own {
		if err := checkWord(p, known); err != nil {
			return fmt.Errorf("%s, line %d: the word %q: %w", p.File, p.Line, p.Text, err)
		}
	}
	return nil
}

// learn adds the values that a word of the program has.
func learn(known map[string]map[string]bool, p *lexicon.Phrase) {
	said, err := featuresOf(p)
	if err != nil {
		return // New tells of it
	}
	for _, f := range said {
		if known[f.Name] == nil {
			known[f.Name] = map[string]bool{}
		}
		known[f.Name][f.Value] = true
	}
}

// addOwnUnits adds the units of money of tables that only users know: they stand in headers too.
func (g *Grammar) addOwnUnits(units lexicon.List) {
	for i := range units {
		p := &units[i]
		first, _ := utf8.DecodeRuneInString(p.Text)
		if p.Own && !slices.ContainsFunc(g.words[first], func(e entry) bool { return e.text == p.Text }) {
			g.words[first] = append(g.words[first], entry{text: p.Text, features: []Feature{{"money", ""}}, own: true, file: p.File, line: p.Line})
		}
	}
}

// checkWord tests a user's word by the values of features that are known.
func checkWord(p *lexicon.Phrase, known map[string]map[string]bool) error {
	if p.Match != lexicon.Equals || len(p.Without) > 0 {
		return fmt.Errorf("words are found wherever they stand in a text; leave match and without empty")
	}
	said, err := featuresOf(p)
	if err != nil {
		return nil // likewise
	}
	for _, f := range said {
		if f.Name == "year" {
			if n, err := strconv.Atoi(f.Value); err != nil || n < -9 || n > 9 {
				return fmt.Errorf("year=%s is no difference in years, such as year=-1", f.Value)
			}
			continue
		}
		if !known[f.Name][f.Value] {
			return fmt.Errorf("%s=%s is not known; known are %s", f.Name, f.Value, values(f.Name, known[f.Name]))
		}
	}
	return nil
}

// values lists a feature with each of its values.
func values(name string, known map[string]bool) string {
	var all []string
	for _, v := range slices.Sorted(maps.Keys(known)) {
		if v == "" && name != "fund" {
			all = append(all, name)
			continue
		}
		all = append(all, name+"="+v)
	}
	return strings.Join(all, ", ")
}
