// Package color approximates colours (PDF 32000-1, 8.6) by RGB. Later stages ask only whether text is light or dark, grey or
// coloured.
package color

import "github.com/countybudget/extract/extract/pdf/cos"

// Space is what is needed of a colour space to convert its colours to RGB.
type Space struct {
	n       int // components
	kind    kind
	base    *Space    // of Indexed, Separation and DeviceN
	table   []byte    // of Indexed
	low, hi []float64 // of Separation: the base colour at tint 0 and 1
}

type kind uint8

const (
	gray kind = iota
	rgb
	cmyk
	lab
	indexed
	tint
	pattern
)

// The device colour spaces, and that of patterns.
var (
	Gray    = &Space{n: 1, kind: gray}
	RGB     = &Space{n: 3, kind: rgb}
	CMYK    = &Space{n: 4, kind: cmyk}
	Pattern = &Space{kind: pattern}
)

// Components is the number of colour components, 0 for patterns.
func (s *Space) Components() int { return s.n }

// DarkInitially reports whether the initial colour is the darkest one, not that of all components 0: CMYK and tints.
func (s *Space) DarkInitially() bool { return s.kind == cmyk || s.kind == tint }

// Fitting is the colour space for a number of components. Unknown colour spaces count as gray; three or four components then
// mean RGB or CMYK, so that red text is not taken for white.
func (s *Space) Fitting(components int) *Space {
	if s.kind == gray {
		switch components {
		case 3:
			return RGB
		case 4:
			return CMYK
		}
	}
	return s
}

// Named is the colour space of a name that needs no resource; nil for other names.
func Named(name string) *Space {
	switch name {
	case "DeviceGray", "G", "CalGray":
		return Gray
	case "DeviceRGB", "RGB", "CalRGB":
		return RGB
	case "DeviceCMYK", "CMYK":
		return CMYK
	case "Pattern":
		return Pattern
	}
	return nil
}

// New makes a colour space of a name or an array; an unknown family counts as gray.
func New(v cos.Object) *Space { return newSpace(v, 0) }

// ToRGB converts a colour to red, green and blue, 0 to 1. c has as many components as the space, at least one.
func (s *Space) ToRGB(c []float64) (r, g, b float64) {
	switch s.kind {
	case gray:
		return c[0], c[0], c[0]
	case rgb:
		return c[0], c[1], c[2]
	case cmyk:
		k := 1 - c[3]
		return (1 - c[0]) * k, (1 - c[1]) * k, (1 - c[2]) * k
	case lab:
		l := c[0] / 100
		return l, l, l
	case indexed:
		n := s.base.n
		var v [4]float64
		for i := range min(n, 4) {
			if at := int(c[0])*n + i; at >= 0 && at < len(s.table) {
				v[i] = float64(s.table[at]) / 255
			}
		}
		return s.base.ToRGB(v[:])
	case tint:
		return s.tint(c)
	}
	return 0.5, 0.5, 0.5 // a pattern
}

// tint interpolates between the alternate colours at tint 0 and tint 1.
func (s *Space) tint(c []float64) (r, g, b float64) {
	t := 0.0
	for _, v := range c[:max(s.n, 1)] {
		t = max(t, v)
	}
	if s.base == nil || len(s.low) < s.base.n || len(s.hi) < s.base.n {
		return 1 - t, 1 - t, 1 - t
	}
	var v [4]float64
	for i := range min(s.base.n, 4) {
		v[i] = s.low[i] + t*(s.hi[i]-s.low[i])
	}
	return s.base.ToRGB(v[:])
}

func newSpace(v cos.Object, depth int) *Space {
	if v.Kind() == cos.Name {
		if s := Named(v.Name()); s != nil {
			return s
		}
		return Gray
	}
	if depth > 4 {
		return Gray
	}
	switch v.Index(0).Name() {
	case "ICCBased":
		return iccSpace(v.Index(1))
	case "CalRGB", "DeviceRGB":
		return RGB
	case "DeviceCMYK":
		return CMYK
	case "Lab":
		return &Space{n: 3, kind: lab}
	case "Pattern":
		return Pattern
	case "Indexed", "I":
		s := &Space{n: 1, kind: indexed, base: newSpace(v.Index(1), depth+1)}
		if t := v.Index(3); t.Kind() == cos.Stream {
			s.table, _ = t.Data()
		} else {
			s.table = []byte(t.Str())
		}
		return s
	case "Separation", "DeviceN":
		s := &Space{n: max(1, min(v.Index(1).Len(), 32)), kind: tint, base: newSpace(v.Index(2), depth+1)}
		s.low, s.hi = tintEnds(v.Index(3))
		return s
	}
	return Gray
}

func iccSpace(v cos.Object) *Space {
	switch v.Key("N").Int() {
	case 3:
		return RGB
	case 4:
		return CMYK
	}
	return Gray
}

// tintEnds are the alternate colours at tint 0 and 1 of a tint transform of function type 2; other types are not evaluated.
func tintEnds(f cos.Object) (low, hi []float64) {
	if f.Key("FunctionType").Int() != 2 {
		return nil, nil
	}
	for i := range f.Key("C0").Len() {
		low = append(low, f.Key("C0").Index(i).Float())
	}
	for i := range f.Key("C1").Len() {
		hi = append(hi, f.Key("C1").Index(i).Float())
	}
	return low, hi
}
