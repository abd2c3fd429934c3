package dataset

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"os"
	"path"
	"path/filepath"
	"slices"
	"sync"
	"sync/atomic"

	"github.com/countybudget/extract/internal/dataset/layout"
	"github.com/countybudget/extract/internal/dataset/spool"
	"github.com/countybudget/extract/internal/dataset/staging"
	"github.com/parquet-go/parquet-go"
)

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
	_, err := w.catalog.Index(name)
	return err == nil || layout.IsRewritten(name)
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
