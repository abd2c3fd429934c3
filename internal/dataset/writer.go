package dataset

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"path"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"sync"
	"sync/atomic"

	"github.com/countybudget/extract/internal/dataset/layout"
	"github.com/countybudget/extract/internal/dataset/spool"
	"github.com/countybudget/extract/internal/dataset/staging"
	"github.com/countybudget/extract/schema"
	"github.com/parquet-go/parquet-go"
)

// Options say how an output is written. The zero value of a size is its default.
type Options struct {
	// Datasets are those of the output, in order. One of them has the scope of the documents' own rows.
	Datasets []schema.Dataset
	// SchemaVersion is the version of the datasets, PipelineVersion that of the program, for the manifest.
	SchemaVersion, PipelineVersion string
	// RowGroupBytes bounds a row group, measured on its plain values; 64 MiB by default, which keeps
	// the memory of a commit near 200 MB, as two files are written side by side.
	RowGroupBytes int64
	// PartBytes is the size from which a partition goes on in another file; 256 MiB by default.
	PartBytes int64
	// Resume keeps what a later run needs to go on: a journal and a spool in the output, and those in the staging folder
	// where a run dies or is aborted.
	Resume bool
	// Settings names the settings that change what a document converts to, by its id; it is kept with each document.
	// It may be nil.
	Settings func(id string) string
	// Deriver makes the rows that come from all documents; nil makes none.
	Deriver Deriver
	// Fixed has the Parquet files of the datasets that are the same in every output, made beforehand, by the dataset's name.
	Fixed map[string][]byte
	// Describe gives the description of an output for other programs (layout.DataPackage) once its files are written; nil
	// gives none.
	Describe func(*Manifest) ([]byte, error)
}

// Sidecar is what a document carries to the end of the run, and to later runs, for the Deriver: a JSON value, or nothing.
// Storage does not know what is in it.
type Sidecar = spool.Sidecar

// Deriver makes the rows that come from all documents of an output.
type Deriver interface {
	// ID names what the rows depend on besides the documents; it is in the manifest.
	ID() string
	// Document tells of a document that was added or taken over from an earlier run: its own row and its sidecar.
	Document(row Head, facts Sidecar) error
	// Rows gives the rows, at the end.
	Rows() []Derived
}

// Derived is rows of a dataset with schema.ScopeOutput. If the dataset is partitioned, each row is about the document that
// its first key column names, and the rows are in the order of documents.
type Derived struct {
	Dataset string
	Rows    any // a slice of the row type
}

// Head is a document's own row.
type Head = spool.Head

// Document is a document with its rows.
type Document = spool.Document

