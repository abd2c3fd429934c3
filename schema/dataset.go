package schema

import (
	"fmt"
	"reflect"
	"slices"
)

// Dataset says what a dataset is. The writer, the reader, the data dictionary and the scripts for databases need nothing
// else: none of them knows a dataset by its name.
//
// A dataset is ordered by its key. Rows of one document lie together: the key of a dataset of a document begins with its
// document_id.
type Dataset struct {
	Name  string
	Label string // in Chinese
	Doc   string // what one row is
	Key   []string
	// Partition is the column that is in the path only; empty if the dataset is not partitioned.
	Partition string
	Columns   []Column

	// Row is the Go type of a row, a struct with a field for each column.
	Row reflect.Type
	// Scope says where the rows come from.
	Scope Scope
	// OwnYear: the row's own fiscal_year chooses its partition, not the document's.
	OwnYear bool

	keys      []*Column
	partition *Column
	leaves    []Leaf
}

// Scope says where the rows of a dataset come from.
type Scope uint8

// The scopes.
const (
	ScopeDocument Scope = iota // from a document, with any number of rows
	ScopeHead                  // one row for each document: the list of the documents themselves
	ScopeOutput                // from all documents of an output
	ScopeFixed                 // the same in every output
)

// Leaf is what a columnar file stores as one column: a scalar column, the elements of a list, or one field of a list of
// structs.
type Leaf struct {
	Column *Column // the column of the dataset
	Value  *Column // what describes the value: Column, or a field of its struct
	List   bool
}

// NewDataset describes the dataset of a row type by the tags of its fields (see the package's comment).
func NewDataset[T any](name, doc string, scope Scope) Dataset {
	d := Dataset{Name: name, Label: labelOf(name, "*"), Doc: doc, Row: reflect.TypeFor[T](), Scope: scope}
	d.Columns, d.Partition, d.OwnYear = columnsOf(name, d.Row)
	for i := range d.Columns {
		if d.Columns[i].Key {
			d.Key = append(d.Key, d.Columns[i].Name)
		}
	}
	d.index()
	return d
}

// index finds the parts of the columns.
func (d *Dataset) index() {
	d.keys, d.partition, d.leaves = nil, nil, nil
	for i := range d.Columns {
		c := &d.Columns[i]
		if c.Key {
			d.keys = append(d.keys, c)
		}
		if c.Name == d.Partition {
			d.partition = c
			continue
		}
		if c.Type != TypeStruct {
			d.leaves = append(d.leaves, Leaf{Column: c, Value: c, List: c.List})
		}
		for j := range c.Fields {
			d.leaves = append(d.leaves, Leaf{Column: c, Value: &c.Fields[j], List: true})
		}
	}
}

// KeyColumns are the columns of the key, in its order.
func (d *Dataset) KeyColumns() []*Column { return d.keys }

// PartitionColumn is the column in the path; nil if the dataset is not partitioned.
func (d *Dataset) PartitionColumn() *Column { return d.partition }

// Leaves are the columns as a columnar file stores them, in order, without the partition.
func (d *Dataset) Leaves() []Leaf { return d.leaves }

// Datasets describes every dataset, in a fixed order. Nothing in it is shared: the caller may change it.
func Datasets() []Dataset {
	all := slices.Clone(catalog())
	for i := range all {
		d := &all[i]
		d.Key, d.Columns = slices.Clone(d.Key), clone(d.Columns)
		d.index()
	}
	return all
}

// DatasetNamed finds a dataset. What it returns is shared and must not be changed.
func DatasetNamed(name string) (*Dataset, error) {
	all := catalog()
	for i := range all {
		if all[i].Name == name {
			return &all[i], nil
		}
	}
	return nil, fmt.Errorf("schema: no dataset %q", name)
}

// DatasetOf finds the dataset of a row type. What it returns is shared and must not be changed.
func DatasetOf(row reflect.Type) (*Dataset, error) {
	all := catalog()
	for i := range all {
		if all[i].Row == row {
			return &all[i], nil
		}
	}
	return nil, fmt.Errorf("schema: %s is not the row type of a dataset", row)
}
