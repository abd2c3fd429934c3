package font

import (
	"encoding/binary"
	"testing"

	"github.com/countybudget/extract/internal/testfiles"
)

func u16(v ...int) []byte {
	var b []byte
	for _, n := range v {
		b = binary.BigEndian.AppendUint16(b, uint16(n))
	}
	return b
}

func u32(v ...int) []byte {
	var b []byte
	for _, n := range v {
		b = binary.BigEndian.AppendUint32(b, uint32(n))
	}
	return b
}

func join(parts ...[]byte) []byte {
	var b []byte
	for _, p := range parts {
		b = append(b, p...)
	}
	return b
}

// trueType makes a font file of tables.
func trueType(tables map[string][]byte) string {
	head := join(u32(0x10000), u16(len(tables), 0, 0, 0))
	at := len(head) + 16*len(tables)
	var body []byte
	for _, tag := range []string{"cmap", "glyf", "head", "loca", "post"} {
		if t, ok := tables[tag]; ok {
			head = append(head, join([]byte(tag), u32(0, at+len(body), len(t)))...)
			body = append(body, t...)
		}
	}
	return string(head) + string(body)
}

// outlines makes the tables of glyphs drawn with so many closed lines each; 0 is an empty glyph.
func outlines(tables map[string][]byte, lines ...int) map[string][]byte {
	loca, glyf := u16(0), []byte{}
	for _, n := range lines {
		if n > 0 {
			glyf = append(glyf, u16(n, 0, 0, 0, 0)...)
		}
		loca = append(loca, u16(len(glyf)/2)...)
	}
	tables["loca"], tables["glyf"], tables["head"] = loca, glyf, make([]byte, 54)
	return tables
}

// macCMap is a cmap table whose Macintosh subtable maps codes from first on to glyphs 1, 2, 3 and so on.
func macCMap(first, n int) []byte {
	sub := u16(6, 10+2*n, 0, first, n)
	for i := range n {
		sub = append(sub, u16(i+1)...)
	}
	return join(u16(0, 1, 1, 0), u32(12), sub)
}

// symbolCMap is the same in the Microsoft symbol subtable, at U+F000.
func symbolCMap(first, n int) []byte {
	sub := join(u16(4, 32, 0, 4, 0, 0, 0, 0xf000+first+n-1, 0xffff, 0, 0xf000+first, 0xffff, (1-0xf000-first)&0xffff, 1, 0, 0))
	return join(u16(0, 1, 3, 0), u32(12), sub)
}

// cff makes a Compact Font Format program whose glyphs have these string numbers and whose encoding is given.
func cff(own string, encoding []byte, sids ...int) string {
	index := func(objects ...[]byte) []byte {
		b := append(u16(len(objects)), 1)
		at := 1
		b = append(b, byte(at))
		for _, o := range objects {
			at += len(o)
			b = append(b, byte(at))
		}
		return append(b, join(objects...)...)
	}
	glyphs := [][]byte{{14}}
	for range sids {
		glyphs = append(glyphs, []byte{14})
	}
	build := func(charset, enc, chars int) []byte {
		top := join([]byte{29}, u32(charset), []byte{15, 29}, u32(enc), []byte{16, 29}, u32(chars), []byte{17})
		return join([]byte{1, 0, 4, 1}, index([]byte("T")), index(top), index([]byte(own)), u16(0))
	}
	start := len(build(0, 0, 0))
	charset := append([]byte{0}, u16(sids...)...)
	return string(join(build(start, start+len(charset), start+len(charset)+len(encoding)), charset, encoding, index(glyphs...)))
}

