package pdf

import (
	lib "github.com/ledongthuc/pdf"

	"github.com/countybudget/extract/extract/model"
)

const maxAnnotations = 10_000

// annotations draws the appearance streams of a page's annotations.
func (in *interp) annotations(list lib.Value, f frame) error {
	var errs []error
	for i := range min(list.Len(), maxAnnotations) {
		a := list.Index(i)
		if a.Kind() != lib.Dict || hiddenAnnotation(a) || in.doc.groupState(a.Key("OC")) == ocgOff {
			continue
		}
		if err := in.annotation(a, f); err != nil {
			errs = append(errs, err)
		}
	}
	return inOneLine(errs)
}

// hiddenAnnotation reports whether an annotation is not shown on the page: hidden, without view, or a pop-up.
func hiddenAnnotation(a lib.Value) bool {
	const hidden, noView = 1 << 1, 1 << 5
	sub := a.Key("Subtype").Name()
	return a.Key("F").Int64()&(hidden|noView) != 0 || sub == "Popup" || sub == "Link"
}

// appearance is the normal appearance, in the annotation's state where there are several.
func appearance(a lib.Value) lib.Value {
	n := a.Key("AP").Key("N")
	if n.Kind() == lib.Dict {
		n = n.Key(a.Key("AS").Name())
	}
	return n
}

// annotation draws one appearance where algorithm 8.1 of PDF 32000-1, 12.5.5 places it.
func (in *interp) annotation(a lib.Value, f frame) error {
	ap := appearance(a)
	place, ok := rect(a.Key("Rect"))
	if ap.Kind() != lib.Stream || !ok {
		return nil
	}
	fm := in.doc.form(ap)
	if !fm.hasBox {
		return fm.err
	}
	box := boxOf(fm.matrix, fm.box)
	if box.Width() == 0 || box.Height() == 0 {
		return nil
	}
	sx, sy := place.Width()/box.Width(), place.Height()/box.Height()
	fit := model.Matrix{sx, 0, 0, sy, place.X0 - box.X0*sx, place.Y0 - box.Y0*sy}
	in.state = newState(f.ctm, model.Rect{X1: f.width, Y1: f.height})
	in.flags = model.FlagAnnotation
	if s := a.Key("Subtype").Name(); s == "Watermark" || s == "Stamp" {
		in.flags |= model.FlagStamp
	}
	err := in.drawForm(fm, fm.matrix.Mul(fit), newResources(lib.Value{}))
	in.flags = 0
	return err
}
