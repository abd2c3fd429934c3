package dataset

import (
	"bufio"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"hash"
	"os"
	"path/filepath"

	"github.com/parquet-go/parquet-go"

	"github.com/countybudget/extract/internal/dataset/layout"
	"github.com/countybudget/extract/internal/dataset/staging"
)

const (
	// documentIDLength is what the column index keeps of a bound: a whole SHA-256 in hex. The library's 16 bytes would
	// leave readers without a usable upper bound on document_id.
	documentIDLength = 64
	// dictionaryLimit is where a dictionary costs more than it saves.
	dictionaryLimit = 1 << 20
)

// partitionWriter writes the rows of one partition as one or more files part-00000.parquet, part-00001.parquet, …
type partitionWriter struct {
	root, folder string // folder is relative to root
	table        *table
	opt          *Options
	year         int32
	codec        *pageCodec
	durable      *staging.Syncer

	part    int
	file    *os.File
	buffer  *bufio.Writer
	out     meter
	parquet *parquet.GenericWriter[any]
	columns []*parquet.ColumnWriter
	scratch []parquet.Value

	groupBytes int64 // of the open row group, measured on the plain values
	rows       int64 // of the open file
	files      []ManifestFile
}

// meter counts and hashes what goes to a file.
type meter struct {
	w *bufio.Writer
	h hash.Hash
	n int64
}

func (m *meter) Write(p []byte) (int, error) {
	n, err := m.w.Write(p)
	m.h.Write(p[:n])
	m.n += int64(n)
	return n, err
}

func newPartitionWriter(root, folder string, t *table, year int32, codec *pageCodec, durable *staging.Syncer, opt *Options) (*partitionWriter, error) {
	if err := os.MkdirAll(filepath.Join(root, folder), 0o777); err != nil {
		return nil, err
	}
	p := &partitionWriter{root: root, folder: folder, table: t, year: year, codec: codec, durable: durable, opt: opt}
	return p, p.open()
}

func (p *partitionWriter) name() string {
	return filepath.Join(p.folder, layout.Part(p.part))
}

func (p *partitionWriter) open() error {
	file, err := os.OpenFile(filepath.Join(p.root, p.name()), os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o666)
	if err != nil {
		return err
	}
	p.file = file
	p.buffer = bufio.NewWriterSize(file, 1<<18)
	p.out = meter{w: p.buffer, h: sha256.New()}
	ds := p.table.ds
	sorting := make([]parquet.SortingColumn, len(ds.Key))
	for i, name := range ds.Key {
		sorting[i] = parquet.Ascending(name)
	}
	p.parquet = parquet.NewGenericWriter[any](&p.out, p.table.parquet,
		parquet.Compression(p.codec),
		parquet.CreatedBy("extract", p.opt.SchemaVersion, ""),
		parquet.WriteBufferSize(0), // there is one behind the meter
		parquet.DataPageVersion(1), // read by every reader there is
		parquet.DataPageStatistics(true),
		parquet.DictionaryMaxBytes(dictionaryLimit),
		parquet.ColumnIndexSizeLimit(func([]string) int { return documentIDLength }),
		parquet.SortingWriterConfig(parquet.SortingColumns(sorting...)),
		parquet.KeyValueMetadata("schema_version", p.opt.SchemaVersion),
		parquet.KeyValueMetadata("dataset", ds.Name),
	)
	p.columns = p.parquet.ColumnWriters()
	return nil
}

// add writes one block, which follows those before in key order.
func (p *partitionWriter) add(block []byte) error {
	full := p.groupBytes > 0 && p.groupBytes+int64(len(block)) > p.opt.RowGroupBytes
	if full {
		if err := p.parquet.Flush(); err != nil {
			return err
		}
		p.groupBytes = 0
	}
	if full && p.out.n >= p.opt.PartBytes {
		if err := p.closeFile(); err != nil {
			return err
		}
		p.part++
		if err := p.open(); err != nil {
			return err
		}
	}
	rows, err := writeBlock(p.table.ds, block, p.columns, &p.scratch)
	if err != nil {
		return fmt.Errorf("writing %s: %w", p.file.Name(), err)
	}
	p.rows += int64(rows)
	p.groupBytes += int64(len(block))
	return nil
}

// closeFile finishes the open file, which becomes durable while others are written.
func (p *partitionWriter) closeFile() error {
	if p.file == nil {
		return nil
	}
	file := p.file
	p.file = nil
	err := p.parquet.Close()
	if err == nil {
		err = p.buffer.Flush()
	}
	if err != nil {
		file.Close()
		return fmt.Errorf("writing %s: %w", file.Name(), err)
	}
	p.durable.Close(file)
	p.files = append(p.files, ManifestFile{
		Path: filepath.ToSlash(p.name()), Dataset: p.table.ds.Name, FiscalYear: p.year,
		Rows: p.rows, Bytes: p.out.n, SHA256: hex.EncodeToString(p.out.h.Sum(nil)),
	})
	p.rows, p.groupBytes = 0, 0
	return nil
}

// abandon closes the open file of a writer that failed.
func (p *partitionWriter) abandon() {
	if p.file != nil {
		p.file.Close()
	}
}
