package lexicon

import (
	"fmt"
	"strings"
)

// class is a line of classes.tsv: the properties that all phrases of a class share.
type class struct {
	name   string
	sorted bool  // by phrase; otherwise the first phrase that matches counts, and the order is the author's
	match  Match // of lines that do not say it; "" when each line says it
	values string
}

// What a class says of its values.
const (
	noValue     = "none"
	textValue   = "text"
	numberValue = "number"
)

// classHeading is the first line of classes.tsv.
const classHeading = "class\torder\tmatch\tvalues\twhat"

// readClasses reads the declarations of the classes: class, order (sorted, or first: the first match counts), match, values
// (none, text, number) and what the class is, sorted by class.
func readClasses(file, text string) (map[string]class, error) {
	classes := map[string]class{}
	last := ""
	err := eachLine(file, text, classHeading, func(_ int, rec []string) error {
		c := class{name: rec[0], sorted: rec[1] == "sorted", match: Match(rec[2]), values: rec[3]}
		switch {
		case !strings.Contains(c.name, "."):
			return fmt.Errorf("the class %q does not begin with its file's name and a point", c.name)
		case c.name <= last:
			return fmt.Errorf("the class %s comes after %s: classes are sorted, each once", c.name, last)
		case rec[1] != "sorted" && rec[1] != "first":
			return fmt.Errorf("the order %q is neither sorted nor first", rec[1])
		case c.match != "" && !isMatch(c.match):
			return fmt.Errorf("the match %q is not known", c.match)
		case c.values != noValue && c.values != textValue && c.values != numberValue:
			return fmt.Errorf("the values %q are neither none nor text nor number", c.values)
		case rec[4] == "":
			return fmt.Errorf("the class %s says not what it is", c.name)
		}
		last = c.name
		classes[c.name] = c
		return nil
	})
	return classes, err
}

func isMatch(m Match) bool {
	_, known := hows[m]
	return known
}

// eachLine gives the fields of every line below the heading. Empty lines and those that begin with # are passed over.
func eachLine(file, text, heading string, take func(line int, fields []string) error) error {
	lines := strings.Split(strings.TrimPrefix(text, "\ufeff"), "\n")
	columns := strings.Count(heading, "\t") + 1
	headed := false
	for i, line := range lines {
		line = strings.TrimSuffix(line, "\r")
		if line == "" || line[0] == '#' {
			continue
		}
		if !headed {
			if headed = line == heading; !headed {
				return fmt.Errorf("%s, line %d: %w", file, i+1, notHeading(heading))
			}
			continue
		}
		fields := strings.Split(line, "\t")
		if len(fields) != columns {
			return fmt.Errorf("%s, line %d: columns: %d, needed: %d, with tabs between them", file, i+1, len(fields), columns)
		}
		if err := take(i+1, fields); err != nil {
			return fmt.Errorf("%s, line %d: %w", file, i+1, err)
		}
	}
	if !headed {
		return fmt.Errorf("%s is empty: %w", file, notHeading(heading))
	}
	return nil
}

func notHeading(heading string) error {
	return fmt.Errorf("the first line must be %s, with tabs between the columns", strings.ReplaceAll(heading, "\t", " "))
}
