package pdf

import (
	"unicode/utf8"

	"github.com/countybudget/extract/extract/model"
	"github.com/countybudget/extract/extract/pdf/cos"
	"github.com/countybudget/extract/extract/pdf/font"
	"github.com/countybudget/extract/extract/pdf/layer"
)

// mark is an open marked-content sequence.
type mark struct {
	flags  model.GlyphFlags // the flags outside the sequence
	hidden bool             // its optional content is off
	actual string           // ActualText
	has    bool
	glyphs int // number of glyphs of the page when it began
	form   int // the form depth at which it was opened
}

// beginMark opens marked content (PDF 32000-1, 14.6).
func (in *interp) beginMark(tag string, props *cos.Object, res *resources) {
	m := mark{flags: in.flags, glyphs: len(in.page.Glyphs), form: in.depth}
	if len(in.marks) >= maxStateDepth {
		in.marks = append(in.marks, m)
		return
	}
	if tag == "Artifact" {
		in.flags |= model.FlagArtifact
	}
	if tag == "Watermark" {
		in.flags |= model.FlagWatermarkContent
	}
	if props != nil {
		in.markProperties(&m, tag, props, res)
	}
	if m.hidden {
		in.unseen++
	}
	in.marks = append(in.marks, m)
}

func (in *interp) markProperties(m *mark, tag string, props *cos.Object, res *resources) {
	dict := *props
	if props.Kind() == cos.Name {
		v := res.property(string(props.Bytes()))
		if tag == "OC" {
			switch in.doc.layers.State(v) {
			case layer.Off:
				m.hidden = true
			case layer.Watermark:
				in.flags |= model.FlagWatermarkContent
			}
			return
		}
		dict = v
	}
	if sub := dict.Key("Subtype"); tag == "Artifact" && sub.IsName("Watermark") {
		in.flags |= model.FlagWatermarkContent
	}
	if t := dict.Key("ActualText"); t.Kind() == cos.String {
		m.actual, m.has = cos.TextString(string(t.Bytes())), true
	}
}

func (r *resources) property(key string) cos.Object {
	r.load()
	if v, ok := r.props[key]; ok {
		return v
	}
	v := r.propDict.Key(key)
	r.props[key] = v
	return v
}

// endMark closes the innermost marked-content sequence.
func (in *interp) endMark() {
	n := len(in.marks)
	if n == 0 || in.marks[n-1].form > in.depth {
		return
	}
	m := in.marks[n-1]
	in.marks = in.marks[:n-1]
	in.flags = m.flags
	if m.hidden {
		in.unseen--
	}
	if m.has {
		in.page.Glyphs = applyActualText(in.page.Glyphs, m.glyphs, m.actual)
	}
}

// applyActualText replaces the text of the glyphs from index from on by their ActualText. If it has as many runes as there
// are glyphs, each glyph takes one. Otherwise a short sequence becomes one glyph, and a long one keeps its own text, which
// has places, unless that could not be decoded.
func applyActualText(glyphs []model.Glyph, from int, actual string) []model.Glyph {
	drawn := glyphs[from:]
	if len(drawn) == 0 || actual == "" {
		return glyphs
	}
	if utf8.RuneCountInString(actual) == len(drawn) {
		i := 0
		for _, r := range actual {
			drawn[i].Text = font.NormalizeText(string(r))
			drawn[i].Flags &^= model.FlagUndecoded
			i++
		}
		return glyphs
	}
	undecoded := false
	for i := range drawn {
		undecoded = undecoded || drawn[i].Is(model.FlagUndecoded)
	}
	if !undecoded && len(drawn) > 3 {
		return glyphs
	}
	g := drawn[0]
	for i := range drawn {
		g.Box = g.Box.Union(drawn[i].Box)
	}
	g.Text = font.NormalizeText(actual)
	g.Flags &^= model.FlagUndecoded
	return append(glyphs[:from], g)
}
