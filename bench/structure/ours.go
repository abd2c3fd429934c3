package main

import (
	"context"
	"os"
	"path/filepath"

	"github.com/countybudget/extract/extract"
)

// ours reads the files of the references with this program; a file that is in none of the folders is left out.
func ours(ctx context.Context, refs []Reference, folders []string) (system, error) {
	out := system{Name: "extract"}
	done := map[string]bool{}
	for _, ref := range refs {
		data := readFrom(folders, ref.File)
		if done[ref.File] || data == nil {
			continue
		}
		done[ref.File] = true
		d, err := extract.Extract(ctx, data, extract.Options{OCR: extract.OCRNever})
		if err != nil {
			return out, err
		}
		for i := range d.Tables {
			t := &d.Tables[i]
			f := found{File: ref.File, FirstPage: t.FirstPage, LastPage: t.LastPage, Title: key(t.Title), Unit: key(t.Unit),
				Grid: Grid{Rows: t.Rows, Columns: t.Cols}}
			for _, c := range t.Cells {
				f.Cells = append(f.Cells, Cell{c.Row, c.Col, c.RowSpan, c.ColSpan, key(c.Printed())})
			}
			out.Tables = append(out.Tables, f)
		}
	}
	return out, nil
}

// readFrom reads a file from the first folder that has it, nil when none has.
func readFrom(folders []string, name string) []byte {
	for _, dir := range folders {
		if data, err := os.ReadFile(filepath.Join(dir, filepath.FromSlash(name))); err == nil {
			return data
		}
	}
	return nil
}
