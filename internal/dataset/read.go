package dataset

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"iter"
	"os"
	"path/filepath"
	"reflect"

	"github.com/parquet-go/parquet-go"
	"github.com/shopspring/decimal"

	"github.com/countybudget/extract/internal/dataset/layout"
	"github.com/countybudget/extract/schema"
)

// ReadRows reads a whole dataset of an output, in the order of its files. T is a row type; the partition column comes
// from the path.
func ReadRows[T any](dir string) ([]T, error) {
	var rows []T
	for row, err := range Rows[T](dir) {
		if err != nil {
			return nil, err
		}
		rows = append(rows, *row)
	}
	return rows, nil
}

// Rows reads a dataset of an output row by row, in the order of its files. The row is valid until the next one; its
// strings and lists stay. After an error there are no more rows.
func Rows[T any](dir string) iter.Seq2[*T, error] {
	return func(yield func(*T, error) bool) {
		ds, err := schema.DatasetOf(reflect.TypeFor[T]())
		if err != nil {
			yield(nil, err)
			return
		}
		files, err := dataFiles(dir, ds)
		if err != nil {
			yield(nil, err)
			return
		}
		for _, path := range files {
			row := new(T)
			more, err := readFile(path, ds, reflect.ValueOf(row).Elem(), func() bool { return yield(row, nil) })
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

// dataFiles lists the files of a dataset in order.
func dataFiles(dir string, ds *schema.Dataset) ([]string, error) {
	if _, err := ReadManifest(dir); err != nil {
		return nil, err
	}
	var files []string
	err := filepath.WalkDir(filepath.Join(dir, ds.Name), func(path string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() && layout.IsDataFile(path) {
			files = append(files, path)
		}
		return err
	})
	return files, err
}

// readFile fills row with one row after another. It ends early when next wants no more.
func readFile(path string, ds *schema.Dataset, row reflect.Value, next func() bool) (more bool, err error) {
	year := int32(schema.UnknownYear)
	partition := ds.PartitionColumn()
	if partition != nil {
		if year, err = layout.PartitionYear(path, partition.Name); err != nil {
			return false, err
		}
	}
	f, err := os.Open(path)
	if err != nil {
		return false, err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return false, err
	}
	file, err := parquet.OpenFile(f, info.Size(), parquet.SkipPageIndex(true), parquet.SkipBloomFilters(true))
	if err != nil {
		return false, err
	}
	columns := leafColumns(file.Schema(), ds)
	for _, group := range file.RowGroups() {
		more, err := readGroup(group, columns, func(values parquet.Row) bool {
			row.SetZero()
			setNulls(row, ds)
			if partition != nil {
				row.Field(partition.Index).SetInt(int64(year))
			}
			setRow(row, columns, values)
			return next()
		})
		if err != nil || !more {
			return more, err
		}
	}
	return true, nil
}

// leafColumns finds for each column of a file the leaf it belongs to; nil for a column that a newer version added.
func leafColumns(s *parquet.Schema, ds *schema.Dataset) []*schema.Leaf {
	paths, leaves := s.Columns(), ds.Leaves()
	columns := make([]*schema.Leaf, len(paths))
	for i, path := range paths {
		for j := range leaves {
			l := &leaves[j]
			if l.Column.Name == path[0] && (l.Value == l.Column || l.Value.Name == path[len(path)-1]) {
				columns[i] = l
			}
		}
	}
	return columns
}

func readGroup(group parquet.RowGroup, columns []*schema.Leaf, next func(parquet.Row) bool) (more bool, err error) {
	rows := group.Rows()
	defer func() { err = errors.Join(err, rows.Close()) }()
	batch := make([]parquet.Row, 64)
	for {
		n, err := rows.ReadRows(batch)
		for _, values := range batch[:n] {
			if !next(values) {
				return false, nil
			}
		}
		if errors.Is(err, io.EOF) {
			return true, nil
		}
		if err != nil {
			return false, err
		}
	}
}

// setNulls gives nullable fields the Go value that stands for null.
func setNulls(row reflect.Value, ds *schema.Dataset) {
	for i := range ds.Columns {
		if c := &ds.Columns[i]; c.Null != 0 {
			row.Field(c.Index).SetInt(c.Null)
		}
	}
}

func setRow(row reflect.Value, columns []*schema.Leaf, values parquet.Row) {
	element := 0 // of the list that is being filled
	for _, v := range values {
		l := columns[v.Column()]
		if l == nil || v.IsNull() {
			continue
		}
		field := row.Field(l.Column.Index)
		if !l.List {
			setValue(l.Value, field, v)
			continue
		}
		if element++; v.RepetitionLevel() == 0 {
			element = 0
		}
		if element == field.Len() {
			field.Set(reflect.Append(field, reflect.Zero(field.Type().Elem())))
		}
		target := field.Index(element)
		if l.Value != l.Column {
			target = target.Field(l.Value.Index)
		}
		setValue(l.Value, target, v)
	}
}

func setValue(c *schema.Column, field reflect.Value, v parquet.Value) {
	switch c.Type {
	case schema.TypeString:
		field.SetString(string(v.ByteArray()))
	case schema.TypeInt32:
		field.SetInt(int64(v.Int32()))
	case schema.TypeInt64:
		field.SetInt(v.Int64())
	case schema.TypeFloat32:
		field.SetFloat(float64(v.Float()))
	case schema.TypeBool:
		field.SetBool(v.Boolean())
	case schema.TypeDecimal:
		d := decimal.New(v.Int64(), -c.Scale)
		if c.Nullable {
			field.Set(reflect.ValueOf(decimal.NewNullDecimal(d)))
			return
		}
		field.Set(reflect.ValueOf(d))
	}
}
