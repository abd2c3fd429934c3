package input

import (
	"bytes"
	"cmp"
	"errors"
	"path"
	"path/filepath"
	"slices"
	"strings"
)

// Every file in a folder or an archive is a document, an archive, or listed as skipped. An archive that cannot be opened may
// hold documents, so it is a failed document; an .xlsx file is skipped.

// Skipped is a file that is not converted.
type Skipped struct {
	SourceURI string
	Kind      string // its extension in lower case, or what else it is
}

// The kinds of Skipped without an extension.
const (
	kindPlain      = "no extension"
	kindFolderLink = "link to a folder"
	kindSpecial    = "not a regular file"
	kindMemberLink = "link in an archive"
)

func (c *Collector) skip(place, kind string) {
	c.Files.Add(1)
	c.skipped = append(c.skipped, Skipped{place, kind})
}

// Skipped lists the files of folders and archives that are not converted, by place. It comes after Collect.
func (c *Collector) Skipped() []Skipped { return c.skipped }

// settleSkipped sorts the skipped files, without duplicates and without those that are also named as inputs.
func (c *Collector) settleSkipped(inputs []Input) {
	named := make(map[string]bool, len(inputs))
	for i := range inputs {
		named[inputs[i].SourceURI] = true
	}
	c.skipped = slices.DeleteFunc(c.skipped, func(s Skipped) bool { return named[s.SourceURI] })
	slices.SortFunc(c.skipped, func(a, b Skipped) int { return cmp.Compare(a.SourceURI, b.SourceURI) })
	c.skipped = slices.Compact(c.skipped)
}

// kindOf is the kind of a file that is not converted.
func kindOf(place string) string {
	const longest = 10
	ext := strings.ToLower(path.Ext(FileName(place)))
	plain := func(r rune) bool {
		return r >= 'a' && r <= 'z' || r >= '0' && r <= '9' || strings.ContainsRune("._-+~", r)
	}
	if len(ext) < 2 || len(ext) > longest || strings.ContainsFunc(ext, func(r rune) bool { return !plain(r) }) {
		return kindPlain
	}
	return ext
}

// use is what a file is to a run.
type use int

const (
	useNone use = iota
	usePDF
	useArchive
	useClosed // an archive that this program does not open
)

// useOf tells by the name and the first bytes, if there are any; the error says what to do with a closed archive.
func (c *Collector) useOf(name string, head []byte) (use, error) {
	if isPDF(name) || looksLikePDF(head) {
		return usePDF, nil
	}
	archive := archiveOf(name, head)
	if format := closedArchive(name, head); format != "" && (format == splitFormat || signedArchive(head) == notArchive) {
		return useClosed, errors.New(format + " archives are not opened: unpack it and convert what is in it")
	}
	if c.Scratch != "" && archive != notArchive {
		return useArchive, nil
	}
	return useNone, nil
}

func isPDF(path string) bool { return strings.EqualFold(filepath.Ext(path), ".pdf") }

// headSize is as much of a file as is needed to tell what it is.
const headSize = 512

// looksLikePDF finds the signature of a PDF file at the head; only white space and a byte order mark may precede it.
func looksLikePDF(head []byte) bool {
	head = bytes.TrimLeft(bytes.TrimPrefix(head, []byte(byteOrderMark)), " \t\r\n\x00")
	return bytes.HasPrefix(head, []byte("%PDF-"))
}

// splitFormat is a part of an archive; the first part has the signature of a whole archive.
const splitFormat = "split"

// closedFormats are archives that are not opened, by signature and by extension.
var closedFormats = []struct {
	name, signature string
	suffixes        []string
}{
	{"RAR", "Rar!\x1a\x07", []string{".rar", ".r00", ".r01"}},
	{"7-Zip", "7z\xbc\xaf\x27\x1c", []string{".7z"}},
	{"CAB", "MSCF\x00\x00\x00\x00", []string{".cab"}},
	{"LZH", "", []string{".lzh", ".lha"}},
	{"ARJ", "", []string{".arj"}},
	{"ISO", "", []string{".iso"}},
	{"lzip", "LZIP\x01", []string{".lz", ".tlz"}},
	{"LZMA", "", []string{".lzma"}},
	{"compress", "\x1f\x9d", []string{".z", ".taz"}},
	{splitFormat, "", []string{".001", ".z01"}},
}

// closedArchive names the format of an archive that is not opened.
func closedArchive(name string, head []byte) string {
	ext := strings.ToLower(path.Ext(name))
	for _, f := range closedFormats {
		if f.signature != "" && bytes.HasPrefix(head, []byte(f.signature)) || slices.Contains(f.suffixes, ext) {
			return f.name
		}
	}
	return ""
}
