package pdf

import (
	"math"

	"github.com/countybudget/extract/extract/model"
	"github.com/countybudget/extract/extract/pdf/cos"
	"github.com/countybudget/extract/extract/pdf/font"
)

// Text can be shown by the glyph procedure of a Type 3 font, in the group of a soft mask, and in an XFA form. A diagnostic
// reports what of it is not read.

// type3 is the glyph procedures (/CharProcs) of a Type 3 font.
type type3 struct {
	*font.Type3
	forms map[uint32]*form // by code; nil for glyph procedures that show no text
	shown map[uint32]int   // how many characters they show
}

// proc returns the glyph procedure of a code and how many characters it shows; nil if it shows no text.
func (t *type3) proc(in *interp, code uint32) (*form, int) {
	if f, ok := t.forms[code]; ok {
		return f, t.shown[code]
	}
	t.forms[code] = nil // ends the recursion of a glyph procedure that shows its own glyph
	own := t.Dict.Key("Resources")
	if own.Kind() == cos.Dict && own.Key("Font").Entries()+own.Key("XObject").Entries() == 0 {
		return nil, 0 // without fonts it cannot show text
	}
	v := t.Dict.Key("CharProcs").Key(t.GlyphName(code))
	if v.Kind() != cos.Stream {
		return nil, 0
	}
	f := &form{matrix: t.Matrix}
	f.content, f.err = v.Data()
	f.err = cos.DamagedStream("content stream of a glyph", f.err)
	if own.Kind() == cos.Dict {
		f.res = in.doc.pageResources(own)
	}
	if n := in.charactersIn(f); n > 0 {
		t.forms[code], t.shown[code] = f, n
	}
	return t.forms[code], t.shown[code]
}

// drawProc executes a glyph procedure that shows text, in place of the glyph itself, and reports whether it did. A procedure
// that shows one character is not executed if the encoding gives that character.
func (in *interp) drawProc(t *type3, code uint32, info *font.Glyph) bool {
	f, n := t.proc(in, code)
	if f == nil || n == 1 && !info.Undecoded {
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

// lookAtMask adds a diagnostic for a soft mask that shows text: whatever is painted through the mask has the shape of that
// text.
func (in *interp) lookAtMask(e *extState) {
	if in.unseen > 0 || e.mask.Kind() != cos.Stream {
		return
	}
	if !e.looked {
		e.looked = true
		f := in.doc.form(e.mask)
		e.maskText = !f.open && in.charactersIn(f) > 0
	}
	if e.maskText {
		in.note(cos.Missing("text is drawn as a transparency mask: it is not read"))
	}
}

// formDiagnostics adds a diagnostic for an XFA form, whose text need not be on the pages.
func (d *Document) formDiagnostics() {
	if v := d.file.Root().Key("AcroForm").Key("XFA"); v.Len() > 0 || v.Kind() == cos.Stream {
		d.diagnose(model.Warning, codeForm, "the document holds an XFA form, which is not read: print it to a PDF from Adobe Reader and convert that")
	}
}
