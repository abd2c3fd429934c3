package extract

import (
	"errors"
	"fmt"
	"image"
	"math"

	"golang.org/x/image/draw"

	"github.com/countybudget/extract/extract/model"
)

// An image that cannot be decoded is rendered as nothing, and one whose data are cut off in part: unless its data are
// checked, such a page passes for a blank one.

const (
	damagedShare = 0.005 // part of a page from which a picture's data are checked
	mostChecked  = 64    // pictures of a page whose data are checked
)

var (
	errNotDrawn = errors.New("a picture of the page cannot be drawn: print or scan the page again")
	errUnread   = errors.New("the page is a picture with print on it, of which nothing could be read: " + scanAgain)
)

// damage says why pictures in a part of a page cannot be displayed as intended. drawn reports whether anything is visible in
// a box; img is the decoded picture with the number known, if there is one.
func (r *recognizer) damage(p, seen *model.Page, box model.Rect, known int, img image.Image, drawn func(model.Rect) bool) error {
	counts := func(b model.Rect) bool { return b.Intersect(box).Area() >= damagedShare*pageBox(p).Area() }
	checked := 0
	for i := range seen.Pictures {
		if !counts(seen.Pictures[i].Box) || checked == mostChecked {
			continue
		}
		checked++
		var decoded image.Image
		if i == known {
			decoded = img
		}
		if err := r.file.Damage(seen.Number, i, decoded); err != nil {
			return fmt.Errorf("a picture is damaged: %w", err)
		}
	}
	if checked > 0 {
		return nil
	}
	for i := range p.Pictures { // PDFium found no picture: those of the first reader
		if counts(p.Pictures[i].Box) && !drawn(p.Pictures[i].Box.Intersect(box)) {
			return errNotDrawn
		}
	}
	return nil
}

// drawn reports whether a job's picture shows anything in a part of the page.
func (job *scanJob) drawn(b model.Rect) bool {
	if job.picture >= 0 { // the decoded picture
		return true
	}
	img, ok := job.scan.Image.(*image.RGBA)
	if !ok {
		return true
	}
	kx, ky := float64(img.Rect.Dx())/job.box.Width(), float64(img.Rect.Dy())/job.box.Height()
	b = model.Rect{X0: b.X0 - job.box.X0, Y0: b.Y0 - job.box.Y0, X1: b.X1 - job.box.X0, Y1: b.Y1 - job.box.Y0}
	part := pixelBox(b, kx, ky).Intersect(img.Rect)
	for y := part.Min.Y; y < part.Max.Y; y++ {
		row := img.Pix[img.PixOffset(part.Min.X, y):][:4*part.Dx()]
		for x := 4; x < len(row); x++ {
			if row[x] != img.Pix[img.PixOffset(part.Min.X, part.Min.Y)+x%4] {
				return true
			}
		}
		if row[0] != img.Pix[img.PixOffset(part.Min.X, part.Min.Y)] {
			return true
		}
	}
	return false
}

// printed reports whether a job's picture has marks in rows.
func (job *scanJob) printed() bool {
	b := job.scan.Image.Bounds()
	k := lookDPI / 72.0 * math.Hypot(job.box.Width(), job.box.Height()) / math.Hypot(float64(b.Dx()), float64(b.Dy()))
	small := image.NewGray(image.Rect(0, 0, int(float64(b.Dx())*k), int(float64(b.Dy())*k)))
	draw.ApproxBiLinear.Scale(small, small.Rect, job.scan.Image, b, draw.Src, nil)
	return marksInRows(small, small.Rect, nil) >= leastRow
}

// uniform reports whether a part of a picture has one value throughout, apart from pixels for which skip is true.
func uniform(img *image.Gray, part image.Rectangle, skip func(x, y int) bool) bool {
	part = part.Intersect(img.Rect)
	value := -1
	for y := part.Min.Y; y < part.Max.Y; y++ {
		for x := part.Min.X; x < part.Max.X; x++ {
			v := int(img.Pix[img.PixOffset(x, y)])
			switch {
			case v == value || skip(x, y):
			case value >= 0:
				return false
			default:
				value = v
			}
		}
	}
	return true
}
