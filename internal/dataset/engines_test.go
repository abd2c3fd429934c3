package dataset_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/shopspring/decimal"

	"github.com/countybudget/extract/internal/dataset"
	"github.com/countybudget/extract/internal/output"
	"github.com/countybudget/extract/schema"
)

// python finds an interpreter with DuckDB and pyarrow: EXTRACT_PYTHON, the repository's .venv, or the system's.
func python(t *testing.T) string {
	t.Helper()
	for _, candidate := range []string{os.Getenv("EXTRACT_PYTHON"), filepath.Join("..", ".venv", "bin", "python"), "python3"} {
		if candidate == "" {
			continue
		}
		if exec.Command(candidate, "-c", "import duckdb, pyarrow").Run() == nil {
			return candidate
		}
	}
	t.Skip("no Python with duckdb and pyarrow: make test installs them, or EXTRACT_PYTHON names one")
	return ""
}

// seen is what testdata/read_output.py prints.
type seen struct {
	DuckDB, PyArrow map[string]struct {
		Rows  int64
		Types map[string]string
	}
	DuckDBSums  map[string][]any `json:"duckdb_sums"`
	PyArrowSums map[string][]any `json:"pyarrow_sums"`
	Document    struct {
		Lines   int
		LineIDs []string `json:"line_ids"`
		Names   [][]any
	}
}

func readByEngines(t *testing.T, out, document string) seen {
	t.Helper()
	cmd := exec.Command(python(t), filepath.Join("testdata", "read_output.py"), out, document)
	cmd.Stderr = os.Stderr
	data, err := cmd.Output()
	if err != nil {
		t.Fatalf("%s: %v", cmd, err)
	}
	var s seen
	if err := json.Unmarshal(data, &s); err != nil {
		t.Fatalf("%v in %s", err, data)
	}
	return s
}

// engineTypes are the types that each engine must give a column.
func engineTypes(d schema.Dataset) (duck, arrow map[string]string) {
	duck, arrow = map[string]string{}, map[string]string{}
	for _, c := range d.Columns {
		duck[c.Name], arrow[c.Name] = engineType(c)
	}
	if d.Partition != "" { // the engines make what they like of the path: a whole number
		duck[d.Partition], arrow[d.Partition] = "BIGINT", "int32"
	}
	return duck, arrow
}

func engineType(c schema.Column) (duck, arrow string) {
	switch c.Type {
	case schema.TypeString:
		duck, arrow = "VARCHAR", "string"
	case schema.TypeInt32:
		duck, arrow = "INTEGER", "int32"
	case schema.TypeInt64:
		duck, arrow = "BIGINT", "int64"
	case schema.TypeFloat32:
		duck, arrow = "FLOAT", "float"
	case schema.TypeBool:
		duck, arrow = "BOOLEAN", "bool"
	case schema.TypeDecimal:
		duck, arrow = fmt.Sprintf("DECIMAL(18,%d)", c.Scale), fmt.Sprintf("decimal128(18, %d)", c.Scale)
	case schema.TypeStruct:
		var ds, as []string
		for _, f := range c.Fields {
			d, a := engineType(f)
			ds, as = append(ds, f.Name+" "+d), append(as, f.Name+": "+a)
		}
		duck, arrow = "STRUCT("+strings.Join(ds, ", ")+")", "struct<"+strings.Join(as, ", ")+">"
	}
	if c.List {
		duck, arrow = duck+"[]", "list<element: "+arrow+">"
	}
	return duck, arrow
}

func checkEngines(t *testing.T, s seen, out string) {
	t.Helper()
	m, err := dataset.ReadManifest(out)
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range schema.Datasets() {
		duck, arrow := engineTypes(d)
		if got := s.DuckDB[d.Name]; got.Rows != m.Rows(d.Name) || !sameTypes(got.Types, duck) {
			t.Errorf("DuckDB, %s: %d rows (want %d), types\n%v, want\n%v", d.Name, got.Rows, m.Rows(d.Name), got.Types, duck)
		}
		if got := s.PyArrow[d.Name]; got.Rows != m.Rows(d.Name) || !sameTypes(got.Types, arrow) {
			t.Errorf("pyarrow, %s: %d rows (want %d), types\n%v, want\n%v", d.Name, got.Rows, m.Rows(d.Name), got.Types, arrow)
		}
	}
}

// sameTypes compares types without quotes and nullability, which engines print differently from version to version.
func sameTypes(got, want map[string]string) bool {
	plain := strings.NewReplacer(`"`, "", " not null", "")
	clean := make(map[string]string, len(got))
	for name, typ := range got {
		clean[name] = plain.Replace(typ)
	}
	return maps.Equal(clean, want)
}

// TestEngines: DuckDB and pyarrow read every dataset with the right types, partitions, and sums to the fen.
func TestEngines(t *testing.T) {
	var docs []*schema.Disclosure
	sums := map[string]decimal.Decimal{}
	perYear := map[string]map[string]bool{}
	for n := range 60 {
		d := disclosure(n, 120)
		if n == 7 { // of an unknown year
			d.Document.FiscalYear = 0
			for i := range d.BudgetLines {
				d.BudgetLines[i].FiscalYear = 0
			}
		}
		for _, l := range d.BudgetLines {
			year := fmt.Sprint(l.FiscalYear)
			if l.FiscalYear == 0 {
				year = "None"
			}
			sums[year] = sums[year].Add(l.Amount)
			if perYear[year] == nil {
				perYear[year] = map[string]bool{}
			}
			perYear[year][l.DocumentID] = true
		}
		docs = append(docs, d)
	}
	out := filepath.Join(t.TempDir(), "out")
	write(t, out, output.Options{RowGroupBytes: 256 << 10, PartBytes: 32 << 10}, docs...)
	s := readByEngines(t, out, docs[3].Document.DocumentID)
	checkEngines(t, s, out)
	for engine, got := range map[string]map[string][]any{"DuckDB": s.DuckDBSums, "pyarrow": s.PyArrowSums} {
		if len(got) != len(sums) {
			t.Errorf("%s: years %v, want %v", engine, got, sums)
		}
		for year, want := range sums {
			if g := got[year]; len(g) != 2 || g[0] != want.StringFixed(2) || g[1] != float64(len(perYear[year])) {
				t.Errorf("%s, %s: %v, want %s of %d documents", engine, year, g, want.StringFixed(2), len(perYear[year]))
			}
		}
	}
	if s.Document.Lines != 120 || fmt.Sprint(s.Document.LineIDs) != "[a b c]" {
		t.Errorf("one document = %+v", s.Document)
	}
	if len(s.Document.Names) != 7 || fmt.Sprint(s.Document.Names[0]) != "[云陵县第0局 2019 2022]" {
		t.Errorf("names = %v", s.Document.Names)
	}
}

// TestEnginesOnEmptyDatasets: a dataset without rows can be read like any other, with its partition column a number.
func TestEnginesOnEmptyDatasets(t *testing.T) {
	failed := &schema.Disclosure{Document: schema.DocumentRow{
		DocumentID: documentID(1), FileName: "a.pdf", Status: schema.StatusFailed, Error: "not a PDF",
	}}
	for name, docs := range map[string][]*schema.Disclosure{"nothing": nil, "one failed document": {failed}} {
		t.Run(name, func(t *testing.T) {
			out := filepath.Join(t.TempDir(), "out")
			write(t, out, output.Options{}, docs...)
			checkEngines(t, readByEngines(t, out, documentID(1)), out)
		})
	}
}
