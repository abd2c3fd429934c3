package schema

import (
	"cmp"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"sync"
	"sync/atomic"
)

// WriterOptions say how an output is written. The zero value of a size is its default.
type WriterOptions struct {
	// PipelineVersion is the version of the program, for the manifest.
	PipelineVersion string
	// RowGroupBytes bounds a row group, measured on its plain values; 64 MiB by default, which keeps
	// the memory of a commit near 200 MB, as two files are written side by side.
	RowGroupBytes int64
	// PartBytes is the size from which a partition goes on in another file; 256 MiB by default.
	PartBytes int64
	// Resume keeps what a later run needs to go on: a journal and a spool in the output, and those in the staging folder
	// where a run dies or is aborted.
	Resume bool
	// Settings names the settings that change what a document converts to, by document_id; it is kept with each document.
	// It may be nil.
	Settings func(documentID string) string
	// Aliases say which departments were renamed or merged; what they do not say is derived from the documents.
	Aliases []DepartmentAlias
}

const (
	defaultRowGroupBytes = 64 << 20
	defaultPartBytes     = 256 << 20
)

// unknownPartition is what Hive names the partition of rows without a value.
const unknownPartition = "__HIVE_DEFAULT_PARTITION__"

// Writer collects the disclosures of one run and puts them into place as one output: all or nothing. It is for one
// goroutine.
//
// Documents may come in any order: Add sets their rows aside in a spool file and keeps only an index of it in memory;
// Commit reads them back sorted. So the same documents give the same bytes, whatever the order and the number of workers.
//
// Every dataset is always there. One without rows of a known year has an empty file under fiscal_year=0, so that readers
// find the columns, and the partition column as a number; no row ever has the year 0.
type Writer struct {
	stage *staging
	opt   WriterOptions
	spool *spool
	rows  Packer // of documents that come as rows
	docs  []docEntry
	// journal lists the documents that were added, and entries finds their rows, by document; with WriterOptions.Resume.
	journal          *journalWriter
	entries          []blockRef
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
func NewWriter(dir string, opt WriterOptions) (*Writer, error) {
	opt.RowGroupBytes = cmp.Or(opt.RowGroupBytes, defaultRowGroupBytes)
	opt.PartBytes = cmp.Or(opt.PartBytes, defaultPartBytes)
	stage, err := openStaging(dir, opt.Resume)
	if err != nil {
		return nil, err
	}
	if err = checkReplaceable(stage.out); err != nil {
		return nil, errors.Join(err, stage.leave())
	}
	w := &Writer{stage: stage, opt: opt, byID: map[string]uint32{}, step: func(string) error { return nil }}
	if err := w.openSpool(); err != nil {
		return nil, errors.Join(explain(err, stage.out), stage.leave())
	}
	return w, nil
}

// openSpool begins the spool and its journal, after what a run that died left.
func (w *Writer) openSpool() error {
	journal, spool := w.stage.path(journalName), w.stage.path(spoolName)
	length, end, err := readJournalOf(journal, spool, func(*journalEntry) error { return nil })
	if err != nil {
		return err
	}
	if w.spool, err = newSpool(spool, end); err != nil || !w.opt.Resume {
		return err
	}
	if w.journal, err = openJournal(journal, length); err != nil {
		w.spool.close()
		return err
	}
	w.journal.any = end > 0
	return nil
}

var errWriterDone = errors.New("schema: the writer was already committed or aborted")

// Add sets the rows of a document aside. Rows may be in any order; they are written in key order. Every dataset but
// budget_lines takes its partition from the document's fiscal year.
//
// A row that breaks the contract (see Packer.Pack) is an error; then nothing of the document is kept and the writer goes
// on: the caller may Add it as failed.
func (w *Writer) Add(d *Disclosure) error {
	if err := w.ready(&d.Document); err != nil {
		return err
	}
	p, err := w.rows.Pack(d)
	if err != nil {
		return ofDocument(&d.Document, err)
	}
	return w.add(&d.Document, p)
}

// AddPacked is Add for a document whose rows came packed. Its row may have been changed meanwhile, but for its identity and
// its fiscal year.
func (w *Writer) AddPacked(row *DocumentRow, p *Packed) error {
	if err := w.ready(row); err != nil {
		return err
	}
	return w.add(row, p)
}

// ready says why a document cannot be added now.
func (w *Writer) ready(row *DocumentRow) error {
	if w.done {
		return errWriterDone
	}
	if w.err != nil {
		return w.err
	}
	if row.DocumentID == "" {
		return errors.New("a document without document_id cannot be written")
	}
	if _, ok := w.byID[row.DocumentID]; ok {
		return fmt.Errorf("document %s was already added: files with the same content are one document", row.DocumentID)
	}
	return nil
}

func ofDocument(row *DocumentRow, err error) error {
	return fmt.Errorf("document %s (%s): %w", row.DocumentID, shorten(row.FileName), err)
}

func (w *Writer) add(row *DocumentRow, p *Packed) error {
	doc := uint32(len(w.docs))
	if err := w.spool.encodeRows(DatasetDocuments, []DocumentRow{*row}, doc, row.FiscalYear); err != nil {
		return ofDocument(row, err)
	}
	w.spool.take(p, doc)
	entry := &journalEntry{Row: *row, Settings: w.Settings(row.DocumentID), Figures: p.figures}
	if err := w.flush(entry); err != nil {
		w.err = explain(err, w.stage.out)
		return w.err
	}
	w.index(newDocEntry(row, entry.Figures))
	return nil
}

// flush makes the rows of a document part of the spool, and lists it.
func (w *Writer) flush(e *journalEntry) error {
	if w.journal == nil {
		return w.spool.flush()
	}
	refs := slices.Clone(w.spool.refs)
	if err := w.keepEntry(e); err != nil {
		return err
	}
	if err := w.spool.flush(); err != nil {
		return err
	}
	return w.record(e, refs)
}

// Settings are those of WriterOptions.Settings for a document.
func (w *Writer) Settings(documentID string) string {
	if w.opt.Settings == nil {
		return ""
	}
	return w.opt.Settings(documentID)
}

// Has says whether a document was added or taken over.
func (w *Writer) Has(documentID string) bool {
	_, ok := w.byID[documentID]
	return ok
}

// AliasesID is that of WriterOptions.Aliases.
func (w *Writer) AliasesID() string { return AliasesID(w.opt.Aliases) }

// Dir is the output's folder, absolute and without links.
func (w *Writer) Dir() string { return w.stage.out }

// Scratch is a folder, not made yet, for what the run unpacks of its inputs. It ends with the writer.
func (w *Writer) Scratch() string { return w.stage.path(inputName) }

// Folders are the writer's own: none of what is in them is an input.
func (w *Writer) Folders() []string { return []string{w.stage.out, w.stage.dir} }

// Objects are the files with what is known of objects in stores: that of the output, which is only read, and that of this
// run, which takes its place with the commit if it is there then.
func (w *Writer) Objects() (earlier, own string) {
	return filepath.Join(w.stage.out, objectsName), w.stage.path(objectsName)
}

// Len is the number of documents added.
func (w *Writer) Len() int { return len(w.docs) }

// Abort gives up: the output stays as it was. With WriterOptions.Resume the next run can take over what was added; without,
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
			err = w.journal.sync(w.spool.file)
		}
		keep = keep && (w.journal.any || w.stage.has(objectsName))
		w.journal.file.Close()
	}
	err = errors.Join(err, w.spool.close())
	if !keep {
		return errors.Join(err, w.stage.close())
	}
	return errors.Join(err, os.RemoveAll(w.stage.path(newName)), os.RemoveAll(w.Scratch()), w.stage.release())
}

