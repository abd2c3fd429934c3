package schema

import (
	"iter"
	"reflect"

	"github.com/shopspring/decimal"
)

// PlainValue gives a field of a row as a value that needs no knowledge of the row type: nil for null, string, int64,
// float32, bool, decimal.Decimal, []string, or for a list of structs []map[string]any.
func (c *Column) PlainValue(v reflect.Value) any {
	if !c.List {
		return c.plainScalar(v)
	}
	if c.Type != TypeStruct {
		texts := make([]string, v.Len())
		for i := range texts {
			texts[i] = v.Index(i).String()
		}
		return texts
	}
	structs := make([]map[string]any, v.Len())
	for i := range structs {
		structs[i] = make(map[string]any, len(c.Fields))
		for j := range c.Fields {
			f := &c.Fields[j]
			structs[i][f.Name] = f.plainScalar(v.Index(i).Field(f.Index))
		}
	}
	return structs
}

func (c *Column) plainScalar(v reflect.Value) any {
	switch c.Type {
	case TypeString:
		if s := v.String(); s != "" || !c.Nullable {
			return s
		}
	case TypeInt32, TypeInt64:
		if n := v.Int(); !c.Nullable || n != c.Null {
			return n
		}
	case TypeFloat32:
		if f := float32(v.Float()); !c.Nullable || f != float32(c.Null) {
			return f
		}
	case TypeBool:
		return v.Bool()
	case TypeDecimal:
		switch d := v.Interface().(type) {
		case decimal.Decimal:
			return d
		case decimal.NullDecimal:
			if d.Valid {
				return d.Decimal
			}
		}
	}
	return nil
}

// Records gives the rows of one document in a dataset, as values in the order of its columns (see Column.PlainValue). The
// datasets that are made from all documents of an output have none.
func (d *Disclosure) Records(dataset string) iter.Seq[[]any] {
	return func(yield func([]any) bool) {
		ds, err := DatasetNamed(dataset)
		all := d.Rows(dataset)
		if err != nil || all == nil {
			return
		}
		rows := NewRowSet(ds, all)
		for i := range rows.Len() {
			record := make([]any, len(ds.Columns))
			for k := range ds.Columns {
				record[k] = ds.Columns[k].PlainValue(rows.Row(i).Field(ds.Columns[k].Index))
			}
			if !yield(record) {
				return
			}
		}
	}
}
