package schema

import (
	"bufio"
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
)

// A run goes on from two places: the staging folder of a run that died, and the output that is there. Both have a spool
// and its journal. Blocks are used where they lie: those of the output are read from its spool, which nobody changes.
//
// A commit writes a whole output, but for the partitions that have not changed, and beside it a spool with every document in
// the order of document_id. So an output depends on its documents alone, not on the runs in which they came, and there are
// no parts to merge.

// Kept is a document of an earlier run.
type Kept struct {
	Row      DocumentRow // places may be changed: they are written as they are left
	Settings string      // WriterOptions.Settings of the run that converted it
	Staged   bool        // of a run that did not end, not of the output
}

// Resume asks keep about each document of earlier runs and takes over those that it wants. It comes before the first Add,
// and needs WriterOptions.Resume.
func (w *Writer) Resume(keep func(*Kept) bool) error {
	take := func(staged bool) func(*journalEntry) error {
		return func(e *journalEntry) error {
			if !staged {
				w.earlierDocuments++
				w.earlier.count(e)
			}
			if _, ok := w.byID[e.Row.DocumentID]; ok {
				return nil
			}
			k := Kept{Row: e.Row, Settings: e.Settings, Staged: staged}
			if !keep(&k) {
				return nil
			}
			return w.takeOver(e, &k)
		}
	}
	_, _, err := readJournalOf(w.stage.path(journalName), w.stage.path(spoolName), take(true))
	if err != nil {
		return explain(err, w.stage.out)
	}
	spool := filepath.Join(w.stage.out, keptSpoolName)
	w.spool.base, err = os.Open(spool)
	if errors.Is(err, fs.ErrNotExist) {
		w.spool.base = nil
		return nil
	}
	if err == nil {
		w.readEarlier()
		_, _, err = readJournalOf(filepath.Join(w.stage.out, journalName), spool, take(false))
	}
	return explain(err, w.stage.out)
}

// EarlierDocuments is how many documents of the earlier output Resume could have taken over.
func (w *Writer) EarlierDocuments() int { return w.earlierDocuments }

// takeOver indexes a document of an earlier run. Its row is written anew: its places may have changed.
func (w *Writer) takeOver(e *journalEntry, k *Kept) error {
	doc := uint32(len(w.docs))
	if err := w.spool.encodeRows(DatasetDocuments, []DocumentRow{k.Row}, doc, k.Row.FiscalYear); err != nil {
		return err
	}
	e.Row, e.Settings = k.Row, k.Settings
	if err := w.keepEntry(e); err != nil {
		return err
	}
	if err := w.spool.flush(); err != nil {
		return err
	}
	for _, b := range e.Blocks {
		to := partition{catalog()[b.Dataset], b.Year}
		w.spool.blocks[to] = append(w.spool.blocks[to], blockRef{offset: b.Offset, size: b.Size, doc: doc, base: !k.Staged})
	}
	w.index(newDocEntry(&k.Row, e.Figures))
	return nil
}

// keepEntry sets the entry of a document aside, without its blocks, for the journal of the commit.
func (w *Writer) keepEntry(e *journalEntry) error {
	data, err := json.Marshal(journalEntry{Row: e.Row, Settings: e.Settings, Figures: e.Figures})
	if err != nil {
		return err
	}
	w.entries = append(w.entries, w.spool.appendPlain(data))
	return nil
}

// record journals a document that was added: refs are its blocks.
func (w *Writer) record(e *journalEntry, refs []pendingRef) error {
	for _, r := range refs {
		if r.to.ds.name != DatasetDocuments {
			e.Blocks = append(e.Blocks, journalBlock{datasetIndex(r.to.ds), r.to.year, r.ref.offset, r.ref.size})
		}
	}
	if err := w.journal.add(e); err != nil {
		return err
	}
	if w.journal.due() {
		return w.journal.sync(w.spool.file)
	}
	return nil
}

func datasetIndex(ds *dataset) int {
	for i, other := range catalog() {
		if other == ds {
			return i
		}
	}
	return -1
}

// writeKept writes the spool and the journal of the output: every document's blocks in order, nothing else.
func (w *Writer) writeKept(rank []uint32, blocks [][]placedRef, durable *syncer) error {
	if !w.opt.Resume {
		return nil
	}
	spool, err := createBuffered(w.stage.path(newName), keptSpoolName)
	if err != nil {
		return err
	}
	journal, err := createBuffered(w.stage.path(newName), journalName)
	if err != nil {
		spool.file.Close()
		return err
	}
	err = errors.Join(w.copyDocuments(spool, journal, rank, blocks), spool.Flush(), journal.Flush())
	durable.close(spool.file)
	durable.close(journal.file)
	return err
}

// copyDocuments copies the blocks of every document in order, and lists them.
func (w *Writer) copyDocuments(spool, journal *bufferedFile, rank []uint32, blocks [][]placedRef) error {
	order := make([]uint32, len(rank))
	for doc, place := range rank {
		order[place] = uint32(doc)
	}
	if err := journal.line(journalHeader{journalVersion, layout()}); err != nil {
		return err
	}
	from := w.spool.reader()
	var offset int64
	for _, doc := range order {
		e, err := w.copyDocument(spool, from, doc, blocks[doc], &offset)
		if err != nil {
			return err
		}
		if err := journal.line(e); err != nil {
			return err
		}
	}
	return nil
}

// copyDocument copies a document's blocks and gives its journal entry.
func (w *Writer) copyDocument(to *bufferedFile, from *spoolReader, doc uint32, blocks []placedRef, offset *int64) (*journalEntry, error) {
	data, err := from.readPacked(w.entries[doc])
	if err != nil {
		return nil, err
	}
	var e journalEntry
	if err := json.Unmarshal(data, &e); err != nil {
		return nil, err
	}
	for _, b := range blocks {
		data, err := from.readPacked(b.ref)
		if err != nil {
			return nil, err
		}
		if _, err := to.Write(data); err != nil {
			return nil, err
		}
		e.Blocks = append(e.Blocks, journalBlock{b.dataset, b.year, *offset, b.ref.size})
		*offset += int64(b.ref.size)
	}
	return &e, nil
}

type placedRef struct {
	dataset int
	year    int32
	ref     blockRef
}

// blocksByDocument lists each document's own blocks in the order of the catalog and the years.
func (w *Writer) blocksByDocument() [][]placedRef {
	all := make([][]placedRef, len(w.docs))
	for i, ds := range catalog() {
		if ds.rows == nil || ds.name == DatasetDocuments {
			continue
		}
		for _, year := range w.spool.years(ds) {
			for _, ref := range w.spool.blocks[partition{ds, year}] {
				all[ref.doc] = append(all[ref.doc], placedRef{i, year, ref})
			}
		}
	}
	return all
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

func (f *bufferedFile) line(v any) error {
	line, err := journalLine(v)
	if err != nil {
		return err
	}
	_, err = f.Write(line)
	return err
}
