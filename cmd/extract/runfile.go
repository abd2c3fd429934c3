package main

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
	"github.com/countybudget/extract/schema"
)

// group is what a run has of one county and year.
type group struct {
	Region     string `json:"region"`
	FiscalYear int32  `json:"fiscal_year"`
	OK         int    `json:"ok"`
	Partial    int    `json:"partial"`
	Failed     int    `json:"failed"`
	Lines      int    `json:"lines"`
}

type groupKey struct {
	region string
	year   int32
}

// countGroup adds a document to its county and year.
func (r *report) countGroup(d *schema.DocumentRow) {
	key := groupKey{cmp.Or(d.RegionName, d.RegionCode), d.FiscalYear}
	g := r.groups[key]
	if g == nil {
		g = &group{Region: key.region, FiscalYear: key.year}
		r.groups[key] = g
	}
	switch d.Status {
	case schema.StatusOK:
		g.OK++
	case schema.StatusPartial:
		g.Partial++
	default:
		g.Failed++
	}
	g.Lines += int(d.LineCount)
}

func (r *report) sortedGroups() []group {
	groups := make([]group, 0, len(r.groups))
	for _, g := range r.groups {
		groups = append(groups, *g)
	}
	slices.SortFunc(groups, func(a, b group) int {
		return cmp.Or(cmp.Compare(a.Region, b.Region), cmp.Compare(a.FiscalYear, b.FiscalYear))
	})
	return groups
}

// groupText lists the counties and years; a run over thousands has the rest in its run file.
func (r *report) groupText() string {
	const most = 40
	groups := r.sortedGroups()
	if len(groups) < 2 {
		return ""
	}
	var b strings.Builder
	b.WriteString("by county and year\n")
	for i, g := range groups {
		if i == most {
			fmt.Fprintf(&b, "  and %d more\n", len(groups)-most)
			break
		}
		year := "year unknown"
		if g.FiscalYear != 0 {
			year = fmt.Sprint(g.FiscalYear)
		}
		fmt.Fprintf(&b, "  %s %s: %d ok, %d partial, %d failed, %s\n",
			printable(cmp.Or(g.Region, "county unknown")), year, g.OK, g.Partial, g.Failed, plural(g.Lines, "line"))
	}
	return b.String()
}

// runFile is layout.RunFile in OUT: what one run did. It is about the run, not part of the dataset.
type runFile struct {
	Began    time.Time `json:"began"`
	Ended    time.Time `json:"ended"`
	Version  string    `json:"version"`
	Inputs   []string  `json:"inputs"`
	Summary  totals    `json:"summary"`
	Groups   []group   `json:"groups"`
	Problems []string  `json:"problems"`
	Removed  []string  `json:"removed"`

	NotConverted []skippedFiles `json:"not_converted"`
}

// writeRunFile writes the next run file of an output.
func (r *report) writeRunFile(dir string, removed []string) error {
	slices.Sort(r.problems)
	data, err := json.MarshalIndent(runFile{
		Began: r.began.UTC(), Ended: time.Now().UTC(), Version: r.o.version, Inputs: r.o.inputs, Summary: r.total,
		Groups: r.sortedGroups(), Problems: r.problems, Removed: removed,
		NotConverted: r.skipped,
	}, "", " ")
	if err != nil {
		return err
	}
	for n := 1; ; n++ {
		f, err := os.OpenFile(filepath.Join(dir, layout.RunFile(n)), os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o666)
		if errors.Is(err, fs.ErrExist) {
			continue
		}
		if err != nil {
			return err
		}
		_, err = f.Write(append(data, '\n'))
		return errors.Join(err, f.Close())
	}
}
