package report

import (
	"context"
	"crypto/sha256"
	"encoding/csv"
	"encoding/hex"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"testing"

	"github.com/shopspring/decimal"

	"github.com/countybudget/extract/extract"
	"github.com/countybudget/extract/extract/ocr/lstm"
	"github.com/countybudget/extract/internal/output"
	"github.com/countybudget/extract/normalize"
	"github.com/countybudget/extract/normalize/lineage"
	"github.com/countybudget/extract/schema"
)

// trendCorpus is a county over several years, with a renamed department, a merged one, a missing year, a duplicate file, a
// corrected publication, and the figures that a reader of all of it should find.
const trendCorpus = "../../../shared/corpus/trend"

// expectedTrend are the figures of expected_trend.csv.
type expectedTrend map[string]map[Key]decimal.Decimal

func readTrend(t *testing.T) (expectedTrend, []lineage.Alias) {
	t.Helper()
	file, err := os.Open(filepath.Join(trendCorpus, "departments.csv"))
	if err != nil {
		t.Skip("needs the shared corpus, which is not beside the repository")
	}
	defer file.Close()
	aliases, err := lineage.ReadAliases(file)
	if err != nil {
		t.Fatal(err)
	}
	table, err := os.Open(filepath.Join(trendCorpus, "expected_trend.csv"))
	if err != nil {
		t.Fatal(err)
	}
	defer table.Close()
	rows, err := csv.NewReader(table).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	want := expectedTrend{}
	for _, r := range rows[1:] {
		year, err := strconv.Atoi(r[1])
		if err != nil {
			t.Fatal(err)
		}
		if want[r[0]] == nil {
			want[r[0]] = map[Key]decimal.Decimal{}
		}
		want[r[0]][Key{int32(year), schema.Phase(r[2]), lineage.Measure(r[3])}] = decimal.RequireFromString(r[4])
	}
	return want, aliases
}

// convertTrend writes the corpus as an output and names the scans that were left out because they were not recognized.
func convertTrend(t *testing.T, out string, mode extract.OCRMode) (scans map[string]bool) {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(trendCorpus, "*.pdf"))
	if err != nil || len(files) == 0 {
		t.Skip("needs the shared corpus, which is not beside the repository")
	}
	scans = map[string]bool{}
	w, err := output.NewWriter(out, output.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer w.Abort()
	seen := map[string]bool{}
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		sum := sha256.Sum256(data)
		id, name := hex.EncodeToString(sum[:]), filepath.Base(file)
		if seen[id] {
			continue
		}
		seen[id] = true
		doc, err := extract.Extract(context.Background(), data, extract.Options{OCR: mode})
		if err != nil {
			t.Fatal(err)
		}
		for _, p := range doc.Pages {
			if p.NeedsOCR {
				scans[name] = true
			}
		}
		if scans[name] {
			continue
		}
		if err := w.Add(normalize.Normalize(doc, normalize.Input{DocumentID: id, FileName: name, SourceURI: file, Bytes: int64(len(data))})); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Commit(); err != nil {
		t.Fatal(err)
	}
	return scans
}

func buildTrend(t *testing.T, out string, aliases []lineage.Alias) map[string]*Department {
	t.Helper()
	m, err := Build(context.Background(), out, aliases)
	if err != nil {
		t.Fatal(err)
	}
	byName := map[string]*Department{}
	for _, d := range m.Departments {
		byName[d.Name] = d
	}
	return byName
}

// TestTrend: of every document with a text layer the site shows exactly the expected figures, and no others.
func TestTrend(t *testing.T) {
	want, aliases := readTrend(t)
	out := filepath.Join(t.TempDir(), "out")
	scans := convertTrend(t, out, extract.OCRNever)
	departments := buildTrend(t, out, aliases)
	if len(departments) != len(want) {
		t.Errorf("%d departments, want %d", len(departments), len(want))
	}
	shown, missing := 0, 0
	for name, figures := range want {
		d := departments[name]
		if d == nil {
			t.Errorf("%s is missing", name)
			continue
		}
		for k, yuan := range figures {
			f := d.Figures[k]
			switch {
			case f == nil && d.Document(k.Year, k.Phase) == nil:
				missing++
			case f == nil:
				t.Errorf("%s %v: missing", name, k)
			case !f.Amount.Equal(yuan) || f.Doubtful():
				t.Errorf("%s %v: %s, want %s (doubtful: %v)", name, k, f.Amount, yuan, f.Doubtful())
			default:
				shown++
			}
		}
		for k := range d.Figures {
			if _, expected := figures[k]; !expected && slices.Contains(MainMeasures, k.Measure) {
				t.Errorf("%s %v: not expected", name, k)
			}
		}
	}
	t.Logf("%d figures shown, %d of %d scans left out", shown, missing, len(scans))
	if missing != len(scans)*len(MainMeasures) {
		t.Errorf("%d figures are missing; the %d scans have %d", missing, len(scans), len(scans)*len(MainMeasures))
	}
	checkLineage(t, departments)

	// Without the alias file the new name is known by the changes that its first budget states; the merger is not to be seen.
	derived := buildTrend(t, out, nil)
	farm, roads := derived["云陵县农业农村局"], derived["云陵县公路管理局"]
	if len(derived) != len(want) || len(farm.Names) != 2 || farm.Origin != schema.OriginDerived || len(roads.Into) != 0 {
		t.Errorf("%d departments, want %d; names %+v (%s)", len(derived), len(want), farm.Names, farm.Origin)
	}
}

func checkLineage(t *testing.T, departments map[string]*Department) {
	t.Helper()
	farm, roads, transport := departments["云陵县农业农村局"], departments["云陵县公路管理局"], departments["云陵县交通运输局"]
	if len(farm.Names) != 2 || farm.Names[0].Name != "云陵县农业局" || farm.Names[0].Last != 2021 {
		t.Errorf("names: %+v", farm.Names)
	}
	if len(roads.Into) != 1 || roads.Into[0] != (Link{transport, 2023}) || len(transport.From) != 1 {
		t.Errorf("merged into: %+v", roads.Into)
	}
	if health := departments["云陵县卫生健康局"]; slices.Contains(health.Years(), 2020) {
		t.Error("a year without documents has one")
	}
}

// TestTrendScans: what is recognized on a scan and not marked is what is expected.
func TestTrendScans(t *testing.T) {
	if testing.Short() {
		t.Skip("takes minutes")
	}
	want, aliases := readTrend(t)
	if _, err := lstm.Load(""); err != nil {
		t.Skip("no recognition here: ", err)
	}
	out := filepath.Join(t.TempDir(), "out")
	convertTrend(t, out, extract.OCRAuto)
	right, marked := 0, 0
	for name, d := range buildTrend(t, out, aliases) {
		for k, f := range d.Figures {
			yuan, expected := want[name][k]
			switch {
			case !expected || f.Source != schema.FromOCR:
			case f.Amount.Equal(yuan):
				right++
			case f.Doubtful() || f.Unproven():
				marked++
				t.Logf("%s %v: %s, want %s; marked", name, k, f.Amount, yuan)
			default:
				t.Errorf("%s %v: %s, want %s, and not marked", name, k, f.Amount, yuan)
			}
		}
	}
	t.Logf("recognized figures: %d right, %d wrong and marked", right, marked)
}
