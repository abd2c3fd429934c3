package dataset

import (
	"bufio"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"

	"github.com/countybudget/extract/internal/dataset/layout"
	"github.com/countybudget/extract/internal/dataset/spool"
	"github.com/countybudget/extract/internal/dataset/staging"
)

// A run resumes from two places: the staging folder of a run that died, and the output that is there. Both have a spool
// and its journal. Blocks are used where they lie: those of the output are read from its spool, which nobody changes.
//
// A commit writes a whole output, but for the partitions that have not changed, and beside it a spool with every document in
// the order of document_id. So an output depends on its documents alone, not on the runs in which they came, and there are
// no parts to merge.

// Kept is a document of an earlier run. H is the type of a document's own row.
type Kept[H any] struct {
	Row      H      // places may be changed: they are written as they are left
	Settings string // Options.Settings of the run that converted it
	Staged   bool   // of a run that did not end, not of the output
}

// Resume asks keep about each document of earlier runs and takes over those that it wants. It comes before the first Add,
// and needs Options.Resume. H is the row type of the dataset that lists the documents.
func Resume[H any](w *Writer, keep func(*Kept[H]) bool) error {
	return w.resume(func(e *spool.Entry, staged bool) bool {
		row := any(e.Row).(*H)
		k := Kept[H]{Row: *row, Settings: e.Settings, Staged: staged}
		wanted := keep(&k)
		*row = k.Row
		return wanted
	})
}

func (w *Writer) resume(keep func(e *spool.Entry, staged bool) bool) error {
	take := func(staged bool) func(*spool.Entry) error {
		return func(e *spool.Entry) error {
			if !staged {
				w.earlierDocuments++
				w.earlier.count(e)
			}
			if id, _, _ := e.Row.Identity(); w.Has(id) || !keep(e, staged) {
				return nil
			}
			return w.takeOver(e, staged)
		}
	}
	_, _, err := w.catalog.ReadJournal(w.stage.Path(layout.Journal), w.stage.Path(layout.StagedSpool), take(true))
	if err != nil {
		return staging.Explain(err, w.stage.Out())
	}
	kept := filepath.Join(w.stage.Out(), layout.Spool)
	there, err := w.spool.OpenBase(kept)
	if there {
		w.readEarlier()
		_, _, err = w.catalog.ReadJournal(filepath.Join(w.stage.Out(), layout.Journal), kept, take(false))
	}
	return staging.Explain(err, w.stage.Out())
}

// EarlierDocuments is how many documents of the earlier output Resume could have taken over.
func (w *Writer) EarlierDocuments() int { return w.earlierDocuments }

// takeOver indexes a document of an earlier run. Its row is written anew: its places may have changed.
func (w *Writer) takeOver(e *spool.Entry, staged bool) error {
	doc := uint32(len(w.ids))
	if err := w.spool.TakeHead(e.Row, doc); err != nil {
		return err
	}
	if err := w.keepEntry(e); err != nil {
		return err
	}
	if _, err := w.spool.Flush(); err != nil {
		return err
	}
	w.spool.Index(e.Blocks, doc, !staged)
	return w.index(e.Row, e.Sidecar)
}

// keepEntry sets the entry of a document aside, without its blocks, for the journal of the commit.
func (w *Writer) keepEntry(e *spool.Entry) error {
	data, err := json.Marshal(&spool.Entry{Row: e.Row, Settings: e.Settings, Sidecar: e.Sidecar})
	if err != nil {
		return err
	}
	w.entries = append(w.entries, w.spool.TakeBytes(data))
	return nil
}

// writeKept writes the spool and the journal of the output: every document's blocks in order, nothing else.
func (w *Writer) writeKept(rank []uint32, blocks [][]spool.PlacedRef, durable *staging.Syncer) error {
	if !w.opt.Resume {
		return nil
	}
	kept, err := createBuffered(w.stage.Path(layout.StagedNew), layout.Spool)
	if err != nil {
		return err
	}
	journal, err := createBuffered(w.stage.Path(layout.StagedNew), layout.Journal)
	if err != nil {
		kept.file.Close()
		return err
	}
	err = errors.Join(w.copyDocuments(kept, journal, rank, blocks), kept.Flush(), journal.Flush())
	durable.Close(kept.file)
	durable.Close(journal.file)
	return err
}

// copyDocuments copies the blocks of every document in order, and lists them.
func (w *Writer) copyDocuments(kept, journal *bufferedFile, rank []uint32, blocks [][]spool.PlacedRef) error {
	order := make([]uint32, len(rank))
	for doc, place := range rank {
		order[place] = uint32(doc)
	}
	line, err := w.catalog.HeaderLine()
	if err == nil {
		_, err = journal.Write(line)
	}
	if err != nil {
		return err
	}
	from := w.spool.Reader()
	var offset int64
	for _, doc := range order {
		e, err := w.copyDocument(kept, from, doc, blocks[doc], &offset)
		if err != nil {
			return err
		}
		if line, err = e.Line(); err != nil {
			return err
		}
		if _, err := journal.Write(line); err != nil {
			return err
		}
	}
	return nil
}

// copyDocument copies a document's blocks and gives its journal entry.
func (w *Writer) copyDocument(to *bufferedFile, from *spool.Reader, doc uint32, blocks []spool.PlacedRef, offset *int64) (*spool.Entry, error) {
	data, err := from.ReadPacked(w.entries[doc])
	if err != nil {
		return nil, err
	}
	e, err := w.catalog.ParseEntry(data)
	if err != nil {
		return nil, err
	}
	for _, b := range blocks {
		data, err := from.ReadPacked(b.Ref)
		if err != nil {
			return nil, err
		}
		if _, err := to.Write(data); err != nil {
			return nil, err
		}
		e.Blocks = append(e.Blocks, spool.Block{To: b.To, Offset: *offset, Size: b.Ref.Size})
		*offset += int64(b.Ref.Size)
	}
	return e, nil
}

type bufferedFile struct {
	*bufio.Writer
	file *os.File
}

func createBuffered(dir, name string) (*bufferedFile, error) {
	f, err := os.OpenFile(filepath.Join(dir, name), os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o666)
	if err != nil {
		return nil, err
	}
	return &bufferedFile{bufio.NewWriterSize(f, 1<<16), f}, nil
}
