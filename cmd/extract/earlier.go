package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"

	"github.com/countybudget/extract/internal/batch"
	"github.com/countybudget/extract/internal/dataset"
	"github.com/countybudget/extract/internal/dataset/layout"
	"github.com/countybudget/extract/internal/output"
	"github.com/countybudget/extract/schema"
)

// batchOptions are the settings of the pool.
func (o *convertOptions) batchOptions() batch.Options {
	return batch.Options{
		Jobs: o.jobs, Limits: o.limits, Watermarks: o.watermarks, KeepWatermarks: o.keepWatermarks, PipelineVersion: o.version,
		OCR: o.ocr.settings(),
	}
}

// openOutput begins the output. Its settings name everything but the program's version that changes what a document converts
// to.
func openOutput(o convertOptions, byHand *fixes) (*output.Writer, error) {
	aliases, err := readAliases(o.aliases)
	if err != nil {
		return nil, err
	}
	opt := o.batchOptions()
	name := opt.Settings()
	return output.NewWriter(o.out, output.Options{
		PipelineVersion: o.version, Resume: true, Aliases: aliases,
		Settings: func(id string) string { return byHand.settings(name, id) },
	})
}

// takeOver gives the output what earlier runs left of it, and tells the report about that.
func takeOver(writer *output.Writer, o convertOptions, docs []batch.Document, opt batch.LedgerOptions, r *report) (*batch.Ledger, error) {
	opt.PipelineVersion, opt.Settings, opt.Force, opt.Prune = o.version, writer.Settings, o.force, o.prune
	ledger := batch.NewLedger(docs, opt)
	among := make(map[string]bool, len(docs))
	for _, d := range docs {
		among[d.ID] = true
	}
	err := writer.Resume(func(k *output.Kept) bool {
		keep := ledger.Keep(k)
		if keep && among[k.Row.DocumentID] {
			r.count(&k.Row)
		}
		return keep
	})
	if err != nil {
		return nil, err
	}
	if err := noneLost(writer, ledger, o.out); err != nil {
		return nil, err
	}
	r.total.Kept, r.total.Removed = ledger.Kept(), len(ledger.Removed)
	r.removed(ledger, o.prune)
	return ledger, nil
}

// noneLost refuses a run that would drop documents of the earlier output that it was not asked to drop: their rows cannot be
// taken over when the journal or the spool is gone, damaged or of another version.
func noneLost(w *output.Writer, l *batch.Ledger, out string) error {
	if _, err := os.Stat(filepath.Join(w.Dir(), layout.Manifest)); errors.Is(err, fs.ErrNotExist) {
		return nil // there is no earlier output
	}
	m, err := dataset.ReadManifest(w.Dir())
	if err != nil {
		return fmt.Errorf("%s: %w", out, err)
	}
	if w.EarlierDocuments() >= m.Documents {
		return nil
	}
	lost, first := 0, ""
	for row, err := range dataset.Rows[schema.DocumentRow](w.Dir()) {
		if err != nil { // of an output in a store the rows are not here
			return fmt.Errorf("%s: %d documents of the earlier output cannot be taken over, because its %s or %s is missing, damaged or of another version: use another folder (%w)", out, m.Documents-w.EarlierDocuments(), layout.Journal, layout.Spool, err)
		}
		if !w.Has(row.DocumentID) && l.Wants(row) {
			if lost++; lost == 1 {
				first = row.SourceURI
			}
		}
	}
	if lost == 0 {
		return nil
	}
	return fmt.Errorf("%s: %d documents of the earlier output, such as %s, are not among the inputs and cannot be taken over, because its %s or %s is missing, damaged or of another version: give all inputs again, or --prune to drop them, or another folder", out, lost, printable(first), layout.Journal, layout.Spool)
}

// removed tells of documents that are not among the inputs any more, or cannot be read now.
func (r *report) removed(l *batch.Ledger, pruned bool) {
	what := "stays in the output; --prune drops it"
	if pruned {
		what = "dropped from the output"
	}
	const most = 20 // a run over the new files alone has all the others
	for i, source := range l.Removed {
		if i == most {
			r.display.message(fmt.Sprintf("extract: and %d more", len(l.Removed)-most))
			return
		}
		if !r.o.quiet {
			why := "not among the inputs: "
			if slices.Contains(l.Missed, source) {
				why = "read by an earlier run, but not readable now: "
			}
			r.display.message(printable("extract: " + why + source + ": " + what))
		}
	}
}

// upToDate reports that the output is there and is what this run would write. The files of an output in a store are not
// here to be looked at.
func upToDate(w *output.Writer, l *batch.Ledger, todo []batch.Document, remote bool, show *display) bool {
	if len(todo) > 0 || l.Kept() == 0 || l.Changed {
		return false
	}
	m, err := dataset.ReadManifest(w.Dir())
	if err != nil || m.Derivation != w.Derivation() {
		return false
	}
	if remote {
		return true
	}
	path, what := m.FirstAmiss(w.Dir())
	if path != "" {
		show.message(printable("extract: " + filepath.Join(w.Dir(), filepath.FromSlash(path)) + " " + what + ": the output is written anew"))
	}
	return path == ""
}
