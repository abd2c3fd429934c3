// Package spool keeps the rows of documents until an output is written from them: as compressed blocks in a file, with a
// journal that lists them, so that a later run can go on from what an earlier one left. With each document it keeps an
// opaque sidecar.
//
// It is handed the datasets and knows none of them by name.
package spool

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"reflect"

	"github.com/countybudget/extract/schema"
)

// Sidecar is what a document carries to the end of the run, and to later runs, for rows that are made from all documents: a
// JSON value, or nothing. Storage does not know what is in it.
type Sidecar []byte

// MarshalJSON gives the value itself.
func (s Sidecar) MarshalJSON() ([]byte, error) { return json.RawMessage(s).MarshalJSON() }

// UnmarshalJSON keeps a copy of the value; null is nothing.
func (s *Sidecar) UnmarshalJSON(data []byte) error {
	if string(data) == "null" {
		*s = nil
		return nil
	}
	*s = append((*s)[:0], data...)
	return nil
}

// Head is a document's own row, a pointer to the row type of the dataset with ScopeHead.
type Head interface {
	// Identity is the document's id, its name for messages, and the year of its partition.
	Identity() (id, name string, year int32)
}

// Document is a document with its rows.
type Document interface {
	// Head is its own row.
	Head() Head
	// Rows are its rows in a dataset, as a slice of the row type; nil if it has none.
	Rows(dataset string) any
}

// Catalog is the datasets of an output. A spool knows them by their place in it.
type Catalog struct {
	datasets []schema.Dataset
	head     int
	layout   string
}

// NewCatalog takes the datasets of an output. One of them has ScopeHead.
func NewCatalog(datasets []schema.Dataset) *Catalog {
	c := &Catalog{datasets: datasets, head: -1, layout: blockLayout(datasets)}
	for i := range datasets {
		if datasets[i].Scope == schema.ScopeHead {
			c.head = i
		}
	}
	if c.head < 0 {
		panic("spool: no dataset lists the documents")
	}
	return c
}

// Len is the number of datasets.
func (c *Catalog) Len() int { return len(c.datasets) }

// Dataset is the ith dataset.
func (c *Catalog) Dataset(i int) *schema.Dataset { return &c.datasets[i] }

// Head is the place of the dataset that lists the documents.
func (c *Catalog) Head() int { return c.head }

// Index finds a dataset by its name.
func (c *Catalog) Index(name string) (int, error) {
	for i := range c.datasets {
		if c.datasets[i].Name == name {
			return i, nil
		}
	}
	return 0, fmt.Errorf("the output has no dataset %q", name)
}

// NewHead is an empty row of the dataset that lists the documents.
func (c *Catalog) NewHead() Head {
	return reflect.New(c.datasets[c.head].Row).Interface().(Head)
}

// holds tells whether a spool has blocks of a dataset for each document, besides the document's own row.
func (c *Catalog) holds(i int) bool { return c.datasets[i].Scope == schema.ScopeDocument }

// blockLayout is a fingerprint of how the rows of every dataset become blocks. It must not change where the blocks do not:
// journals of earlier outputs name it.
func blockLayout(datasets []schema.Dataset) string {
	sum := sha256.New()
	for i := range datasets {
		ds := &datasets[i]
		fmt.Fprintln(sum, ds.Name, ds.OwnYear, ds.PartitionColumn() != nil)
		for _, l := range ds.Leaves() {
			v := l.Value
			kind, scale := v.Type, int32(2)
			if v.Type == schema.TypeDecimal {
				if scale = v.Scale; v.Nullable {
					kind++
				}
			}
			fmt.Fprintln(sum, l.Column.Name, v.Name, uint8(kind), scale, v.Nullable, v.Null, l.List)
		}
	}
	return hex.EncodeToString(sum.Sum(nil)[:8])
}
