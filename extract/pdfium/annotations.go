package pdfium

import (
	"errors"
	"slices"

	"github.com/countybudget/extract/extract/model"
)

// PDFium's annotation subtypes (FPDF_ANNOT_*) and flags that matter here.
const (
	annotStamp     = 13
	annotPopup     = 16
	annotWidget    = 20
	annotWatermark = 24

	annotInvisible = 1
	annotHidden    = 2
	annotNoView    = 1 << 5
)

// annotations are the annotations of a page whose appearance streams were merged into its content.
type annotations struct {
	subtypes []int // in order, those with an appearance
}

// flags are the glyph flags of the i-th of n merged appearances. If PDFium did not merge as many as expected, any of them
// may be a stamp.
func (a *annotations) flags(i, n int) model.GlyphFlags {
	candidates := a.subtypes
	if n == len(a.subtypes) {
		candidates = a.subtypes[i : i+1]
	}
	for _, s := range candidates {
		if s == annotStamp || s == annotWatermark {
			return model.FlagStamp
		}
	}
	return 0
}

// markup reports whether the i-th of n merged appearances may be a highlight.
func (a *annotations) markup(i, n int) bool {
	if n == len(a.subtypes) {
		return a.subtypes[i] == annotMarkup
	}
	return slices.Contains(a.subtypes, annotMarkup)
}

// mergeAnnotations flattens the appearance streams of a page's annotations into its content, as one form at the end, and
// reloads the page. It returns nil if there is nothing to merge. The result is kept: after flattening, a page has no
// annotations.
func (d *Document) mergeAnnotations(g *guest, n int) (*annotations, error) {
	if a, ok := d.merged[n]; ok {
		return a, nil
	}
	a := &annotations{}
	count := g.int("FPDFPage_GetAnnotCount", d.shownPage)
	if err := d.makeAppearances(g, n, count); err != nil {
		return nil, err
	}
	for i := range count {
		if s, ok := appearance(g, d.shownPage, i); ok {
			a.subtypes = append(a.subtypes, s)
		}
	}
	if len(a.subtypes) == 0 {
		return nil, nil
	}
	const failed = 0
	if g.int("FPDFPage_Flatten", d.shownPage, 0) == failed {
		return nil, errors.New("annotations cannot be read")
	}
	d.merged[n] = a
	d.hidePage(g)
	_, err := d.showPage(g, n)
	return a, err
}

// makeAppearances makes PDFium generate missing appearance streams of fields. It does so when it draws a page with
// annotations and the file sets NeedAppearances.
func (d *Document) makeAppearances(g *guest, n, count int) error {
	const normal, terminator = 0, 2
	for i := range count {
		annot := g.ptr("FPDFPage_GetAnnot", d.shownPage, uint64(i))
		if annot == 0 {
			continue
		}
		bare := g.int("FPDFAnnot_GetSubtype", annot) == annotWidget && g.int("FPDFAnnot_GetAP", annot, normal, 0, 0) <= terminator
		g.call("FPDFPage_CloseAnnot", annot)
		if bare {
			const low = 4 // dots per inch; the picture is not used
			return d.draw(g, n, low, nil, MaxPixels, canvas{format: 1, flags: 0x08}, func([]byte, int, int, int) {})
		}
	}
	return nil
}

// appearance returns the subtype of the i-th annotation, when it has an appearance that is shown.
func appearance(g *guest, page uint64, i int) (subtype int, ok bool) {
	annot := g.ptr("FPDFPage_GetAnnot", page, uint64(i))
	if annot == 0 {
		return 0, false
	}
	defer g.call("FPDFPage_CloseAnnot", annot)
	subtype = g.int("FPDFAnnot_GetSubtype", annot)
	flags := g.int("FPDFAnnot_GetFlags", annot)
	if flags&annotNoView != 0 { // flattening would show it
		g.call("FPDFAnnot_SetFlags", annot, uint64(flags|annotHidden))
	}
	if subtype == annotPopup || flags&(annotInvisible|annotHidden|annotNoView) != 0 {
		return 0, false
	}
	const normal, terminator = 0, 2
	return subtype, g.int("FPDFAnnot_GetAP", annot, normal, 0, 0) > terminator
}
