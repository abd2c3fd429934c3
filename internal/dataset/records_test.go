package dataset_test

import (
	"reflect"
	"slices"
	"testing"

	"github.com/countybudget/extract/internal/dataset"
	"github.com/countybudget/extract/internal/output"
	"github.com/countybudget/extract/schema"
)

// TestRecords: the rows of a disclosure have the values that are read from its output.
func TestRecords(t *testing.T) {
	d := disclosure(1, 30)
	out := t.TempDir() + "/out"
	write(t, out, output.Options{}, d)
	for _, ds := range schema.Datasets() {
		if ds.Name == schema.DatasetSeries || ds.Name == schema.DatasetDepartments || ds.Name == schema.DatasetCodes {
			if records := slices.Collect(d.Records(ds.Name)); len(records) > 0 {
				t.Errorf("%s: %d records of one document", ds.Name, len(records))
			}
			continue
		}
		want := map[string]int{}
		for record, err := range dataset.Records(out, ds.Name) {
			if err != nil {
				t.Fatal(err)
			}
			want[printed(record)]++
		}
		got := map[string]int{}
		for record := range d.Records(ds.Name) {
			got[printed(record)]++
		}
		if !reflect.DeepEqual(got, want) {
			t.Errorf("%s: %d records, %d were written, or they differ", ds.Name, len(got), len(want))
		}
	}
}
