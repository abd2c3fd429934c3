package dataset

import (
	"github.com/countybudget/extract/internal/dataset/spool"
	"github.com/countybudget/extract/schema"
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

// Head is a document's own row.
type Head = spool.Head

// Document is a document with its rows.
type Document = spool.Document

const (
	defaultRowGroupBytes = 64 << 20
	defaultPartBytes     = 256 << 20
)
