package batch

import (
	"archive/tar"
	"archive/zip"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/klauspost/compress/zstd"
	"golang.org/x/text/encoding/simplifiedchinese"
)

// An archive is read from end to end before anything in it is looked at. Its members go to files that are numbered, never
// named after them, so that no name can lead elsewhere. Everything is counted as it is inflated, whatever the archive says
// of itself. Members of a ZIP archive can be read again, so only as many are kept as there is room for.

// Bounds limit what one archive may hold, archives in it included.
type Bounds struct {
	Members int   // entries of every kind
	Bytes   int64 // inflated, in all
	Ratio   int64 // inflated for each byte of the archive
	Member  int64 // inflated, of one member
}

// DefaultBounds hold a province's disclosures of a year.
func DefaultBounds() Bounds {
	return Bounds{Members: 200_000, Bytes: 64 << 30, Ratio: 200, Member: DefaultLimits().Bytes}
}

// ratioGrace is what any archive may inflate to.
const ratioGrace = 64 << 20

// archiveType is how an archive is packed.
type archiveType int

const (
	notArchive archiveType = iota
	zipArchive
	tarArchive
	tarGzip
	tarZstd
)

var archiveSuffixes = []struct {
	suffix string
	kind   archiveType
}{{".zip", zipArchive}, {".tar", tarArchive}, {".tar.gz", tarGzip}, {".tgz", tarGzip}, {".tar.zst", tarZstd}, {".tzst", tarZstd}}

func archiveKind(name string) archiveType {
	name = strings.ToLower(name)
	for _, s := range archiveSuffixes {
		if strings.HasSuffix(name, s.suffix) {
			return s.kind
		}
	}
	return notArchive
}

// unpacking is one archive being unpacked.
type unpacking struct {
	c       *Collector
	ctx     context.Context
	size    int64 // of the archive itself
	members int
	bytes   int64
	found   []Input
}

// errBound ends the unpacking of an archive.
type errBound struct{ error }

func (c *Collector) unpack(ctx context.Context, file, source string) []Input {
	info, err := os.Stat(file)
	if err != nil {
		return []Input{newInput(source, plainReason(err))}
	}
	u := &unpacking{c: c, ctx: ctx, size: info.Size()}
	u.archive(file, source, archiveKind(source), true)
	return u.found
}

// archive unpacks a file; what is wrong with it is an input of its own.
func (u *unpacking) archive(file, source string, kind archiveType, outer bool) error {
	var err error
	if kind == zipArchive {
		err = u.zip(file, source, outer)
	} else {
		err = u.tar(file, source, kind, outer)
	}
	var bound errBound
	switch {
	case err == nil:
	case errors.As(err, &bound) && !outer:
		return err
	default:
		u.fail(source, err)
	}
	return nil
}

func (u *unpacking) fail(source string, err error) {
	u.found = append(u.found, newInput(source, plainReason(err)))
}

func (u *unpacking) zip(file, source string, outer bool) error {
	r, err := zip.OpenReader(file)
	if err != nil {
		return fmt.Errorf("not a readable ZIP archive: %w", plainReason(err))
	}
	first := len(u.found)
	defer func() {
		if slices.ContainsFunc(u.found[first:], func(in Input) bool { return in.origin != nil && in.Path == "" }) {
			u.c.opened = append(u.c.opened, r)
			return
		}
		r.Close()
	}()
	for _, f := range r.File {
		place := memberPlace(source, zipName(f))
		if err := u.enter(); err != nil {
			return err
		}
		if f.FileInfo().IsDir() {
			continue
		}
		if f.Flags&1 != 0 && isPDF(place) {
			u.fail(place, errors.New("encrypted in its archive"))
			continue
		}
		again := &zipMember{f, u.c.Bounds.Member + 1}
		read := func(w io.Writer) error { return again.fetch(u.ctx, &counted{w: w, u: u}) }
		if err := u.member(place, outer, again, read); err != nil {
			return err
		}
	}
	return nil
}

// zipName is a member's name; archives made on Chinese Windows have it in GBK.
func zipName(f *zip.File) string {
	if f.NonUTF8 && !utf8.ValidString(f.Name) {
		if name, err := simplifiedchinese.GBK.NewDecoder().String(f.Name); err == nil {
			return name
		}
	}
	return f.Name
}

