package pdfium

import (
	"math"
	"strings"
	"unicode/utf8"

	"github.com/countybudget/extract/extract/model"
	"github.com/countybudget/extract/extract/wording"
	"golang.org/x/text/encoding/simplifiedchinese"
)

// Ascent and descent, in ems, of fonts that have none.
const (
	defaultAscent  = 0.88
	defaultDescent = 0.12
)

// font returns the font of a text object, shared by all pages.
func (r *reading) font(o uint64) *model.Font {
	handle := r.g.ptr("FPDFTextObj_GetFont", o)
	if f, ok := r.fonts[handle]; ok {
		return f
	}
	value := readFont(r.g, handle)
	f, ok := r.doc.fonts[value]
	if !ok {
		f = &value
		r.doc.fonts[value] = f
	}
	r.fonts[handle] = f
	return f
}

func readFont(g *guest, handle uint64) model.Font {
	f := model.Font{Ascent: defaultAscent, Descent: defaultDescent}
	if handle == 0 {
		return f
	}
	n := g.int("FPDFFont_GetBaseFontName", handle, g.scratch, scratchSize)
	name := strings.TrimRight(string(g.bytes(g.scratch, max(0, min(n, scratchSize)))), "\x00")
	f.Name = utf8Name(withoutTag(name))
	f.OwnColors = f.Name == "" // the only sign of a Type 3 font that PDFium gives
	const forceBold = 1 << 18
	// FPDFFont_GetWeight is no evidence: PDFium makes it of StemV, which many programs do not measure.
	f.Bold = boldName(f.Name) || g.int("FPDFFont_GetFlags", handle)&forceBold != 0
	one := uint64(math.Float32bits(1))
	// Some programs write other values into these entries; they are out of range.
	if g.ok("FPDFFont_GetAscent", handle, one, g.out(0)) && g.outFloat(0) >= 0.5 && g.outFloat(0) <= 1.3 {
		f.Ascent = g.outFloat(0)
	}
	if g.ok("FPDFFont_GetDescent", handle, one, g.out(0)) && g.outFloat(0) != 0 && math.Abs(g.outFloat(0)) <= 0.6 {
		f.Descent = math.Abs(g.outFloat(0))
	}
	return f
}

// utf8Name decodes names that Chinese programs write in GBK.
func utf8Name(name string) string {
	if utf8.ValidString(name) {
		return name
	}
	decoded, err := simplifiedchinese.GBK.NewDecoder().String(name)
	if err != nil {
		return strings.ToValidUTF8(name, undecoded)
	}
	return decoded
}

// withoutTag removes the tag of a subset, six capitals and a plus sign.
func withoutTag(name string) string {
	if len(name) > 7 && name[6] == '+' && strings.Trim(name[:6], "ABCDEFGHIJKLMNOPQRSTUVWXYZ") == "" {
		return name[7:]
	}
	return name
}

func boldName(name string) bool {
	return containsAny(name, "bold", "black", "heavy", "simhei") || wording.Contains("typeface_bold", name)
}

func symbolName(name string) bool {
	return containsAny(name, "symbol", "wingding", "webding", "dingbat")
}

func containsAny(name string, parts ...string) bool {
	name = strings.ToLower(name)
	for _, part := range parts {
		if strings.Contains(name, part) {
			return true
		}
	}
	return false
}
