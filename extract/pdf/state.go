package pdf

import (
	"math"

	"github.com/countybudget/extract/extract/model"
	"github.com/countybudget/extract/extract/pdf/color"
	"github.com/countybudget/extract/extract/pdf/cos"
)

// textState is the text state parameters (PDF 32000-1, 9.3).
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
	// pattern is set for a pattern, whose colour here is an average.
	pattern bool
	tile    func() *form // the cell of a tiling pattern, decoded on first use; nil for other paints
}

// graphicsState is what q saves and Q restores.
type graphicsState struct {
	ctm       model.Matrix
	clip      model.Rect // in page coordinates: the intersection of the page and the bounding boxes of the clipping paths
	fill      paint
	stroke    paint
	lineWidth float64
	opacity   float64 // product of the enclosing transparency groups' opacities
	looseClip bool    // the clipping path is smaller than its box
	blend     bool    // a blend mode other than Normal
	softMask  bool
	veiled    bool // an enclosing group has a blend mode or a soft mask
	text      textState
}

// shown is a colour with its alpha times the opacity of the enclosing groups.
func (s *graphicsState) shown(p paint) model.Color {
	c := p.color
	if s.opacity < 1 {
		c.Alpha = uint8(math.Round(float64(c.Alpha) * s.opacity))
	}
	return c
}

// extState is what is read of a graphics state parameter dictionary (ExtGState).
type extState struct {
	fillAlpha, strokeAlpha *float64
	lineWidth              *float64
	blend, softMask        *bool
	mask                   cos.Object // the group XObject (/G) of the soft mask
	looked                 bool       // the mask was searched for text
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

// lineScale is the mean factor by which a matrix scales line widths.
func lineScale(m model.Matrix) float64 {
	return math.Sqrt(math.Abs(m[0]*m[3] - m[1]*m[2]))
}
