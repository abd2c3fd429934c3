package pdfium

import (
	"bytes"
	"errors"
	"fmt"

	"github.com/countybudget/extract/extract/model"
)

// The reasons for which a file cannot be opened.
var (
	ErrNotPDF    = errors.New("not a PDF")
	ErrDamaged   = errors.New("damaged PDF")
	ErrEncrypted = errors.New("encrypted PDF: a password is needed")
	ErrSecurity  = errors.New("encrypted PDF: unsupported security handler")
)

// Document is an open file in an instance of its own. It is not safe for concurrent use.
type Document struct {
	engine   *Engine
	data     []byte
	password string

	guest  *guest
	handle uint64 // FPDF_DOCUMENT
	pages  int

	shown     int    // the page, from 1, that is loaded for rendering; 0 is none
	shownPage uint64 // its FPDF_PAGE

	merged map[int]*annotations       // by page, in this instance
	off    map[int]map[string]bool    // optional content groups that are off, by page
	fonts  map[model.Font]*model.Font // by value, so that pages share them
	forms  map[uint64]int             // form number by the hash of its content
}

// Open reads a file that is held in memory; the data must not change until Close. The error wraps ErrNotPDF,
// ErrDamaged, ErrEncrypted or ErrSecurity where the file is the reason.
func (e *Engine) Open(data []byte, password string) (*Document, error) {
	if !bytes.Contains(data[:min(len(data), 1024)], []byte("%PDF-")) {
		return nil, fmt.Errorf("pdfium: %w", ErrNotPDF)
	}
	e.once.Do(e.compile)
	if e.err != nil {
		return nil, e.err
	}
	d := &Document{
		engine: e, data: data, password: password,
		fonts: map[model.Font]*model.Font{}, forms: map[uint64]int{},
	}
	if err := d.load(); err != nil {
		return nil, err
	}
	return d, nil
}

// load starts an instance and opens the file in it, at first and again after a trap.
func (d *Document) load() (err error) {
	if d.guest, err = newGuest(d.engine.pool); err != nil {
		return err
	}
	defer func() {
		if err != nil {
			d.end()
		}
	}()
	defer recoverTrap(&err)
	d.merged, d.off = map[int]*annotations{}, map[int]map[string]bool{}
	g := d.guest
	data := g.malloc(len(d.data))
	g.write(data, d.data)
	password := g.cString(d.password)
	defer g.free(password)
	if d.handle = g.ptr("FPDF_LoadMemDocument", data, uint64(len(d.data)), password); d.handle == 0 {
		return openError(g.int("FPDF_GetLastError"))
	}
	d.pages = g.int("FPDF_GetPageCount", d.handle)
	return nil
}

// openError turns PDFium's reason (FPDF_ERR_*) into an error.
func openError(code int) error {
	const format, password, security = 3, 4, 5
	switch code {
	case format:
		return fmt.Errorf("pdfium: %w", ErrDamaged)
	case password:
		return fmt.Errorf("pdfium: %w", ErrEncrypted)
	case security:
		return fmt.Errorf("pdfium: %w", ErrSecurity)
	}
	return fmt.Errorf("pdfium: %w (error %d)", ErrDamaged, code)
}

// recoverTrap turns a trap into an error. Any other panic is a bug of this package; it becomes an error too, because a
// hostile file must not end the process.
func recoverTrap(err *error) {
	switch r := recover().(type) {
	case nil:
	case *trap:
		*err = r
	default:
		*err = fmt.Errorf("pdfium: internal error: %v", r)
	}
}

// use runs f on a working instance. After a trap the file is opened again in a new one, so the failure of one page does not
// affect the others.
func (d *Document) use(f func(*guest) error) (err error) {
	if d.data == nil {
		return errors.New("pdfium: document is closed")
	}
	if d.guest == nil {
		if err := d.load(); err != nil {
			return err
		}
	}
	defer func() {
		if t := (*trap)(nil); errors.As(err, &t) {
			d.end()
		}
	}()
	defer recoverTrap(&err)
	return f(d.guest)
}

// end closes the instance and frees its memory.
func (d *Document) end() error {
	if d.guest == nil {
		return nil
	}
	err := d.guest.close()
	d.guest, d.handle, d.shown, d.shownPage = nil, 0, 0, 0
	return err
}

// Close frees the instance. The document cannot be used after it.
func (d *Document) Close() error {
	d.data = nil
	return d.end()
}

// NumPages is the number of pages.
func (d *Document) NumPages() int { return d.pages }

// Producer is the producer of the document's information dictionary, "" when there is none.
func (d *Document) Producer() string { return d.meta("Producer") }

// Title is the title of the document's information dictionary, "" when there is none.
func (d *Document) Title() string { return d.meta("Title") }

func (d *Document) meta(key string) (value string) {
	err := d.use(func(g *guest) error {
		k := g.cString(key)
		defer g.free(k)
		value = g.utf16(g.int("FPDF_GetMetaText", d.handle, k, g.scratch, scratchSize))
		return nil
	})
	if err != nil {
		return ""
	}
	return value
}
