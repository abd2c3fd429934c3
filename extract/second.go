package extract

import (
	"errors"
	"fmt"

	"github.com/countybudget/extract/extract/model"
	"github.com/countybudget/extract/extract/pdf"
	"github.com/countybudget/extract/extract/pdfium"
)

// The first reader is fast and reads nearly every file. If it cannot open a file, fails on a page, or cannot decode a page's
// characters, PDFium reads it; it is loaded only then, once for a document.

// undecodedShare is the part of a page's characters without a Unicode value from which the second reader is used.
const undecodedShare = 0.02

// secondReader is PDFium with one file, opened on first use.
type secondReader struct {
	data   []byte
	engine *pdfium.Engine
	file   *pdfium.Document
	err    error
}

// open returns the file opened by PDFium, the same result every time.
func (s *secondReader) open() (*pdfium.Document, error) {
	if s.engine == nil {
		s.engine = pdfium.New(pdfium.Options{})
		s.file, s.err = s.engine.Open(s.data, "")
	}
	return s.file, s.err
}

func (s *secondReader) close() error {
	if s.engine == nil {
		return nil
	}
	var err error
	if s.file != nil {
		err = s.file.Close()
	}
	return errors.Join(err, s.engine.Close())
}

// file is an input opened by both readers.
type file struct {
	first  *pdf.Document // nil if it cannot open the file
	second *secondReader
	opened error // why the first reader could not
}

// openFile opens a file with the first reader, or with PDFium if that fails.
func openFile(data []byte, opt Options) (*file, error) {
	f := &file{second: &secondReader{data: data}}
	if opt.SecondReader {
		f.opened = errors.New("left to the second reader")
	} else {
		f.first, f.opened = pdf.Open(data, pdf.Options{})
	}
	switch {
	case f.opened == nil:
		return f, nil
	case errors.Is(f.opened, pdf.ErrEmpty), errors.Is(f.opened, pdf.ErrNotPDF), errors.Is(f.opened, pdf.ErrEncrypted), errors.Is(f.opened, pdf.ErrNoPages):
		return nil, f.opened
	}
	second, err := f.second.open()
	switch {
	case err != nil && opt.SecondReader:
		return nil, errors.Join(err, f.second.close())
	case err != nil:
		return nil, errors.Join(f.opened, f.second.close())
	case second.NumPages() == 0:
		return nil, errors.Join(pdf.ErrNoPages, f.second.close())
	}
	return f, nil
}

func (f *file) numPages() int {
	if f.first != nil {
		return f.first.NumPages()
	}
	return f.second.file.NumPages()
}

// names are the producer and the title that the file gives itself.
func (f *file) names() (producer, title string) {
	if f.first != nil {
		return f.first.Producer(), f.first.Title()
	}
	return f.second.file.Producer(), f.second.file.Title()
}

// diagnostics are those about the file as a whole.
func (f *file) diagnostics(opt Options) []model.Diagnostic {
	if f.first != nil {
		return f.first.Diagnostics()
	}
	if opt.SecondReader {
		return nil
	}
	return []model.Diagnostic{{
		Severity: model.Info, Code: "second_reader", Message: fmt.Sprintf("the first reader could not open the file (%v); PDFium read it", f.opened),
	}}
}

// page reads one page with the first reader, or with PDFium if that reads it better.
func (f *file) page(n int) *model.Page {
	if f.first == nil {
		return f.second.file.Page(n)
	}
	p := f.first.Page(n)
	if !doubtful(p) || arbitrary(p) {
		return p
	}
	second, err := f.second.open()
	if err != nil || n > second.NumPages() || f.first.PagesMended() && second.NumPages() != f.first.NumPages() {
		return p
	}
	return better(p, second.Page(n))
}

// doubtful reports a page on which the first reader failed, or with too many undecoded characters. An exceeded limit is not
// doubtful: limits hold for every reader.
func doubtful(p *model.Page) bool {
	if p.Err != nil {
		return !pdf.IsLimit(p.Err)
	}
	undecoded, all := undecodedGlyphs(p)
	return float64(undecoded) > undecodedShare*float64(all)
}

// arbitrary reports whether a page has undecoded characters of a font whose codes are arbitrary. PDFium would take such
// codes for characters.
func arbitrary(p *model.Page) bool {
	for i := range p.Glyphs {
		if g := &p.Glyphs[i]; g.Is(model.FlagUndecoded) && !g.Is(model.FlagOff) && g.Font != nil && g.Font.Arbitrary {
			return true
		}
	}
	return false
}

func undecodedGlyphs(p *model.Page) (undecoded, all int) {
	for i := range p.Glyphs {
		if g := &p.Glyphs[i]; !g.Is(model.FlagOff) {
			all++
			if g.Is(model.FlagUndecoded) {
				undecoded++
			}
		}
	}
	return undecoded, all
}

// better returns the reading of a page with more decoded characters, the first if they are equal. Damage that the first
// reader found is kept, because PDFium silently leaves out what is damaged. Other errors of the first reader are dropped if
// the second reading shows something.
func better(first, second *model.Page) *model.Page {
	u1, n1 := undecodedGlyphs(first)
	u2, n2 := undecodedGlyphs(second)
	best := first
	if n2-u2 > n1-u1 || first.Err != nil && second.Err == nil && n2-u2 == n1-u1 && !pdf.IsDamage(first.Err) {
		best = second
	}
	empty := len(second.Glyphs)+len(second.Pictures)+len(second.Rules) == 0
	if best == second && second.Err == nil && (pdf.IsDamage(first.Err) || first.Err != nil && empty) {
		second.Err = first.Err
	}
	return best
}
