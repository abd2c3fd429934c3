package pdfium

import (
	"errors"

	"github.com/countybudget/extract/extract/model"
)

// PDFium's annotation subtypes (FPDF_ANNOT_*) and flags that matter here.
const (
	annotStamp     = 13
	annotPopup     = 16
	annotWatermark = 24

	annotInvisible = 1
	annotHidden    = 2
)

// annotations are the annotations of a page whose appearances were merged into its content.
type annotations struct {
	subtypes []int // in order, those with an appearance
}

// flags are the flags of the i-th of n merged appearances. When PDFium merged other ones than expected, any of them may
// be the stamp.
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

// mergeAnnotations draws the appearances of a page's annotations into its content, as one form at the end, and loads the
// page again. It returns nil when there is nothing to merge. A second call for a page that was merged before finds no
// annotations, so the result is kept.
func (d *Document) mergeAnnotations(g *guest, n int) (*annotations, error) {
	if a, ok := d.merged[n]; ok {
		return a, nil
	}
	a := &annotations{}
	for i := range g.int("FPDFPage_GetAnnotCount", d.shownPage) {
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

// appearance returns the subtype of the i-th annotation, when it has an appearance that is shown.
func appearance(g *guest, page uint64, i int) (subtype int, ok bool) {
	annot := g.ptr("FPDFPage_GetAnnot", page, uint64(i))
	if annot == 0 {
		return 0, false
	}
	defer g.call("FPDFPage_CloseAnnot", annot)
	subtype = g.int("FPDFAnnot_GetSubtype", annot)
	if subtype == annotPopup || g.int("FPDFAnnot_GetFlags", annot)&(annotInvisible|annotHidden) != 0 {
		return 0, false
	}
	const normal, terminator = 0, 2
	return subtype, g.int("FPDFAnnot_GetAP", annot, normal, 0, 0) > terminator
}
