package extract

import (
	"errors"
	"fmt"
	"image"
	"math"

	"golang.org/x/image/draw"

	"github.com/countybudget/extract/extract/model"
)

// A picture that cannot be decoded is drawn as nothing, and one whose data are cut off in part: without a look at the data
// such a page would pass for a blank one.

const (
	damagedShare = 0.005 // the part of a page that a picture must cover for its data to matter
	mostChecked  = 64    // pictures of a page whose data are looked at
)

var (
	errNotDrawn = errors.New("a picture of the page cannot be drawn: print or scan the page again")
	errUnread   = errors.New("the page is a picture with print on it, of which nothing could be read: " + scanAgain)
)

// damage says why pictures in a part of a page cannot be seen as they are meant. Drawn reports whether anything is seen in a
// box; img is the picture of the page with the number known, where it was decoded already.
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
	for i := range p.Pictures { // PDFium has none of them
		if counts(p.Pictures[i].Box) && !drawn(p.Pictures[i].Box.Intersect(box)) {
			return errNotDrawn
		}
	}
	return nil
}

// drawn reports whether a job's picture shows anything in a part of the page.
func (job *scanJob) drawn(b model.Rect) bool {
	if job.picture >= 0 { // the picture itself, decoded
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

// printed reports whether there are marks in rows in a job's picture.
func (job *scanJob) printed() bool {
	b := job.scan.Image.Bounds()
	k := lookDPI / 72.0 * math.Hypot(job.box.Width(), job.box.Height()) / math.Hypot(float64(b.Dx()), float64(b.Dy()))
	small := image.NewGray(image.Rect(0, 0, int(float64(b.Dx())*k), int(float64(b.Dy())*k)))
	draw.ApproxBiLinear.Scale(small, small.Rect, job.scan.Image, b, draw.Src, nil)
	return marksInRows(small, small.Rect, nil) >= leastRow
}

// uniform reports whether a part of a picture has one value throughout, but for the pixels that skip knows.
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
