// Package dataset is what an output is: folders of Parquet files, one for each dataset, with a manifest. It has the reader, the
// writer and the manifest, over layout (every name in an output), staging (lock and swap) and spool (where documents wait
// until the output is written).
//
// It knows no dataset by its name: a writer is handed the list of schema.Datasets, and a document carries an opaque Sidecar
// to whoever makes the rows that come from all documents (Deriver).
package dataset

import (
	"cmp"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/countybudget/extract/internal/dataset/layout"
	"github.com/countybudget/extract/internal/dataset/spool"
	"github.com/countybudget/extract/internal/dataset/staging"
)

// Writer collects the disclosures of one run and puts them into place as one output: all or nothing. It is for one
// goroutine.
//
// Documents may come in any order: Add sets their rows aside in a spool file and keeps only an index of it in memory;
// Commit reads them back sorted. So the same documents give the same bytes, whatever the order and the number of workers.
//
// Every dataset is always there. One without rows of a known year has an empty file under fiscal_year=0, so that readers
// find the columns, and the partition column as a number; no row ever has the year 0.
type Writer struct {
	stage   *staging.Folder
	opt     Options
	catalog *spool.Catalog
	spool   *spool.Spool
	tables  []*table      // of the catalog, while a commit writes
	rows    *spool.Packer // of documents that come as rows
	ids     []string      // of the documents, in the order in which they came
	// journal lists the documents that were added, and entries finds their rows, by document; with Options.Resume.
	journal          *spool.JournalWriter
	entries          []spool.Ref
	byID             map[string]uint32
	earlierDocuments int // that Resume could have taken over
	earlier          earlierFiles
	done             bool
	err              error // what broke the spool; nothing can be committed after it

	// step is called before each step of a commit; tests make it fail.
	step func(name string) error
}

// NewWriter begins an output in dir. What is there now stays until Commit. It is refused if it was not written by this
// program, so that nothing of someone else's is ever replaced; other files at its top level are kept.
//
// Only one run at a time can write to a folder. What an interrupted run left beside it is removed.
func NewWriter(dir string, opt Options) (*Writer, error) {
	opt.RowGroupBytes = cmp.Or(opt.RowGroupBytes, defaultRowGroupBytes)
	opt.PartBytes = cmp.Or(opt.PartBytes, defaultPartBytes)
	stage, err := staging.Open(dir, opt.Resume)
	if err != nil {
		return nil, err
	}
	catalog := spool.NewCatalog(opt.Datasets)
	if err = checkReplaceable(stage.Out(), catalog); err != nil {
		return nil, errors.Join(err, stage.Leave())
	}
	w := &Writer{
		stage: stage, opt: opt, catalog: catalog, rows: spool.NewPacker(catalog), byID: map[string]uint32{},
		step: func(string) error { return nil },
	}
	if err := w.openSpool(); err != nil {
		return nil, errors.Join(staging.Explain(err, stage.Out()), stage.Leave())
	}
	return w, nil
}

// openSpool begins the spool and its journal, after what a run that died left.
func (w *Writer) openSpool() error {
	journal, file := w.stage.Path(layout.Journal), w.stage.Path(layout.StagedSpool)
	length, end, err := w.catalog.ReadJournal(journal, file, func(*spool.Entry) error { return nil })
	if err != nil {
		return err
	}
	if w.spool, err = spool.Create(w.catalog, file, end); err != nil || !w.opt.Resume {
		return err
	}
	if w.journal, err = spool.OpenJournal(w.catalog, journal, length, end > 0); err != nil {
		w.spool.Close()
		return err
	}
	return nil
}

var errWriterDone = errors.New("dataset: the writer was already committed or aborted")

// Add sets the rows of a document aside, with its sidecar. Rows may be in any order; they are written in key order. Datasets
// without OwnYear take their partition from the document's year.
//
// A row that violates the schema (see spool.Packer.Pack) is an error; then nothing of the document is kept and the writer
// goes on: the caller may Add it as failed.
func (w *Writer) Add(d Document, facts Sidecar) error {
	if err := w.ready(d.Head()); err != nil {
		return err
	}
	p, err := w.rows.Pack(d, facts)
	if err != nil {
		return ofDocument(d.Head(), err)
	}
	return w.add(d.Head(), p)
}

