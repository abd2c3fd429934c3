package input

import (
	"bytes"
	"errors"
	"os"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/unicode"
)

const byteOrderMark = "\uFEFF"

// listNames reads a list of inputs as programs on any system write it: in UTF-8, UTF-16 with or without a byte order mark,
// or GB18030; lines that end with LF or CRLF, or names that end with NUL.
func listNames(data []byte) ([]string, error) {
	order, bom, wide := wideText(data)
	switch {
	case wide:
		text, err := unicode.UTF16(order, bom).NewDecoder().Bytes(data)
		guessed := bom == unicode.IgnoreBOM
		if err != nil || guessed && (len(data)%2 != 0 || bytes.IndexByte(text, 0) >= 0 || bytes.ContainsRune(text, utf8.RuneError)) {
			return nil, errors.New("not valid UTF-16, though it looks like it: write the list in UTF-8")
		}
		data = text
	default:
		data = bytes.TrimPrefix(data, []byte(byteOrderMark))
	}
	end, cut := "\n", "\r"
	if bytes.IndexByte(data, 0) >= 0 {
		end, cut = "\x00", ""
	}
	names := strings.Split(string(data), end)
	decode := !utf8.Valid(data) && isGBText(names)
	kept := names[:0]
	for _, name := range names {
		name = strings.TrimRight(name, cut)
		if strings.TrimSpace(name) == "" {
			continue
		}
		if decode {
			if text, ok := fromGBPath(name); ok {
				name = text
			}
		}
		kept = append(kept, name)
	}
	return kept, nil
}

// wideText tells whether a list is UTF-16. Without a byte order mark the NULs of its ASCII characters tell: they are two bytes
// apart. In a list of NUL-terminated names that is so only where names have one letter.
func wideText(data []byte) (order unicode.Endianness, bom unicode.BOMPolicy, ok bool) {
	if bytes.HasPrefix(data, []byte{0xff, 0xfe}) || bytes.HasPrefix(data, []byte{0xfe, 0xff}) {
		return unicode.LittleEndian, unicode.ExpectBOM, true
	}
	var nulls [2]int // at even and odd places
	pairs := 0
	for i, b := range data {
		if b != 0 {
			continue
		}
		nulls[i%2]++
		if i >= 2 && data[i-2] == 0 && data[i-1] != 0 {
			pairs++
		}
	}
	all, most := nulls[0]+nulls[1], max(nulls[0], nulls[1])
	if all < 2 || 3*most < 2*all || 2*pairs < all || areNames(data) {
		return unicode.LittleEndian, unicode.IgnoreBOM, false
	}
	if nulls[0] > nulls[1] {
		return unicode.BigEndian, unicode.IgnoreBOM, true
	}
	return unicode.LittleEndian, unicode.IgnoreBOM, true
}

// areNames reports whether every name of a NUL-terminated list exists as a file.
func areNames(data []byte) bool {
	for _, name := range strings.Split(strings.TrimSuffix(string(data), "\x00"), "\x00") {
		if _, err := os.Lstat(name); err != nil {
			return false
		}
	}
	return true
}

// isGBText tells a list that was written in GB18030, of files with UTF-8 names, from a list of files whose names on disk are
// GB18030: by the first name that exists.
func isGBText(names []string) bool {
	for _, name := range names {
		name = strings.TrimRight(name, "\r")
		if utf8.ValidString(name) {
			continue
		}
		if _, err := os.Lstat(name); err == nil {
			return false
		}
		text, ok := fromGBPath(name)
		if !ok {
			return false
		}
		if _, err := os.Lstat(text); err == nil {
			return true
		}
	}
	return false
}
