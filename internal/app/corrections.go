package app

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"os"
	"slices"
	"strings"

	"github.com/countybudget/extract/normalize/corrections"
	"github.com/countybudget/extract/normalize/lexicon"
	"github.com/countybudget/extract/schema"
)

// fixes are the corrections of a run by document_id, and how many of them did not fit.
type fixes struct {
	of    map[string][]corrections.Correction
	words map[*lexicon.Book]*corrections.Words
	left  int // corrections of converted documents that did not fit
}

// readCorrections reads a corrections file; without a path there are none.
func readCorrections(path string) (*fixes, error) {
	x := &fixes{of: map[string][]corrections.Correction{}, words: map[*lexicon.Book]*corrections.Words{}}
	if path == "" {
		return x, nil
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	all, err := corrections.Read(f)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	for _, c := range all {
		x.of[c.DocumentID] = append(x.of[c.DocumentID], c)
	}
	return x, nil
}

// apply applies the corrections of a document that is read by the phrases of a book.
func (x *fixes) apply(d *schema.Disclosure, book *lexicon.Book) error {
	mine := x.of[d.Document.DocumentID]
	if len(mine) == 0 {
		return nil
	}
	words := x.words[book]
	if words == nil {
		var err error
		if words, err = corrections.NewWords(book); err != nil {
			return err
		}
		x.words[book] = words
	}
	x.left += len(mine) - words.Apply(d, mine)
	return nil
}

// settings adds the corrections of a document to the name of its settings: a new correction changes the settings of its own
// document, which is converted again, and of no other.
func (x *fixes) settings(name, documentID string) string {
	mine := x.of[documentID]
	if len(mine) == 0 {
		return name
	}
	parts := make([]string, 0, len(mine))
	for _, c := range mine {
		parts = append(parts, fmt.Sprintf("%q", c))
	}
	slices.Sort(parts)
	sum := sha256.Sum256([]byte(strings.Join(parts, "\n")))
	return name + "-" + hex.EncodeToString(sum[:8])
}

// notes tells of corrections that were not applied; known says which documents the output has.
func (x *fixes) notes(known func(documentID string) bool) []string {
	var notes []string
	if x.left > 0 {
		notes = append(notes, fmt.Sprintf("%d corrections were not applied: see the diagnostics with code %s", x.left, schema.DiagCorrected))
	}
	strange := 0
	for id, mine := range x.of {
		if !known(id) {
			strange += len(mine)
		}
	}
	if strange > 0 {
		notes = append(notes, fmt.Sprintf("%d corrections were not applied: the output has no such document", strange))
	}
	return notes
}
