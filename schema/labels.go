package schema

import (
	"embed"
	"encoding/csv"
	"fmt"
	"sync"
)

// The Chinese words of the schema are data: labels/columns.csv names datasets and columns, labels/values.csv the values of
// closed lists, for spreadsheets and dictionaries; labels/datasets.csv says what a row of each dataset is.
//
//go:embed labels/*.csv
var labelFiles embed.FS

// labelLines reads a file of labels without its heading. A line that cannot be read is a bug of this package, found by any
// test.
func labelLines(name string) [][]string {
	file, err := labelFiles.Open("labels/" + name)
	if err != nil {
		panic(fmt.Sprintf("schema: labels/%s: %v", name, err))
	}
	defer file.Close()
	lines, err := csv.NewReader(file).ReadAll()
	if err != nil {
		panic(fmt.Sprintf("schema: labels/%s: %v", name, err))
	}
	return lines[1:]
}

type labelKey struct{ dataset, column string }

// columnLabels is read once. The dataset * stands for all that have no line of their own; the column * is the dataset
// itself.
var columnLabels = sync.OnceValue(func() map[labelKey]string {
	labels := map[labelKey]string{}
	for _, l := range labelLines("columns.csv") {
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

// datasetDocs says what a row of each dataset is.
func datasetDocs() map[string]string {
	docs := map[string]string{}
	for _, l := range labelLines("datasets.csv") {
		docs[l[0]] = l[1]
	}
	return docs
}
