package cos_test

import (
	"bytes"
	"context"
	"hash/fnv"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"

	"github.com/countybudget/extract/extract"
	"github.com/countybudget/extract/extract/ocr/lstm"
	"github.com/countybudget/extract/extract/pdf/cos"
	"github.com/countybudget/extract/normalize"
	"github.com/countybudget/extract/normalize/spelling"
	"github.com/countybudget/extract/schema"
)

// TestDamagedPictures breaks the picture of a scanned page and recognizes it: figures that are gone must be said. A JPEG has
// no checksum, so that a spot of it can change and all else stay: a figure in ten may be read otherwise without a word, but
// never all of them.
func TestDamagedPictures(t *testing.T) {
	if _, err := lstm.Load(""); err != nil {
		t.Skip("no recognition: ", err)
	}
	files, _ := filepath.Glob("../../../samples/*scan*.pdf")
	if len(files) == 0 {
		t.Fatal("no scanned sample")
	}
	for _, pattern := range []string{"seed/*scan*", "synth/*scan*", "scans/a0[1238]*"} {
		more, _ := filepath.Glob("../../../../shared/corpus/" + pattern + ".pdf")
		files = append(files, more...)
	}
	const pages = 2
	for _, file := range files {
		t.Run(filepath.Base(file), func(t *testing.T) {
			data, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			whole := convertRecognized(data, pages)
			if whole.Document.FailedPages > 0 {
				t.Fatal("the sample cannot be read as it is: ", whole.Document.Error)
			}
			var pictures []cos.Part
			for _, p := range cos.Parts(data) {
				if p.Kind == "picture" && p.Stream && p.End-p.Start > 2000 && len(pictures) < pages {
					pictures = append(pictures, p)
				}
			}
			seed := fnv.New64a()
			seed.Write(data)
			for i, how := range damages {
				if how.name == "one bit" || len(pictures) == 0 {
					continue
				}
				r := rand.New(rand.NewPCG(seed.Sum64(), uint64(i)))
				part := pictures[r.IntN(len(pictures))]
				broken := bytes.Clone(data)
				how.do(r, broken[part.Start:part.End])
				got := convertRecognized(broken, pages)
				if got.Document.Status != schema.StatusOK {
					continue
				}
				if n := linesGone(whole, got); 10*n > len(whole.BudgetLines) {
					t.Errorf("bytes %d to %d, %s: status ok, but %d of %d lines are gone", part.Start, part.End, how.name, n, len(whole.BudgetLines))
				}
			}
		})
	}
}

func convertRecognized(data []byte, pages int) *schema.Disclosure {
	in := normalize.Input{DocumentID: "0", FileName: "a.pdf", SourceURI: "a.pdf"}
	doc, err := extract.Extract(context.Background(), data, extract.Options{MaxPages: pages, Known: spelling.Embedded().Known, Near: spelling.Embedded().Near})
	if err != nil {
		return normalize.Failed(in, err)
	}
	doc.PageCount = len(doc.Pages) // the others are not asked for
	doc, _, err = spelling.Embedded().Correct(doc)
	if err != nil {
		return normalize.Failed(in, err)
	}
	return normalize.Normalize(doc, in)
}

func linesGone(whole, got *schema.Disclosure) int {
	have := map[string]int{}
	for i := range got.BudgetLines {
		have[got.BudgetLines[i].RawText]++
	}
	gone := 0
	for i := range whole.BudgetLines {
		k := whole.BudgetLines[i].RawText
		if have[k]--; have[k] < 0 {
			gone++
		}
	}
	return gone
}
