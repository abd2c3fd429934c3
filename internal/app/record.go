package app

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/countybudget/extract/internal/dataset/layout"
	"github.com/countybudget/extract/internal/input"
	"github.com/countybudget/extract/schema"
)

// Record is what one run did: OUT/run-<n>.json. It is about the run, not part of the dataset.
type Record struct {
	Began    time.Time `json:"began"`
	Ended    time.Time `json:"ended"`
	Version  string    `json:"version"`
	Inputs   []string  `json:"inputs"`
	Summary  Summary   `json:"summary"`
	Groups   []Group   `json:"groups"`   // by county and year
	Problems []string  `json:"problems"` // a line for each document that is not ok
	Removed  []string  `json:"removed"`  // first places of documents of earlier runs that are not among the inputs

	NotConverted []SkippedFiles `json:"not_converted"` // the most frequent kind first
}

// Summary is what a run adds up to.
type Summary struct {
	MessageType  string  `json:"message_type"` // summary
	Output       string  `json:"output"`
	Documents    int     `json:"documents"`
	OK           int     `json:"ok"`
	Partial      int     `json:"partial"`
	Failed       int     `json:"failed"`
	NotRead      int     `json:"not_read"`   // left out by an interrupt
	Kept         int     `json:"kept"`       // of Documents: converted by an earlier run
	Removed      int     `json:"removed"`    // documents of earlier runs that are not among the inputs
	Duplicates   int     `json:"duplicates"` // files with the content of another
	Pages        int     `json:"pages"`
	OCRPages     int     `json:"ocr_pages"`
	Tables       int     `json:"tables"`
	Lines        int     `json:"lines"`
	ChecksPassed int     `json:"checks_passed"`
	ChecksFailed int     `json:"checks_failed"`
	Seconds      float64 `json:"seconds"`

	// Found is every file that was found: Documents, Duplicates, OtherShards and NotConverted.
	Found        int           `json:"found"`
	OtherShards  int           `json:"other_shards"`  // files that --shard leaves to other machines
	NotConverted int           `json:"not_converted"` // files of folders and archives that are no PDF files
	Kinds        []SkippedKind `json:"not_converted_kinds"`

	SettingsFiles []SettingsFile `json:"settings_files,omitempty"` // that apply to documents of this run
}

// Complete tells that every document was read from its first page to its last.
func (s *Summary) Complete() bool { return s.Failed+s.Partial+s.NotRead == 0 }

// Group is what a run has of one county and year.
type Group struct {
	Region     string `json:"region"` // its name, or code where there is no name
	FiscalYear int32  `json:"fiscal_year"`
	OK         int    `json:"ok"`
	Partial    int    `json:"partial"`
	Failed     int    `json:"failed"`
	Lines      int    `json:"lines"`
}

// SkippedKind is how many files of a kind are not converted.
type SkippedKind struct {
	Kind  string `json:"kind"`
	Files int    `json:"files"`
}

// SkippedFiles are the files of a kind that are not converted, with their names.
type SkippedFiles struct {
	SkippedKind
	SourceURIs []string `json:"source_uris"`
}

// Problem is the line of a document that is not ok.
func Problem(d *schema.DocumentRow) string {
	reason := d.Error
	if reason == "" {
		reason = "something on a page could not be read; see the dataset diagnostics"
	}
	return Printable(fmt.Sprintf("%s: %s: %s", d.Status, d.SourceURI, reason))
}

// tally makes the record while a run goes on.
type tally struct {
	record Record
	groups map[groupKey]*Group
}

type groupKey struct {
	region string
	year   int32
}

func newTally(r *run) *tally {
	return &tally{groups: map[groupKey]*Group{}, record: Record{
		Began: time.Now(), Version: r.Version, Inputs: r.Inputs, Summary: Summary{MessageType: "summary", Output: r.target.name},
	}}
}

