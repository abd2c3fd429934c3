// Package pdf reads PDF pages into glyphs, rules and pictures.
//
// Objects, filters and encryption are those of package cos, fonts and CMaps those of package font, colour spaces those of
// package color, optional content that of package layer. This package walks the page tree (pagetree.go) and executes the
// content streams of each page:
// interp.go reads the operators, and the files named by what they draw (text.go, path.go, color.go, xobject.go,
// annots.go …) carry them out. ISO 32000-1 (PDF 1.7) is cited as PDF 32000-1.
package pdf

import (
	"errors"
	"fmt"

	"github.com/countybudget/extract/extract/model"
	"github.com/countybudget/extract/extract/pdf/cos"
	"github.com/countybudget/extract/extract/pdf/layer"
)

// Reasons for which a file cannot be opened.
var (
	ErrEmpty     = cos.ErrEmpty
	ErrNotPDF    = cos.ErrNotPDF
	ErrEncrypted = cos.ErrEncrypted
	ErrNoPages   = errors.New("no pages")
)

// Codes of diagnostics, as in the schema's closed list.
const (
	codeXrefRebuilt    = "xref_rebuilt"
	codeTruncated      = "truncated"
	codePageTreeLoop   = "page_tree_loop"
	codePageTree       = "page_tree"
	codeDamaged        = "damaged_file"
	codeAttachment     = "attachment"
	codeNestingTooDeep = "nesting_too_deep"
	codeStreamTooLarge = "stream_too_large"
	codeForm           = "xfa_form"
)

// Options are the limits of reading; the zero value takes the defaults.
type Options struct {
	MaxPages       int   // pages of the document that are looked at; 0 is no limit
	MaxStreamBytes int64 // inflated, for one stream; 0 is 64 MiB
}

// Document is an open file. It is for one goroutine at a time.
type Document struct {
	opt    Options
	file   *cos.File
	pages  []pageNode
	mended bool // the page tree was repaired: other readers may number the pages differently
	labels []string
	diags  []model.Diagnostic

	// Caches by the ID of objects.
	fonts    map[int]*textFont
	states   map[int]*extState
	forms    map[int]*form
	xobjects map[int]*xobject
	shared   map[int]*resources
	layers   *layer.Groups
	scratch
}

// Open reads the structure of a file: objects, encryption, page tree. It never panics. Its error is, or wraps, one of the
// errors above.
func Open(data []byte, opt Options) (doc *Document, err error) {
	defer func() {
		if r := recover(); r != nil {
			doc, err = nil, fmt.Errorf("malformed PDF: %v", r)
		}
	}()
	if opt.MaxStreamBytes <= 0 {
		opt.MaxStreamBytes = cos.DefaultLimit
	}
	file, err := cos.Open(data, opt.MaxStreamBytes)
	if err != nil {
		return nil, err
	}
	d := &Document{
		opt: opt, file: file,
		fonts: map[int]*textFont{}, states: map[int]*extState{}, forms: map[int]*form{}, xobjects: map[int]*xobject{},
		shared: map[int]*resources{},
	}
	d.fileDiagnostics()
	d.layers = layer.Read(file.Root().Key("OCProperties"))
	d.readPages()
	if len(d.pages) == 0 {
		if damage := file.Damage(); damage.Truncated || damage.NoTrailer {
			return nil, fmt.Errorf("%w: the file is truncated or damaged", ErrNoPages)
		}
		return nil, ErrNoPages
	}
	d.readLabels()
	return d, nil
}

// fileDiagnostics adds the diagnostics about the file as a whole.
func (d *Document) fileDiagnostics() {
	damage := d.file.Damage()
	switch {
	case damage.Truncated, damage.NoXref:
		d.diagnose(model.Warning, codeTruncated, "truncated file, rebuilt from objects")
	case damage.Xref:
		d.diagnose(model.Warning, codeXrefRebuilt, "xref rebuilt: the cross-reference table is damaged")
	}
	if damage.TooDeep {
		d.diagnose(model.Warning, codeNestingTooDeep, "nesting too deep: an object was left out")
	}
	if damage.PackedTooLong {
		d.diagnose(model.Warning, codeStreamTooLarge, "an object stream is too large: objects in it are missing")
	}
	d.attachmentDiagnostics()
	d.formDiagnostics()
	if damage.Syntax {
		d.diagnose(model.Warning, codeDamaged, "an object is damaged: what belongs to it may be missing or wrong")
	}
	if damage.Packed {
		d.diagnose(model.Warning, codeDamaged, "an object stream is damaged: objects in it are missing or may be wrong")
	}
}

func (d *Document) diagnose(sev model.Severity, code, msg string) {
	d.diags = append(d.diags, model.Diagnostic{Severity: sev, Code: code, Message: msg})
}

// NumPages is the number of pages found, at most Options.MaxPages.
func (d *Document) NumPages() int { return len(d.pages) }

// PagesMended reports whether the page tree was damaged and repaired. Another reader may then give pages other numbers.
func (d *Document) PagesMended() bool { return d.mended }

// Producer is the program that wrote the file, as the file says.
func (d *Document) Producer() string { return cos.TextString(d.file.Info().Key("Producer").Str()) }

// Title is the document's title, as the file says.
func (d *Document) Title() string { return cos.TextString(d.file.Info().Key("Title").Str()) }

// Diagnostics are the findings about the file as a whole, in the order of reading.
func (d *Document) Diagnostics() []model.Diagnostic { return d.diags }
