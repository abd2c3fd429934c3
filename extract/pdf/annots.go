package pdf

import (
	"errors"
	"strings"
	"unicode"

	"github.com/countybudget/extract/extract/model"
	"github.com/countybudget/extract/extract/pdf/cos"
	"github.com/countybudget/extract/extract/pdf/font"
	"github.com/countybudget/extract/extract/pdf/layer"
)

const maxAnnotations = 10_000

// annotations draws the appearance streams of a page's annotations. Those of hidden annotations are drawn as hidden text,
// for the diagnostic hidden_text.
func (in *interp) annotations(list cos.Object, f frame) error {
	var errs []error
	for i := range min(list.Len(), maxAnnotations) {
		a := list.Index(i)
		if sub := a.Key("Subtype").Name(); a.Kind() != cos.Dict || sub == "Popup" || sub == "Link" {
			continue
		}
		off := hiddenAnnotation(a) || in.doc.layers.State(a.Key("OC")) == layer.Off
		if off {
			in.unseen++
		}
		if err := in.annotation(a, f); err != nil && !off {
			errs = append(errs, err)
		}
		if off {
			in.unseen--
		}
	}
	return inOneLine(errs)
}

// hiddenAnnotation reports whether the flags Hidden or NoView of an annotation are set (PDF 32000-1, 12.5.3).
func hiddenAnnotation(a cos.Object) bool {
	const hidden, noView = 1 << 1, 1 << 5
	return a.Key("F").Int()&(hidden|noView) != 0
}

// appearance is the normal appearance stream (/AP /N), that of the appearance state /AS where there are several.
func appearance(a cos.Object) cos.Object {
	n := a.Key("AP").Key("N")
	if n.Kind() == cos.Dict {
		state := a.Key("AS").Name()
		if state == "" {
			state = fieldEntry(a, "V").Name()
		}
		if state == "" {
			state = "Off"
		}
		n = n.Key(state)
	}
	return n
}

// annotation draws one annotation: by its appearance stream, or by its value where viewers generate the appearance.
func (in *interp) annotation(a cos.Object, f frame) error {
	sub := a.Key("Subtype").Name()
	valued := sub == "Widget" || sub == "FreeText"
	if valued && a.Key("AP").Key("N").IsNull() {
		return in.value(a, f)
	}
	glyphs, pictures, covers := len(in.page.Glyphs), len(in.page.Pictures), len(in.page.Covers)
	err := in.drawAppearance(a, f)
	if kind := fieldEntry(a, "FT").Name(); sub != "Widget" || kind != "Tx" && kind != "Ch" {
		return err
	}
	drawn := in.page.Glyphs[glyphs:]
	b, ok := in.valueOf(a)
	switch {
	case !ok || sameText(drawn, b.lines):
	case in.doc.acroForm().need:
		// Viewers show the value; the appearance stream is out of date.
		for i := range drawn {
			drawn[i].Flags |= model.FlagOff
		}
		return in.value(a, f)
	case len(drawn) == 0 && len(in.page.Pictures) == pictures && len(in.page.Covers) == covers:
		in.unseen++
		err = errors.Join(err, in.value(a, f))
		in.unseen--
	}
	return err
}

// sameText reports whether the text of glyphs equals that of lines, apart from white space.
func sameText(glyphs []model.Glyph, lines []string) bool {
	var b strings.Builder
	for i := range glyphs {
		b.WriteString(glyphs[i].Text)
	}
	solid := func(s string) string {
		return strings.Map(func(r rune) rune {
			if unicode.IsSpace(r) {
				return -1
			}
			return r
		}, s)
	}
	return solid(b.String()) == solid(font.NormalizeText(strings.Join(lines, "")))
}

// drawAppearance draws one appearance where algorithm 8.1 of PDF 32000-1, 12.5.5 places it.
func (in *interp) drawAppearance(a cos.Object, f frame) error {
	ap := appearance(a)
	place, ok := rectOf(a.Key("Rect"))
	if ap.Kind() != cos.Stream || !ok {
		return nil
	}
	fm := in.doc.form(ap)
	if !fm.hasBox {
		return fm.err
	}
	box := fm.matrix.Box(fm.box)
	if box.Width() == 0 || box.Height() == 0 {
		return nil
	}
	sx, sy := place.Width()/box.Width(), place.Height()/box.Height()
	fit := model.Matrix{sx, 0, 0, sy, place.X0 - box.X0*sx, place.Y0 - box.Y0*sy}
	in.state = newState(f.ctm, model.Rect{X1: f.width, Y1: f.height})
	in.flags = model.FlagAnnotation
	switch a.Key("Subtype").Name() {
	case "Watermark", "Stamp":
		in.flags |= model.FlagStamp
	case "Highlight": // viewers multiply it with the page, whatever the appearance says
		in.state.veiled = true
	}
	err := in.drawForm(fm, fm.matrix.Mul(fit), newResources(cos.Object{}))
	in.flags = 0
	return err
}
