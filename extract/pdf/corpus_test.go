package pdf

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/countybudget/extract/extract/model"
	"github.com/countybudget/extract/internal/testfiles"
)

// corpus lists the documents of a folder of the shared test corpus, which is not part of the repository.
func corpus(t testing.TB, folder string) []string {
	t.Helper()
	dir := filepath.Join("..", "..", "..", "shared", "corpus", folder)
	files, _ := filepath.Glob(filepath.Join(dir, "*.pdf"))
	if len(files) == 0 {
		t.Skip("needs the shared corpus, which is not beside the repository")
	}
	return files
}

func mustRead(t testing.TB, file string) []byte {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// TestCorpusReads checks that every sound document is read without an error and without an undecoded character.
func TestCorpusReads(t *testing.T) {
	for _, folder := range []string{"seed", "real", "synth", "trend"} {
		t.Run(folder, func(t *testing.T) {
			for _, file := range corpus(t, folder) {
				d, err := Open(mustRead(t, file), Options{})
				if err != nil {
					t.Errorf("%s: %v", file, err)
					continue
				}
				if slices.ContainsFunc(d.Diagnostics(), func(g model.Diagnostic) bool { return g.Severity != model.Info }) {
					t.Errorf("%s: %v", file, d.Diagnostics())
				}
				checkPages(t, file, d)
			}
		})
	}
}

func checkPages(t *testing.T, file string, d *Document) {
	t.Helper()
	for n := 1; n <= d.NumPages(); n++ {
		p := d.Page(n)
		if p.Err != nil {
			t.Errorf("%s, page %d: %v", file, n, p.Err)
		}
		for i := range p.Glyphs {
			if g := &p.Glyphs[i]; g.Is(model.FlagUndecoded) || g.Font == nil || g.Text == "" || g.Box.X1 < g.Box.X0 {
				t.Errorf("%s, page %d: %+v", file, n, g)
				break
			}
		}
	}
}

// TestBroken checks what is said of a broken document of each kind.
func TestBroken(t *testing.T) {
	for name, data := range testfiles.Broken() {
		checkBroken(t, name, data)
	}
}

// TestCorpusBroken checks the same of those of the shared corpus.
func TestCorpusBroken(t *testing.T) {
	for _, file := range corpus(t, "broken") {
		checkBroken(t, filepath.Base(file), mustRead(t, file))
	}
}

func checkBroken(t *testing.T, name string, data []byte) {
	t.Helper()
	says := map[string]string{
		"empty": "empty file", "text_named": "not a PDF (text)", "html_error": "not a PDF (HTML)", "jpeg_renamed": "not a PDF (JPEG)",
		"user_password": "encrypted, a password is needed", "zero_pages": "no pages", "truncated": codeTruncated,
		"garbage_xref": codeXrefRebuilt, "page_tree_loop": codePageTreeLoop, "nested_array": "nesting too deep",
		"flate_bomb": "stream too large", "huge_page_image": "",
	}
	want, ok := says[strings.TrimSuffix(name, ".pdf")]
	if !ok {
		return
	}
	d, err := Open(data, Options{})
	var found []string
	if err != nil {
		found = append(found, err.Error())
	} else {
		found = codesOf(d)
		for n := 1; n <= d.NumPages(); n++ {
			found = append(found, errors.Join(d.Page(n).Err, errors.New("")).Error())
		}
	}
	if all := strings.Join(found, "; "); !strings.Contains(all, want) {
		t.Errorf("%s: got %q, want %q", name, all, want)
	}
}

// TestDamaged overwrites and cuts sound documents at many places; nothing may panic.
func TestDamaged(t *testing.T) {
	samples, err := filepath.Glob("../../samples/*.pdf")
	if err != nil || len(samples) == 0 {
		t.Fatal("no samples: ", err)
	}
	damageAnywhere(t, samples)
}

// TestCorpusDamaged does the same to those of the shared corpus.
func TestCorpusDamaged(t *testing.T) {
	if testing.Short() {
		t.Skip("takes a few seconds")
	}
	damageAnywhere(t, corpus(t, "synth"))
}

func damageAnywhere(t *testing.T, files []string) {
	t.Helper()
	for _, file := range files {
		data := mustRead(t, file)
		if len(data) > 1<<20 {
			continue
		}
		for k := 1; k < 12; k++ {
			at := len(data) * k / 12
			broken := append([]byte(nil), data...)
			copy(broken[at:], "\x00]>> endobj (garbage [ <<")
			for _, b := range [][]byte{broken, data[:at]} {
				if d, err := Open(b, Options{}); err == nil {
					d.Page(1)
					d.Page(d.NumPages())
				}
			}
		}
	}
}

func BenchmarkCorpus(b *testing.B) {
	var files [][]byte
	for _, folder := range []string{"seed", "real", "synth", "trend"} {
		for _, file := range corpus(b, folder) {
			files = append(files, mustRead(b, file))
		}
	}
	pages := 0
	b.ReportAllocs()
	for b.Loop() {
		for _, data := range files {
			d, err := Open(data, Options{})
			if err != nil {
				b.Fatal(err)
			}
			for n := 1; n <= d.NumPages(); n++ {
				d.Page(n)
			}
			pages += d.NumPages()
		}
	}
	b.ReportMetric(float64(pages)/b.Elapsed().Seconds(), "pages/s")
}
