package lexicon

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"maps"
	"slices"
	"strings"
)

// File is a user's phrase file: its content, and the name under which mistakes in it are told.
type File struct {
	Name string `json:"name"`
	Text string `json:"text"`
}

// OverAll gives a book in which a user's files lie over this one, each over those before it.
func (b *Book) OverAll(files []File) (*Book, error) {
	for _, f := range files {
		over, err := b.Over(f.Name, strings.NewReader(f.Text))
		if err != nil {
			return nil, err
		}
		b = over
	}
	return b, nil
}

// Own gives the phrases of users' files, by class.
func (b *Book) Own() List {
	var own List
	for _, class := range slices.Sorted(maps.Keys(b.phrases)) {
		for _, p := range b.phrases[class] {
			if p.Own {
				own = append(own, p)
			}
		}
	}
	return own
}

// OwnSum is a checksum of what users' phrases say, "" where there are none. Names of files, sources, remarks and the order of
// classes do not count.
func (b *Book) OwnSum() string {
	own := b.Own()
	if len(own) == 0 {
		return ""
	}
	sum := sha256.New()
	for i := range own {
		p := &own[i]
		fmt.Fprintf(sum, "%q\n", []string{p.Class, p.Text, p.Value, string(p.Match), strings.Join(p.Without, "|"), strings.Join(p.Scope, ",")})
	}
	return hex.EncodeToString(sum.Sum(nil)[:8])
}

// builtIn are the subjects that a user's file cannot hold: signs of the script, the furniture of pages by which geometry
// confirms what it finds, and what compares the documents of an output. Their readers know the embedded lexicon alone.
var builtIn = []string{"figures", "furniture", "lineage"}

// checkOwn tests a phrase of a user's file, which no test of the program has seen, against those that it is put before.
func (b *Book) checkOwn(p *Phrase) error {
	subject, _, _ := strings.Cut(p.Class, ".")
	if slices.Contains(builtIn, subject) {
		return fmt.Errorf("the class %s is built in: only a new version of the program can change it; remove the line, and propose it for the program (see CONTRIBUTING.md)", p.Class)
	}
	for _, field := range []string{p.Text, p.Value} {
		if len(field) > 1 && field[0] == '"' && field[len(field)-1] == '"' {
			return fmt.Errorf("%s stands in quotation marks, which spreadsheets add: remove them", field)
		}
	}
	known := b.scopes(subject)
	for _, scope := range p.Scope {
		if !slices.Contains(known, scope) {
			return fmt.Errorf("the phrase %q: the scope %q is not known; %s", p.Text, scope, choices(known, "leave it empty"))
		}
	}
	if err := b.checkValue(p); err != nil {
		return fmt.Errorf("the phrase %q: %w", p.Text, err)
	}
	if b.classes[p.Class].match != Pattern {
		return nil
	}
	if p.Match != Pattern {
		return fmt.Errorf("the phrase %q: %s has regular expressions; leave match empty", p.Text, p.Class)
	}
	groups := []int{}
	for _, q := range b.phrases[p.Class] {
		if q.pattern == nil {
			return nil
		}
		groups = append(groups, q.pattern.NumSubexp())
	}
	if n := p.pattern.NumSubexp(); !slices.Contains(groups, n) {
		return fmt.Errorf("the pattern %q has %d groups, those of %s have %d; use (?:…) for a group that is not read", p.Text, n, p.Class, groups[0])
	}
	return nil
}

// checkValue tests the value of a user's phrase: readers know the values that phrases of the program have. Those of words are
// features, which package grammar tests.
func (b *Book) checkValue(p *Phrase) error {
	if p.Class == unitsOfMoney && !p.Number.IsPositive() {
		return fmt.Errorf("a unit is worth more than 0 yuan, not %s", p.Value)
	}
	if b.classes[p.Class].values != textValue || strings.HasPrefix(p.Class, "grammar.") {
		return nil
	}
	known := map[string]bool{}
	for _, q := range b.phrases[p.Class] {
		known[q.Value] = true
	}
	if !known[p.Value] {
		return fmt.Errorf("the value %q is not known; known are %s", p.Value, strings.Join(slices.Sorted(maps.Keys(known)), ", "))
	}
	return nil
}

// unitsOfMoney is the class of the units of money; the value is yuan.
const unitsOfMoney = "units.money"

// scopes are those that the phrases of a subject name, sorted.
func (b *Book) scopes(subject string) []string {
	known := map[string]bool{}
	for _, list := range b.Under(subject) {
		for i := range list {
			for _, scope := range list[i].Scope {
				known[scope] = true
			}
		}
	}
	return slices.Sorted(maps.Keys(known))
}

// unknownClass says which classes there are: those of the same subject, or the subjects that users' files may hold.
func (b *Book) unknownClass(name string) error {
	subject, _, _ := strings.Cut(name, ".")
	var same, subjects []string
	for _, class := range slices.Sorted(maps.Keys(b.classes)) {
		begin, _, _ := strings.Cut(class, ".")
		if begin == subject {
			same = append(same, class)
		}
		if !slices.Contains(builtIn, begin) {
			subjects = append(subjects, begin+".…")
		}
	}
	if len(same) > 0 {
		return fmt.Errorf("the class %q is not declared; known are %s", name, strings.Join(same, ", "))
	}
	return fmt.Errorf("the class %q is not declared; classes are %s", name, strings.Join(slices.Compact(subjects), ", "))
}

// choices says what may stand in a place; otherwise is what to do where nothing may.
func choices(known []string, otherwise string) string {
	if len(known) == 0 {
		return otherwise
	}
	return "known are " + strings.Join(known, ", ")
}
