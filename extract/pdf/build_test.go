package pdf

import (
	"strings"
	"testing"
	"time"

	"github.com/countybudget/extract/extract/model"
	"github.com/countybudget/extract/internal/testfiles"
)

// pdfBuilder writes small PDFs, object by object.
type pdfBuilder struct{ *testfiles.PDF }

// newPDF starts a document of one page, see testfiles.NewPDF.
func newPDF(content, resources string) *pdfBuilder {
	return &pdfBuilder{testfiles.NewPDF(content, resources)}
}

func (b *pdfBuilder) open(t *testing.T) *Document {
	t.Helper()
	d, err := Open(b.Bytes(), Options{})
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

func textOf(p *model.Page) string {
	var b strings.Builder
	for i := range p.Glyphs {
		b.WriteString(p.Glyphs[i].Text)
	}
	return b.String()
}

const helvetica = "/Font<</F1 10 0 R>>"

func (b *pdfBuilder) withHelvetica() *pdfBuilder {
	b.Objects[10] = "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>"
	return b
}

const limit = 1 << 20 // bytes of one decoded stream, in tests of limits

func near(a, b float64) bool { return a-b < 0.01 && b-a < 0.01 }

func nearRect(a, b model.Rect) bool {
	return near(a.X0, b.X0) && near(a.Y0, b.Y0) && near(a.X1, b.X1) && near(a.Y1, b.Y1)
}

// guard makes a fuzz target that does not end fail.
func guard() (stop func()) {
	timer := time.AfterFunc(5*time.Second, func() { panic("does not end") })
	return func() { timer.Stop() }
}
