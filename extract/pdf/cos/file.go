// Package cos reads the objects of PDF files: the syntax that ISO 32000-1 (PDF 1.7) describes in clause 7, which is also
// known as COS, without anything that says what is on a page.
//
// A file is read in four steps. The scan finds the objects by going through the file once, whatever its cross-reference
// table says (scan.go, lexer.go). The newest object of each number is kept, those in object streams too, and decrypted
// (collect.go, crypt.go). They are written out anew in the plainest form (rewrite.go), which github.com/ledongthuc/pdf
// reads, one object at a time when it is asked for (this file). Streams are decoded by the filters of this package
// (filters.go). docs/decisions/001 says why.
package cos

import (
	"bytes"
	"errors"
	"fmt"
	"strconv"

	lib "github.com/ledongthuc/pdf"
)

// Reasons for which a file cannot be opened.
var (
	ErrEmpty     = errors.New("empty file")
	ErrNotPDF    = errors.New("not a PDF")
	ErrEncrypted = errors.New("encrypted, a password is needed")
)

// DefaultLimit is how many bytes a stream may have once it is decoded, where nothing else is said: 64 MiB.
const DefaultLimit = 64 << 20

// File is an open file. It is for one goroutine at a time.
type File struct {
	limit      int64
	crypt      *decrypter
	list       lib.Value // of the objects, in the rewritten file
	objects    []Object  // by ID, from 1 on: what was read from list so far
	sources    []source  // by ID
	root, info int       // IDs of the catalog and the information dictionary, 0 where there is none
	pages      []int     // IDs of all page objects
	embedded   []EmbeddedFile
	damage     Damage
}

// source is where an object comes from.
type source struct {
	num, gen  int // in the original file
	loaded    bool
	decrypted bool
	stream    []byte // bytes of the stream, before its filters
}

// Open reads the structure of a file: objects and encryption. limit is how many bytes a stream may have once it is
// decoded; 0 is DefaultLimit. A file that cannot be opened gives one of the errors above, maybe wrapped. What is damaged
// in one that can is told by Damage. Open and the methods of File and Object may panic on hostile
// files.
func Open(data []byte, limit int64) (*File, error) {
	if limit <= 0 {
		limit = DefaultLimit
	}
	if err := sniff(data); err != nil {
		return nil, err
	}
	s := scanFile(data)
	s.settleLengths(data)
	c, err := collect(s, limit)
	if err != nil {
		return nil, err
	}
	out := rewrite(c)
	r, err := lib.NewReader(bytes.NewReader(out), int64(len(out)))
	if err != nil {
		return nil, fmt.Errorf("reading the rewritten file: %w", err)
	}
	f := &File{
		limit: limit, crypt: c.crypt, list: r.Trailer().Key(listKey),
		objects: make([]Object, len(c.objects)+1), sources: make([]source, len(c.objects)+1),
		embedded: c.embedded, damage: c.damage,
	}
	f.damage.NoXref = !bytes.Contains(data[max(0, len(data)-2048):], []byte("startxref"))
	f.damage.Xref = !s.xrefSound(data)
	for i := range c.objects {
		o := &c.objects[i]
		f.sources[i+1] = source{num: o.num, gen: o.gen, stream: o.stream}
		if o.dictName("Type") == "Page" {
			f.pages = append(f.pages, i+1)
		}
	}
	if i, ok := c.trailerRef("Root"); ok {
		f.root = i + 1
	}
	if i, ok := c.trailerRef("Info"); ok {
		f.info = i + 1
	}
	return f, nil
}

// Root is the document catalog, null where there is none.
func (f *File) Root() Object { return f.object(f.root) }

// Info is the information dictionary, null where there is none.
func (f *File) Info() Object { return f.object(f.info) }

// Pages are all page objects, in the order of the file, for when the page tree is damaged.
func (f *File) Pages() []Object {
	list := make([]Object, len(f.pages))
	for i, id := range f.pages {
		list[i] = f.object(id)
	}
	return list
}

