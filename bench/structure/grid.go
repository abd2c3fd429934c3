package main

import (
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"sort"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// Grid is one table as a reader sees it: cells by place, with their spans.
type Grid struct {
	Rows    int    `json:"rows"`
	Columns int    `json:"columns"`
	Cells   []Cell `json:"cells"`
}

// Cell is written as [row, column, row span, column span, text]; row and column begin at 0.
type Cell struct {
	Row, Col, RowSpan, ColSpan int
	Text                       string
}

// UnmarshalJSON reads the five values.
func (c *Cell) UnmarshalJSON(data []byte) error {
	values := []any{&c.Row, &c.Col, &c.RowSpan, &c.ColSpan, &c.Text}
	if err := json.Unmarshal(data, &values); err != nil {
		return err
	}
	if len(values) != 5 || c.Row < 0 || c.Col < 0 || c.RowSpan < 1 || c.ColSpan < 1 {
		return errors.New("a cell is [row, column, row span, column span, text]")
	}
	c.Text = key(c.Text)
	return nil
}

// key is a text as it is compared: compatibility forms made plain, all white space left out. Raised and circled digits stay
// as they are, for they are marks and no part of an amount.
func key(text string) string {
	var out strings.Builder
	for _, r := range text {
		if unicode.Is(unicode.No, r) {
			out.WriteRune(r)
		} else {
			out.WriteString(norm.NFKC.String(string(r)))
		}
	}
	return strings.Join(strings.Fields(out.String()), "")
}

// Reference is a table whose grid was checked by a person.
type Reference struct {
	Name       string `json:"-"`
	File       string `json:"file"` // below the corpus, or below the folder of made and fetched files
	FirstPage  int    `json:"first_page"`
	LastPage   int    `json:"last_page"`
	Layout     string `json:"layout"`
	Origin     string `json:"origin"` // published, synthetic, derived, drawn or test suite
	HeaderRows int    `json:"header_rows"`
	Title      string `json:"title"` // of a drawn table
	Unit       string `json:"unit"`  // as printed, of a drawn table
	Grid
}

// readReferences reads every grid of the folders, by name.
func readReferences(dirs ...string) ([]Reference, error) {
	var names []string
	for _, dir := range dirs {
		found, err := filepath.Glob(filepath.Join(dir, "*.json"))
		if err != nil {
			return nil, err
		}
		names = append(names, found...)
	}
	sort.Strings(names)
	var out []Reference
	for _, name := range names {
		r := Reference{Name: strings.TrimSuffix(filepath.Base(name), ".json")}
		data, err := os.ReadFile(name)
		if err != nil {
			return nil, err
		}
		if err := json.Unmarshal(data, &r); err != nil {
			return nil, errors.Join(errors.New(name), err)
		}
		out = append(out, r)
	}
	return out, nil
}

// at returns the cells by place; a place without a cell is -1.
func (g *Grid) at() [][]int {
	out := make([][]int, g.Rows)
	for r := range out {
		out[r] = make([]int, g.Columns)
		for c := range out[r] {
			out[r][c] = -1
		}
	}
	for i, cell := range g.Cells {
		for r := cell.Row; r < min(g.Rows, cell.Row+cell.RowSpan); r++ {
			for c := cell.Col; c < min(g.Columns, cell.Col+cell.ColSpan); c++ {
				out[r][c] = i
			}
		}
	}
	return out
}
