package schema

import (
	"fmt"
	"iter"
	"reflect"

	"github.com/shopspring/decimal"
)

// Records reads any dataset of an output row by row, as values in the order of its columns: nil for null, string, int64,
// float32, bool, decimal.Decimal, []string, or for a list of structs []map[string]any. The slice is valid until the next
// row. After an error there are no more rows.
func Records(dir, dataset string) iter.Seq2[[]any, error] {
	return func(yield func([]any, error) bool) {
		ds, ok := datasetNamed(dataset)
		if !ok {
			yield(nil, fmt.Errorf("schema: no dataset %q", dataset))
			return
		}
		files, err := dataFiles(dir, ds)
		if err != nil {
			yield(nil, err)
			return
		}
		row := reflect.New(ds.row).Elem()
		record := make([]any, len(ds.columns))
		for _, path := range files {
			more, err := readFile(path, ds, row, func() bool {
				for i := range ds.columns {
					record[i] = ds.columns[i].plainValue(row.Field(ds.columns[i].field))
				}
				return yield(record, nil)
			})
			if err != nil {
				yield(nil, fmt.Errorf("reading %s: %w", path, err))
				return
			}
			if !more {
				return
			}
		}
	}
}

// plainValue gives a field as a value that needs no knowledge of the row type.
func (c *column) plainValue(v reflect.Value) any {
	if !c.list {
		return c.plainScalar(v)
	}
	if c.fields == nil {
		texts := make([]string, v.Len())
		for i := range texts {
			texts[i] = v.Index(i).String()
		}
		return texts
	}
	structs := make([]map[string]any, v.Len())
	for i := range structs {
		structs[i] = make(map[string]any, len(c.fields))
		for j := range c.fields {
			f := &c.fields[j]
			structs[i][f.name] = f.plainScalar(v.Index(i).Field(f.field))
		}
	}
	return structs
}

func (c *column) plainScalar(v reflect.Value) any {
	switch c.kind {
	case kindString:
		if s := v.String(); s != "" || !c.optional {
			return s
		}
	case kindInt32, kindInt64:
		n := v.Int()
		if c.partition && n == unknownYear || c.optional && n == c.null {
			return nil
		}
		return n
	case kindFloat32:
		if f := float32(v.Float()); !c.optional || f != float32(c.null) {
			return f
		}
	case kindBool:
		return v.Bool()
	case kindDecimal:
		return v.Interface().(decimal.Decimal)
	case kindNullDecimal:
		if d := v.Interface().(decimal.NullDecimal); d.Valid {
			return d.Decimal
		}
	}
	return nil
}

// Records gives the rows of one document in a dataset, as values in the order of its columns: as the function Records does
// for those of an output. The datasets that are made from all documents of an output have none.
func (d *Disclosure) Records(dataset string) iter.Seq[[]any] {
	return func(yield func([]any) bool) {
		ds, ok := datasetNamed(dataset)
		if !ok || ds.rows == nil {
			return
		}
		rows := reflect.ValueOf(ds.rows(d))
		for i := range rows.Len() {
			record := make([]any, len(ds.columns))
			for k := range ds.columns {
				record[k] = ds.columns[k].plainValue(rows.Index(i).Field(ds.columns[k].field))
			}
			if !yield(record) {
				return
			}
		}
	}
}
