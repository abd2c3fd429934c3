package extract

import (
	"fmt"
	"image"
	"math"

	"github.com/countybudget/extract/extract/model"
	"github.com/countybudget/extract/extract/wording"
)

// A page of which little is recognized must be reported, or it passes for a page with little content. There are two signs:
// marks in rows, as of characters, where nothing was recognized, and characters with a low confidence.

const (
	poorPart    = 160 // pixels at lookDPI; side of the squares that are binarized separately, so that white on black counts too
	tallest     = 60  // points; taller recognized characters explain no marks
	leastUnread = 40  // marks without a recognized character; fewer are part of a seal or a title
	faintUnread = 80  // the same in a picture of little contrast, where they may be the paper
	strong      = 100 // least difference of ink and paper in a picture stretched to 0–255; printed watermarks differ by less
	leastTones  = 8   // gray levels of a picture that is not blank
	faintTones  = 100 // gray levels up to which a picture has little contrast
	unreadShare = 0.4 // of all marks; badly recognized pages have over 0.75, good ones up to 0.06, skewed ones more, but as many characters as marks
	mixedUnread = 60  // marks without a reading beside visible text, where they may be a drawing
	unsure      = 0.6 // confidence
	unsureShare = 0.3 // of the characters; well-recognized pages have up to 0.15, the others over 0.4
)

const scanAgain = "scan it again at 300 dpi, straight, dark on white"

// reading counts how much of a picture was recognized.
type reading struct {
	marks, unread int // marks in rows; those where nothing was recognized
	glyphs, low   int // characters; those with a low confidence
	faint         bool
}

// poor says why too little of a picture was recognized, nil if not. mixed is set for a picture beside text.
func (q *reading) poor(mixed bool) error {
	least := leastUnread
	switch {
	case mixed:
		least = mixedUnread
	case q.faint:
		least = faintUnread
	}
	switch {
	case q.unread >= least && float64(q.unread) >= unreadShare*float64(q.marks) && q.glyphs < q.marks:
		return fmt.Errorf("recognition read next to nothing at %d of %d marks that stand in rows like characters: %s", q.unread, q.marks, scanAgain)
	case !mixed && q.glyphs >= fewGlyphs && float64(q.low) >= unsureShare*float64(q.glyphs):
		return fmt.Errorf("recognition is not sure of %d of the %d characters of the page: %s", q.low, q.glyphs, scanAgain)
	}
	return nil
}

// readingOf compares a job's picture with what was recognized in it.
func (job *scanJob) readingOf(found *model.Page) reading {
	var out reading
	read := newCover(found)
	for i := range found.Glyphs {
		g := &found.Glyphs[i]
		if wording.Blank(g.Text) {
			continue
		}
		out.glyphs++
		if g.Confidence < unsure {
			out.low++
		}
		box := g.Box
		if found.Bend != nil {
			box = found.Bend.Box(box)
		}
		if math.Max(g.Box.Width(), g.Box.Height()) <= tallest {
			read.add(box, 0.3*math.Max(g.Size, 4))
		}
	}
	small, ok := job.upright(found)
	if !ok {
		return out
	}
	tones := stretch(small)
	if tones < leastTones {
		return out
	}
	out.faint = tones < faintTones
	text := textCover(job.page)
	k := lookDPI / 72.0
	skip := func(x, y int) bool {
		p := model.Point{X: (float64(x) + 0.5) / k, Y: (float64(y) + 0.5) / k}
		return read.has(p) || found.Rotate == 0 && text.has(p)
	}
	for y := 0; y < small.Rect.Dy(); y += poorPart {
		for x := 0; x < small.Rect.Dx(); x += poorPart {
			part := image.Rect(x, y, x+poorPart, y+poorPart)
			out.marks += marksOver(small, strong, part, nil)
			out.unread += marksOver(small, strong, part, skip)
		}
	}
	return out
}

// stretch stretches a picture to the full range of gray levels and returns how many levels it had.
func stretch(img *image.Gray) int {
	const outliers = 0.002
	var count [256]int
	for _, v := range img.Pix {
		count[v]++
	}
	end := func(from, step int) int {
		for n := 0; ; from += step {
			if n += count[from]; float64(n) >= outliers*float64(len(img.Pix)) || from+step < 0 || from+step > 255 {
				return from
			}
		}
	}
	low, high := end(0, 1), end(255, -1)
	if high <= low {
		return 0
	}
	for i, v := range img.Pix {
		img.Pix[i] = byte(max(0, min(255, (int(v)-low)*255/(high-low))))
	}
	return high - low
}

// upright renders a job's picture in the orientation in which it was recognized.
func (job *scanJob) upright(found *model.Page) (*image.Gray, bool) {
	k := lookDPI / 72.0
	w, h := job.page.Width, job.page.Height
	m := job.scan.Matrix // maps to the page, with its rotation
	for range (found.Rotate%360 + 360) % 360 / 90 {
		m = model.Matrix{-m[1], m[0], -m[3], m[2], h - m[5], m[4]}
		w, h = h, w
	}
	at, ok := fromPixels(m, model.Rect{}, k, k)
	if !ok || w*h*k*k > 16e6 {
		return nil, false
	}
	return placed(job.scan.Image, int(w*k), int(h*k), at), true
}
