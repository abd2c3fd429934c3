// Package extract turns the bytes of one published PDF into a Document: its lines, sections and tables, with the place of
// everything on the page.
package extract

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"time"

	"github.com/countybudget/extract/extract/model"
	"github.com/countybudget/extract/extract/ocr"
	"github.com/countybudget/extract/extract/rebuild"
	"github.com/countybudget/extract/extract/visible"
	"github.com/countybudget/extract/extract/watermark"
)

// Document is everything rebuilt from one file.
type Document = model.Document

// OCRLoader loads an engine for text in a language. It is called when the first scan comes.
type OCRLoader func(language string) (ocr.Engine, error)

// Options are the settings of one extraction.
type Options struct {
	MaxPages       int                   // pages read at the most; 0 is no limit
	Watermarks     []string              // strings that are always watermarks
	KeepWatermarks bool                  // leave watermarks in the text
	SecondReader   bool                  // read with PDFium alone: for files on which the first reader crashed
	OCR            OCRMode               // which pages are recognized; "" is OCRAuto
	OCRLanguage    string                // the language of the text, as the engine names it; "" is ocr.DefaultLanguage
	Near           func(string) []string // the known names of which a recognized text may be a misreading; nil: any text may be one
	OCREngine      OCRLoader             // loads the engine that recognizes; nil is lstm.Load
	OCRWitness     OCRLoader             // loads the engine that reads beside the first, as a witness of other weights; nil is none
	OCRSecond      OCRLoader             // loads the engine that reads what the other leaves in doubt; nil is none
	OCREngines     int                   // recognizers at work at the same time; 0 is one for each processor
	DPI            float64               // resolution of pages rendered for recognition; 0 is that of their pictures
	Known          func(string) bool     // whether a recognized text is a known name; others are read again; may be nil
	ReadPages      int                   // pages after this one are listed as not read; 0 is no limit
	Deadline       time.Time             // what is not read by then is listed as not read; zero is none
	Sheets         *SheetRequest         // pages to keep with their appearance; nil for none
	Pages          func([]*model.Page)   // called with the pages before they are rebuilt; must not change them; may be nil
	EngineCall     func() (done func())  // called around each call to an engine, concurrently; may be nil
	Progress       func()                // called after each page is read, and after it is recognized; may be nil; never called concurrently
}

// Extract reads a PDF held in memory: pages, recognition of scans, watermarks, then lines, sections and tables.
func Extract(ctx context.Context, data []byte, opt Options) (*Document, error) {
	f, err := openFile(data, opt)
	if err != nil {
		return nil, err
	}
	defer f.second.close()
	pages, err := read(ctx, f, opt)
	if err != nil {
		return nil, err
	}
	engine, missing, err := recognize(ctx, f.second, pages, opt)
	if err != nil {
		return nil, err
	}
	small, err := tellSmall(ctx, f.second, pages, opt)
	if err != nil {
		return nil, err
	}
	missing = append(missing, small...)
	tellUndecoded(pages)
	marks := watermark.Mark(pages, watermark.Options{Extra: opt.Watermarks, Keep: opt.KeepWatermarks})
	if opt.Pages != nil {
		opt.Pages(pages)
	}
	d := rebuild.Document(pages, rebuild.Defaults())
	d.Producer, d.DocTitle = f.names()
	d.PageCount = f.numPages()
	d.Watermarks, d.OCREngine = marks, engine
	countLeftOut(d)
	keepReadings(d, pages)
	unbend(d, pages)
	keepSheets(d, f, pages, opt.Sheets)
	d.Diagnostics = append(append(f.diagnostics(opt), missing...), d.Diagnostics...)
	return d, nil
}

// countLeftOut adds the figures that were removed with watermarks to the numbers, not held.
func countLeftOut(d *Document) {
	before := len(d.Numbers)
	for i := range d.Watermarks {
		d.Numbers = append(d.Numbers, d.Watermarks[i].Figures...)
	}
	if len(d.Numbers) > before {
		slices.SortStableFunc(d.Numbers, func(a, b model.Number) int { return cmp.Compare(a.Page, b.Page) })
	}
}

// read returns the pages of a file, up to the limit.
func read(ctx context.Context, f *file, opt Options) ([]*model.Page, error) {
	n := f.numPages()
	if opt.MaxPages > 0 {
		n = min(n, opt.MaxPages)
	}
	pages := make([]*model.Page, 0, n)
	for i := 1; i <= n; i++ {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		if opt.ReadPages > 0 && i > opt.ReadPages || opt.late() {
			pages = append(pages, &model.Page{Number: i, Err: errNotReached})
			continue
		}
		done := opt.engineCall()
		page := f.page(i)
		visible.Mark(page)
		pages = append(pages, page)
		done()
		if opt.Progress != nil {
			opt.Progress()
		}
	}
	return pages, nil
}

// errNotReached is the error of a page that was not read before the deadline.
var errNotReached = errors.New("not read: the time limit was reached before it")

// late reports that the deadline has passed.
func (opt *Options) late() bool { return !opt.Deadline.IsZero() && time.Now().After(opt.Deadline) }

// engineCall marks the beginning of a call to an engine; the caller calls done at its end.
func (opt *Options) engineCall() (done func()) {
	if opt.EngineCall == nil {
		return func() {}
	}
	return opt.EngineCall()
}
