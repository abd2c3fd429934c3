package extract_test

import (
	"bytes"
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/countybudget/extract/extract"
)

// oddFiles is how many files are made of the samples, oddTime what one may take.
const (
	oddFiles = 210
	oddTime  = 10 * time.Second
)

// mutations make a broken file of a sound one; data is theirs to change.
var mutations = []struct {
	name string
	do   func(r *rand.Rand, data []byte) []byte
}{
	{"bytes", flipBytes}, {"bytes of the structure", flipStructure}, {"truncated", truncate}, {"part cut out", cutOut},
	{"part twice", repeatPart}, {"objects swapped", swapObjects}, {"references", changeReferences}, {"numbers", changeNumbers},
	{"streams", breakStreams}, {"names", changeNames},
}

// TestOddFiles reads files that are broken in many ways, the same in every run. Nothing may panic or hang; what is read and
// what is refused is not asked.
func TestOddFiles(t *testing.T) {
	sound := soundFiles(t)
	jobs := make(chan int)
	var wait sync.WaitGroup
	for range 4 {
		wait.Go(func() {
			for n := range jobs {
				readOdd(t, sound, n)
			}
		})
	}
	for n := range oddFiles {
		jobs <- n
	}
	close(jobs)
	wait.Wait()
}

// soundFiles are the samples and a few pages written here.
func soundFiles(t *testing.T) [][]byte {
	t.Helper()
	names, err := filepath.Glob(filepath.Join("..", "samples", "*.pdf"))
	if err != nil || len(names) == 0 {
		t.Fatal("no samples", err)
	}
	encrypted, err := filepath.Glob(filepath.Join("pdf", "testdata", "*.pdf"))
	if err != nil {
		t.Fatal(err)
	}
	names = append(names, encrypted...)
	out := [][]byte{smallPDF(1), smallPDF(3), smallPDF(8)}
	if d, err := extract.Extract(context.Background(), out[1], extract.Options{OCR: extract.OCRNever}); err != nil || len(d.Pages) != 3 || len(d.Tables) == 0 {
		t.Fatal("a sound file is not read", err)
	}
	for _, name := range names {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if len(data) < 200<<10 {
			out = append(out, data)
		}
	}
	return out
}

// smallPDF has a ruled table on each page, in plain objects and uncompressed streams.
func smallPDF(pages int) []byte {
	var b bytes.Buffer
	var places []int
	object := func(body string) {
		places = append(places, b.Len())
		fmt.Fprintf(&b, "%d 0 obj\n%s\nendobj\n", len(places), body)
	}
	b.WriteString("%PDF-1.4\n")
	object("<</Type/Catalog/Pages 2 0 R>>")
	var kids strings.Builder
	for i := range pages {
		fmt.Fprintf(&kids, "%d 0 R ", 4+2*i)
	}
	object(fmt.Sprintf("<</Type/Pages/Count %d/Kids[%s]>>", pages, kids.String()))
	object("<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>")
	for i := range pages {
		var c strings.Builder
		for k := range 6 {
			fmt.Fprintf(&c, "50 %d m 350 %d l S %d 600 m %d 700 l S BT /F1 9 Tf %d %d Td (%s) Tj ET\n", 600+20*k, 600+20*k, 50+60*k, 50+60*k, 55+60*k, 605+20*(k%5), []string{"Item", "Total", fmt.Sprintf("%d.%d5", k, i)}[min(k, 2)])
		}
		object(fmt.Sprintf("<</Type/Page/Parent 2 0 R/MediaBox[0 0 400 800]/Resources<</Font<</F1 3 0 R>>>>/Contents %d 0 R>>", 5+2*i))
		object(fmt.Sprintf("<</Length %d>>stream\n%s\nendstream", c.Len(), c.String()))
	}
	start := b.Len()
	fmt.Fprintf(&b, "xref\n0 %d\n0000000000 65535 f \n", len(places)+1)
	for _, p := range places {
		fmt.Fprintf(&b, "%010d 00000 n \n", p)
	}
	fmt.Fprintf(&b, "trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n", len(places)+1, start)
	return b.Bytes()
}

