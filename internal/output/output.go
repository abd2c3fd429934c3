// Package output says what the outputs of this program are made of: the datasets of schema, the departments that lineage
// follows, the codebooks, and a description for other programs. It is internal/dataset with the types of schema.
package output

import (
	"errors"
	"sync"

	"github.com/countybudget/extract/internal/dataset"
	"github.com/countybudget/extract/internal/dataset/spool"
	"github.com/countybudget/extract/normalize/lineage"
	"github.com/countybudget/extract/schema"
	"github.com/countybudget/extract/schema/codebook"
)

// Options say how an output is written. The zero value of a size is its default.
type Options struct {
	// PipelineVersion is the version of the program, for the manifest.
	PipelineVersion string
	// RowGroupBytes and PartBytes are those of dataset.Options.
	RowGroupBytes, PartBytes int64
	// Resume keeps what a later run needs to go on: a journal and a spool in the output, and those in the staging folder
	// where a run dies or is aborted.
	Resume bool
	// Settings names the settings that change what a document converts to, by document_id; it is kept with each document.
	// It may be nil.
	Settings func(documentID string) string
	// Aliases say which departments were renamed or merged; what they do not say is derived from the documents.
	Aliases []lineage.Alias
}

// Writer is a dataset.Writer for documents of this program.
type Writer struct{ *dataset.Writer }

// NewWriter begins an output in dir; see dataset.NewWriter.
func NewWriter(dir string, opt Options) (*Writer, error) {
	w, err := dataset.NewWriter(dir, dataset.Options{
		Datasets: schema.Datasets(), SchemaVersion: schema.Version, PipelineVersion: opt.PipelineVersion,
		RowGroupBytes: opt.RowGroupBytes, PartBytes: opt.PartBytes, Resume: opt.Resume, Settings: opt.Settings,
		Deriver:  &departments{lineage.NewBuilder(opt.Aliases), lineage.AliasesID(opt.Aliases)},
		Fixed:    map[string][]byte{schema.DatasetCodes: codebook.ParquetFile()},
		Describe: describe,
	})
	if err != nil {
		return nil, err
	}
	return &Writer{w}, nil
}

// Add sets the rows of a document aside; see dataset.Writer.Add.
func (w *Writer) Add(d *schema.Disclosure) error {
	facts, err := lineage.Facts(&d.Document, d.BudgetLines)
	if err != nil {
		return err
	}
	return w.Writer.Add(document{d}, facts)
}

// AddPacked is Add for a document whose rows came packed; see dataset.Writer.AddPacked.
func (w *Writer) AddPacked(row *schema.DocumentRow, p *Packed) error {
	return w.Writer.AddPacked(row, p)
}

// Kept is a document of an earlier run.
type Kept = dataset.Kept[schema.DocumentRow]

// Resume asks keep about each document of earlier runs and takes over those that it wants. It comes before the first Add,
// and needs Options.Resume.
func (w *Writer) Resume(keep func(*Kept) bool) error { return dataset.Resume(w.Writer, keep) }

// document is a disclosure as storage sees it.
type document struct{ *schema.Disclosure }

func (d document) Head() dataset.Head { return &d.Document }

// departments makes the datasets series and departments.
type departments struct {
	builder *lineage.Builder
	id      string
}

func (d *departments) ID() string { return d.id }

func (d *departments) Document(row dataset.Head, facts dataset.Sidecar) error {
	return d.builder.Add(row.(*schema.DocumentRow), facts)
}

func (d *departments) Rows() []dataset.Derived {
	series, departments := d.builder.Rows()
	return []dataset.Derived{{Dataset: schema.DatasetSeries, Rows: series}, {Dataset: schema.DatasetDepartments, Rows: departments}}
}

// catalog is the datasets as a spool holds them. It is built once and never changed.
var catalog = sync.OnceValue(func() *spool.Catalog { return spool.NewCatalog(schema.Datasets()) })

// Packed is the rows of a document in the form in which a Writer keeps them.
type Packed = spool.Packed

// Packer packs documents. It is for one goroutine; its zero value is ready.
type Packer struct{ packer *spool.Packer }

// Pack packs the rows of a document; see spool.Packer.Pack. What it returns is valid until the next call.
func (p *Packer) Pack(d *schema.Disclosure) (*Packed, error) {
	if p.packer == nil {
		p.packer = spool.NewPacker(catalog())
	}
	facts, err := lineage.Facts(&d.Document, d.BudgetLines)
	if err != nil {
		return nil, err
	}
	return p.packer.Pack(document{d}, facts)
}

// Unpacker reads what Packed.AppendBinary wrote in another process. It is for one goroutine; its zero value is ready.
type Unpacker struct{ unpacker *spool.Unpacker }

// Unpack reads the packed rows of the document with this row; see spool.Unpacker.Unpack.
func (u *Unpacker) Unpack(data []byte, row *schema.DocumentRow) (*Packed, error) {
	if u.unpacker == nil {
		u.unpacker = spool.NewUnpacker(catalog())
	}
	p, err := u.unpacker.Unpack(data, row)
	if err != nil {
		return nil, err
	}
	if err := lineage.CheckFacts(p.Sidecar()); err != nil {
		return nil, errors.Join(spool.ErrPacked, err)
	}
	return p, nil
}
