package extract

import (
	"context"
	"fmt"

	"github.com/countybudget/extract/extract/model"
	"github.com/countybudget/extract/extract/pdfium"
)

// Pictures beside text that are too small, or have too little text, to be recognized may still hold figures: a pasted column
// or row of a table. Those with marks in rows are reported in diagnostics.

const (
	leastSmall = 8   // marks in rows, in all pictures of a page, from which they may be figures
	leastEach  = 2   // marks in rows in each of them
	fineDPI    = 250 // second resolution at which small pictures are rendered
	mostSmall  = 32  // small pictures of a page that are rendered
	furniture  = 3   // pages from which a picture at the same place is a letterhead
	denseInk   = 0.3 // part of an area that is ink; text has less
	around     = 9   // points around a picture that are rendered with it, to measure the paper
)

// smallAreas are the groups of pictures beside the visible text of a page that are not recognized.
func smallAreas(p *model.Page) []area {
	var out []area
	if p.Recognized || len(p.Pictures) == 0 || visibleGlyphs(p, pageBox(p)) < fewGlyphs {
		return nil
	}
	for _, a := range pictureAreas(p, p.Pictures) {
		if !isRegion(p, &a) && len(out) < mostSmall {
			out = append(out, a)
		}
	}
	return out
}

// tellSmall returns diagnostics about pictures that are not recognized but have marks in rows that no recognized or printed
// text explains.
func tellSmall(ctx context.Context, second *secondReader, pages []*model.Page, opt Options) ([]model.Diagnostic, error) {
	var out []model.Diagnostic
	if opt.OCR == OCRNever {
		return nil, nil
	}
	often := map[string]int{}
	for _, p := range pages {
		for i := range p.Pictures {
			often[placeOf(&p.Pictures[i])]++
		}
	}
	for _, p := range pages {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		small := smallAreas(p)
		if len(small) == 0 || p.Err != nil || opt.late() {
			continue
		}
		file, err := second.open()
		if err != nil {
			return out, nil // the error is reported elsewhere if it matters
		}
		known := explained(p)
		var told []model.Diagnostic
		all := 0
		for _, a := range small {
			if a.picture >= 0 && often[placeOf(&p.Pictures[a.picture])] >= furniture {
				continue
			}
			n := 0
			for _, dpi := range []float64{lookDPI, fineDPI} {
				done := opt.engineCall()
				more, err := marksBeside(file, p, a.box, known, dpi)
				done()
				if err != nil {
					break
				}
				n = max(n, more)
			}
			if n < leastEach {
				continue
			}
			all += n
			told = append(told, model.Diagnostic{
				Severity: model.Warning, Code: "needs_ocr", Page: p.Number, Box: a.box,
				Message: "a picture beside the text may hold text or figures and was not read: look at it",
			})
		}
		if all >= leastSmall {
			out = append(out, told...)
		}
	}
	return out, nil
}

// placeOf is a key for a picture and its place on a page.
func placeOf(p *model.Picture) string {
	return fmt.Sprintf("%s %.0f %.0f", p.Object, p.Box.X0, p.Box.Y0)
}

// marksBeside counts the marks in rows, not known, in a part of a page that is rendered with its surroundings. A part that
// is inked all over, such as a QR code, has none.
func marksBeside(file *pdfium.Document, p *model.Page, part model.Rect, known *cover, dpi float64) (int, error) {
	box := model.Rect{X0: part.X0 - around, Y0: part.Y0 - around, X1: part.X1 + around, Y1: part.Y1 + around}.Intersect(pageBox(p))
	img, err := file.Render(p.Number, dpi, &box)
	if err != nil {
		return 0, err
	}
	kx, ky := float64(img.Rect.Dx())/box.Width(), float64(img.Rect.Dy())/box.Height()
	ink := 0
	for _, v := range inkOf(img, contrast, img.Rect) {
		if v {
			ink++
		}
	}
	if float64(ink) > denseInk*part.Area()*kx*ky {
		return 0, nil
	}
	return marksInRows(img, img.Rect, func(x, y int) bool {
		at := model.Point{X: box.X0 + (float64(x)+0.5)/kx, Y: box.Y0 + (float64(y)+0.5)/ky}
		return known.has(at) || !part.Contains(at)
	}), nil
}
