package pdf

import (
	"math"

	"github.com/countybudget/extract/extract/pdf/color"
	"github.com/countybudget/extract/extract/pdf/cos"
)

// colorOperator executes the operators of PDF 32000-1, 8.6.8.
func (in *interp) colorOperator(op string, args []cos.Object, res *resources) bool {
	fill, stroke := &in.state.fill, &in.state.stroke
	switch op {
	case "g":
		fill.set(color.Gray, args)
	case "G":
		stroke.set(color.Gray, args)
	case "rg":
		fill.set(color.RGB, args)
	case "RG":
		stroke.set(color.RGB, args)
	case "k":
		fill.set(color.CMYK, args)
	case "K":
		stroke.set(color.CMYK, args)
	case "cs":
		fill.begin(res.space(name(args, 0)))
	case "CS":
		stroke.begin(res.space(name(args, 0)))
	case "sc", "scn":
		fill.set(fill.space.Fitting(len(args)), args)
		fill.tile = nil
		if fill.pattern && len(args) > 0 {
			key, doc := name(args, len(args)-1), in.doc
			fill.tile = func() *form { return res.tile(doc, key) }
		}
	case "SC", "SCN":
		stroke.set(stroke.space.Fitting(len(args)), args)
	case "sh":
		in.veil(in.state.clip)
	default:
		return false
	}
	return true
}

// begin sets a colour space and its initial colour.
func (p *paint) begin(s *color.Space) {
	p.set(s, nil)
	if s.DarkInitially() {
		p.rgb(0, 0, 0)
	}
}

func (p *paint) set(s *color.Space, args []cos.Object) {
	p.space = s
	p.pattern = s == color.Pattern
	var c [32]float64
	for i := range args {
		if i < len(c) {
			c[i] = args[i].Float()
		}
	}
	r, g, b := s.ToRGB(c[:max(s.Components(), 1)])
	p.rgb(r, g, b)
}

func (p *paint) rgb(r, g, b float64) {
	p.color.R, p.color.G, p.color.B = unit8(r), unit8(g), unit8(b)
}

func unit8(v float64) uint8 {
	return uint8(math.Round(255 * math.Max(0, math.Min(1, v))))
}

// space returns a named colour space.
func (r *resources) space(key string) *color.Space {
	if s := color.Named(key); s != nil {
		return s
	}
	r.load()
	if s, ok := r.spaces[key]; ok {
		return s
	}
	s := color.New(r.spaceDict.Key(key))
	r.spaces[key] = s
	return s
}
