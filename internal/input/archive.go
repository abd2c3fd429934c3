package input

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path"
	"strings"
	"unicode/utf8"

	"github.com/countybudget/extract/internal/bytesize"
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