// EmbeddedFiles are the files that are attached to the document, those of file specifications that nothing refers to too.
func (f *File) EmbeddedFiles() []EmbeddedFile { return f.embedded }

// Damage is what is wrong with the file.
func (f *File) Damage() Damage { return f.damage }

// Number is the name of an indirect object in the file, such as "12 0 R"; empty where there is none.
func (f *File) Number(id int) string {
	if id <= 0 || id >= len(f.sources) {
		return ""
	}
	return fmt.Sprintf("%d %d R", f.sources[id].num, f.sources[id].gen)
}

// maxChain is how many references that name nothing but a reference are followed.
const maxChain = 16

// resolve follows a reference, and binds what it finds to the file. The file may be nil: then there are no references.
func (f *File) resolve(o *Object) Object {
	v := *o
	if f == nil {
		return v
	}
	for range maxChain {
		if v.kind != Ref {
			v.file = f
			return v
		}
		v = f.object(int(v.num))
	}
	return Object{}
}

// object returns an indirect object, which is read when it is first asked for.
func (f *File) object(id int) Object {
	if id <= 0 || id >= len(f.objects) {
		return Object{}
	}
	if s := &f.sources[id]; !s.loaded {
		s.loaded = true
		o := f.convert(f.list.Index(id - 1))
		if o.kind == Dict || o.kind == Stream {
			o.id = int32(id)
		}
		o.file = f
		f.objects[id] = o
	}
	return f.objects[id]
}

// convert copies a value of the object library.
func (f *File) convert(v lib.Value) Object {
	switch v.Kind() {
	case lib.Bool:
		o := Object{kind: Bool}
		if v.Bool() {
			o.num = 1
		}
		return o
	case lib.Integer:
		return Object{kind: Integer, num: float64(v.Int64())}
	case lib.Real:
		return Object{kind: Real, num: v.Float64()}
	case lib.String:
		return Object{kind: String, bytes: []byte(v.RawString())}
	case lib.Name:
		return nameOrReference(v.Name())
	case lib.Array:
		o := Object{kind: Array, items: make([]Object, v.Len())}
		for i := range o.items {
			o.items[i] = f.convert(v.Index(i))
		}
		return o
	case lib.Dict, lib.Stream:
		keys := v.Keys() // sorted, as Object.find needs them
		o := Object{kind: Dict, items: make([]Object, 0, 2*len(keys)), file: f}
		if v.Kind() == lib.Stream {
			o.kind = Stream
		}
		for _, k := range keys {
			o.items = append(o.items, Object{kind: Name, bytes: []byte(k)}, f.convert(v.Key(k)))
		}
		return o
	}
	return Object{}
}

// nameOrReference undoes how rewrite writes references.
func nameOrReference(s string) Object {
	if s == "" || s[0] != refMark {
		return Object{kind: Name, bytes: []byte(s)}
	}
	switch s = s[1:]; {
	case s == "":
		return Object{kind: Lost}
	case s[0] == refMark:
		return Object{kind: Name, bytes: []byte(s)}
	}
	n, _ := strconv.Atoi(s)
	return Object{kind: Ref, num: float64(n)}
}

// raw returns the bytes of a stream before its filters.
func (o *Object) raw() []byte {
	if o.kind != Stream || o.file == nil || o.id == 0 {
		return nil
	}
	s := &o.file.sources[o.id]
	if c := o.file.crypt; c != nil && !s.decrypted {
		s.stream = c.stream(s.stream, s.num, s.gen, *o)
		s.decrypted = true
	}
	return s.stream
}

// Data returns the bytes of a stream after its filters. With an error, what could be decoded.
func (o Object) Data() ([]byte, error) {
	limit := int64(DefaultLimit)
	if o.file != nil {
		limit = o.file.limit
	}
	return decodeStream(o.raw(), filtersOf(o), limit)
}
