package layout_test

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"github.com/countybudget/extract/internal/dataset/layout"
)

// TestNames pins the names that readers of an output, earlier outputs and other programs rely on.
func TestNames(t *testing.T) {
	sum := strings.Repeat("0123456789abcdef", 4)
	for got, want := range map[string]string{
		layout.Partition("codes", "", 0):                             "codes",
		layout.Partition("lines", "fiscal_year", 2024):               "lines/fiscal_year=2024",
		layout.Partition("lines", "fiscal_year", layout.UnknownYear): "lines/fiscal_year=__HIVE_DEFAULT_PARTITION__",
		layout.Partition("lines", "fiscal_year", layout.AnchorYear):  "lines/fiscal_year=0",
		layout.Part(3):    "part-00003.parquet",
		layout.RunFile(2): "run-2.json",
		filepath.ToSlash(layout.Staging("/a/out")):              "/a/.out.extract-staging",
		layout.RemoteFile("lines/y=1/part-00000.parquet", sum):  "lines/y=1/part-00000-0123456789abcdef.parquet",
		layout.RemoteKept(layout.Spool, sum):                    "_spool-0123456789abcdef",
		layout.Manifest + " " + layout.DataPackage:              "_manifest.json datapackage.json",
		layout.StagedLock + layout.StagedNew + layout.StagedOld: "locknewold",
		layout.StagedInput + " " + layout.StoreLock:             "inputs _lock",
		fmt.Sprint(layout.Resumables()):                         "[{_objects _objects} {_spool spool} {_journal _journal}]",
	} {
		if got != want {
			t.Errorf("%s, want %s", got, want)
		}
	}
}

// TestWhatBecomesOfNames: the lock and the user's files are of no kind, and the copies of objects are carried over.
func TestWhatBecomesOfNames(t *testing.T) {
	kinds := []func(string) bool{layout.IsKept, layout.IsResumed, layout.IsStaged, layout.IsRewritten}
	for name, want := range map[string]string{
		"_manifest.json": "0001", "datapackage.json": "0001", "_journal": "1111", "_spool": "1001", "spool": "0110", "_objects": "1110",
		"inputs": "0010", "new": "0010", "old": "0010", "lock": "0000", "run-1.json": "0000", "notes.txt": "0000",
	} {
		got := ""
		for _, kind := range kinds {
			if kind(name) {
				got += "1"
			} else {
				got += "0"
			}
		}
		if got != want {
			t.Errorf("%s: kept, resumed, staged, rewritten are %s, want %s", name, got, want)
		}
	}
}

// TestPartitionYear reads back what Partition writes; the anchor of a dataset without rows has no year.
func TestPartitionYear(t *testing.T) {
	for year, want := range map[int32]int32{2024: 2024, layout.UnknownYear: layout.UnknownYear, layout.AnchorYear: 0} {
		file := filepath.Join("out", filepath.FromSlash(layout.Partition("lines", "fiscal_year", year)), layout.Part(0))
		if got, err := layout.PartitionYear(file, "fiscal_year"); err != nil || got != want {
			t.Errorf("%s: %d, %v", file, got, err)
		}
	}
	for _, file := range []string{"out/lines/part-00000.parquet", "out/lines/year=2024/part-00000.parquet", "out/lines/fiscal_year=x/part-00000.parquet"} {
		if got, err := layout.PartitionYear(filepath.FromSlash(file), "fiscal_year"); err == nil {
			t.Errorf("%s is of the year %d", file, got)
		}
	}
}
