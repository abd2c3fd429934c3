package pdf

import (
	"math"

	"github.com/countybudget/extract/extract/model"
	"github.com/countybudget/extract/extract/pdf/color"
	"github.com/countybudget/extract/extract/pdf/cos"
)

// textState is the part of the graphics state that text has to itself.
type textState struct {
	font      *textFont
	size      float64
	charSpace float64
	wordSpace float64
	scale     float64 // Tz / 100
	leading   float64
	rise      float64
	mode      int
}

// paint is the current colour of filling or stroking.
type paint struct {
	color model.Color
	space *color.Space
	// pattern says that the colour is a pattern, of which only an average is known.
	pattern bool
	tile    func() *form // the cell of a tiling pattern, decoded when asked for; nil for others
}

// graphicsState is what q saves and Q restores.
type graphicsState struct {
	ctm       model.Matrix
	clip      model.Rect // of the device: the page or what clipping paths have left of it, by their bounding boxes
	fill      paint
	stroke    paint
	lineWidth float64
	opacity   float64 // of the transparency groups around
	looseClip bool    // the clipping path is not all of its box
	blend     bool    // a blend mode other than Normal
	softMask  bool
	veiled    bool // a group around is drawn with one of the two
	text      textState
}

// shown is a colour with the opacity of the groups around.
func (s *graphicsState) shown(p paint) model.Color {
	c := p.color
	if s.opacity < 1 {
		c.Alpha = uint8(math.Round(float64(c.Alpha) * s.opacity))
	}
	return c
}

// extState is an ExtGState dictionary, as far as it matters here.
type extState struct {
	fillAlpha, strokeAlpha *float64
	lineWidth              *float64
	blend, softMask        *bool
	mask                   cos.Object // the group of the soft mask
	looked                 bool       // at the mask, for text
	maskText               bool       // the mask shows text
	font                   *textFont
	fontSize               float64
}

func newState(ctm model.Matrix, clip model.Rect) graphicsState {
	return graphicsState{
		ctm: ctm, clip: clip, lineWidth: 1, opacity: 1,
		fill:   paint{color: model.Black, space: color.Gray},
		stroke: paint{color: model.Black, space: color.Gray},
		text:   textState{scale: 1, font: noFont(), size: 0},
	}
}

// lineScale is by how much a matrix stretches a line's width, on average.
func lineScale(m model.Matrix) float64 {
	return math.Sqrt(math.Abs(m[0]*m[3] - m[1]*m[2]))
}
