package dataset_test

import (
	"os"
	"path/filepath"
	"runtime"
	"testing"

	"github.com/countybudget/extract/internal/output"
	"github.com/countybudget/extract/schema"
)

// BenchmarkWriter writes a hundred documents of a thousand lines and a thousand cells each.
func BenchmarkWriter(b *testing.B) {
	const documents, lines = 100, 1000
	var docs []*schema.Disclosure
	for n := range documents {
		docs = append(docs, disclosure(n, lines))
	}
	for _, phase := range []string{"add", "commit"} {
		b.Run(phase, func(b *testing.B) {
			for b.Loop() {
				b.StopTimer()
				out := filepath.Join(b.TempDir(), "out")
				w, err := output.NewWriter(out, output.Options{})
				if err != nil {
					b.Fatal(err)
				}
				if phase == "add" {
					b.StartTimer()
				}
				for _, d := range docs {
					if err := w.Add(d); err != nil {
						b.Fatal(err)
					}
				}
				if phase == "commit" {
					b.StartTimer()
					if err := w.Commit(); err != nil {
						b.Fatal(err)
					}
				}
				b.StopTimer()
				w.Abort()
				os.RemoveAll(out)
				b.StartTimer()
			}
			b.ReportMetric(float64(b.N*documents)/b.Elapsed().Seconds(), "docs/s")
			var m runtime.MemStats
			runtime.ReadMemStats(&m)
			b.ReportMetric(float64(m.Sys)/(1<<20), "MiB-sys")
		})
	}
}