// Commit writes the output and puts it into place. If it fails, what was there before is untouched, and the staging
// folder is removed, or with WriterOptions.Resume left for the next run.
func (w *Writer) Commit() error {
	if w.done {
		return errWriterDone
	}
	err := w.err
	if err == nil {
		err = explain(w.write(), w.stage.out)
	}
	cleanup := w.close(err != nil && w.journal != nil)
	if err != nil {
		return errors.Join(err, cleanup)
	}
	return nil // the output is in place; what could not be cleaned up is the next run's to remove
}

func (w *Writer) write() error {
	manifest, err := w.writeDatasets()
	if err != nil {
		return err
	}
	steps := []struct {
		name string
		do   func() error
	}{
		{"datapackage", func() error { return writeDataPackage(manifest, w.stage.path(newName)) }},
		{"manifest", func() error { return manifest.write(w.stage.path(newName)) }},
		{"carry", w.stage.carry},
		{"sync", func() error { return syncTree(w.stage.path(newName)) }},
		{"check", func() error { return checkReplaceable(w.stage.out) }}, // someone may have come since
		{"swap", w.stage.swap},
	}
	for _, s := range steps {
		if err := w.step(s.name); err != nil {
			return err
		}
		if err := s.do(); err != nil {
			return err
		}
	}
	return nil
}

