package main

import (
	"fmt"
	"os"

	"github.com/countybudget/extract/normalize/corrections"
	"github.com/countybudget/extract/schema"
)

// fixes are the corrections of a run, and how many of them fitted.
type fixes struct {
	all     []corrections.Correction
	applied int
}

// readCorrections reads a corrections file; without a path there are none.
func readCorrections(path string) (*fixes, error) {
	if path == "" {
		return &fixes{}, nil
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
	return &fixes{all: all}, nil
}

func (x *fixes) apply(d *schema.Disclosure) { x.applied += corrections.Apply(d, x.all) }

// left tells of corrections that were not applied.
func (x *fixes) left() string {
	if x.applied == len(x.all) {
		return ""
	}
	return fmt.Sprintf("%d of %d corrections were not applied: their document was not among the inputs, or see the diagnostics with code %s",
		len(x.all)-x.applied, len(x.all), schema.DiagCorrected)
}
