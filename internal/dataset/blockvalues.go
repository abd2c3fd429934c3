package dataset

import (
	"github.com/parquet-go/parquet-go"

	"github.com/countybudget/extract/internal/dataset/spool"
	"github.com/countybudget/extract/schema"
)

// writeBlock sends a block to the columns of a Parquet writer. It returns the number of rows.
func writeBlock(ds *schema.Dataset, block []byte, columns []*parquet.ColumnWriter, scratch *[]parquet.Value) (int, error) {
	r, rows := spool.OpenBlock(block)
	leaves := ds.Leaves()
	for i := range leaves {
		values := appendValues((*scratch)[:0], &r, &leaves[i], rows)
		*scratch = values
		if r.Failed() {
			return 0, spool.ErrDamaged
		}
		if _, err := columns[i].WriteRowValues(values); err != nil {
			return 0, err
		}
	}
	return int(rows), r.Close()
}

// appendValues appends a leaf's values of the given number of rows, with their levels, as Parquet wants them. Strings
// point into the block. The number of the column is left out: a ColumnWriter knows its own.
func appendValues(values []parquet.Value, r *spool.BlockReader, l *schema.Leaf, rows uint64) []parquet.Value {
	for range rows {
		if r.Failed() {
			break
		}
		if !l.List {
			v, ok := readValue(r, l.Value)
			if ok && l.Value.Nullable {
				v.SetDefinitionLevel(1)
			}
			values = append(values, v)
			continue
		}
		n := r.Length()
		if n == 0 {
			values = append(values, parquet.NullValue())
		}
		for i := uint64(0); i < n && !r.Failed(); i++ {
			v, _ := readValue(r, l.Value)
			v.SetRepetitionLevel(int(min(i, 1)))
			v.SetDefinitionLevel(1)
			values = append(values, v)
		}
	}
	return values
}

// readValue reads one value; it is not ok, and null, when the block has none.
func readValue(r *spool.BlockReader, c *schema.Column) (v parquet.Value, ok bool) {
	if c.Type == schema.TypeString {
		s, ok := r.Text(c)
		if !ok {
			return parquet.Value{}, false
		}
		return parquet.ByteArrayValue(s), true
	}
	if r.Null(c) {
		return parquet.Value{}, false
	}
	switch c.Type {
	case schema.TypeInt32:
		return parquet.Int32Value(int32(r.Int())), true
	case schema.TypeFloat32:
		return parquet.FloatValue(r.Float()), true
	case schema.TypeBool:
		return parquet.BooleanValue(r.Bool()), true
	default:
		return parquet.Int64Value(r.Int()), true
	}
}
