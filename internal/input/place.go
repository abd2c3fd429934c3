package input

import (
	"path"
	"path/filepath"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"
)

// A place (source_uri, also_as) is text, but a path is bytes: names from Chinese Windows are often GB18030 (or GBK, a part
// of it). The form of a place tells every path from every other, and PathOf finds the path again. Each part between
// slashes is written by itself:
//
//	水利局.pdf              UTF-8, as it is
//	{GB18030}水利局.pdf     the bytes of this text in GB18030
//	{bytes}%CB%AE%FF.pdf    anything else: bytes that are not UTF-8, and %, as %XX; also a UTF-8 name that begins with a mark
//
// The file_name of a document is without the marks; messages show the place.
const (
	markGB    = "{GB18030}"
	markBytes = "{bytes}"
)

// placeOf is the place of a path with forward slashes.
func placeOf(p string) string {
	if utf8.ValidString(p) && !strings.Contains(p, markGB) && !strings.Contains(p, markBytes) {
		return p
	}
	parts := strings.Split(p, "/")
	for i, part := range parts {
		parts[i] = placePart(part)
	}
	return strings.Join(parts, "/")
}

func placePart(name string) string {
	if utf8.ValidString(name) {
		if !marked(name) {
			return name
		}
		return markBytes + percentBytes(name)
	}
	if text, ok := fromGB(name); ok {
		return markGB + text
	}
	return markBytes + percentBytes(name)
}

func marked(name string) bool {
	return strings.HasPrefix(name, markGB) || strings.HasPrefix(name, markBytes)
}

// fromGB decodes a name in GB18030; ok is false where the text would not give the same bytes again.
func fromGB(name string) (text string, ok bool) {
	text, err := simplifiedchinese.GB18030.NewDecoder().String(name)
	if err != nil || strings.ContainsAny(text, "\uFFFD/") {
		return "", false
	}
	again, err := toGB(text)
	return text, err == nil && again == name
}

func toGB(text string) (string, error) { return simplifiedchinese.GB18030.NewEncoder().String(text) }

const hexDigits = "0123456789ABCDEF"

// percentBytes writes % and bytes that are not UTF-8 as %XX.
func percentBytes(name string) string {
	var b strings.Builder
	for i := 0; i < len(name); {
		r, n := utf8.DecodeRuneInString(name[i:])
		if r == utf8.RuneError && n == 1 || r == '%' {
			b.WriteString("%" + string(hexDigits[name[i]>>4]) + string(hexDigits[name[i]&15]))
		} else {
			b.WriteString(name[i : i+n])
		}
		i += n
	}
	return b.String()
}

func unpercent(name string) string {
	var b strings.Builder
	for i := 0; i < len(name); i++ {
		if name[i] == '%' && i+2 < len(name) {
			high, low := strings.IndexByte(hexDigits, name[i+1]), strings.IndexByte(hexDigits, name[i+2])
			if high >= 0 && low >= 0 {
				b.WriteByte(byte(high<<4 | low))
				i += 2
				continue
			}
		}
		b.WriteByte(name[i])
	}
	return b.String()
}

// PathOf is the path of a file whose place is given.
func PathOf(place string) string {
	parts := strings.Split(place, "/")
	for i, part := range parts {
		if text, ok := strings.CutPrefix(part, markGB); ok {
			if name, err := toGB(text); err == nil {
				parts[i] = name
			}
		} else if text, ok := strings.CutPrefix(part, markBytes); ok {
			parts[i] = unpercent(text)
		}
	}
	return filepath.FromSlash(strings.Join(parts, "/"))
}

// FileName is the name of a document, for display: the last part of its place without the mark.
func FileName(place string) string {
	name := path.Base(place)
	for _, mark := range []string{markGB, markBytes} {
		if text, ok := strings.CutPrefix(name, mark); ok && text != "" {
			return text
		}
	}
	return name
}

// otherSpellings are the paths to try when no file has the path: the path of a place, the name in the other of UTF-8 and
// GB18030, and the name without the byte order mark of a list.
func otherSpellings(p string) []string {
	var others []string
	if rest, ok := strings.CutPrefix(p, byteOrderMark); ok {
		others = append(others, rest)
	}
	if marked := PathOf(p); marked != p {
		others = append(others, marked)
	}
	if !utf8.ValidString(p) {
		if text, ok := fromGBPath(p); ok {
			others = append(others, text)
		}
	} else if name, err := toGB(p); err == nil && name != p {
		others = append(others, name)
	}
	return others
}

// fromGBPath decodes a whole path in GB18030.
func fromGBPath(p string) (string, bool) {
	parts := strings.Split(p, "/")
	for i, part := range parts {
		text, ok := fromGB(part)
		if !ok {
			return "", false
		}
		parts[i] = text
	}
	return strings.Join(parts, "/"), true
}
