package app

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/countybudget/extract/internal/batch"
	"github.com/countybudget/extract/internal/dataset/layout"
	"github.com/countybudget/extract/internal/input"
	"github.com/countybudget/extract/normalize/corrections"
	"github.com/countybudget/extract/schema"
)

// TestTally: every file that was found is counted once, and every document by its status, in all and for its county and year.
func TestTally(t *testing.T) {
	tally := newTally(&run{target: &target{name: "out"}})
	tally.found(
		[]input.Document{document("a", "in/a.pdf", "in/a2.pdf", "in/a3.pdf"), document("b", "in/b.pdf")},
		[]input.Document{document("c", "in/c.pdf", "in/c2.pdf")},
		[]input.Skipped{{SourceURI: "in/d.txt", Kind: ".txt"}},
	)
	s := &tally.record.Summary
	if s.Documents != 2 || s.Duplicates != 2 || s.OtherShards != 2 || s.NotConverted != 1 || s.Found != 7 {
		t.Errorf("of seven files: %+v", *s)
	}
	for i, status := range []schema.DocumentStatus{schema.StatusOK, schema.StatusPartial, schema.StatusFailed, schema.StatusPartial, schema.StatusFailed, schema.StatusFailed} {
		tally.document(&schema.DocumentRow{
			Status: status, FiscalYear: 2023 + int32(i%2), RegionCode: "1", PageCount: 10, OCRPages: 3, TableCount: 2, LineCount: 100, ChecksPassed: 7, ChecksFailed: 1,
		})
	}
	if s.OK != 1 || s.Partial != 2 || s.Failed != 3 || s.Pages != 60 || s.OCRPages != 18 || s.Tables != 12 || s.Lines != 600 || s.ChecksPassed != 42 || s.ChecksFailed != 6 {
		t.Errorf("of six documents: %+v", *s)
	}
	r := tally.end()
	want := []Group{{"1", 2023, 1, 0, 2, 300}, {"1", 2024, 0, 2, 1, 300}}
	if !slices.Equal(r.Groups, want) || len(r.Problems) != 5 {
		t.Errorf("groups %+v, not %+v; problems %v", r.Groups, want, r.Problems)
	}
}

// stopper stops a run at its first document.
type stopper struct {
	recorder
	stop chan struct{}
}

func (s *stopper) Document(o *batch.Outcome) error {
	if len(s.calls) > 0 && !strings.HasPrefix(s.calls[len(s.calls)-1], "document") {
		close(s.stop)
	}
	return s.recorder.Document(o)
}

// TestStoppedRun: a run that is stopped writes what it has and counts the rest, and the next run does the rest alone.
func TestStoppedRun(t *testing.T) {
	const n = 60
	var names []string
	for i := range n {
		names = append(names, string(rune('a'+i/26))+string(rune('a'+i%26))+".pdf")
	}
	in, out := folder(t, names...), filepath.Join(t.TempDir(), "out")
	told := &stopper{stop: make(chan struct{})}
	c := conversion(out, in)
	c.Stop = told.stop
	record, err := Convert(t.Context(), c, told)
	if err != nil {
		t.Fatal(err)
	}
	s := record.Summary
	if s.OK == 0 || s.NotRead == 0 || s.OK+s.NotRead != n || s.Documents != n {
		t.Fatalf("%+v", s)
	}
	record, err = Convert(t.Context(), conversion(out, in), &recorder{})
	if err != nil || record.Summary.Kept != s.OK || record.Summary.OK != n || record.Summary.NotRead != 0 {
		t.Errorf("after %d of %d: %+v, %v", s.OK, n, record.Summary, err)
	}
}

// TestOutputIsRepaired: a run that has nothing to convert writes the output again if a file of it is missing or cut off.
func TestOutputIsRepaired(t *testing.T) {
	in, out := folder(t, "a.pdf"), filepath.Join(t.TempDir(), "out")
	if _, err := Convert(t.Context(), conversion(out, in), &recorder{}); err != nil {
		t.Fatal(err)
	}
	manifest, err := os.ReadFile(filepath.Join(out, layout.Manifest))
	if err != nil {
		t.Fatal(err)
	}
	files, _ := filepath.Glob(filepath.Join(out, schema.DatasetDocuments, "*", "*.parquet"))
	if len(files) == 0 {
		t.Fatalf("%v", files)
	}
	for problem, damage := range map[string]func(){
		"is missing":  func() { os.Remove(files[0]) },
		"has 5 bytes": func() { os.Truncate(files[0], 5) },
	} {
		damage()
		var told recorder
		record, err := Convert(t.Context(), conversion(out, in), &told)
		if err != nil || record.Summary.Kept != 1 || !slices.ContainsFunc(told.calls, func(c string) bool { return strings.HasPrefix(c, "note") && strings.Contains(c, problem) }) {
			t.Errorf("a file that %s: %q, %v", problem, told.calls, err)
		}
		if info, err := os.Stat(files[0]); err != nil || info.Size() < 100 {
			t.Errorf("a file that %s was not written again: %v", problem, err)
		}
		if now, err := os.ReadFile(filepath.Join(out, layout.Manifest)); err != nil || string(now) != string(manifest) {
			t.Errorf("a file that %s: the manifest has changed, %v", problem, err)
		}
	}
}

// TestCorrectionsAreSettings: a correction changes the settings of its own document, whatever the order of several, and of no
// other, and those that fit nothing are told.
func TestCorrectionsAreSettings(t *testing.T) {
	one, two := corrections.Correction{DocumentID: "a", LineID: "1"}, corrections.Correction{DocumentID: "a", LineID: "2"}
	with := func(all ...corrections.Correction) *fixes {
		return &fixes{of: map[string][]corrections.Correction{"a": all}}
	}
	a := with(one, two).settings("s", "a")
	if a == "s" || a != with(two, one).settings("s", "a") || a == with(one).settings("s", "a") || with(one).settings("s", "b") != "s" {
		t.Errorf("settings %q, %q, %q, %q", a, with(two, one).settings("s", "a"), with(one).settings("s", "a"), with(one).settings("s", "b"))
	}
	if notes := with(one, two).notes(func(string) bool { return false }); len(notes) != 1 || !strings.HasPrefix(notes[0], "2 corrections") {
		t.Errorf("notes %q", notes)
	}
}
