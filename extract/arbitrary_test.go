package extract_test

import (
	"bytes"
	"context"
	"encoding/binary"
	"fmt"
	"strings"
	"testing"

	"golang.org/x/image/font/gofont/goregular"
	"golang.org/x/image/font/sfnt"

	"github.com/countybudget/extract/extract"
	"github.com/countybudget/extract/extract/ocr/lstm"
)

// rotated shows each digit under the code of the next and each capital under the code of the letter before.
func rotated(r rune) rune {
	switch {
	case r >= '0' && r <= '9':
		return '0' + (r-'0'+9)%10
	case r >= 'A' && r <= 'Z':
		return 'A' + (r-'A'+25)%26
	}
	return r
}

// withoutMeaning is a font program whose codes are those of other characters, and which names no glyph.
func withoutMeaning(t *testing.T) []byte {
	t.Helper()
	f, err := sfnt.Parse(goregular.TTF)
	if err != nil {
		t.Fatal(err)
	}
	sub := binary.BigEndian.AppendUint16(nil, 6)
	for _, n := range []uint16{10 + 2*256, 0, 0, 256} {
		sub = binary.BigEndian.AppendUint16(sub, n)
	}
	var codes [256]uint16
	var b sfnt.Buffer
	for r := rune(' '); r < 0x7f; r++ {
		gid, err := f.GlyphIndex(&b, r)
		if err != nil {
			t.Fatal(err)
		}
		codes[rotated(r)] = uint16(gid)
	}
	for _, gid := range codes {
		sub = binary.BigEndian.AppendUint16(sub, gid)
	}
	tables := map[string][]byte{
		"cmap": append([]byte{0, 0, 0, 1, 0, 1, 0, 0, 0, 0, 0, 12}, sub...),
		"post": append([]byte{0, 3, 0, 0}, make([]byte, 28)...),
	}
	in := goregular.TTF
	n := int(binary.BigEndian.Uint16(in[4:]))
	out := append([]byte(nil), in[:12+16*n]...)
	for i := range n {
		rec := out[12+16*i:]
		data, ok := tables[string(rec[:4])]
		if !ok {
			at, size := binary.BigEndian.Uint32(rec[8:]), binary.BigEndian.Uint32(rec[12:])
			data = in[at : at+size]
		}
		for len(out)%4 != 0 {
			out = append(out, 0)
		}
		rec = out[12+16*i:]
		binary.BigEndian.PutUint32(rec[8:], uint32(len(out)))
		binary.BigEndian.PutUint32(rec[12:], uint32(len(data)))
		out = append(out, data...)
	}
	return out
}

// typeset is a PDF whose text is set in such a font, without a ToUnicode map.
func typeset(program []byte, lines ...string) []byte {
	var content strings.Builder
	content.WriteString("BT /F1 18 Tf 60 780 Td 30 TL\n")
	for _, l := range lines {
		fmt.Fprintf(&content, "(%s) Tj T*\n", strings.Map(rotated, l))
	}
	content.WriteString("ET")
	var b bytes.Buffer
	var offsets []int
	object := func(body string) {
		offsets = append(offsets, b.Len())
		fmt.Fprintf(&b, "%d 0 obj\n%s\nendobj\n", len(offsets), body)
	}
	b.WriteString("%PDF-1.5\n")
	object("<</Type/Catalog/Pages 2 0 R>>")
	object("<</Type/Pages/Kids[3 0 R]/Count 1/MediaBox[0 0 595 842]>>")
	object("<</Type/Page/Parent 2 0 R/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>")
	object(fmt.Sprintf("<</Length %d>>\nstream\n%s\nendstream", content.Len(), content.String()))
	object("<</Type/Font/Subtype/TrueType/BaseFont/ABCDEF+Body/FirstChar 32/LastChar 126/Widths[" + strings.Repeat("600 ", 95) + "]/FontDescriptor 6 0 R>>")
	object("<</Type/FontDescriptor/FontName/ABCDEF+Body/Flags 4/FontBBox[0 -200 1000 900]/ItalicAngle 0/Ascent 900/Descent -200/StemV 80/FontFile2 7 0 R>>")
	object(fmt.Sprintf("<</Length %d>>\nstream\n%s\nendstream", len(program), program))
	start := b.Len()
	fmt.Fprintf(&b, "xref\n0 %d\n0000000000 65535 f \n", len(offsets)+1)
	for _, at := range offsets {
		fmt.Fprintf(&b, "%010d 00000 n \n", at)
	}
	fmt.Fprintf(&b, "trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n", len(offsets)+1, start)
	return b.Bytes()
}

// A font whose codes say nothing must not give figures that look right: its text is unknown, or read as a picture.
func TestCodesWithoutMeaning(t *testing.T) {
	// No zeros: that of the font has a slash, which recognition takes for a 6.
	data := typeset(withoutMeaning(t), "TOTAL 1,234,567.89", "OFFICE 86,419.35", "TRAVEL 21,348.67")
	d, err := extract.Extract(context.Background(), data, extract.Options{OCR: extract.OCRNever})
	if err != nil {
		t.Fatal(err)
	}
	for _, n := range d.Numbers {
		t.Errorf("read %q from codes that mean nothing", n.Text)
	}
	told := false
	for _, diag := range d.Diagnostics {
		told = told || diag.Code == "undecoded_text"
	}
	if !told || !d.Pages[0].NeedsOCR {
		t.Error("nothing says that the text is unknown")
	}

	if _, err = lstm.Load(""); err != nil {
		t.Skip("no text recognition here: ", err)
	}
	if d, err = extract.Extract(context.Background(), data, extract.Options{}); err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, n := range d.Numbers {
		got = append(got, n.Text)
	}
	if want := "1,234,567.89 86,419.35 21,348.67"; strings.Join(got, " ") != want {
		t.Errorf("read as a picture: %q, want %s", got, want)
	}
}
