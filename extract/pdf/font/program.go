package font

import (
	"bytes"
	"regexp"
	"strconv"

	"github.com/countybudget/extract/extract/pdf/cos"
)

// programEncoding is the encoding built into the font program of a simple font, for fonts whose dictionary has none.
type programEncoding struct {
	texts map[int]string // by code; nil when the program names nothing
	// arbitrary: the glyphs cannot be the characters of their codes, as in a subset numbered in order of use. Codes without
	// a glyph name are then undecoded.
	arbitrary bool
}

// programEncodingOf reads the encoding built into the embedded font program of a simple font (PDF 32000-1, 9.6.6.2 and
// 9.6.6.4: the base encoding of an embedded symbolic font).
func programEncodingOf(v cos.Object) programEncoding {
	desc := v.Key("FontDescriptor")
	if file := desc.Key("FontFile2"); file.Kind() == cos.Stream {
		data, _ := file.Data()
		return trueTypeEncoding(data)
	}
	if file := desc.Key("FontFile3"); file.Kind() == cos.Stream && file.Key("Subtype").Name() == "Type1C" {
		data, _ := file.Data()
		return programEncoding{texts: namedTexts(cffEncoding(data))}
	}
	if file := desc.Key("FontFile"); file.Kind() == cos.Stream {
		data, _ := file.Data()
		return programEncoding{texts: namedTexts(type1Encoding(data))}
	}
	return programEncoding{}
}

// namedTexts turns glyph names by code into texts.
func namedTexts(names map[int]string) map[int]string {
	var out map[int]string
	for code, name := range names {
		if t := glyphText(name); usable(t) {
			if out == nil {
				out = map[int]string{}
			}
			out[code] = t
		}
	}
	return out
}

var type1Entry = regexp.MustCompile(`dup\s+(\d{1,3})\s*/([^\s/(){}<>\[\]%]+)\s+put`)

// type1Encoding is the glyph name of each code in the clear text of a Type 1 program; nil when it is the standard one.
func type1Encoding(program []byte) map[int]string {
	clear, _, _ := bytes.Cut(program, []byte("eexec"))
	_, table, ok := bytes.Cut(clear, []byte("/Encoding"))
	if !ok {
		return nil
	}
	names := map[int]string{}
	for _, m := range type1Entry.FindAllSubmatch(table, 256) {
		if code, err := strconv.Atoi(string(m[1])); err == nil && code < 256 {
			names[code] = string(m[2])
		}
	}
	return names
}
