package pdfium

import (
	"os"
	"path/filepath"
	"testing"
)

// BenchmarkColdStart opens the first document of an engine, with the compiled module in the cache and without.
func BenchmarkColdStart(b *testing.B) {
	data := onePage("", "", "")
	start := func(b *testing.B, opt Options) {
		e := New(opt)
		defer e.Close()
		d, err := e.Open(data, "")
		if err != nil {
			b.Fatal(err)
		}
		d.Close()
	}
	b.Run("cached", func(b *testing.B) {
		dir := b.TempDir()
		start(b, Options{CacheDir: dir})
		for b.Loop() {
			start(b, Options{CacheDir: dir})
		}
	})
	b.Run("compiled", func(b *testing.B) {
		for b.Loop() {
			start(b, Options{CacheDir: os.DevNull}) // no folder: no cache
		}
	})
}

// BenchmarkOpen opens a document in a fresh instance.
func BenchmarkOpen(b *testing.B) {
	data := readFile(b, find(b, "synth", "dev12_unit_budget_yuan.pdf"))
	openTest(b, data)
	for b.Loop() {
		d, err := testEngine().Open(data, "")
		if err != nil {
			b.Fatal(err)
		}
		d.Close()
	}
}

// BenchmarkRead reads all pages of the real documents of the corpus.
func BenchmarkRead(b *testing.B) {
	for _, folder := range []string{"real", "synth"} {
		b.Run(folder, func(b *testing.B) {
			var docs []*Document
			for _, name := range corpus(b, folder) {
				docs = append(docs, openTest(b, readFile(b, name)))
			}
			pages, glyphs := 0, 0
			for b.Loop() {
				for _, d := range docs {
					for n := 1; n <= d.NumPages(); n++ {
						glyphs += len(d.Page(n).Glyphs)
						pages++
					}
				}
			}
			b.ReportMetric(float64(pages)/b.Elapsed().Seconds(), "pages/s")
			b.ReportMetric(float64(glyphs)/b.Elapsed().Seconds(), "glyphs/s")
			b.ReportMetric(0, "ns/op")
		})
	}
}

// BenchmarkRender draws A4 pages: a table with a text layer, and a scan.
func BenchmarkRender(b *testing.B) {
	for _, test := range []struct {
		name, file string
		page       int
		dpi        float64
	}{
		{"text/200", "dev12_unit_budget_yuan.pdf", 5, 200},
		{"text/300", "dev12_unit_budget_yuan.pdf", 5, 300},
		{"scan/200", "dev10_scan_hubei.pdf", 3, 200},
		{"scan/300", "dev10_scan_hubei.pdf", 3, 300},
	} {
		b.Run(test.name, func(b *testing.B) {
			d := openTest(b, readFile(b, find(b, "synth", test.file)))
			for b.Loop() {
				if _, err := d.Render(test.page, test.dpi, nil); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(d.guest.memory.Size())/(1<<20), "MiB")
		})
	}
	b.Run("pixels of a scan", func(b *testing.B) {
		d := openTest(b, readFile(b, find(b, "synth", "dev10_scan_hubei.pdf")))
		for b.Loop() {
			if _, err := d.Image(3, 0); err != nil {
				b.Fatal(err)
			}
		}
	})
}

// find is a file of the corpus.
func find(b *testing.B, folder, base string) string {
	b.Helper()
	for _, name := range corpus(b, folder) {
		if filepath.Base(name) == base {
			return name
		}
	}
	b.Skipf("no %s in the corpus", base)
	return ""
}
