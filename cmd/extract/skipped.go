package main

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/countybudget/extract/internal/batch"
)

// skippedKind is how many files of a kind are not converted.
type skippedKind struct {
	Kind  string `json:"kind"`
	Files int    `json:"files"`
}

// skippedFiles are the files of a kind that are not converted, with their names.
type skippedFiles struct {
	skippedKind
	SourceURIs []string `json:"source_uris"`
}

// skippedMessage is one such file's line of --json.
type skippedMessage struct {
	MessageType string `json:"message_type"`
	SourceURI   string `json:"source_uri"`
	Kind        string `json:"kind"`
}

// found counts what was found: every file is a document, the duplicate of one, or not converted.
func (r *report) found(docs, others []batch.Document, skipped []batch.Skipped) error {
	t := &r.total
	t.Documents = len(docs)
	for _, d := range docs {
		t.Duplicates += len(d.AlsoAs)
	}
	for _, d := range others {
		t.OtherShards += 1 + len(d.AlsoAs)
	}
	t.NotConverted = len(skipped)
	t.Found = t.Documents + t.Duplicates + t.OtherShards + t.NotConverted
	r.skipped = byKind(skipped)
	t.Kinds = make([]skippedKind, 0, len(r.skipped))
	for _, k := range r.skipped {
		t.Kinds = append(t.Kinds, k.skippedKind)
	}
	if !r.o.json {
		return nil
	}
	for _, s := range skipped {
		if err := r.message(skippedMessage{"not_converted", s.SourceURI, s.Kind}); err != nil {
			return err
		}
	}
	return nil
}

// byKind groups the files, the most frequent kind first.
func byKind(skipped []batch.Skipped) []skippedFiles {
	at := map[string]int{}
	kinds := []skippedFiles{}
	for _, s := range skipped {
		i, known := at[s.Kind]
		if !known {
			i = len(kinds)
			at[s.Kind] = i
			kinds = append(kinds, skippedFiles{skippedKind: skippedKind{Kind: s.Kind}})
		}
		kinds[i].Files++
		kinds[i].SourceURIs = append(kinds[i].SourceURIs, s.SourceURI)
	}
	slices.SortFunc(kinds, func(a, b skippedFiles) int {
		return cmp.Or(-cmp.Compare(a.Files, b.Files), cmp.Compare(a.Kind, b.Kind))
	})
	return kinds
}

// skippedText names some files of each kind; all are in the run file.
func (r *report) skippedText() string {
	const mostKinds, mostNames = 20, 3
	var b strings.Builder
	for i, k := range r.skipped {
		if i == mostKinds {
			fmt.Fprintf(&b, "  and %s more\n", plural(len(r.skipped)-mostKinds, "kind"))
			break
		}
		names := make([]string, 0, mostNames)
		for _, name := range k.SourceURIs[:min(mostNames, k.Files)] {
			names = append(names, printable(name))
		}
		fmt.Fprintf(&b, "  %s (%d): %s", k.Kind, k.Files, strings.Join(names, ", "))
		if more := k.Files - mostNames; more > 0 {
			fmt.Fprintf(&b, " and %d more", more)
		}
		b.WriteString("\n")
	}
	return b.String()
}

// noInputs is the error of a run that found nothing to convert, with what it found.
func noInputs(skipped []batch.Skipped) error {
	if len(skipped) == 0 {
		return errors.New("no PDF files in the given inputs")
	}
	var kinds []string
	for _, k := range byKind(skipped) {
		kinds = append(kinds, fmt.Sprintf("%d %s", k.Files, k.Kind))
	}
	const most = 10
	if more := len(kinds) - most; more > 0 {
		kinds = append(kinds[:most], fmt.Sprintf("%d more kinds", more))
	}
	return fmt.Errorf("no PDF files in the given inputs, but %s: %s", plural(len(skipped), "other file"), strings.Join(kinds, ", "))
}