func (w *Writer) writeDatasets() (*Manifest, error) {
	if err := os.Mkdir(w.stage.path(newName), 0o777); err != nil {
		return nil, err
	}
	if err := w.addDerived(); err != nil {
		return nil, err
	}
	rank := w.ranks()
	manifest := &Manifest{
		Program: manifestProgram, SchemaVersion: Version, PipelineVersion: w.opt.PipelineVersion, Documents: len(w.docs),
		Aliases: w.AliasesID(),
	}
	var todo []partition
	for _, ds := range catalog() {
		for _, year := range w.spool.years(ds) {
			if err := w.step(ds.name); err != nil {
				return nil, err
			}
			todo = append(todo, partition{ds, year})
		}
	}
	slices.SortStableFunc(todo, func(a, b partition) int { return cmp.Compare(w.spool.bytes(b), w.spool.bytes(a)) }) // no large one last
	durable := newSyncer()
	blocks := w.blocksByDocument() // before the partitions put theirs in order
	var kept error
	var wait sync.WaitGroup
	wait.Go(func() { kept = w.writeKept(rank, blocks, durable) })
	files, err := w.writePartitions(todo, rank, durable)
	wait.Wait()
	if err = errors.Join(err, kept, durable.end()); err != nil {
		return nil, err
	}
	manifest.Files = files
	slices.SortFunc(manifest.Files, func(a, b ManifestFile) int { return cmp.Compare(a.Path, b.Path) })
	return manifest, nil
}

// index adds a document to those that are written.
func (w *Writer) index(e docEntry) {
	w.byID[e.id] = uint32(len(w.docs))
	w.docs = append(w.docs, e)
}

// ranks gives each document its place in the order of document_id.
func (w *Writer) ranks() []uint32 {
	order := make([]uint32, len(w.docs))
	for i := range order {
		order[i] = uint32(i)
	}
	slices.SortFunc(order, func(a, b uint32) int { return cmp.Compare(w.docs[a].id, w.docs[b].id) })
	rank := make([]uint32, len(order))
	for place, doc := range order {
		rank[doc] = uint32(place)
	}
	return rank
}

// addDerived spools the datasets that are made from all documents.
func (w *Writer) addDerived() error {
	const derivedBuffer = 1 << 16 // bytes

	departments := followDepartments(w.docs, w.opt.Aliases)
	for _, row := range seriesOf(w.docs, departments) {
		if err := w.spool.encodeRows(DatasetSeries, []SeriesRow{row}, w.byID[row.DocumentID], row.FiscalYear); err != nil {
			return err
		}
		if len(w.spool.pending) < derivedBuffer {
			continue
		}
		if err := w.spool.flush(); err != nil {
			return err
		}
	}
	if err := w.spool.encodeRows(DatasetDepartments, departments.rows, 0, 0); err != nil {
		return err
	}
	return w.spool.flush()
}

// partitionWriters is how many files are written side by side; each holds a row group in memory.
const partitionWriters = 2

// writePartitions writes the partitions side by side: each is a file of its own.
func (w *Writer) writePartitions(todo []partition, rank []uint32, durable *syncer) ([]ManifestFile, error) {
	var wait sync.WaitGroup
	var next atomic.Int64
	files := make([][]ManifestFile, len(todo))
	errs := make([]error, partitionWriters)
	for worker := range errs {
		wait.Go(func() {
			reader := w.spool.reader()
			codec, err := newPageCodec()
			for err == nil {
				i := int(next.Add(1)) - 1
				if i >= len(todo) {
					break
				}
				files[i], err = w.writePartition(todo[i], rank, reader, codec, durable)
			}
			if errs[worker] = err; err != nil {
				next.Store(int64(len(todo)))
			}
		})
	}
	wait.Wait()
	return slices.Concat(files...), errors.Join(errs...)
}

func (w *Writer) writePartition(to partition, rank []uint32, from *spoolReader, codec *pageCodec, durable *syncer) ([]ManifestFile, error) {
	if to.ds.name == DatasetCodes {
		return writeCodes(w.stage.path(newName), durable)
	}
	if files, ok := w.reuse(to); ok {
		return files, nil
	}
	p, err := newPartitionWriter(w.stage.path(newName), to.folder(), to, codec, durable, &w.opt)
	if err != nil {
		return nil, err
	}
	defer p.abandon()
	blocks := w.spool.blocks[to]
	if len(blocks) > 1 {
		slices.SortFunc(blocks, func(a, b blockRef) int { return cmp.Compare(rank[a.doc], rank[b.doc]) })
	}
	for _, ref := range blocks {
		block, err := from.read(ref)
		if err != nil {
			return nil, err
		}
		if err := p.add(block); err != nil {
			return nil, err
		}
	}
	if err := p.closeFile(); err != nil {
		return nil, err
	}
	return p.files, nil
}

// folder is where the partition's files lie in an output.
func (p partition) folder() string {
	if p.ds.partition == nil {
		return p.ds.name
	}
	value := strconv.Itoa(int(p.year))
	switch p.year {
	case unknownYear:
		value = unknownPartition
	case anchorYear:
		value = "0"
	}
	return filepath.Join(p.ds.name, p.ds.partition.name+"="+value)
}
