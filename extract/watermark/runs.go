package watermark

import (
	"bytes"
	"cmp"
	"math"
	"slices"

	"github.com/countybudget/extract/extract/model"
	"github.com/countybudget/extract/extract/wording"
)

// run is a string of glyphs of one style along one baseline, at any angle.
type run struct {
	page   int
	text   string
	glyphs []*model.Glyph
	style  style
	at     model.Point // centre of the run
	box    model.Rect
	size   float64

	figures []model.Number // amounts of the run that are not common numbers
}

// style is what the glyphs of a watermark have in common.
type style struct {
	angle int // degrees, rounded
	color model.Color
	size  int // points, rounded
	mark  model.GlyphFlags
}

// declaredFlags are set by the file itself for glyphs that are no content.
const declaredFlags = model.FlagWatermarkContent | model.FlagStamp

func styleOf(g *model.Glyph) style {
	a := int(math.Round(g.Angle))
	if a == -180 {
		a = 180
	}
	return style{a, g.Color, int(math.Round(math.Min(math.Abs(g.Size), 1e5))), g.Flags & declaredFlags}
}

// runsOf gathers the glyphs of the wanted styles of a page into runs. For each style the page is rotated until its baselines
// are horizontal; a gap wider than 1.5 em ends a run.
func runsOf(p *model.Page, wanted func(style) bool) []run {
	index := map[style]int{}
	var styles []style
	var glyphs [][]*model.Glyph // of each style
	const unwanted = -1
	var last style
	at := unwanted
	for i := range p.Glyphs {
		g := &p.Glyphs[i]
		if wording.Blank(g.Text) || g.Is(model.FlagOff) || !sane(g) {
			continue
		}
		if st := styleOf(g); len(index) == 0 || st != last { // most glyphs have the style of the one before
			k, ok := index[st]
			if !ok {
				k = unwanted
				if wanted(st) {
					k = len(styles)
					styles, glyphs = append(styles, st), append(glyphs, nil)
				}
				index[st] = k
			}
			last, at = st, k
		}
		if at != unwanted {
			glyphs[at] = append(glyphs[at], g)
		}
	}
	var out []run
	for i, st := range styles {
		out = append(out, along(p.Number, st, glyphs[i])...)
	}
	return out
}

func sane(g *model.Glyph) bool {
	for _, v := range []float64{g.Box.X0, g.Box.Y0, g.Box.X1, g.Box.Y1, g.Size, g.Angle} {
		if math.IsNaN(v) || math.Abs(v) > 1e6 {
			return false
		}
	}
	return true
}

// along splits the glyphs of one style into runs and sorts them. u is the coordinate along the baseline, v across it. A
// glyph's place is the centre of its box, which does not depend on the rotation.
func along(page int, st style, glyphs []*model.Glyph) []run {
	sin, cos := math.Sincos(float64(st.angle) * math.Pi / 180)
	type placed struct {
		g    *model.Glyph
		u, v float64
	}
	ps := make([]placed, len(glyphs))
	for i, g := range glyphs {
		c := g.Box.Center()
		ps[i] = placed{g, c.X*cos + c.Y*sin, c.Y*cos - c.X*sin}
	}
	slices.SortStableFunc(ps, func(a, b placed) int { return cmp.Compare(a.v, b.v) })
	em := math.Max(float64(st.size), 1)
	var out []run
	var text bytes.Buffer
	for i := 0; i < len(ps); {
		j := i
		for j < len(ps) && ps[j].v-ps[i].v <= 0.6*em {
			j++
		}
		row := ps[i:j]
		slices.SortStableFunc(row, func(a, b placed) int { return cmp.Compare(a.u, b.u) })
		for k := range row {
			glyphs[i+k] = row[k].g
		}
		start := 0
		for k := 1; k <= len(row); k++ {
			if k < len(row) && row[k].u-row[k-1].u <= 2.2*em {
				continue
			}
			r := run{page: page, style: st, size: em, glyphs: glyphs[i+start : i+k : i+k]}
			box := model.Rect{}
			text.Reset()
			for _, g := range r.glyphs {
				text.WriteString(g.Text)
				box = box.Union(g.Box)
			}
			r.text = text.String()
			r.box, r.at = box, box.Center()
			out = append(out, r)
			start = k
		}
		i = j
	}
	return out
}

func (r *run) declared() bool { return r.style.mark != 0 }
func (r *run) slant() float64 { return slantOf(float64(r.style.angle)) }

// slantOf is the angle to the nearest right angle, in degrees.
func slantOf(angle float64) float64 {
	a := math.Mod(math.Abs(angle), 90)
	return math.Min(a, 90-a)
}

// distance is the distance of the centres of two glyphs.
func distance(a, b *model.Glyph) float64 {
	p, q := a.Box.Center(), b.Box.Center()
	return math.Hypot(p.X-q.X, p.Y-q.Y)
}