// readOdd makes the n-th file and reads it.
func readOdd(t *testing.T, sound [][]byte, n int) {
	r := rand.New(rand.NewPCG(1, uint64(n)))
	m := mutations[n%len(mutations)]
	data := m.do(r, bytes.Clone(sound[(n/len(mutations))%len(sound)]))
	done := make(chan any, 1)
	go func() {
		defer func() { done <- recover() }()
		ctx, cancel := context.WithTimeout(context.Background(), oddTime)
		defer cancel()
		_, _ = extract.Extract(ctx, data, extract.Options{OCR: extract.OCRNever, MaxPages: 3})
	}()
	select {
	case crash := <-done:
		if crash != nil {
			t.Errorf("file %d (%s): panic: %v", n, m.name, crash)
		}
	case <-time.After(2 * oddTime):
		t.Errorf("file %d (%s): still being read after %v", n, m.name, 2*oddTime)
	}
}

func flipBytes(r *rand.Rand, data []byte) []byte {
	for range 1 + r.IntN(30) {
		data[r.IntN(len(data))] = byte(r.Uint32())
	}
	return data
}

// flipStructure changes bytes near the words of the file's structure.
func flipStructure(r *rand.Rand, data []byte) []byte {
	at := regexp.MustCompile(`obj|stream|/Length|/Kids|/Type|/W\b|/Filter|xref|trailer|<<|>>`).FindAllIndex(data, -1)
	for range 1 + r.IntN(8) {
		p := at[r.IntN(len(at))][0] + r.IntN(8)
		data[min(p, len(data)-1)] = byte(r.Uint32())
	}
	return data
}

func truncate(r *rand.Rand, data []byte) []byte { return data[:r.IntN(len(data))] }

func cutOut(r *rand.Rand, data []byte) []byte {
	from := r.IntN(len(data))
	to := min(len(data), from+1+r.IntN(len(data)/3+1))
	return append(data[:from:from], data[to:]...)
}

func repeatPart(r *rand.Rand, data []byte) []byte {
	from := r.IntN(len(data))
	to := min(len(data), from+1+r.IntN(len(data)/3+1))
	return append(data[:to:to], data[from:]...)
}

var objectHead = regexp.MustCompile(`(\d+) 0 obj`)

// swapObjects exchanges the numbers of objects where they begin.
func swapObjects(r *rand.Rand, data []byte) []byte {
	numbers := objectHead.FindAllSubmatch(data, -1)
	return objectHead.ReplaceAllFunc(data, func(head []byte) []byte {
		if r.IntN(3) > 0 {
			return head
		}
		return append(bytes.Clone(numbers[r.IntN(len(numbers))][1]), " 0 obj"...)
	})
}

var reference = regexp.MustCompile(`\d+ 0 R`)

// changeReferences points references at other objects, themselves among them.
func changeReferences(r *rand.Rand, data []byte) []byte {
	most := len(objectHead.FindAll(data, -1)) + 2
	return reference.ReplaceAllFunc(data, func(ref []byte) []byte {
		if r.IntN(4) > 0 {
			return ref
		}
		return []byte(strconv.Itoa(r.IntN(most)) + " 0 R")
	})
}

// changeNumbers puts numbers that nobody expects where some stand.
func changeNumbers(r *rand.Rand, data []byte) []byte {
	odd := []string{"0", "-1", "2147483647", "-2147483648", "4294967296", "99999999999999999999", "1e9", "0.000001", "NaN", "--5", "1.2.3"}
	return regexp.MustCompile(`\b\d+\b`).ReplaceAllFunc(data, func(number []byte) []byte {
		if r.IntN(25) > 0 {
			return number
		}
		return []byte(odd[r.IntN(len(odd))])
	})
}

// breakStreams puts noise into streams.
func breakStreams(r *rand.Rand, data []byte) []byte {
	for _, at := range regexp.MustCompile(`stream\r?\n`).FindAllIndex(data, -1) {
		for range r.IntN(6) {
			data[min(at[1]+r.IntN(400), len(data)-1)] = byte(r.Uint32())
		}
	}
	return data
}

// changeNames puts names of the file where other names stand.
func changeNames(r *rand.Rand, data []byte) []byte {
	name := regexp.MustCompile(`/[A-Za-z]\w*`)
	names := name.FindAll(bytes.Clone(data), -1)
	return name.ReplaceAllFunc(data, func(was []byte) []byte {
		if r.IntN(10) > 0 {
			return was
		}
		return names[r.IntN(len(names))]
	})
}
