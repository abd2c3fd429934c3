package cos_test

import (
	"bytes"
	"context"
	"fmt"
	"hash/fnv"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/countybudget/extract/extract"
	"github.com/countybudget/extract/extract/pdf/cos"
	"github.com/countybudget/extract/normalize"
	"github.com/countybudget/extract/normalize/spelling"
	"github.com/countybudget/extract/schema"
)

// damages change a part of a file that is longer than 8 bytes.
var damages = []struct {
	name string
	do   func(r *rand.Rand, part []byte)
}{
	{"bytes changed", func(r *rand.Rand, part []byte) {
		at := r.IntN(len(part))
		for i := at; i < min(at+16, len(part)); i++ {
			part[i] = byte(r.Uint32())
		}
	}},
	{"zeroed", func(r *rand.Rand, part []byte) { clear(part[r.IntN(len(part)/2+1):]) }},
	{"one bit", func(r *rand.Rand, part []byte) { part[r.IntN(len(part))] ^= 1 << r.IntN(8) }},
	{"head lost", func(_ *rand.Rand, part []byte) { copy(part, "\xff\xff\xff\xff\xff\xff\xff\xff") }},
}

// TestDamagedCopies breaks one content stream, one font, one picture or one page object of a document at a time: whatever is
// gone or another then must be said by the document's status. A bit changed in plain bytes, where nothing can tell a damage
// from a value, is left out.
func TestDamagedCopies(t *testing.T) {
	files, _ := filepath.Glob("../../../samples/*.pdf")
	if len(files) == 0 {
		t.Fatal("no samples")
	}
	corpus, _ := filepath.Glob("../../../../shared/corpus/*/*.pdf")
	if len(corpus) == 0 {
		t.Log("no shared corpus: samples only")
	}
	rounds := 1
	if s := os.Getenv("EXTRACT_TEST_DAMAGES"); s != "" {
		n, err := strconv.Atoi(s)
		if err != nil {
			t.Fatal(err)
		}
		rounds = n
	}
	for _, file := range append(files, corpus...) {
		if filepath.Base(filepath.Dir(file)) == "broken" {
			continue
		}
		t.Run(filepath.Base(file), func(t *testing.T) {
			t.Parallel()
			data, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			whole := convertText(data)
			if whole.Document.Status == schema.StatusFailed || len(data) > 12<<20 {
				return
			}
			for round := range rounds {
				damageKinds(t, data, whole, round)
			}
		})
	}
}

func damageKinds(t *testing.T, data []byte, whole *schema.Disclosure, round int) {
	parts := map[string][]cos.Part{}
	for _, p := range cos.Parts(data) {
		if p.End-p.Start > 8 {
			parts[p.Kind] = append(parts[p.Kind], p)
		}
	}
	seed := fnv.New64a()
	seed.Write(data)
	for k, kind := range []string{"content", "font", "picture", "page"} {
		if len(parts[kind]) == 0 {
			continue
		}
		r := rand.New(rand.NewPCG(seed.Sum64(), uint64(round*4+k)))
		part := parts[kind][r.IntN(len(parts[kind]))]
		how := damages[r.IntN(len(damages))]
		if how.name == "one bit" && !checked(data, part) {
			how = damages[0]
		}
		broken := bytes.Clone(data)
		how.do(r, broken[part.Start:part.End])
		got := convertText(broken)
		if got.Document.Status != schema.StatusOK || got.Document.FailedPages > whole.Document.FailedPages {
			continue
		}
		if gone := lost(whole, got); gone != "" {
			t.Errorf("%s, bytes %d to %d (round %d), %s: status ok, but %s", kind, part.Start, part.End, round, how.name, gone)
		}
	}
}

// checked reports whether a part is a stream whose bytes have a checksum.
func checked(data []byte, part cos.Part) bool {
	head := data[max(0, part.Start-600):part.Start]
	if i := bytes.LastIndex(head, []byte("endobj")); i >= 0 {
		head = head[i:]
	}
	return part.Stream && bytes.Contains(head, []byte("FlateDecode"))
}

// convertText converts a file in this process, without recognition: what is not recognized is said.
func convertText(data []byte) *schema.Disclosure {
	in := normalize.Input{DocumentID: strings.Repeat("0", 64), FileName: "a.pdf", SourceURI: "a.pdf"}
	doc, err := extract.Extract(context.Background(), data, extract.Options{OCR: extract.OCRNever})
	if err != nil {
		return normalize.Failed(in, err)
	}
	doc, _, err = spelling.Embedded().Correct(doc)
	if err != nil {
		return normalize.Failed(in, err)
	}
	return normalize.Normalize(doc, in)
}

// lost names a figure of the first reading that the second has not, or has elsewhere; "" where there is none.
func lost(whole, got *schema.Disclosure) string {
	have := map[string]int{}
	key := func(l *schema.BudgetLine) string { return fmt.Sprintf("%d %s %s", l.Page, l.ItemName, l.RawText) }
	for i := range got.BudgetLines {
		have[key(&got.BudgetLines[i])]++
	}
	gone, first := 0, ""
	for i := range whole.BudgetLines {
		k := key(&whole.BudgetLines[i])
		if have[k]--; have[k] < 0 {
			if gone++; gone == 1 {
				first = k
			}
		}
	}
	if gone == 0 {
		return ""
	}
	return fmt.Sprintf("%d of %d lines are gone, the first on page %s", gone, len(whole.BudgetLines), first)
}
