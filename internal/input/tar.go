package input

import (
	"archive/tar"
	"bufio"
	"bytes"
	"compress/bzip2"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"os"
	"path"

	"github.com/klauspost/compress/zstd"

	"github.com/countybudget/extract/internal/xz"
)

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
