package dataset

import (
	"fmt"
	"reflect"

	"github.com/countybudget/extract/internal/dataset/layout"
	"github.com/countybudget/extract/internal/dataset/spool"
	"github.com/countybudget/extract/schema"
)

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
