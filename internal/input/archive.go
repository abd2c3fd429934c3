package input

import (
	"archive/tar"
	"archive/zip"
	"bufio"
	"bytes"
	"compress/bzip2"
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

	"github.com/countybudget/extract/internal/bytesize"
	"github.com/countybudget/extract/internal/xz"
)

// An archive is unpacked completely before any of its members is used. Members are written to numbered files, never under
// their own names, so that no name can escape the folder. Sizes are counted while inflating; what the archive declares is not
// trusted. Members of a ZIP archive can be read again, so copies are kept only up to Collector.Room.

// Bounds limit what one archive may hold, archives in it included.
type Bounds struct {
	Members int   // entries of every kind
	Bytes   int64 // inflated, in all
	Ratio   int64 // inflated for each byte of the archive
	Member  int64 // inflated, of one member
}

// DefaultBounds are enough for a province's disclosures of a year.
func DefaultBounds() Bounds {
	return Bounds{Members: 200_000, Bytes: 64 << 30, Ratio: 200, Member: MaxDocument}
}

// ratioGrace is how many bytes an archive may inflate to whatever its ratio.
const ratioGrace = 64 << 20

// archiveType is how an archive is packed. A single compressed file (budget.pdf.xz) is an archive with one member.
type archiveType struct {
	form    archiveForm
	packing packing
}

type archiveForm int

const (
	noArchive archiveForm = iota
	zipForm
	tarForm
	singleForm
)

type packing int

const (
	unpacked packing = iota
	gzipped
	bzip2ed
	xzed
	zstdPacked
)

var packingNames = map[packing]string{gzipped: "gzip", bzip2ed: "bzip2", xzed: "xz", zstdPacked: "zstd"}

var notArchive archiveType

// archiveSuffixes are in the order in which they are tried.
var archiveSuffixes = []struct {
	suffix string
	kind   archiveType
}{
	{".zip", archiveType{zipForm, unpacked}}, {".tar", archiveType{tarForm, unpacked}},
	{".tar.gz", archiveType{tarForm, gzipped}}, {".tgz", archiveType{tarForm, gzipped}},
	{".tar.bz2", archiveType{tarForm, bzip2ed}}, {".tbz2", archiveType{tarForm, bzip2ed}}, {".tbz", archiveType{tarForm, bzip2ed}},
	{".tar.xz", archiveType{tarForm, xzed}}, {".txz", archiveType{tarForm, xzed}},
	{".tar.zst", archiveType{tarForm, zstdPacked}}, {".tzst", archiveType{tarForm, zstdPacked}},
	{".gz", archiveType{singleForm, gzipped}}, {".bz2", archiveType{singleForm, bzip2ed}},
	{".xz", archiveType{singleForm, xzed}}, {".zst", archiveType{singleForm, zstdPacked}},
}

func archiveKind(name string) archiveType {
	kind, _ := archiveSuffix(name)
	return kind
}

