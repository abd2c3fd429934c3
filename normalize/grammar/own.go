package grammar

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/countybudget/extract/normalize/lexicon"
)

// checkOwn tests the words of users' files, in the order of the lines: a value that no word of the program has is read by nothing.
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
	known, err := embeddedFeatures()
	if err != nil {
		return err
	}
	slices.SortFunc(own, func(a, b *lexicon.Phrase) int {
		return cmp.Or(strings.Compare(a.File, b.File), a.Line-b.Line)
	})
	for _, p := range own {
		if err := checkWord(p, known); err != nil {
			return inWord(p, err)
		}
	}
	return nil
}

// embeddedFeatures are those of the words of the program, also of words that users replace.
func embeddedFeatures() (map[Feature]bool, error) {
	known := map[Feature]bool{}
	for class, list := range lexicon.Embedded().Under("grammar") {
		if class == "year" {
			continue
		}
		for i := range list {
			said, err := featuresOf(&list[i])
			if err != nil {
				return nil, inWord(&list[i], err)
			}
			for _, f := range said {
				known[f] = true
			}
		}
	}
	return known, nil
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

// checkWord tests a user's word by the features that are known.
func checkWord(p *lexicon.Phrase, known map[Feature]bool) error {
	if p.Match != lexicon.Equals || len(p.Without) > 0 {
		return errors.New("words are found wherever they stand in a text; leave match and without empty")
	}
	said, err := featuresOf(p)
	if err != nil {
		return err
	}
	for _, f := range said {
		if f.Name == "year" {
			if n, err := strconv.Atoi(f.Value); err != nil || n < -9 || n > 9 {
				return fmt.Errorf("year=%s is no difference in years, such as year=-1", f.Value)
			}
			continue
		}
		if !known[f] {
			return fmt.Errorf("%s=%s is not known; known are %s", f.Name, f.Value, values(f.Name, known))
		}
	}
	return nil
}

// values lists a feature with each of its values.
func values(name string, known map[Feature]bool) string {
	var all []string
	for f := range known {
		switch {
		case f.Name != name:
		case f.Value == "" && name != "fund":
			all = append(all, name)
		default:
			all = append(all, name+"="+f.Value)
		}
	}
	slices.Sort(all)
	return strings.Join(all, ", ")
}
