package output

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"testing"

	"github.com/countybudget/extract/internal/dataset"
	"github.com/countybudget/extract/internal/dataset/layout"
	"github.com/countybudget/extract/schema"
	"github.com/countybudget/extract/schema/codebook"
)

//go:generate go test -run TestCodesFile -update .

var update = flag.Bool("update", false, "make schema/codebook/data/codes.parquet anew")

// codes gives the rows of the codebooks as rows that come from all documents.
type codes struct{ rows []schema.CodeRow }

func (codes) ID() string { return "" }

func (codes) Document(dataset.Head, dataset.Sidecar) error { return nil }

func (c codes) Rows() []dataset.Derived {
	return []dataset.Derived{{Dataset: schema.DatasetCodes, Rows: c.rows}}
}

// TestCodesFile: the file that every output has is what the codebooks give.
func TestCodesFile(t *testing.T) {
	books, err := codebook.Load()
	if err != nil {
		t.Fatal(err)
	}
	rows, err := books.Rows()
	if err != nil {
		t.Fatal(err)
	}
	out := filepath.Join(t.TempDir(), "out")
	w, err := dataset.NewWriter(out, dataset.Options{Datasets: schema.Datasets(), SchemaVersion: schema.Version, Deriver: codes{rows}})
	if err != nil {
		t.Fatal(err)
	}
	if err := w.Commit(); err != nil {
		t.Fatal(err)
	}
	want, err := os.ReadFile(filepath.Join(out, schema.DatasetCodes, layout.Part(0)))
	if err != nil {
		t.Fatal(err)
	}
	if *update {
		if err := os.WriteFile(filepath.Join("..", "..", "schema", "codebook", "data", "codes.parquet"), want, 0o666); err != nil {
			t.Fatal(err)
		}
		return
	}
	if !bytes.Equal(want, codebook.ParquetFile()) {
		t.Error("schema/codebook/data/codes.parquet is not what the codebooks and this version of the program make; run: go generate ./internal/output")
	}
}
