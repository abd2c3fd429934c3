package input

import (
	"bufio"
	"bytes"
	"path"
	"slices"
	"strings"
)

// Archives are recognized by their signature, like PDF files: a ZIP archive may have no extension, or a wrong one.

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

// archiveSignatures are what an archive begins with.
var archiveSignatures = []struct {
	signature string
	kind      archiveType
}{
	{"PK\x03\x04", archiveType{zipForm, unpacked}},
	{"PK\x05\x06", archiveType{zipForm, unpacked}}, // with nothing in it
	{"\x1f\x8b\x08", archiveType{singleForm, gzipped}},
	{"\xfd7zXZ\x00", archiveType{singleForm, xzed}},
	{"\x28\xb5\x2f\xfd", archiveType{singleForm, zstdPacked}},
}

// tarSignature stands in the header of the first member of a TAR archive.
const (
	tarSignature = "ustar"
	tarAt        = 257
)

// archiveOf tells how an archive is packed, by its first bytes, if there are any, and then by its name.
func archiveOf(name string, head []byte) archiveType {
	named := archiveKind(name)
	found := signedArchive(head)
	switch {
	case found == notArchive:
		return named
	case found.form == zipForm && named.form != zipForm && isZippedFormat(name, head):
		return notArchive
	case found.packing == named.packing && named.form != zipForm:
		if named != notArchive {
			return named
		}
	case found.form == singleForm && named.form == tarForm:
		return archiveType{tarForm, found.packing}
	}
	return found
}

func signedArchive(head []byte) archiveType {
	for _, s := range archiveSignatures {
		if bytes.HasPrefix(head, []byte(s.signature)) {
			return s.kind
		}
	}
	switch {
	case len(head) >= 10 && bytes.HasPrefix(head, []byte("BZh")) && string(head[4:10]) == "1AY&SY":
		return archiveType{singleForm, bzip2ed}
	case isTar(head):
		return archiveType{tarForm, unpacked}
	}
	return notArchive
}

func isTar(head []byte) bool {
	return len(head) >= tarAt+len(tarSignature) && string(head[tarAt:tarAt+len(tarSignature)]) == tarSignature
}

// zippedFormats are the extensions of files of other programs that are ZIP archives inside.
var zippedFormats = []string{
	".docx", ".docm", ".dotx", ".xlsx", ".xlsm", ".xlsb", ".xltx", ".pptx", ".pptm", ".ppsx", ".potx", ".vsdx", ".wps", ".et", ".dps",
	".odt", ".ods", ".odp", ".odg", ".ofd", ".epub", ".xps", ".oxps", ".jar", ".war", ".apk", ".whl", ".nupkg", ".xpi", ".crx", ".kmz", ".xmind",
}

// firstMembers are what such files begin with.
var firstMembers = []string{"[Content_Types].xml", "_rels/", "docProps/", "word/", "xl/", "ppt/", "mimetype", "META-INF/", "OFD.xml", "Doc_0/", "AndroidManifest.xml"}

// isZippedFormat tells a document of another program from a ZIP archive, by its extension or the name of its first member.
func isZippedFormat(name string, head []byte) bool {
	if slices.Contains(zippedFormats, strings.ToLower(path.Ext(name))) {
		return true
	}
	const nameAt = 30
	if len(head) <= nameAt {
		return false
	}
	first := string(head[nameAt:])
	return slices.ContainsFunc(firstMembers, func(m string) bool { return strings.HasPrefix(first, m) })
}

// holdsTar looks at the beginning of what a compressed file holds.
func holdsTar(content *bufio.Reader) bool {
	head, _ := content.Peek(headSize)
	return isTar(head)
}
