package schema

import (
	"bytes"
	"errors"
	"flag"
	"os"
	"path/filepath"
	"testing"
)

var update = flag.Bool("update", false, "make data/codes.parquet anew")

// TestCodesFile: the file that every output has is what the codebooks give.
func TestCodesFile(t *testing.T) {
	books, err := LoadCodebooks()
	if err != nil {
		t.Fatal(err)
	}
	rows, err := books.Rows()
	if err != nil {
		t.Fatal(err)
	}
	want := partitionFile(t, DatasetCodes, rows)
	if *update {
		if err := os.WriteFile("data/codes.parquet", want, 0o666); err != nil {
			t.Fatal(err)
		}
		return
	}
	if !bytes.Equal(want, codesFile) {
		t.Error("data/codes.parquet is not what the codebooks and this version of the program make; run: go generate ./schema")
	}
}

// partitionFile is the file of a dataset without years.
func partitionFile(t *testing.T, dataset string, rows any) []byte {
	t.Helper()
	var p Packer
	if err := p.rows(dataset, rows, unknownYear); err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	codec, err := newPageCodec()
	if err != nil {
		t.Fatal(err)
	}
	ds, _ := datasetNamed(dataset)
	durable := newSyncer()
	w, err := newPartitionWriter(dir, dataset, partition{ds, unknownYear}, codec, durable, &WriterOptions{RowGroupBytes: defaultRowGroupBytes, PartBytes: defaultPartBytes})
	if err != nil {
		t.Fatal(err)
	}
	if err := w.add(p.plain); err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(w.closeFile(), durable.end()); err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile(filepath.Join(dir, dataset, "part-00000.parquet"))
	if err != nil {
		t.Fatal(err)
	}
	return data
}
