// Package pdf reads PDF pages into glyphs, rules and pictures.
//
// A file is read in four steps. The scan finds its objects by going through it once, whatever its cross-reference table
// says (scan.go). They are decrypted and written out anew in the plainest form, which is what the object layer,
// github.com/ledongthuc/pdf, gets to see (normalize.go, crypt.go). The page tree is walked over that layer (pagetree.go).
// An interpreter of its own then executes each page's content streams (lexer.go, interp.go and the files named by what
// they draw: text.go, path.go, xobject.go, annots.go), with fonts and CMaps decoded once for the document (font.go, cmap.go).
package pdf

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"

	lib "github.com/ledongthuc/pdf"

	"github.com/countybudget/extract/extract/model"
)

// Reasons for which a file cannot be opened.
var (
	ErrEmpty     = errors.New("empty file")
	ErrNotPDF    = errors.New("not a PDF")
	ErrEncrypted = errors.New("encrypted, a password is needed")
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
	opt     Options
	reader  *lib.Reader
	norm    *normalizer
	streams []rawStream // by object number in the normalized file
	pages   []pageNode
	mended  bool // the page tree was damaged, so that other readers may count its pages differently
	labels  []string
	info    lib.Value
	diags   []model.Diagnostic

	// Caches by object number in the normalized file.
	fonts    map[int]*font
	states   map[int]*extState
	forms    map[int]*form
	xobjects map[int]*xobject
	shared   map[int]*resources
	hidden   map[int]ocgState // optional content groups by object number
	scratch
}

// Open reads the structure of a file: objects, encryption, page tree. It never panics; a file that it refuses is named by
// one of the errors above or by a wrapped one.
func Open(data []byte, opt Options) (doc *Document, err error) {
	defer func() {
		if r := recover(); r != nil {
			doc, err = nil, fmt.Errorf("malformed PDF: %v", r)
		}
	}()
	if opt.MaxStreamBytes <= 0 {
		opt.MaxStreamBytes = 64 << 20
	}
	if err := sniff(data); err != nil {
		return nil, err
	}
	s := scanFile(data)
	s.settleLengths(data)
	n, reader, err := normalize(s, opt)
	if err != nil {
		return nil, err
	}
	d := &Document{
		opt: opt, reader: reader, norm: n, streams: n.streams(),
		fonts: map[int]*font{}, states: map[int]*extState{}, forms: map[int]*form{}, xobjects: map[int]*xobject{},
		shared: map[int]*resources{},
	}
	d.info = reader.Trailer().Key("Info")
	d.fileDiagnostics(data, s)
	d.readOptionalContent()
	d.readPages()
	if len(d.pages) == 0 {
		if s.truncated || len(s.trailers) == 0 {
			return nil, fmt.Errorf("%w: the file is truncated or damaged", ErrNoPages)
		}
		return nil, ErrNoPages
	}
	d.readLabels()
	return d, nil
}

// fileDiagnostics reports what was wrong with the file as a whole.
func (d *Document) fileDiagnostics(data []byte, s *scan) {
	tail := data[max(0, len(data)-2048):]
	switch {
	case s.truncated, !bytes.Contains(tail, []byte("startxref")):
		d.diagnose(model.Warning, codeTruncated, "truncated file, rebuilt from objects")
	case !s.xrefSound(data):
		d.diagnose(model.Warning, codeXrefRebuilt, "xref rebuilt: the cross-reference table is damaged")
	}
	if d.norm.tooDeep {
		d.diagnose(model.Warning, codeNestingTooDeep, "nesting too deep: an object was left out")
	}
	if d.norm.badPacked {
		d.diagnose(model.Warning, codeStreamTooLarge, "an object stream is too large: objects in it are missing")
	}
	d.attachmentDiagnostics()
	d.formDiagnostics()
	if d.norm.noisy {
		d.diagnose(model.Warning, codeDamaged, "an object is damaged: what belongs to it may be missing or wrong")
	}
	if d.norm.damaged {
		d.diagnose(model.Warning, codeDamaged, "an object stream is damaged: objects in it are missing or may be wrong")
	}
}

func (d *Document) diagnose(sev model.Severity, code, msg string) {
	d.diags = append(d.diags, model.Diagnostic{Severity: sev, Code: code, Message: msg})
}

// NumPages is the number of pages found, at most Options.MaxPages.
func (d *Document) NumPages() int { return len(d.pages) }

// PagesMended reports whether the page tree was damaged and put together anew. Pages then need not have the numbers that
// another reader gives them.
func (d *Document) PagesMended() bool { return d.mended }

// Producer is the program that wrote the file, as the file says.
func (d *Document) Producer() string { return textString(d.info.Key("Producer").RawString()) }

// Title is the document's title, as the file says.
func (d *Document) Title() string { return textString(d.info.Key("Title").RawString()) }

// Diagnostics are the findings about the file as a whole, in the order of reading.
func (d *Document) Diagnostics() []model.Diagnostic { return d.diags }

// sniff tells a PDF from what is often found under its name.
func sniff(data []byte) error {
	if len(data) == 0 {
		return ErrEmpty
	}
	head := data[:min(len(data), 1024)]
	if bytes.Contains(head, []byte("%PDF-")) || bytes.Contains(head, []byte("%!PS-Adobe-")) && bytes.Contains(data, []byte(" obj")) {
		return nil
	}
	if what := kindOfFile(data); what != "" {
		return fmt.Errorf("%w (%s)", ErrNotPDF, what)
	}
	return ErrNotPDF
}

var magics = []struct{ prefix, what string }{
	{"\xff\xd8\xff", "JPEG"}, {"\x89PNG", "PNG"}, {"GIF8", "GIF"}, {"BM", "BMP"},
	{"II*\x00", "TIFF"}, {"MM\x00*", "TIFF"},
	{"PK\x03\x04", "ZIP, perhaps an Office document"}, {"Rar!", "RAR"}, {"7z\xbc\xaf", "7-Zip"}, {"\x1f\x8b", "gzip"},
	{"\xd0\xcf\x11\xe0", "an old Office document"}, {"{\\rtf", "RTF"}, {"%!PS", "PostScript"}, {"AT&TFORM", "DjVu"},
}

func kindOfFile(data []byte) string {
	for _, m := range magics {
		if bytes.HasPrefix(data, []byte(m.prefix)) {
			return m.what
		}
	}
	head := data[:min(len(data), 4096)]
	low := bytes.ToLower(head)
	for _, tag := range []string{"<!doctype html", "<html", "<head", "<body"} {
		if bytes.Contains(low, []byte(tag)) {
			return "HTML"
		}
	}
	if bytes.HasPrefix(bytes.TrimSpace(low), []byte("<?xml")) {
		return "XML"
	}
	if isText(head) {
		return "text"
	}
	return ""
}

func isText(b []byte) bool {
	for len(b) > utf8.UTFMax {
		r, n := utf8.DecodeRune(b)
		if r < ' ' && !strings.ContainsRune("\t\r\n\f", r) || r == utf8.RuneError && n == 1 && b[0] < 0x81 {
			return false
		}
		b = b[n:]
	}
	return true
}