// found counts what was found: every file is a document, the duplicate of one, or not converted.
func (t *tally) found(docs, others []input.Document, skipped []input.Skipped) {
	s := &t.record.Summary
	s.Documents = len(docs)
	for _, d := range docs {
		s.Duplicates += len(d.AlsoAs)
	}
	for _, d := range others {
		s.OtherShards += 1 + len(d.AlsoAs)
	}
	s.NotConverted = len(skipped)
	s.Found = s.Documents + s.Duplicates + s.OtherShards + s.NotConverted
	t.record.NotConverted = byKind(skipped)
	s.Kinds = make([]SkippedKind, 0, len(t.record.NotConverted))
	for _, k := range t.record.NotConverted {
		s.Kinds = append(s.Kinds, k.SkippedKind)
	}
}

// byKind groups the files, the most frequent kind first.
func byKind(skipped []input.Skipped) []SkippedFiles {
	at := map[string]int{}
	kinds := []SkippedFiles{}
	for _, s := range skipped {
		i, known := at[s.Kind]
		if !known {
			i = len(kinds)
			at[s.Kind] = i
			kinds = append(kinds, SkippedFiles{SkippedKind: SkippedKind{Kind: s.Kind}})
		}
		kinds[i].Files++
		kinds[i].SourceURIs = append(kinds[i].SourceURIs, s.SourceURI)
	}
	slices.SortFunc(kinds, func(a, b SkippedFiles) int {
		return cmp.Or(-cmp.Compare(a.Files, b.Files), cmp.Compare(a.Kind, b.Kind))
	})
	return kinds
}

// noInputs is the error of a run that found nothing to convert, with what it found.
func noInputs(skipped []input.Skipped) error {
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
	return fmt.Errorf("no PDF files in the given inputs, but %s: %s", Plural(len(skipped), "other file"), strings.Join(kinds, ", "))
}

// kept counts what earlier runs left.
func (t *tally) kept(l *inventory) {
	t.record.Summary.Kept, t.record.Summary.Removed = len(l.kept), len(l.removed)
	for _, removed := range l.removed {
		t.record.Removed = append(t.record.Removed, removed.SourceURI)
	}
}

// document counts a document of this run.
func (t *tally) document(d *schema.DocumentRow) {
	t.count(d)
	if d.Status != schema.StatusOK {
		t.record.Problems = append(t.record.Problems, Problem(d))
	}
}

// count adds a document to the totals, and to its county and year.
func (t *tally) count(d *schema.DocumentRow) {
	key := groupKey{cmp.Or(d.RegionName, d.RegionCode), d.FiscalYear}
	g := t.groups[key]
	if g == nil {
		g = &Group{Region: key.region, FiscalYear: key.year}
		t.groups[key] = g
	}
	s := &t.record.Summary
	switch d.Status {
	case schema.StatusOK:
		s.OK++
		g.OK++
	case schema.StatusPartial:
		s.Partial++
		g.Partial++
	default:
		s.Failed++
		g.Failed++
	}
	g.Lines += int(d.LineCount)
	s.Pages += int(d.PageCount)
	s.OCRPages += int(d.OCRPages)
	s.Tables += int(d.TableCount)
	s.Lines += int(d.LineCount)
	s.ChecksPassed += int(d.ChecksPassed)
	s.ChecksFailed += int(d.ChecksFailed)
}

// end completes the record.
func (t *tally) end() *Record {
	r := &t.record
	r.Summary.Seconds = time.Since(r.Began).Seconds()
	r.Began, r.Ended = r.Began.UTC(), time.Now().UTC()
	slices.Sort(r.Problems)
	r.Groups = make([]Group, 0, len(t.groups))
	for _, g := range t.groups {
		r.Groups = append(r.Groups, *g)
	}
	slices.SortFunc(r.Groups, func(a, b Group) int {
		return cmp.Or(cmp.Compare(a.Region, b.Region), cmp.Compare(a.FiscalYear, b.FiscalYear))
	})
	return r
}

// write completes the record and writes it to the first name in the folder that is free.
func (t *tally) write(dir string) (*Record, error) {
	r := t.end()
	data, err := json.MarshalIndent(r, "", " ")
	if err != nil {
		return nil, err
	}
	for n := 1; ; n++ {
		f, err := os.OpenFile(filepath.Join(dir, layout.RunFile(n)), os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o666)
		if errors.Is(err, fs.ErrExist) {
			continue
		}
		if err != nil {
			return nil, err
		}
		_, err = f.Write(append(data, '\n'))
		return r, errors.Join(err, f.Close())
	}
}