// AddPacked is Add for a document whose rows came packed. Its row may have been changed meanwhile, but for its identity and
// its year.
func (w *Writer) AddPacked(row Head, p *spool.Packed) error {
	if err := w.ready(row); err != nil {
		return err
	}
	return w.add(row, p)
}

// ready says why a document cannot be added now.
func (w *Writer) ready(row Head) error {
	id, _, _ := row.Identity()
	switch {
	case w.done:
		return errWriterDone
	case w.err != nil:
		return w.err
	case id == "":
		return errors.New("a document without document_id cannot be written")
	case w.Has(id):
		return fmt.Errorf("document %s was already added: files with the same content are one document", id)
	}
	return nil
}

func ofDocument(row Head, err error) error {
	id, name, _ := row.Identity()
	return fmt.Errorf("document %s (%s): %w", id, name, err)
}

func (w *Writer) add(row Head, p *spool.Packed) error {
	doc := uint32(len(w.ids))
	if err := w.spool.TakeHead(row, doc); err != nil {
		return ofDocument(row, err)
	}
	w.spool.Take(p, doc)
	id, _, _ := row.Identity()
	entry := &spool.Entry{Row: row, Settings: w.Settings(id), Sidecar: p.Sidecar()}
	if err := w.flush(entry); err != nil {
		w.err = staging.Explain(err, w.stage.Out())
		return w.err
	}
	return w.index(row, entry.Sidecar)
}

// flush makes the rows of a document part of the spool, and lists it.
func (w *Writer) flush(e *spool.Entry) error {
	if w.journal != nil {
		if err := w.keepEntry(e); err != nil {
			return err
		}
	}
	blocks, err := w.spool.Flush()
	if err != nil || w.journal == nil {
		return err
	}
	e.Blocks = blocks
	if err := w.journal.Add(e); err != nil {
		return err
	}
	if w.journal.Due() {
		return w.journal.Sync(w.spool)
	}
	return nil
}

// Settings are those of Options.Settings for a document.
func (w *Writer) Settings(id string) string {
	if w.opt.Settings == nil {
		return ""
	}
	return w.opt.Settings(id)
}

// Has says whether a document was added or taken over.
func (w *Writer) Has(id string) bool {
	_, ok := w.byID[id]
	return ok
}

// Derivation names what the rows that come from all documents depend on besides them.
func (w *Writer) Derivation() string {
	if w.opt.Deriver == nil {
		return ""
	}
	return w.opt.Deriver.ID()
}

// Dir is the output's folder, absolute and without links.
func (w *Writer) Dir() string { return w.stage.Out() }

// Scratch is a folder, not made yet, for what the run unpacks of its inputs. It ends with the writer.
func (w *Writer) Scratch() string { return w.stage.Path(layout.StagedInput) }

// Folders are the writer's own: none of what is in them is an input.
func (w *Writer) Folders() []string { return []string{w.stage.Out(), w.stage.Dir()} }

// Objects are the files with what is known of objects in stores: that of the output, which is only read, and that of this
// run, which takes its place with the commit if it is there then.
func (w *Writer) Objects() (earlier, own string) {
	return filepath.Join(w.stage.Out(), layout.Objects), w.stage.Path(layout.Objects)
}

// Abort gives up: the output stays as it was. With Options.Resume the next run can take over what was added; without,
// it is dropped. After Commit it does nothing, so it may be deferred.
func (w *Writer) Abort() error { return w.close(w.journal != nil) }

// close ends the writer and removes its staging folder, or leaves there what the next run can go on from.
func (w *Writer) close(keep bool) error {
	if w.done {
		return nil
	}
	w.done = true
	var err error
	if w.journal != nil {
		if keep && w.err == nil {
			err = w.journal.Sync(w.spool)
		}
		keep = keep && (w.journal.Any() || w.stage.Has(layout.Objects))
		w.journal.Close()
	}
	err = errors.Join(err, w.spool.Close())
	if !keep {
		return errors.Join(err, w.stage.Close())
	}
	return errors.Join(err, os.RemoveAll(w.stage.Path(layout.StagedNew)), os.RemoveAll(w.Scratch()), w.stage.Release())
}

// index adds a document to those that are written.
func (w *Writer) index(row Head, facts Sidecar) error {
	id, _, _ := row.Identity()
	id = strings.Clone(id)
	w.byID[id] = uint32(len(w.ids))
	w.ids = append(w.ids, id)
	if w.opt.Deriver == nil {
		return nil
	}
	return w.opt.Deriver.Document(row, facts)
}
