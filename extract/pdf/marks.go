package pdf

import (
	"strings"
	"unicode/utf8"

	lib "github.com/ledongthuc/pdf"

	"github.com/countybudget/extract/extract/model"
)

// mark is an open marked-content sequence.
type mark struct {
	flags  model.GlyphFlags // those outside it
	hidden bool             // its optional content is off
	actual string           // ActualText
	has    bool
	glyphs int // how many glyphs the page had at its start
	form   int // the depth it was opened at
}

// beginMark opens marked content (PDF 32000-1, 14.6).
func (in *interp) beginMark(tag string, props *object, res *resources) {
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

func (in *interp) markProperties(m *mark, tag string, props *object, res *resources) {
	dict := *props
	if props.kind == kName {
		v := res.property(string(props.bytes))
		if tag == "OC" {
			switch in.doc.groupState(v) {
			case ocgOff:
				m.hidden = true
			case ocgWatermark:
				in.flags |= model.FlagWatermarkContent
			}
			return
		}
		dict = fromValue(v, 1)
	}
	if sub := dict.get("Subtype"); tag == "Artifact" && sub.isName("Watermark") {
		in.flags |= model.FlagWatermarkContent
	}
	if t := dict.get("ActualText"); t.kind == kString {
		m.actual, m.has = textString(string(t.bytes)), true
	}
}

func (r *resources) property(key string) lib.Value {
	r.load()
	if v, ok := r.props[key]; ok {
		return v
	}
	v := r.propDict.Key(key)
	r.props[key] = v
	return v
}

// endMark closes the innermost marked content.
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

// applyActualText gives the glyphs from a place on the text that stands for them. Where the runes are not as many as the
// glyphs, a short sequence becomes one glyph, and a long one is left alone unless it could not be decoded: its own text
// has places, which the replacement has not.
func applyActualText(glyphs []model.Glyph, from int, actual string) []model.Glyph {
	drawn := glyphs[from:]
	if len(drawn) == 0 || actual == "" {
		return glyphs
	}
	if utf8.RuneCountInString(actual) == len(drawn) {
		i := 0
		for _, r := range actual {
			drawn[i].Text = normalizeText(string(r))
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
	g.Text = normalizeText(actual)
	g.Flags &^= model.FlagUndecoded
	return append(glyphs[:from], g)
}

// ocgState is what optional content means for reading.
type ocgState uint8

const (
	ocgOn ocgState = iota
	ocgOff
	ocgWatermark
)

// readOptionalContent reads which groups the default configuration hides, and which are watermarks by name.
func (d *Document) readOptionalContent() {
	props := d.reader.Trailer().Key("Root").Key("OCProperties")
	d.hidden = map[int]ocgState{}
	if props.Kind() != lib.Dict {
		return
	}
	groups, config := props.Key("OCGs"), props.Key("D")
	allOff := config.Key("BaseState").Name() == "OFF"
	for i := range groups.Len() {
		g := groups.Index(i)
		switch {
		case allOff:
			d.hidden[objectID(g)] = ocgOff
		case isWatermarkName(textString(g.Key("Name").RawString())):
			d.hidden[objectID(g)] = ocgWatermark
		}
	}
	for i := range config.Key("OFF").Len() {
		d.hidden[objectID(config.Key("OFF").Index(i))] = ocgOff
	}
	for i := range config.Key("ON").Len() {
		if id := objectID(config.Key("ON").Index(i)); d.hidden[id] == ocgOff {
			delete(d.hidden, id)
		}
	}
}

func isWatermarkName(s string) bool {
	s = strings.ToLower(s)
	return strings.Contains(s, "watermark") || strings.Contains(s, "水印")
}

// groupState evaluates an optional content group or membership dictionary.
func (d *Document) groupState(v lib.Value) ocgState {
	if v.Kind() != lib.Dict || len(d.hidden) == 0 {
		return ocgOn
	}
	if v.Key("Type").Name() != "OCMD" {
		return d.hidden[objectID(v)]
	}
	list := v.Key("OCGs")
	if list.Kind() == lib.Dict {
		return d.hidden[objectID(list)]
	}
	if list.Len() == 0 {
		return ocgOn
	}
	on, off, water := 0, 0, false
	for i := range list.Len() {
		switch d.hidden[objectID(list.Index(i))] {
		case ocgOff:
			off++
		case ocgWatermark:
			water = true
			on++
		default:
			on++
		}
	}
	visible := on > 0 // AnyOn is the default
	switch v.Key("P").Name() {
	case "AllOn":
		visible = off == 0
	case "AnyOff":
		visible = off > 0
	case "AllOff":
		visible = on == 0
	}
	switch {
	case !visible:
		return ocgOff
	case water:
		return ocgWatermark
	}
	return ocgOn
}
