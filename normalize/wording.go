package normalize

import (
	"embed"
	"encoding/csv"
	"fmt"
	"strings"

	"github.com/countybudget/extract/schema"
	"github.com/shopspring/decimal"
)

// The wording of disclosures is data: a county with another phrase is one line in data/*.csv and one test.
//
//go:embed data/*.csv
var dataFiles embed.FS

// phrase is one line of a wording file: a text matches when it contains (equals, ends with) the phrase and none of the
// texts in without.
type phrase struct {
	key     string // what the phrase stands for: a role, a kind, a dimension
	value   string // its value where the key has several
	match   matchKind
	text    string
	without []string
}

type matchKind uint8

const (
	matchContains matchKind = iota
	matchExact
	matchSuffix
)

func (p *phrase) matches(s string) bool {
	hit := false
	switch p.match {
	case matchContains:
		hit = strings.Contains(s, p.text)
	case matchExact:
		hit = s == p.text
	case matchSuffix:
		hit = strings.HasSuffix(s, p.text)
	}
	return hit && !containsAny(s, p.without)
}

// statementRule says what a table is by its title.
type statementRule struct {
	statement schema.Statement
	contains  []string
	without   []string
	lines     bool // its amounts are budget lines
}

// wording is every embedded wording file, parsed.
type wording struct {
	statements []statementRule
	headers    []phrase // key is the dimension, in order of precedence within it
	roles      []phrase // key is the column role
	rows       []phrase // key is the kind of row
	units      map[string]decimal.Decimal
}

func loadWording() (*wording, error) {
	w := &wording{units: map[string]decimal.Decimal{}}
	load := func(name string, columns int, add func(rec []string) error) error {
		f, err := dataFiles.Open("data/" + name)
		if err != nil {
			return err
		}
		defer f.Close()
		r := csv.NewReader(f)
		r.FieldsPerRecord = columns
		recs, err := r.ReadAll()
		if err != nil {
			return fmt.Errorf("data/%s: %w", name, err)
		}
		for i, rec := range recs[1:] {
			if err := add(rec); err != nil {
				return fmt.Errorf("data/%s, line %d: %w", name, i+2, err)
			}
		}
		return nil
	}
	err := load("statements.csv", 5, func(r []string) error {
		w.statements = append(w.statements, statementRule{
			statement: schema.Statement(r[0]), contains: split(r[1]), without: split(r[2]), lines: r[3] == "yes",
		})
		return nil
	})
	if err != nil {
		return nil, err
	}
	err = load("header_phrases.csv", 6, func(r []string) error {
		m, err := parseMatch(r[2])
		w.headers = append(w.headers, phrase{key: r[0], value: r[1], match: m, text: r[3], without: split(r[4])})
		return err
	})
	if err != nil {
		return nil, err
	}
	err = load("column_roles.csv", 4, func(r []string) error {
		m, err := parseMatch(r[1])
		w.roles = append(w.roles, phrase{key: r[0], match: m, text: r[2]})
		return err
	})
	if err != nil {
		return nil, err
	}
	err = load("row_phrases.csv", 4, func(r []string) error {
		m, err := parseMatch(r[1])
		w.rows = append(w.rows, phrase{key: r[0], match: m, text: r[2]})
		return err
	})
	if err != nil {
		return nil, err
	}
	err = load("units.csv", 3, func(r []string) error {
		yuan, err := decimal.NewFromString(r[1])
		w.units[r[0]] = yuan
		return err
	})
	if err != nil {
		return nil, err
	}
	return w, nil
}

func parseMatch(s string) (matchKind, error) {
	switch s {
	case "contains":
		return matchContains, nil
	case "exact":
		return matchExact, nil
	case "suffix":
		return matchSuffix, nil
	}
	return 0, fmt.Errorf("unknown way to match %q", s)
}

func split(s string) []string {
	if s == "" {
		return nil
	}
	return strings.Split(s, "|")
}

func containsAny(s string, parts []string) bool {
	for _, p := range parts {
		if strings.Contains(s, p) {
			return true
		}
	}
	return false
}

func containsAll(s string, parts []string) bool {
	for _, p := range parts {
		if !strings.Contains(s, p) {
			return false
		}
	}
	return true
}

// rowIs reports whether a row's name is of a kind.
func (w *wording) rowIs(kind, name string) bool {
	for i := range w.rows {
		if p := &w.rows[i]; p.key == kind && p.matches(name) {
			return true
		}
	}
	return false
}

// role is the column role a leaf header names, or "".
func (w *wording) role(leaf string) string {
	for i := range w.roles {
		if p := &w.roles[i]; p.matches(leaf) {
			return p.key
		}
	}
	return ""
}
