package lexicon

import (
	"embed"
	"fmt"
	"io"
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strings"
	"sync"

	"github.com/shopspring/decimal"
)

//go:embed data/*.tsv
var dataFiles embed.FS

// Heading is the first line of a phrase file.
const Heading = "class\tphrase\tvalue\tmatch\twithout\tscope\tsource"

// Book is the phrases by class. It never changes.
type Book struct {
	classes map[string]class
	phrases map[string]List
}

// Embedded is the lexicon of the program, read on first use.
var Embedded = sync.OnceValue(func() *Book {
	folder, err := fs.Sub(dataFiles, "data")
	if err != nil {
		panic("lexicon: " + err.Error())
	}
	b, err := Load(folder)
	if err != nil {
		panic("lexicon: " + err.Error()) // embedded, so a test finds it
	}
	return b
})

// Load reads classes.tsv and all other .tsv files of a folder.
func Load(folder fs.FS) (*Book, error) {
	const declarations = "classes.tsv"
	text, err := fs.ReadFile(folder, declarations)
	if err != nil {
		return nil, err
	}
	b := &Book{phrases: map[string]List{}}
	if b.classes, err = readClasses(declarations, string(text)); err != nil {
		return nil, err
	}
	files, err := fs.Glob(folder, "*.tsv")
	if err != nil {
		return nil, err
	}
	for _, file := range files {
		if file == declarations {
			continue
		}
		text, err := fs.ReadFile(folder, file)
		if err != nil {
			return nil, err
		}
		read, err := b.read(file, string(text), true)
		if err != nil {
			return nil, err
		}
		for name, list := range read {
			b.phrases[name] = list
		}
	}
	for name := range b.classes {
		if len(b.phrases[name]) == 0 {
			return nil, fmt.Errorf("%s declares %s, which has no phrase", declarations, name)
		}
	}
	return b, nil
}

// Over gives a book in which a user's file lies over this one: its phrases come before those of their class, and take the
// place of equal ones for the readers in their scope. The file may hold any declared class, in any order of classes; its lines are not sorted.
func (b *Book) Over(file string, r io.Reader) (*Book, error) {
	text, err := io.ReadAll(r)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", file, err)
	}
	read, err := b.read(file, string(text), false)
	if err != nil {
		return nil, err
	}
	over := &Book{classes: b.classes, phrases: map[string]List{}}
	for name, list := range b.phrases {
		own := read[name]
		all := slices.Clone(own)
		for i := range list {
			if !slices.ContainsFunc(own, func(p Phrase) bool { return p.replaces(&list[i]) }) {
				all = append(all, list[i])
			}
		}
		over.phrases[name] = all
	}
	return over, nil
}

// read reads one file. An embedded one holds the classes that bear its name, each in one run of lines and in its order.
func (b *Book) read(file, text string, embedded bool) (map[string]List, error) {
	read := map[string]List{}
	line := map[string]int{} // of a phrase of a class
	subject := strings.TrimSuffix(path.Base(file), path.Ext(file))
	before := ""
	return read, eachLine(file, text, Heading, func(n int, rec []string) error {
		p, err := b.phrase(rec)
		if err != nil {
			return err
		}
		p.File, p.Own = file, !embedded
		if p.Own {
			if err := b.checkOwn(&p); err != nil {
				return err
			}
		}
		list := read[p.Class]
		key := p.Class + "\t" + p.Text + "\t" + rec[5]
		switch {
		case line[key] != 0:
			return fmt.Errorf("the phrase %q of %s is here twice: line %d has it too", p.Text, p.Class, line[key])
		case embedded && !strings.HasPrefix(p.Class, subject+"."):
			return fmt.Errorf("the class %s belongs in another file", p.Class)
		case embedded && p.Class < before:
			return fmt.Errorf("the class %s comes after %s: classes are sorted", p.Class, before)
		case embedded && b.classes[p.Class].sorted && len(list) > 0 && p.Text < list[len(list)-1].Text:
			return fmt.Errorf("the phrase %q comes after %q: %s is sorted", p.Text, list[len(list)-1].Text, p.Class)
		}
		line[key], before = n, p.Class
		p.Line = n
		read[p.Class] = append(list, p)
		return nil
	})
}

// phrase makes a phrase of the fields of a line.
func (b *Book) phrase(rec []string) (Phrase, error) {
	p := Phrase{Class: rec[0], Text: rec[1], Value: rec[2], Match: Match(rec[3]), Without: split(rec[4], "|"), Scope: split(rec[5], ",")}
	c, known := b.classes[p.Class]
	switch {
	case !known:
		return p, b.unknownClass(p.Class)
	case p.Text == "":
		return p, fmt.Errorf("a phrase of %s is empty", p.Class)
	case rec[6] == "":
		return p, fmt.Errorf("the phrase %q has no source: say in the last column where it is printed", p.Text)
	case p.Match == "" && c.match == "":
		return p, fmt.Errorf("the phrase %q does not say how it is matched, nor does %s", p.Text, p.Class)
	case p.Match == "":
		p.Match = c.match
	}
	how, known := hows[p.Match]
	if !known {
		return p, fmt.Errorf("the match %q is not known; known are equals, prefix, suffix, contains, all, pattern", p.Match)
	}
	p.how = how
	if strings.TrimSpace(p.Text) != p.Text {
		return p, fmt.Errorf("the phrase %q has white space around it", p.Text)
	}
	var err error
	if p.Number, err = c.check(p.Value); err != nil {
		return p, fmt.Errorf("the phrase %q: %w", p.Text, err)
	}
	switch p.Match {
	case All:
		p.words = split(p.Text, "|")
	case Pattern:
		if p.pattern, err = regexp.Compile(p.Text); err != nil {
			return p, fmt.Errorf("the phrase %q is no regular expression: %w", p.Text, err)
		}
	}
	return p, nil
}

// check tests the value of a phrase, and gives it as a number where the class has numbers.
func (c *class) check(value string) (number decimal.Decimal, err error) {
	switch c.values {
	case noValue:
		if value != "" {
			return number, fmt.Errorf("%s has no values, here is %q", c.name, value)
		}
	case numberValue:
		if number, err = decimal.NewFromString(value); err != nil {
			return number, fmt.Errorf("the value %q is not a number", value)
		}
	case textValue:
		if value == "" {
			return number, fmt.Errorf("%s needs a value", c.name)
		}
	}
	return number, nil
}

func split(s, by string) []string {
	if s == "" {
		return nil
	}
	return strings.Split(s, by)
}

// Of is the phrases of a class, in the order of the file. A class that is not declared is a fault of the program.
func (b *Book) Of(class string) List {
	list, known := b.phrases[class]
	if !known {
		panic("lexicon: no class " + class) // a constant of the program, so a test finds it
	}
	return list
}

// Under gives the classes of a subject, by their names without it.
func (b *Book) Under(subject string) map[string]List {
	out := map[string]List{}
	for class, list := range b.phrases {
		if name, ok := strings.CutPrefix(class, subject+"."); ok {
			out[name] = list
		}
	}
	return out
}

// Pattern is the regular expression of a class that has one line.
func (b *Book) Pattern(class string) *regexp.Regexp {
	list := b.Of(class)
	if list[0].pattern == nil {
		panic("lexicon: " + class + " is no pattern") // likewise
	}
	return list[0].pattern
}

// Word is the phrase of a class that has one line, or the first: a word that the program itself writes, or the sign by which
// a text is parsed.
func (b *Book) Word(class string) string { return b.Of(class)[0].Text }
