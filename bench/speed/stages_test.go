package main

import (
	"bytes"
	"context"
	"encoding/gob"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/countybudget/extract/extract"
	"github.com/countybudget/extract/extract/layout"
	"github.com/countybudget/extract/extract/model"
	"github.com/countybudget/extract/extract/pdf"
	"github.com/countybudget/extract/extract/rebuild"
	"github.com/countybudget/extract/extract/table"
	"github.com/countybudget/extract/extract/watermark"
	"github.com/countybudget/extract/internal/output"
	"github.com/countybudget/extract/normalize"
	"github.com/countybudget/extract/normalize/verify"
	"github.com/countybudget/extract/schema"
)

// BenchmarkStages times every stage of a document by itself, on what the stages before it give, and all of them together:
//
//	go test -tags noocr -run '^$' -bench Stages -count 10 ./bench/speed | tee new.txt
//	benchstat old.txt new.txt
//
// The documents are the digital samples and, where the corpus is, some of it; SPEED_FILES names others, separated by colons.
func BenchmarkStages(b *testing.B) {
	for _, path := range stageFiles(b) {
		data, err := os.ReadFile(path)
		if err != nil {
			b.Fatal(err)
		}
		b.Run(strings.TrimSuffix(filepath.Base(path), ".pdf"), func(b *testing.B) { stages(b, data) })
	}
}

func stageFiles(b *testing.B) []string {
	if list := os.Getenv("SPEED_FILES"); list != "" {
		return filepath.SplitList(list)
	}
	files := []string{"../../samples/budget.pdf", "../../samples/accounts_watermark.pdf"}
	found, err := filepath.Glob("../../../shared/corpus/synth/dev0[1268]*.pdf")
	if err != nil {
		b.Fatal(err)
	}
	return append(files, found...)
}

// readPages reads all pages of a file.
func readPages(b *testing.B, data []byte) []*model.Page {
	f, err := pdf.Open(data, pdf.Options{})
	if err != nil {
		b.Fatal(err)
	}
	var pages []*model.Page
	for n := 1; n <= f.NumPages(); n++ {
		pages = append(pages, f.Page(n))
	}
	return pages
}

func stages(b *testing.B, data []byte) {
	ctx := context.Background()
	opt := extract.Options{OCR: extract.OCRNever}
	input := normalize.Input{DocumentID: strings.Repeat("0", 64), FileName: "x.pdf", SourceURI: "x.pdf", Bytes: int64(len(data))}
	pages := readPages(b, data)
	watermark.Mark(pages, watermark.Options{})
	var words [][]model.Word
	for _, p := range pages {
		words = append(words, layout.Words(p, layout.Defaults()))
	}
	doc, err := extract.Extract(ctx, data, opt)
	if err != nil {
		b.Fatal(err)
	}
	disclosure := normalize.Normalize(doc, input)
	before := unverified(b, disclosure)
	var packer output.Packer
	out := filepath.Join(b.TempDir(), "out")

	for _, stage := range []struct {
		name string
		do   func(b *testing.B)
	}{
		{"open", func(b *testing.B) {
			if _, err := pdf.Open(data, pdf.Options{}); err != nil {
				b.Fatal(err)
			}
		}},
		{"open+interpret", func(b *testing.B) { readPages(b, data) }},
		{"watermark", func(*testing.B) { watermark.Mark(pages, watermark.Options{}) }},
		{"layout", func(*testing.B) {
			for _, p := range pages {
				layout.Words(p, layout.Defaults())
			}
		}},
		{"table", func(*testing.B) {
			for i, p := range pages {
				table.Find(p, words[i], table.Defaults())
			}
		}},
		{"rebuild", func(*testing.B) { rebuild.Document(pages, rebuild.Defaults()) }}, // layout and table, and what joins pages
		{"extract", func(b *testing.B) {
			if _, err := extract.Extract(ctx, data, opt); err != nil {
				b.Fatal(err)
			}
		}},
		{"normalize+verify", func(*testing.B) { normalize.Normalize(doc, input) }},
		{"verify", func(b *testing.B) {
			b.StopTimer()
			d := before(b)
			b.StartTimer()
			verify.Embedded().Verify(d)
		}},
		{"pack", func(b *testing.B) {
			if _, err := packer.Pack(disclosure); err != nil {
				b.Fatal(err)
			}
		}},
		{"write", func(b *testing.B) { writeOne(b, out, disclosure) }},
		{"all", func(b *testing.B) {
			d, err := extract.Extract(ctx, data, opt)
			if err != nil {
				b.Fatal(err)
			}
			writeOne(b, out, normalize.Normalize(d, input))
		}},
	} {
		b.Run(stage.name, func(b *testing.B) {
			b.ReportAllocs()
			for range b.N {
				stage.do(b)
			}
			b.ReportMetric(float64(b.N*len(pages))/b.Elapsed().Seconds(), "pages/s")
		})
	}
}

// unverified gives copies of a disclosure as they were before its checks.
func unverified(b *testing.B, d *schema.Disclosure) func(*testing.B) *schema.Disclosure {
	c := *d
	c.Checks, c.Diagnostics = nil, nil
	var data bytes.Buffer
	if err := gob.NewEncoder(&data).Encode(&c); err != nil {
		b.Fatal(err)
	}
	return func(b *testing.B) *schema.Disclosure {
		var d schema.Disclosure
		if err := gob.NewDecoder(bytes.NewReader(data.Bytes())).Decode(&d); err != nil {
			b.Fatal(err)
		}
		for i := range d.BudgetLines {
			d.BudgetLines[i].Verification, d.BudgetLines[i].IsAggregate = schema.Unchecked, false
		}
		return &d
	}
}

// writeOne writes an output with one document.
func writeOne(b *testing.B, out string, d *schema.Disclosure) {
	w, err := output.NewWriter(out, output.Options{})
	if err != nil {
		b.Fatal(err)
	}
	defer w.Abort()
	if err := w.Add(d); err != nil {
		b.Fatal(err)
	}
	if err := w.Commit(); err != nil {
		b.Fatal(err)
	}
}
