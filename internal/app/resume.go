package app

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/countybudget/extract/internal/dataset"
	"github.com/countybudget/extract/internal/dataset/layout"
	"github.com/countybudget/extract/internal/input"
	"github.com/countybudget/extract/internal/output"
	"github.com/countybudget/extract/schema"
)

// resumed is a conversion that has taken over what earlier runs left, and knows what is left to do.
type resumed struct {
	run       *run
	inventory *inventory
	todo      []input.Document
}

// resume takes over the documents of earlier runs that are not to be converted again, and counts them.
func (l *listed) resume() (*resumed, error) {
	r := l.run
	inv := newInventory(l.docs, inventoryOptions{
		PipelineVersion: r.Version, Settings: r.writer.Settings, Force: r.Force, Prune: r.Prune, LookedInto: r.inputs.LookedInto, Others: l.others,
	})
	err := r.writer.Resume(func(k *output.Kept) bool {
		keep := inv.keep(k)
		if keep && inv.kept[k.Row.DocumentID] {
			r.tally.count(&k.Row)
		}
		return keep
	})
	if err != nil {
		return nil, err
	}
	if err := noneLost(r.writer, inv, r.target.dir); err != nil {
		return nil, err
	}
	r.tally.kept(inv)
	if len(inv.removed) > 0 {
		r.to.Removed(inv.removed, r.Prune)
	}
	return &resumed{r, inv, inv.todo()}, nil
}

// noneLost returns an error if the run would lose documents of the earlier output that it was not asked to drop: their rows
// cannot be taken over when the journal or the spool is missing, damaged or of another version.
func noneLost(w *output.Writer, l *inventory, out string) error {
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
		if !w.Has(row.DocumentID) && l.wants(row) {
			if lost++; lost == 1 {
				first = row.SourceURI
			}
		}
	}
	if lost == 0 {
		return nil
	}
	return fmt.Errorf("%s: %d documents of the earlier output, such as %s, are not among the inputs and cannot be taken over, because its %s or %s is missing, damaged or of another version: give all inputs again, or --prune to drop them, or another folder", out, lost, Printable(first), layout.Journal, layout.Spool)
}

// upToDate reports that the output exists and is what this run would write. The files of an output in a store are not local,
// and are not checked.
func (e *resumed) upToDate() bool {
	r := e.run
	if len(e.todo) > 0 || len(e.inventory.kept) == 0 || e.inventory.changed {
		return false
	}
	m, err := dataset.ReadManifest(r.writer.Dir())
	if err != nil || m.Derivation != r.writer.Derivation() {
		return false
	}
	if r.target.remote {
		return true
	}
	path, what := m.FirstAmiss(r.writer.Dir())
	if path != "" {
		r.to.Note(filepath.Join(r.writer.Dir(), filepath.FromSlash(path)) + " " + what + ": the output is written again")
	}
	return path == ""
}