func archiveSuffix(name string) (archiveType, string) {
	lower := strings.ToLower(name)
	for _, s := range archiveSuffixes {
		if strings.HasSuffix(lower, s.suffix) {
			return s.kind, s.suffix
		}
	}
	return notArchive, ""
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

// errBound is an exceeded bound; it ends the unpacking of an archive.
type errBound struct{ error }

func (c *Collector) unpack(ctx context.Context, file, source string) []Input {
	info, err := os.Stat(file)
	if err != nil {
		return []Input{memberInput(source, Reason(err))}
	}
	c.looked[source] = true
	u := &unpacking{c: c, ctx: ctx, size: info.Size()}
	head, _ := fileHead(file) // opening it reports the error
	u.archive(file, source, archiveOf(source, head), true)
	return u.found
}

// archive unpacks a file. What fails becomes an input with an error.
func (u *unpacking) archive(file, source string, kind archiveType, outer bool) error {
	var err error
	if kind.form == zipForm {
		err = u.zip(file, source, outer)
	} else {
		err = u.stream(file, source, kind, outer)
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
	u.found = append(u.found, memberInput(source, Reason(err)))
}

func (u *unpacking) zip(file, source string, outer bool) error {
	r, err := zip.OpenReader(file)
	if err != nil {
		return fmt.Errorf("not a readable ZIP archive: %w", Reason(err))
	}
	first := len(u.found)
	defer func() {
		if slices.ContainsFunc(u.found[first:], func(in Input) bool { return in.origin != nil && in.Path == "" }) {
			u.c.opened = append(u.c.opened, r)
			return
		}
		r.Close()
	}()
	taken := utf8Names(r.File)
	for _, f := range r.File {
		place := memberPlace(source, zipName(f, taken))
		if err := u.enter(); err != nil {
			return err
		}
		if f.FileInfo().IsDir() {
			continue
		}
		if !f.Mode().IsRegular() {
			u.c.skip(place, kindMemberLink)
			continue
		}
		if use, _ := u.c.useOf(place, nil); f.Flags&1 != 0 && use != useNone {
			u.fail(place, errors.New("encrypted in its archive: unpack it with its password and convert what is in it"))
			continue
		}
		again := &zipMember{f, u.c.Bounds.Member + 1}
		m := memberFile{place: place, outer: outer, again: again}
		m.head = func() ([]byte, error) { return zipHead(f, u) }
		m.read = func(w io.Writer) error { return again.fetch(u.ctx, &counted{w: w, u: u}) }
		if err := u.member(m); err != nil {
			return err
		}
	}
	return nil
}

func zipHead(f *zip.File, u *unpacking) ([]byte, error) {
	if f.Flags&1 != 0 {
		return nil, nil
	}
	r, err := f.Open()
	if err != nil {
		return nil, err
	}
	defer r.Close()
	return readHead(&counted{r: r, u: u})
}

// utf8Names are the names in a ZIP archive that need no decoding.
func utf8Names(files []*zip.File) map[string]bool {
	names := map[string]bool{}
	for _, f := range files {
		if utf8.ValidString(f.Name) {
			names[memberName(f.Name)] = true
		}
	}
	return names
}

// zipName is a member's name as part of a place. Archives made on Chinese Windows usually have names in GB18030, so these are
// written without the mark {GB18030}, unless another member has the same name in UTF-8.
func zipName(f *zip.File, taken map[string]bool) string {
	if utf8.ValidString(f.Name) {
		return memberName(f.Name)
	}
	if text, ok := fromGBPath(f.Name); ok && !taken[memberName(text)] {
		return memberName(text)
	}
	return memberName(f.Name)
}

// stream reads a TAR archive, or a single compressed file.
func (u *unpacking) stream(file, source string, kind archiveType, outer bool) error {
	f, err := os.Open(file)
	if err != nil {
		return err
	}
	defer f.Close()
	plain, err := inflate(f, kind.packing)
	switch {
	case err != nil && kind.form == tarForm:
		return fmt.Errorf("not a readable TAR archive: %w", err)
	case err != nil:
		return fmt.Errorf("not a readable %s file: %w", packingNames[kind.packing], err)
	}
	defer plain.Close()
	content := bufio.NewReaderSize(&counted{r: plain, u: u}, headSize)
	if kind.form == tarForm || holdsTar(content) {
		return u.tar(tar.NewReader(content), source, outer)
	}
	if err := u.enter(); err != nil {
		return err
	}
	_, suffix := archiveSuffix(source)
	name := path.Base(source)
	m := u.streamed(content, source+"!/"+name[:len(name)-len(suffix)], outer)
	var bound errBound
	if _, err := m.head(); err != nil && !errors.As(err, &bound) {
		return fmt.Errorf("not a readable %s file: %w", packingNames[kind.packing], err)
	}
	return u.member(m)
}

func (u *unpacking) tar(r *tar.Reader, source string, outer bool) error {
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
		place := memberPlace(source, memberName(head.Name))
		switch head.Typeflag {
		case tar.TypeReg, tar.TypeCont, tar.TypeGNUSparse:
		case tar.TypeDir, tar.TypeXGlobalHeader:
			continue
		case tar.TypeLink, tar.TypeSymlink:
			u.c.skip(place, kindMemberLink)
			continue
		default:
			u.c.skip(place, kindSpecial)
			continue
		}
		if err := u.member(u.streamed(r, place, outer)); err != nil {
			return err
		}
	}
}

// streamed is a member that can be read only once.
func (u *unpacking) streamed(r io.Reader, place string, outer bool) memberFile {
	var begun []byte
	return memberFile{
		place: place, outer: outer,
		head: func() (_ []byte, err error) {
			if begun == nil {
				begun, err = readHead(r)
			}
			return begun, err
		},
		read: func(w io.Writer) error {
			_, err := io.Copy(w, io.LimitReader(io.MultiReader(bytes.NewReader(begun), r), u.c.Bounds.Member+1))
			if err != nil {
				return fmt.Errorf("cannot be read to its end: %w", err)
			}
			return nil
		},
	}
}

func inflate(f io.Reader, kind packing) (io.ReadCloser, error) {
	switch kind {
	case gzipped:
		return gzip.NewReader(f)
	case bzip2ed:
		return io.NopCloser(bzip2.NewReader(f)), nil
	case xzed:
		x, err := xz.NewReader(f)
		return io.NopCloser(x), err
	case zstdPacked:
		d, err := zstd.NewReader(f, zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxWindow(128<<20))
		if err != nil {
			return nil, err
		}
		return d.IOReadCloser(), nil
	}
	return io.NopCloser(f), nil
}

// counted counts what an archive inflates to, read from r or written to w. Of a TAR archive that includes skipped members.
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
		return errBound{fmt.Errorf("the archive inflates to more than %s; the rest was not read", bytesize.Format(b.Bytes))}
	case u.bytes > ratioGrace && u.bytes/max(u.size, 1) > b.Ratio:
		return errBound{fmt.Errorf("the archive inflates to more than %d times its size; the rest was not read", b.Ratio)}
	}
	return nil
}