const (
	defaultRowGroupBytes = 64 << 20
	defaultPartBytes     = 256 << 20
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

// Len is the number of documents added.
func (w *Writer) Len() int { return len(w.ids) }

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

// Commit writes the output and puts it into place. If it fails, what was there before is untouched, and the staging
// folder is removed, or with Options.Resume left for the next run.
func (w *Writer) Commit() error {
	if w.done {
		return errWriterDone
	}
	err := w.err
	if err == nil {
		err = staging.Explain(w.write(), w.stage.Out())
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
		{"datapackage", func() error { return manifest.writeDescription(w.stage.Path(layout.StagedNew), w.opt.Describe) }},
		{"manifest", func() error { return manifest.write(w.stage.Path(layout.StagedNew)) }},
		{"carry", func() error { return w.stage.Carry(w.replaces) }},
		{"sync", func() error { return staging.SyncTree(w.stage.Path(layout.StagedNew)) }},
		{"check", func() error { return checkReplaceable(w.stage.Out(), w.catalog) }}, // someone may have come since
		{"swap", w.stage.Swap},
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
	if err := os.Mkdir(w.stage.Path(layout.StagedNew), 0o777); err != nil {
		return nil, err
	}
	if err := w.addDerived(); err != nil {
		return nil, err
	}
	rank := w.ranks()
	manifest := &Manifest{
		Program: program, SchemaVersion: w.opt.SchemaVersion, PipelineVersion: w.opt.PipelineVersion, Documents: len(w.ids),
		Derivation: w.Derivation(),
	}
	var todo []spool.Partition
	for i := range w.catalog.Len() {
		w.tables = append(w.tables, newTable(w.catalog.Dataset(i)))
		for _, year := range w.spool.Years(i) {
			if err := w.step(w.catalog.Dataset(i).Name); err != nil {
				return nil, err
			}
			todo = append(todo, spool.Partition{Dataset: i, Year: year})
		}
	}
	slices.SortStableFunc(todo, func(a, b spool.Partition) int { return cmp.Compare(w.spool.Bytes(b), w.spool.Bytes(a)) }) // no large one last
	durable := staging.NewSyncer()
	blocks := w.spool.ByDocument(len(w.ids)) // before the partitions put theirs in order
	var kept error
	var wait sync.WaitGroup
	wait.Go(func() { kept = w.writeKept(rank, blocks, durable) })
	files, err := w.writePartitions(todo, rank, durable)
	wait.Wait()
	if err = errors.Join(err, kept, durable.End()); err != nil {
		return nil, err
	}
	manifest.Files = files
	slices.SortFunc(manifest.Files, func(a, b ManifestFile) int { return cmp.Compare(a.Path, b.Path) })
	return manifest, nil
}

// replaces tells whether a name in an output is of what is written anew.
func (w *Writer) replaces(name string) bool {
	switch name {
	case layout.Manifest, layout.Journal, layout.Spool, layout.DataPackage:
		return true
	}
	_, err := w.catalog.Index(name)
	return err == nil
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

// ranks gives each document its place in the order of document_id.
func (w *Writer) ranks() []uint32 {
	order := make([]uint32, len(w.ids))
	for i := range order {
		order[i] = uint32(i)
	}
	slices.SortFunc(order, func(a, b uint32) int { return cmp.Compare(w.ids[a], w.ids[b]) })
	rank := make([]uint32, len(order))
	for place, doc := range order {
		rank[doc] = uint32(place)
	}
	return rank
}

// addDerived spools the rows that come from all documents.
func (w *Writer) addDerived() error {
	if w.opt.Deriver == nil {
		return nil
	}
	for _, d := range w.opt.Deriver.Rows() {
		i, err := w.catalog.Index(d.Dataset)
		if err != nil {
			return err
		}
		if err := w.addDerivedRows(i, d.Rows); err != nil {
			return err
		}
	}
	_, err := w.spool.Flush()
	return err
}

// addDerivedRows spools rows of one dataset: one by one if each is about a document, or all together.
func (w *Writer) addDerivedRows(dataset int, rows any) error {
	const derivedBuffer = 1 << 16 // bytes

	ds := w.catalog.Dataset(dataset)
	if ds.PartitionColumn() == nil {
		return w.spool.TakeRows(spool.Partition{Dataset: dataset, Year: layout.UnknownYear}, rows, 0)
	}
	set := schema.NewRowSet(ds, rows)
	for i := range set.Len() {
		to := spool.Partition{Dataset: dataset, Year: set.Year(i)}
		doc, ok := w.byID[set.Document(i)]
		if !ok {
			return fmt.Errorf("a row of %s is about %s, which is no document of the output", ds.Name, set.Document(i))
		}
		if err := w.spool.TakeRows(to, reflect.ValueOf(rows).Slice(i, i+1).Interface(), doc); err != nil {
			return err
		}
		if w.spool.Pending() < derivedBuffer {
			continue
		}
		if _, err := w.spool.Flush(); err != nil {
			return err
		}
	}
	return nil
}

// partitionWriters is how many files are written side by side; each holds a row group in memory.
const partitionWriters = 2

// writePartitions writes the partitions side by side: each is a file of its own.
func (w *Writer) writePartitions(todo []spool.Partition, rank []uint32, durable *staging.Syncer) ([]ManifestFile, error) {
	var wait sync.WaitGroup
	var next atomic.Int64
	files := make([][]ManifestFile, len(todo))
	errs := make([]error, partitionWriters)
	for worker := range errs {
		wait.Go(func() {
			reader := w.spool.Reader()
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

func (w *Writer) writePartition(to spool.Partition, rank []uint32, from *spool.Reader, codec *pageCodec, durable *staging.Syncer) ([]ManifestFile, error) {
	ds := w.catalog.Dataset(to.Dataset)
	if file, ok := w.opt.Fixed[ds.Name]; ok {
		return writeFixed(w.stage.Path(layout.StagedNew), ds.Name, file, durable)
	}
	if files, ok := w.reuse(to); ok {
		return files, nil
	}
	p, err := newPartitionWriter(w.stage.Path(layout.StagedNew), w.folder(to), w.tables[to.Dataset], to.Year, codec, durable, &w.opt)
	if err != nil {
		return nil, err
	}
	defer p.abandon()
	blocks := w.spool.Blocks(to)
	if len(blocks) > 1 {
		slices.SortFunc(blocks, func(a, b spool.Ref) int { return cmp.Compare(rank[a.Doc], rank[b.Doc]) })
	}
	for _, ref := range blocks {
		block, err := from.Read(ref)
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

// folder is where the partition's files lie in an output, with slashes.
func (w *Writer) folder(to spool.Partition) string {
	ds := w.catalog.Dataset(to.Dataset)
	return layout.Partition(ds.Name, ds.Partition, to.Year)
}

// writeFixed writes a dataset that is the same in every output from its Parquet file.
func writeFixed(root, dataset string, data []byte, durable *staging.Syncer) ([]ManifestFile, error) {
	file, err := parquet.OpenFile(bytes.NewReader(data), int64(len(data)), parquet.SkipPageIndex(true), parquet.SkipBloomFilters(true))
	if err != nil {
		return nil, err
	}
	sum := sha256.Sum256(data)
	f := ManifestFile{
		Path: path.Join(dataset, layout.Part(0)), Dataset: dataset,
		Rows: file.NumRows(), Bytes: int64(len(data)), SHA256: hex.EncodeToString(sum[:]),
	}
	if err := os.Mkdir(filepath.Join(root, dataset), 0o777); err != nil {
		return nil, err
	}
	out, err := os.OpenFile(filepath.Join(root, filepath.FromSlash(f.Path)), os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o666)
	if err != nil {
		return nil, err
	}
	if _, err := out.Write(data); err != nil {
		out.Close()
		return nil, err
	}
	durable.Close(out)
	return []ManifestFile{f}, nil
}
