package font

import (
	"github.com/countybudget/extract/extract/model"
	"github.com/countybudget/extract/extract/pdf/cos"
)

// Type3 is what only Type 3 fonts have: their glyphs are content streams.
type Type3 struct {
	Dict   cos.Object
	Matrix model.Matrix // glyph space → text space

	names map[uint32]string
}

// GlyphName is the name that /Differences gives a code; empty for none.
func (t *Type3) GlyphName(code uint32) string {
	if t.names == nil {
		t.names = differences(t.Dict.Key("Encoding").Key("Differences"))
	}
	return t.names[code]
}

// differences are the glyph names of the /Differences of an encoding, by code.
func differences(v cos.Object) map[uint32]string {
	out := map[uint32]string{}
	code := uint32(0)
	for i := range min(v.Len(), 1<<10) {
		switch o := v.Index(i); o.Kind() {
		case cos.Integer, cos.Real:
			code = uint32(o.Int())
		case cos.Name:
			out[code] = o.Name()
			code++
		}
	}
	return out
}

// initType3 scales widths by the font matrix, and takes ascent and descent from /FontBBox.
func initType3(f *Font, v cos.Object) {
	m := model.Matrix{0.001, 0, 0, 0.001}
	if own, ok := v.Key("FontMatrix").Matrix(); ok {
		m = own
	}
	f.Type3 = &Type3{Dict: v, Matrix: m}
	inner := f.measure
	f.measure = func(g *Glyph, code uint32, n int) {
		inner(g, code, n)
		g.Width = saneWidth(g.Width * 1000 * m[0])
	}
	x0, y0, x1, y1, ok := v.Key("FontBBox").Rect()
	if box := (model.Rect{X0: x0, Y0: y0, X1: x1, Y1: y1}); ok && !box.Empty() {
		b := m.Box(box)
		if b.Y1 > 0.3 && b.Y1 < 1.5 && b.Y0 > -0.8 && b.Y0 <= 0 {
			f.Model.Ascent, f.Model.Descent = b.Y1, -b.Y0
		}
	}
}
