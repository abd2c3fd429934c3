package pdf

import (
	"bytes"
	"compress/zlib"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/countybudget/extract/extract/model"
)

// pdfBuilder writes small PDFs, object by object.
type pdfBuilder struct {
	objects map[int]string
	trailer string // more of it
	header  string
}

// newPDF starts a document of one page of 200 × 100 points whose content and resources are given. Object 1 is the
// catalog, 2 the page tree, 3 the page, 4 its content; tests number their own from 10.
func newPDF(content, resources string) *pdfBuilder {
	b := &pdfBuilder{objects: map[int]string{}, header: "%PDF-1.7\n"}
	b.objects[1] = "<</Type/Catalog/Pages 2 0 R>>"
	b.objects[2] = "<</Type/Pages/Kids[3 0 R]/Count 1/MediaBox[0 0 200 100]>>"
	b.objects[3] = "<</Type/Page/Parent 2 0 R/Contents 4 0 R/Resources<<" + resources + ">>>>"
	b.stream(4, "", content)
	return b
}

func (b *pdfBuilder) stream(n int, dict, data string) {
	b.objects[n] = fmt.Sprintf("<<%s/Length %d>>\nstream\n%s\nendstream", dict, len(data), data)
}

func (b *pdfBuilder) bytes() []byte {
	var out bytes.Buffer
	out.WriteString(b.header)
	var last int
	for n := range b.objects {
		last = max(last, n)
	}
	offsets := make([]int, last+1)
	for n := 1; n <= last; n++ {
		if o, ok := b.objects[n]; ok {
			offsets[n] = out.Len()
			fmt.Fprintf(&out, "%d 0 obj\n%s\nendobj\n", n, o)
		}
	}
	start := out.Len()
	fmt.Fprintf(&out, "xref\n0 %d\n0000000000 65535 f \n", last+1)
	for _, off := range offsets[1:] {
		if off == 0 {
			out.WriteString("0000000000 65535 f \n")
			continue
		}
		fmt.Fprintf(&out, "%010d 00000 n \n", off)
	}
	fmt.Fprintf(&out, "trailer\n<</Size %d/Root 1 0 R%s>>\nstartxref\n%d\n%%%%EOF\n", last+1, b.trailer, start)
	return out.Bytes()
}

func (b *pdfBuilder) open(t *testing.T) *Document {
	t.Helper()
	d, err := Open(b.bytes(), Options{})
	if err != nil {
		t.Fatalf("Open: %v", err)
	}
	return d
}

// page reads the first page, which must be free of errors.
func (b *pdfBuilder) page(t *testing.T) *model.Page {
	t.Helper()
	p := b.open(t).Page(1)
	if p.Err != nil {
		t.Fatalf("Page: %v", p.Err)
	}
	return p
}

func deflate(s string) string {
	var b bytes.Buffer
	w := zlib.NewWriter(&b)
	w.Write([]byte(s))
	w.Close()
	return b.String()
}

func textOf(p *model.Page) string {
	var b strings.Builder
	for i := range p.Glyphs {
		b.WriteString(p.Glyphs[i].Text)
	}
	return b.String()
}

const helvetica = "/Font<</F1 10 0 R>>"

func (b *pdfBuilder) withHelvetica() *pdfBuilder {
	b.objects[10] = "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>"
	return b
}

func near(a, b float64) bool { return a-b < 0.01 && b-a < 0.01 }

func nearRect(a, b model.Rect) bool {
	return near(a.X0, b.X0) && near(a.Y0, b.Y0) && near(a.X1, b.X1) && near(a.Y1, b.Y1)
}

// guard makes a fuzz target that does not end fail.
func guard() (stop func()) {
	timer := time.AfterFunc(5*time.Second, func() { panic("does not end") })
	return func() { timer.Stop() }
}
