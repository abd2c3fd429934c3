package schema

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"iter"
	"os"
	"path/filepath"
	"reflect"
	"strconv"
	"strings"

	"github.com/parquet-go/parquet-go"
	"github.com/shopspring/decimal"
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
		ds, err := datasetOf(reflect.TypeFor[T]())
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
func dataFiles(dir string, ds *dataset) ([]string, error) {
	if _, err := ReadManifest(dir); err != nil {
		return nil, err
	}
	var files []string
	err := filepath.WalkDir(filepath.Join(dir, ds.name), func(path string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() && strings.HasSuffix(path, ".parquet") {
			files = append(files, path)
		}
		return err
	})
	return files, err
}

// partitionValue is the year that a path says.
func partitionValue(path string, ds *dataset) (int32, error) {
	folder := filepath.Base(filepath.Dir(path))
	value, ok := strings.CutPrefix(folder, ds.partition.name+"=")
	if !ok {
		return 0, fmt.Errorf("%s is not a folder of the partition %s", folder, ds.partition.name)
	}
	if value == unknownPartition {
		return unknownYear, nil
	}
	year, err := strconv.ParseInt(value, 10, 32)
	return int32(year), err
}

// readFile fills row with one row after another. It ends early when next wants no more.
func readFile(path string, ds *dataset, row reflect.Value, next func() bool) (more bool, err error) {
	year := int32(unknownYear)
	if ds.partition != nil {
		if year, err = partitionValue(path, ds); err != nil {
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
			ds.setNulls(row)
			if ds.partition != nil {
				row.Field(ds.partition.field).SetInt(int64(year))
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
func leafColumns(s *parquet.Schema, ds *dataset) []*leaf {
	paths := s.Columns()
	columns := make([]*leaf, len(paths))
	for i, path := range paths {
		for j := range ds.leaves {
			l := &ds.leaves[j]
			if l.col.name == path[0] && (l.value == l.col || l.value.name == path[len(path)-1]) {
				columns[i] = l
			}
		}
	}
	return columns
}

func readGroup(group parquet.RowGroup, columns []*leaf, next func(parquet.Row) bool) (more bool, err error) {
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
func (ds *dataset) setNulls(row reflect.Value) {
	for i := range ds.columns {
		if c := &ds.columns[i]; c.null != 0 {
			row.Field(c.field).SetInt(c.null)
		}
	}
}

func setRow(row reflect.Value, columns []*leaf, values parquet.Row) {
	element := 0 // of the list that is being filled
	for _, v := range values {
		l := columns[v.Column()]
		if l == nil || v.IsNull() {
			continue
		}
		field := row.Field(l.col.field)
		if !l.list {
			l.value.set(field, v)
			continue
		}
		if element++; v.RepetitionLevel() == 0 {
			element = 0
		}
		if element == field.Len() {
			field.Set(reflect.Append(field, reflect.Zero(field.Type().Elem())))
		}
		target := field.Index(element)
		if l.value != l.col {
			target = target.Field(l.value.field)
		}
		l.value.set(target, v)
	}
}

func (c *column) set(field reflect.Value, v parquet.Value) {
	switch c.kind {
	case kindString:
		field.SetString(string(v.ByteArray()))
	case kindInt32:
		field.SetInt(int64(v.Int32()))
	case kindInt64:
		field.SetInt(v.Int64())
	case kindFloat32:
		field.SetFloat(float64(v.Float()))
	case kindBool:
		field.SetBool(v.Boolean())
	case kindDecimal:
		field.Set(reflect.ValueOf(decimal.New(v.Int64(), -c.scale)))
	case kindNullDecimal:
		field.Set(reflect.ValueOf(decimal.NewNullDecimal(decimal.New(v.Int64(), -c.scale))))
	}
}