// The text of a simple font without ToUnicode and without /Encoding is what its program says.
func TestProgramEncoding(t *testing.T) {
	digits := []int{2, 1, 1, 1, 1, 1, 2, 1, 3, 2}
	three, eight := 20, 25 // string numbers; 19 + 1 is "three", with "zero" at 17
	for _, c := range []struct {
		name, subtype, key, program, dict string
		flags                             int
		show, text                        string
	}{
		{"digits at their codes", "TrueType", "FontFile2", trueType(outlines(map[string][]byte{"cmap": macCMap('0', 10)}, append([]int{0}, digits...)...)), "", 4, "(0189)", "0189"},
		{"an open 4, by the symbol map", "TrueType", "FontFile2", trueType(outlines(map[string][]byte{"cmap": symbolCMap('0', 10)}, append([]int{0}, digits...)...)), "", 4, "(048)", "048"},
		{"another order", "TrueType", "FontFile2", trueType(outlines(map[string][]byte{"cmap": macCMap('0', 3)}, 0, 1, 3, 2)), "", 4, "(012)", "\uFFFD\uFFFD\uFFFD"},
		{"another order, with names", "TrueType", "FontFile2", trueType(outlines(map[string][]byte{"cmap": macCMap('0', 3),
			"post": join(u32(0x20000), make([]byte, 28), u16(4, 0, 258, 27, 19), []byte("\x05three"))}, 0, 1, 3, 2)), "", 4, "(012)", "380"},
		{"not symbolic", "TrueType", "FontFile2", trueType(outlines(map[string][]byte{"cmap": macCMap('0', 3)}, 0, 1, 3, 2)), "", 32, "(012)", "012"},
		{"an encoding is given", "TrueType", "FontFile2", trueType(outlines(map[string][]byte{"cmap": macCMap('0', 3)}, 0, 1, 3, 2)), "/Encoding/WinAnsiEncoding", 4, "(012)", "012"},
		{"differences", "TrueType", "FontFile2", trueType(outlines(map[string][]byte{"cmap": macCMap('0', 3)}, 0, 1, 3, 2)), "/Encoding<</Differences[48/seven]>>", 4, "(01)", "7\uFFFD"},
		{"no outlines", "TrueType", "FontFile2", trueType(map[string][]byte{"cmap": macCMap('0', 3)}), "", 4, "(012)", "012"},
		{"damaged", "TrueType", "FontFile2", "\x00\x01\x00\x00\x00\x09cmap", "", 4, "(012)", "012"},
		{"CFF", "Type1", "FontFile3/Subtype/Type1C", cff("uni5143", []byte{0, 3, 1, '0', 'A'}, three, eight, 391), "", 4, "<013041>", "38元"},
		{"CFF by ranges, with a supplement", "Type1", "FontFile3/Subtype/Type1C", cff("x", []byte{0x81, 1, 5, 1, 1, 9, 0, byte(eight)}, three, eight), "", 32, "<050609>", "388"[:1] + "88"},
		{"CFF, damaged", "Type1", "FontFile3/Subtype/Type1C", "\x01\x00\x04\x01\x00\x01", "", 4, "(12)", "12"},
		{"Type 1", "Type1", "FontFile", "%!PS\n/Encoding 256 array\n0 1 255 {1 index exch /.notdef put} for\ndup 49 /eight put\ndup 2/three put\nreadonly def\ncurrentfile eexec \x00\xff", "", 4, "<310232>", "832"},
		{"Type 1, standard", "Type1", "FontFile", "%!PS\n/Encoding StandardEncoding def\ncurrentfile eexec dup 49 /eight put", "", 4, "(12)", "12"},
	} {
		b := testfiles.NewPDF("", "/Font<</F1 10 0 R>>")
		b.Objects[10] = "<</Type/Font/Subtype/" + c.subtype + "/BaseFont/ABCDEF+Body/FontDescriptor 11 0 R" + c.dict + ">>"
		file, sub := c.key, ""
		if len(file) > 9 {
			file, sub = file[:9], file[9:]
		}
		b.Objects[11] = "<</Type/FontDescriptor/Flags " + string(rune('0'+c.flags%10)) + "/" + file + " 12 0 R>>"
		if c.flags == 32 {
			b.Objects[11] = "<</Type/FontDescriptor/Flags 32/" + file + " 12 0 R>>"
		}
		b.Stream(12, sub, c.program)
		f := fontOf(t, b)
		glyphs := decode(t, f, c.show)
		if got := textOf(glyphs); got != c.text {
			t.Errorf("%s: got %q, want %q", c.name, got, c.text)
		}
		for i := range glyphs {
			if glyphs[i].Undecoded && !f.Model.Arbitrary {
				t.Errorf("%s: glyph %d is unknown, its font not said to be arbitrary", c.name, i)
			}
		}
	}
}

func FuzzFontPrograms(f *testing.F) {
	f.Add([]byte(trueType(outlines(map[string][]byte{"cmap": symbolCMap('0', 3), "post": join(u32(0x20000), make([]byte, 28), u16(1, 258), []byte("\x01A"))}, 0, 1, 2))))
	f.Add([]byte(cff("x", []byte{0x81, 1, 5, 1, 1, 9, 0, 20}, 20, 25)))
	f.Add([]byte("/Encoding 256 array dup 1 /one put eexec"))
	f.Fuzz(func(t *testing.T, b []byte) {
		trueTypeEncoding(b)
		cffEncoding(b)
		type1Encoding(b)
	})
}
