package pdf

import (
	"math"

	lib "github.com/ledongthuc/pdf"

	"github.com/countybudget/extract/extract/model"
)

// Text can stand where text is rarely drawn: in the glyph of a Type 3 font, which is a content stream of its own, in a soft
// mask, in an XFA form. What of it is not read is said.

// type3 are the content streams of a Type 3 font's glyphs.
type type3 struct {
	dict   lib.Value
	matrix model.Matrix
	names  map[uint32]string // of the glyphs, by code
	forms  map[uint32]*form  // of the glyphs that show text; nil for the others
	shown  map[uint32]int    // how many characters they show
}

// proc returns the content of a glyph that shows text, and how many characters it shows; nil for one that does not.
func (t *type3) proc(in *interp, code uint32) (*form, int) {
	if f, ok := t.forms[code]; ok {
		return f, t.shown[code]
	}
	t.forms[code] = nil // a glyph that shows itself does not
	if t.names == nil {
		t.names, t.shown = differences(t.dict.Key("Encoding").Key("Differences")), map[uint32]int{}
	}
	own := t.dict.Key("Resources")
	if own.Kind() == lib.Dict && len(own.Key("Font").Keys())+len(own.Key("XObject").Keys()) == 0 {
		return nil, 0 // nothing to show text with
	}
	v := t.dict.Key("CharProcs").Key(t.names[code])
	if v.Kind() != lib.Stream {
		return nil, 0
	}
	f := &form{matrix: t.matrix}
	f.content, f.err = in.doc.data(v)
	f.err = damagedStream("content stream of a glyph", f.err)
	if own.Kind() == lib.Dict {
		f.res = in.doc.pageResources(own)
	}
	if n := in.charactersIn(f); n > 0 {
		t.forms[code], t.shown[code] = f, n
	}
	return t.forms[code], t.shown[code]
}

// differences are the names of codes in an encoding.
func differences(v lib.Value) map[uint32]string {
	out := map[uint32]string{}
	code := uint32(0)
	for i := range min(v.Len(), 1<<10) {
		switch o := v.Index(i); o.Kind() {
		case lib.Integer, lib.Real:
			code = uint32(o.Int64())
		case lib.Name:
			out[code] = o.Name()
			code++
		}
	}
	return out
}

// drawProc draws a glyph that shows text in place of its character. A glyph that shows one character is left to the font,
// whose own character is as good.
func (in *interp) drawProc(t *type3, code uint32, info *glyph) bool {
	f, n := t.proc(in, code)
	if f == nil || n == 1 && !info.undecoded {
		return false
	}
	text, inText := in.state.text, in.inText
	m := model.Matrix{text.size * text.scale, 0, 0, text.size, 0, text.rise}.Mul(in.tm)
	in.state.text = textState{scale: 1, font: noFont(), mode: text.mode}
	if err := in.drawForm(f, f.matrix.Mul(m), in.res); err != nil {
		in.note(err)
	}
	in.state.text, in.inText = text, inText
	return true
}

// charactersIn counts the characters that a form shows.
func (in *interp) charactersIn(f *form) int {
	if in.depth >= maxFormDepth {
		return 0
	}
	everywhere := model.Rect{X0: math.Inf(-1), Y0: math.Inf(-1), X1: math.Inf(1), Y1: math.Inf(1)}
	probe := &interp{
		doc: in.doc, page: &model.Page{}, state: newState(model.Identity, everywhere), base: model.Identity,
		depth: in.depth + 1, ops: in.ops, res: in.res,
	}
	f.open, in.depth = true, in.depth+1
	res := f.res
	if res == nil {
		res = in.res
	}
	_ = probe.run(f.content, res)
	f.open, in.depth, in.ops = false, in.depth-1, probe.ops
	n := 0
	for i := range probe.page.Glyphs {
		if g := &probe.page.Glyphs[i]; !g.Is(model.FlagInvisible | model.FlagOff) {
			n++
		}
	}
	return n
}

// lookAtMask tells of a soft mask that shows text: what is painted through it looks like that text.
func (in *interp) lookAtMask(e *extState) {
	if in.unseen > 0 || e.mask.Kind() != lib.Stream {
		return
	}
	if !e.looked {
		e.looked = true
		f := in.doc.form(e.mask)
		e.maskText = !f.open && in.charactersIn(f) > 0
	}
	if e.maskText {
		in.note(missing("text is drawn as a transparency mask: it is not read"))
	}
}

// formDiagnostics tells of a form of another kind (XFA), whose text need not be on the pages.
func (d *Document) formDiagnostics() {
	if v := d.reader.Trailer().Key("Root").Key("AcroForm").Key("XFA"); v.Len() > 0 || v.Kind() == lib.Stream {
		d.diagnose(model.Warning, codeForm, "the document holds an XFA form, which is not read: print it to a PDF from Adobe Reader and convert that")
	}
}