func (u *unpacking) tar(file, source string, kind archiveType, outer bool) error {
	f, err := os.Open(file)
	if err != nil {
		return err
	}
	defer f.Close()
	plain, err := inflate(f, kind)
	if err != nil {
		return fmt.Errorf("not a readable TAR archive: %w", err)
	}
	defer plain.Close()
	r := tar.NewReader(&counted{r: plain, u: u})
	for {
		head, err := r.Next()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return fmt.Errorf("the TAR archive cannot be read to its end: %w", err)
		}
		if err := u.enter(); err != nil {
			return err
		}
		if head.Typeflag != tar.TypeReg {
			continue
		}
		read := func(w io.Writer) error {
			_, err := io.Copy(w, io.LimitReader(r, u.c.Bounds.Member+1))
			return err
		}
		if err := u.member(memberPlace(source, head.Name), outer, nil, read); err != nil {
			return err
		}
	}
}

func inflate(f io.Reader, kind archiveType) (io.ReadCloser, error) {
	switch kind {
	case tarGzip:
		return gzip.NewReader(f)
	case tarZstd:
		d, err := zstd.NewReader(f, zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxWindow(128<<20))
		if err != nil {
			return nil, err
		}
		return d.IOReadCloser(), nil
	}
	return io.NopCloser(f), nil
}

// counted counts what an archive inflates to, on its way out of r or into w; of a TAR archive members that nobody wants
// included.
type counted struct {
	r io.Reader
	w io.Writer
	u *unpacking
}

func (c *counted) Read(p []byte) (int, error) {
	n, err := c.r.Read(p)
	if bound := c.u.count(int64(n)); bound != nil {
		return n, bound
	}
	return n, err
}

func (c *counted) Write(p []byte) (int, error) {
	if bound := c.u.count(int64(len(p))); bound != nil {
		return 0, bound
	}
	return c.w.Write(p)
}

// enter counts one more member.
func (u *unpacking) enter() error {
	if err := u.ctx.Err(); err != nil {
		return errBound{err}
	}
	if u.members++; u.members > u.c.Bounds.Members {
		return errBound{fmt.Errorf("the archive has more than %d members; the rest was not read", u.c.Bounds.Members)}
	}
	return nil
}

func (u *unpacking) count(n int64) error {
	u.bytes += n
	switch b := u.c.Bounds; {
	case u.bytes > b.Bytes:
		return errBound{fmt.Errorf("the archive inflates to more than %s; the rest was not read", FormatSize(b.Bytes))}
	case u.bytes > ratioGrace && u.bytes/max(u.size, 1) > b.Ratio:
		return errBound{fmt.Errorf("the archive inflates to more than %d times its size; the rest was not read", b.Ratio)}
	}
	return nil
}

// member takes a member in, if it is a PDF or an archive of them; again reads it once more, where that is possible.
func (u *unpacking) member(place string, outer bool, again *zipMember, read func(io.Writer) error) error {
	kind := archiveKind(place)
	switch {
	case kind != notArchive && !outer:
		u.fail(place, errors.New("an archive in an archive in an archive is not opened"))
		return nil
	case kind == notArchive && !isPDF(place):
		return nil
	}
	content, err := u.copyOut(read)
	var bound errBound
	switch {
	case errors.As(err, &bound):
		return err
	case err != nil:
		u.fail(place, err)
		return nil
	case kind != notArchive:
		defer os.Remove(content.path)
		return u.archive(content.path, place, kind, false)
	}
	in := newInput(place, nil)
	in.Path, in.by = "", u.c
	if again != nil {
		in.origin = again
	}
	u.c.take(&in, content)
	u.found = append(u.found, in)
	return nil
}

// copyOut writes a member to a scratch file.
func (u *unpacking) copyOut(read func(io.Writer) error) (copied, error) {
	c, err := u.c.scratch.copyFrom(read)
	if err == nil && c.bytes > u.c.Bounds.Member {
		os.Remove(c.path)
		err = tooLarge(u.c.Bounds.Member)
	}
	return c, err
}

// memberPlace is where a member stands: archive.zip!/folder/name.pdf. A name cannot lead out of the archive.
func memberPlace(source, name string) string {
	name = strings.ReplaceAll(name, "\\", "/")
	return source + "!" + path.Clean("/"+name)
}