// memberFile is a file in an archive; again reads it once more, and is nil where that is impossible.
type memberFile struct {
	place string
	outer bool // the archive is not itself a member of one
	head  func() ([]byte, error)
	read  func(io.Writer) error
	again *zipMember
}

// member adds a member that is a PDF file or an archive to the inputs, and any other to the skipped files.
func (u *unpacking) member(m memberFile) error {
	var bound errBound
	var head []byte
	use, closed := u.c.useOf(m.place, nil)
	if use != usePDF {
		var err error
		head, err = m.head()
		if errors.As(err, &bound) {
			return err
		}
		use, closed = u.c.useOf(m.place, head)
	}
	switch {
	case use == useNone:
		u.c.skip(m.place, kindOf(m.place))
		return nil
	case use == useClosed:
		u.fail(m.place, closed)
		return nil
	case use == useArchive && !m.outer:
		u.fail(m.place, errors.New("an archive in an archive in an archive is not opened: unpack it and convert what is in it"))
		return nil
	}
	content, err := u.copyOut(m.read)
	switch {
	case errors.As(err, &bound):
		return bound
	case err != nil:
		u.fail(m.place, err)
		return nil
	case use == useArchive:
		defer os.Remove(content.path)
		u.c.looked[m.place] = true
		return u.archive(content.path, m.place, archiveOf(m.place, head), false)
	}
	in := memberInput(m.place, nil)
	in.Path, in.by = "", u.c
	if m.again != nil {
		in.origin = m.again
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
		err = TooLarge(u.c.Bounds.Member)
	}
	return c, err
}

// memberName is a member's name in the form of a place. Backslashes are separators, except where one is the second byte of a
// GB18030 character. ".." is resolved within the archive.
func memberName(name string) string {
	if !utf8.ValidString(name) {
		if text, ok := fromGBPath(name); ok {
			parts := strings.Split(cleanMember(text), "/")
			for i, part := range parts {
				if strings.ContainsFunc(part, func(r rune) bool { return r >= utf8.RuneSelf }) {
					parts[i] = markGB + part
				} else {
					parts[i] = placePart(part)
				}
			}
			return strings.Join(parts, "/")
		}
	}
	return placeOf(cleanMember(name))
}

func cleanMember(name string) string {
	return strings.TrimPrefix(path.Clean("/"+strings.ReplaceAll(name, "\\", "/")), "/")
}

// memberPlace is the place of a member: archive.zip!/folder/name.pdf.
func memberPlace(source, name string) string { return source + "!/" + name }
