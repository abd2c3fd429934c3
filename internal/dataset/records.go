package dataset

import (
	"fmt"
	"iter"
	"reflect"

	"github.com/countybudget/extract/schema"
)

// Records reads any dataset of an output row by row, as values in the order of its columns (see schema.Column.PlainValue).
// The slice is valid until the next row. After an error there are no more rows.
func Records(dir, dataset string) iter.Seq2[[]any, error] {
	return func(yield func([]any, error) bool) {
		ds, err := schema.DatasetNamed(dataset)
		if err != nil {
			yield(nil, err)
			return
		}
		files, err := dataFiles(dir, ds)
		if err != nil {
			yield(nil, err)
			return
		}
		row := reflect.New(ds.Row).Elem()
		record := make([]any, len(ds.Columns))
		for _, path := range files {
			more, err := readFile(path, ds, row, func() bool {
				for i := range ds.Columns {
					record[i] = ds.Columns[i].PlainValue(row.Field(ds.Columns[i].Index))
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
