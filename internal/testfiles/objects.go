package testfiles

import (
	"bytes"
	"compress/zlib"
	"fmt"
	"strings"
)

// PDF writes a small PDF object by object.
type PDF struct {
	Objects map[int]string // by number, without "obj" and "endobj"
	Trailer string         // more of the trailer than /Size and /Root
	Header  string
}

// NewPDF starts a document of one page of 200 × 100 points whose content and resources are given. Object 1 is the
// catalog, 2 the page tree, 3 the page, 4 its content; tests number their own from 10.
func NewPDF(content, resources string) *PDF {
	b := &PDF{Objects: map[int]string{}, Header: "%PDF-1.7\n"}
	b.Objects[1] = "<</Type/Catalog/Pages 2 0 R>>"
	b.Objects[2] = "<</Type/Pages/Kids[3 0 R]/Count 1/MediaBox[0 0 200 100]>>"
	b.Objects[3] = "<</Type/Page/Parent 2 0 R/Contents 4 0 R/Resources<<" + resources + ">>>>"
	b.Stream(4, "", content)
	return b
}

// Stream adds a stream; dict is its dictionary without /Length.
func (b *PDF) Stream(n int, dict, data string) {
	b.Objects[n] = fmt.Sprintf("<<%s/Length %d>>\nstream\n%s\nendstream", dict, len(data), data)
}

// Bytes is the file, with a cross-reference table.
func (b *PDF) Bytes() []byte {
	var out bytes.Buffer
	out.WriteString(b.Header)
	var last int
	for n := range b.Objects {
		last = max(last, n)
	}
	offsets := make([]int, last+1)
	for n := 1; n <= last; n++ {
		if o, ok := b.Objects[n]; ok {
			offsets[n] = out.Len()
			fmt.Fprintf(&out, "%d 0 obj\n%s\nendobj\n", n, o)
		}
	}
	start := out.Len()
	fmt.Fprintf(&out, "xref\n0 %d\n0000000000 65535 f \n", last+1)
	for _, off := range offsets[1:] {
		if off == 0 {
			out.WriteString("0000000000 65535 f \n")
			continue
		}
		fmt.Fprintf(&out, "%010d 00000 n \n", off)
	}
	fmt.Fprintf(&out, "trailer\n<</Size %d/Root 1 0 R%s>>\nstartxref\n%d\n%%%%EOF\n", last+1, b.Trailer, start)
	return out.Bytes()
}

// Deflate compresses a stream for /FlateDecode.
func Deflate(s string) string {
	var b bytes.Buffer
	w := zlib.NewWriter(&b)
	w.Write([]byte(s))
	w.Close()
	return b.String()
}

// Hex codes a stream for /ASCIIHexDecode, without the end mark.
func Hex(s string) string {
	const digits = "0123456789abcdef"
	var b strings.Builder
	for i := range len(s) {
		b.WriteByte(digits[s[i]>>4])
		b.WriteByte(digits[s[i]&15])
		if i%30 == 29 {
			b.WriteByte('\n')
		}
	}
	return b.String()
}

// RunLength codes a stream for /RunLengthDecode.
func RunLength(s string) string {
	var b strings.Builder
	for len(s) > 0 {
		n := min(len(s), 100)
		b.WriteByte(byte(n - 1))
		b.WriteString(s[:n])
		s = s[n:]
	}
	b.WriteByte(128)
	return b.String()
}
