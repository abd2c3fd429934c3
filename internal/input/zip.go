package input

import (
	"archive/zip"
	"errors"
	"fmt"
	"io"
	"slices"
	"unicode/utf8"
)

// zip unpacks a ZIP archive. It stays open while members of it are to be read again.
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
