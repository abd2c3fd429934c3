package pdf

import (
	"math"

	"github.com/countybudget/extract/extract/pdf/cos"
)

// colorSpace is as much of a colour space as an RGB value needs. Special spaces are approximated: what counts later is
// light or dark, grey or coloured.
type colorSpace struct {
	n       int // components
	kind    spaceKind
	base    *colorSpace // of Indexed, Separation and DeviceN
	table   []byte      // of Indexed
	low, hi []float64   // of Separation: the base colour at tint 0 and 1
}

type spaceKind uint8

const (
	spaceGray spaceKind = iota
	spaceRGB
	spaceCMYK
	spaceLab
	spaceIndexed
	spaceTint
	spacePattern
)

var (
	grayspace = &colorSpace{n: 1, kind: spaceGray}
	rgbspace  = &colorSpace{n: 3, kind: spaceRGB}
	cmykspace = &colorSpace{n: 4, kind: spaceCMYK}
	patspace  = &colorSpace{kind: spacePattern}
)

// colorOperator executes the operators of PDF 32000-1, 8.6.8.
func (in *interp) colorOperator(op string, args []cos.Object, res *resources) bool {
	fill, stroke := &in.state.fill, &in.state.stroke
	switch op {
	case "g":
		fill.set(grayspace, args)
	case "G":
		stroke.set(grayspace, args)
	case "rg":
		fill.set(rgbspace, args)
	case "RG":
		stroke.set(rgbspace, args)
	case "k":
		fill.set(cmykspace, args)
	case "K":
		stroke.set(cmykspace, args)
	case "cs":
		fill.begin(res.space(in.doc, name(args, 0)))
	case "CS":
		stroke.begin(res.space(in.doc, name(args, 0)))
	case "sc", "scn":
		fill.set(fill.space.fitting(args), args)
		fill.tile = nil
		if fill.pattern && len(args) > 0 {
			key, doc := name(args, len(args)-1), in.doc
			fill.tile = func() *form { return res.tile(doc, key) }
		}
	case "SC", "SCN":
		stroke.set(stroke.space.fitting(args), args)
	case "sh":
		in.veil(in.state.clip)
	default:
		return false
	}
	return true
}

// fitting is the space that a colour's components are of. A space that could not be read counts as gray; three or four
// components then tell what it is, so that a red text is not taken for a white one.
func (s *colorSpace) fitting(args []cos.Object) *colorSpace {
	if s.kind == spaceGray {
		switch len(args) {
		case 3:
			return rgbspace
		case 4:
			return cmykspace
		}
	}
	return s
}

// begin sets a colour space with its initial colour.
func (p *paint) begin(s *colorSpace) {
	p.set(s, nil)
	if s.kind == spaceCMYK || s.kind == spaceTint {
		p.rgb(0, 0, 0)
	}
}

func (p *paint) set(s *colorSpace, args []cos.Object) {
	p.space = s
	p.pattern = s.kind == spacePattern
	var c [32]float64
	for i := range args {
		if i < len(c) {
			c[i] = args[i].Float()
		}
	}
	r, g, b := s.toRGB(c[:max(s.n, 1)])
	p.rgb(r, g, b)
}

func (p *paint) rgb(r, g, b float64) {
	p.color.R, p.color.G, p.color.B = unit8(r), unit8(g), unit8(b)
}

func unit8(v float64) uint8 {
	return uint8(math.Round(255 * math.Max(0, math.Min(1, v))))
}

// toRGB converts components to red, green and blue, 0 to 1.
func (s *colorSpace) toRGB(c []float64) (r, g, b float64) {
	switch s.kind {
	case spaceGray:
		return c[0], c[0], c[0]
	case spaceRGB:
		return c[0], c[1], c[2]
	case spaceCMYK:
		k := 1 - c[3]
		return (1 - c[0]) * k, (1 - c[1]) * k, (1 - c[2]) * k
	case spaceLab:
		l := c[0] / 100
		return l, l, l
	case spaceIndexed:
		n := s.base.n
		var v [4]float64
		for i := range min(n, 4) {
			if at := int(c[0])*n + i; at >= 0 && at < len(s.table) {
				v[i] = float64(s.table[at]) / 255
			}
		}
		return s.base.toRGB(v[:])
	case spaceTint:
		return s.tint(c)
	}
	return 0.5, 0.5, 0.5 // a pattern
}

// tint mixes a spot colour between its lightest and its darkest.
func (s *colorSpace) tint(c []float64) (r, g, b float64) {
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
	return s.base.toRGB(v[:])
}

// space returns a named colour space.
func (r *resources) space(d *Document, key string) *colorSpace {
	switch key {
	case "DeviceGray", "G", "CalGray":
		return grayspace
	case "DeviceRGB", "RGB", "CalRGB":
		return rgbspace
	case "DeviceCMYK", "CMYK":
		return cmykspace
	case "Pattern":
		return patspace
	}
	r.load()
	if s, ok := r.spaces[key]; ok {
		return s
	}
	s := d.newSpace(r.spaceDict.Key(key), 0)
	r.spaces[key] = s
	return s
}

func (d *Document) newSpace(v cos.Object, depth int) *colorSpace {
	if v.Kind() == cos.Name {
		return newResources(cos.Object{}).space(d, v.Name())
	}
	if depth > 4 {
		return grayspace
	}
	switch v.Index(0).Name() {
	case "ICCBased":
		return d.iccSpace(v.Index(1))
	case "CalRGB", "DeviceRGB":
		return rgbspace
	case "DeviceCMYK":
		return cmykspace
	case "Lab":
		return &colorSpace{n: 3, kind: spaceLab}
	case "Pattern":
		return patspace
	case "Indexed", "I":
		s := &colorSpace{n: 1, kind: spaceIndexed, base: d.newSpace(v.Index(1), depth+1)}
		if t := v.Index(3); t.Kind() == cos.Stream {
			s.table, _ = t.Data()
		} else {
			s.table = []byte(t.Str())
		}
		return s
	case "Separation", "DeviceN":
		s := &colorSpace{n: max(1, min(v.Index(1).Len(), 32)), kind: spaceTint, base: d.newSpace(v.Index(2), depth+1)}
		s.low, s.hi = tintEnds(v.Index(3))
		return s
	}
	return grayspace
}

func (d *Document) iccSpace(v cos.Object) *colorSpace {
	switch v.Key("N").Int() {
	case 3:
		return rgbspace
	case 4:
		return cmykspace
	}
	return grayspace
}

// tintEnds are the colours at both ends of an exponential tint transform; other functions are not evaluated.
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
