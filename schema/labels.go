package schema

import (
	"bytes"
	_ "embed"
	"encoding/csv"
	"fmt"
	"sync"
)

// labels/columns.csv names datasets and columns in Chinese, for spreadsheets and dictionaries. The dataset * stands for
// all that have no line of their own; the column * is the dataset itself.
//
//go:embed labels/columns.csv
var labelFile []byte

type labelKey struct{ dataset, column string }

// columnLabels is read once. A line that cannot be read is a bug of this package, found by any test.
var columnLabels = sync.OnceValue(func() map[labelKey]string {
	lines, err := csv.NewReader(bytes.NewReader(labelFile)).ReadAll()
	if err != nil {
		panic(fmt.Sprintf("schema: labels/columns.csv: %v", err))
	}
	labels := make(map[labelKey]string, len(lines))
	for _, l := range lines[1:] {
		labels[labelKey{l[0], l[1]}] = l[2]
	}
	return labels
})

// labelOf is the Chinese name of a column; of a dataset for the column *.
func labelOf(dataset, column string) string {
	labels := columnLabels()
	if label, ok := labels[labelKey{dataset, column}]; ok {
		return label
	}
	return labels[labelKey{"*", column}]
}
