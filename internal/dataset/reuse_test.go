package dataset_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/countybudget/extract/internal/output"
)

// TestReuse: files of years that nothing was added to are linked, those of other years and damaged ones are written anew,
// and the output is what one run would have made.
func TestReuse(t *testing.T) {
	dir := t.TempDir()
	calm, out := filepath.Join(dir, "calm"), filepath.Join(dir, "out")
	w := resumable(t, calm, keepAll)
	addAll(t, w, 1, 2, 3, 5)
	mustCommit(t, w)

	w = resumable(t, out, keepAll)
	addAll(t, w, 1, 2, 3)
	mustCommit(t, w)
	cells := func(year string) string {
		return filepath.Join(out, "cells", "fiscal_year="+year, "part-00000.parquet")
	}
	before := map[string]os.FileInfo{}
	for _, year := range []string{"2020", "2021", "2022"} {
		info, err := os.Stat(cells(year))
		if err != nil {
			t.Fatal(err)
		}
		before[year] = info
	}
	data, err := os.ReadFile(cells("2021"))
	if err != nil {
		t.Fatal(err)
	}
	data[len(data)/2] ^= 1
	if err := os.WriteFile(cells("2021"), data, 0o600); err != nil {
		t.Fatal(err)
	}
	w = resumable(t, out, keepAll)
	addAll(t, w, 5) // of 2020, like document 1
	mustCommit(t, w)
	sameTree(t, calm, out)
	for year, linked := range map[string]bool{"2020": false, "2021": false, "2022": true} {
		info, err := os.Stat(cells(year))
		if err != nil {
			t.Fatal(err)
		}
		if os.SameFile(info, before[year]) != linked {
			t.Errorf("%s: linked %v", year, !linked)
		}
	}

	// Without a document of its year, and with it.
	w = resumable(t, out, func(k *output.Kept) bool { return k.Row.FiscalYear != 2022 })
	mustCommit(t, w)
	w = resumable(t, out, keepAll)
	addAll(t, w, 3)
	mustCommit(t, w)
	sameTree(t, calm, out)
}
