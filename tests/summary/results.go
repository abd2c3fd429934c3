package main

import (
	"cmp"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"time"
)

// skip is a test that did not run.
type skip struct {
	Command command `json:"command"`
	Package string  `json:"package,omitempty"` // of Go
	Test    string  `json:"test"`
	Reason  string  `json:"reason"`
}

// results is what the commands came to.
type results struct {
	out            io.Writer
	passed, failed int
	skipped        []skip
}

// counts is the line that other programs read.
func (r *results) counts() string {
	return fmt.Sprintf("%d passed, %d failed, %d skipped", r.passed, r.failed, len(r.skipped))
}

// sentence is the line that people read.
func (r *results) sentence(took time.Duration) string {
	s := fmt.Sprintf("%d tests ran in %s, ", r.passed+r.failed, took.Round(time.Second))
	if r.failed > 0 {
		s += fmt.Sprintf("%d of them failed, ", r.failed)
	}
	if len(r.skipped) == 0 {
		return s + "none was skipped."
	}
	reasons := map[string]int{}
	for _, t := range r.skipped {
		reasons[t.Reason]++
	}
	order := slices.SortedFunc(maps.Keys(reasons), func(a, b string) int {
		return cmp.Or(reasons[b]-reasons[a], strings.Compare(a, b))
	})
	for i, reason := range order {
		order[i] = fmt.Sprintf("%d × %s", reasons[reason], reason)
	}
	return s + fmt.Sprintf("%d skipped: %s.", len(r.skipped), strings.Join(order, "; "))
}
