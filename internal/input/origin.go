package input

import (
	"archive/zip"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"sync"

	"github.com/countybudget/extract/internal/store"
)

// An object of a store or a member of a ZIP archive is read twice: once for its checksum, which duplicates and earlier runs
// are recognized by, and again just before it is converted. Copies made the first time are kept up to Collector.Room, so that
// a small collection is fetched once.

// Fetchers is how many inputs are copied at the same time, and so how many copies wait for a worker at most.
const Fetchers = 8

// origin is where the content of such an input comes from. Implementations are pointers (they are compared), and safe for
// concurrent use.
type origin interface {
	fetch(ctx context.Context, w io.Writer) error
}

// object is an object of a store.
type object struct {
	from    *store.Reader
	key     string
	version string
	bytes   int64
}

func (o *object) fetch(ctx context.Context, w io.Writer) error {
	if err := o.from.Copy(ctx, o.key, w); err != nil {
		return fmt.Errorf("cannot be fetched: %w", err)
	}
	return nil
}

// zipMember is a file in a ZIP archive.
type zipMember struct {
	file *zip.File
	most int64 // bytes that are read of it
}

func (m *zipMember) fetch(_ context.Context, w io.Writer) error {
	r, err := m.file.Open()
	if err != nil {
		return err
	}
	defer r.Close()
	_, err = io.Copy(w, io.LimitReader(r, m.most))
	return err
}

// scratch is the folder for copies.
type scratch struct {
	dir string

	mu    sync.Mutex
	files int
	kept  int64 // bytes of the copies that were kept after hashing
}

// create makes a new file under a number.
func (s *scratch) create() (*os.File, error) {
	if err := os.MkdirAll(s.dir, 0o700); err != nil {
		return nil, err
	}
	s.mu.Lock()
	s.files++
	name := fmt.Sprintf("%08d", s.files)
	s.mu.Unlock()
	return os.OpenFile(filepath.Join(s.dir, name), os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
}

// keep reserves n bytes of room for a copy, if there are as many left.
func (s *scratch) keep(n, room int64) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.kept+n > room {
		return false
	}
	s.kept += n
	return true
}

// copied is a copy of an input's content.
type copied struct {
	path  string
	id    string // SHA-256
	bytes int64
}

// copyFrom makes a copy of what fetch writes, and its checksum.
func (s *scratch) copyFrom(fetch func(io.Writer) error) (c copied, err error) {
	f, err := s.create()
	if err != nil {
		return c, errBound{fmt.Errorf("cannot be copied: %w", err)}
	}
	sum := sha256.New()
	err = fetch(io.MultiWriter(f, sum))
	info, serr := f.Stat()
	for _, e := range []error{serr, f.Close()} {
		if err == nil {
			err = e
		}
	}
	if err != nil {
		os.Remove(f.Name())
		return c, err
	}
	return copied{f.Name(), hex.EncodeToString(sum.Sum(nil)), info.Size()}, nil
}

// identify reads the input for its checksum; an object that an earlier run has read unchanged is not read.
func (in *Input) identify(ctx context.Context) error {
	o, isObject := in.origin.(*object)
	if isObject {
		if id, known := in.by.Objects.lookup(in.SourceURI, o); known {
			in.id, in.bytes = id, o.bytes
			return nil
		}
	}
	c, err := in.by.scratch.copyFrom(func(w io.Writer) error { return in.origin.fetch(ctx, w) })
	if err != nil {
		return err
	}
	in.by.take(in, c)
	if isObject && c.bytes == o.bytes {
		return in.by.Objects.record(in.SourceURI, o, c.id)
	}
	return nil
}

// take gives an input its checksum and size, and its copy if there is room to keep it.
func (c *Collector) take(in *Input, content copied) {
	c.Copied.Add(1)
	in.id, in.bytes = content.id, content.bytes
	if in.origin != nil && !c.scratch.keep(content.bytes, c.Room) {
		os.Remove(content.path)
		return
	}
	in.Path, in.copy = content.path, true
}

// Fetch makes sure that the content is in a file. A document whose content cannot be had any more has Unread set afterwards.
func (d *Document) Fetch(ctx context.Context) {
	if d.Unread != nil || d.Path != "" || d.origin == nil {
		return
	}
	c, err := d.by.scratch.copyFrom(func(w io.Writer) error { return d.origin.fetch(ctx, w) })
	if err != nil {
		*d = d.WithoutContent(err)
		return
	}
	d.Path, d.copy = c.path, true
}

// InFile tells that the content is in a file; without one, Fetch makes it.
func (d *Document) InFile() bool { return d.origin == nil || d.Path != "" }

// Open opens the document's file if it has no more than most bytes, and gives its size.
func (d *Document) Open(most int64) (*os.File, int64, error) {
	f, info, err := openRegular(d.Path)
	if err != nil {
		return nil, 0, err
	}
	if info.Size() > most {
		f.Close()
		return nil, 0, TooLarge(most)
	}
	return f, info.Size(), nil
}

// FileName is what the document is called, for people.
func (d *Document) FileName() string { return FileName(d.SourceURI) }

// WithoutContent is the document as one that cannot be read, under the document_id of its place, so that the next run tries
// again.
func (d *Document) WithoutContent(reason error) Document {
	u := *d
	u.Unread, u.ID, u.Bytes = reason, UnreadID(d.SourceURI), 0
	return u
}

// Release removes the copy of a document that was converted, if there is one.
func (d *Document) Release() {
	if d.copy {
		os.Remove(d.Path)
	}
}
