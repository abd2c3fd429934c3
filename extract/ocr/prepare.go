package ocr

import "image"

// MaxPixels is the size to which larger pictures are halved before they are read: A4 at about 430 dpi.
const MaxPixels = 18 << 20

// Sheet is a picture made ready for reading: gray, its paper white, its text level, without watermark, red stamps and specks.
type Sheet struct {
	Width, Height int     // pixels
	Scale         float64 // pixels of the sheet for one of the picture
	Turn          int     // quarters of a circle by which the picture was turned clockwise
	Skew          float64 // degrees by which it was turned back against the clock after that

	even *raster // evenly lit, neither turned nor level
	page *raster // evenly lit and level, with faint lines and a watermark still in it
	read *raster // the same without the watermark
	ink  *raster // ink at 0 and paper at 255, without specks: what is to be found
	tone tone
	em   int // height of its characters in pixels, 0 when there are too few; -1 until it is measured

	faint bool // its print was grey and has been darkened; then nothing is taken for a watermark
}

// Prepare makes a picture ready for reading as it lies: which way its text stands only the reading shows.
func Prepare(picture image.Image) *Sheet { return prepare(grayOf(picture)) }

func prepare(gray *raster) *Sheet {
	gray, scale := limited(gray, MaxPixels)
	if gray.w < 8 || gray.h < 8 {
		return &Sheet{Width: gray.w, Height: gray.h, Scale: scale, page: gray, read: gray, ink: gray, even: gray, em: -1}
	}
	s := &Sheet{Scale: scale}
	s.even, s.tone, s.faint = darkened(levelled(gray))
	s.finish()
	return s
}

// across returns the sheet turned by a quarter of a circle, or back.
func (s *Sheet) across() *Sheet {
	out := &Sheet{Scale: s.Scale, even: s.even, tone: s.tone, faint: s.faint, Turn: 1 - s.Turn&1}
	out.finish()
	return out
}

// finish turns a sheet, levels and cleans it.
func (s *Sheet) finish() {
	page := s.even.turned(s.Turn)
	if s.Skew = skewOf(page, s.tone.middle()); s.Skew > 0.02 || s.Skew < -0.02 {
		page = rotated(page, s.Skew)
	} else {
		s.Skew = 0
	}
	s.page, s.Width, s.Height, s.em = page, page.w, page.h, -1
	s.read, s.ink = s.tone.softened(page), s.tone.stretched(page)
	despeckle(s.ink)
}

// textHeight is the height of the sheet's characters in pixels as it is before its lines are erased; 0 when there are too few.
func (s *Sheet) textHeight() int {
	if s.em < 0 {
		s.em = textHeight(blobs(s.ink, image.Rect(0, 0, s.Width, s.Height), strokeDark))
	}
	return s.em
}

// upsideDown returns the sheet stood on its head.
func (s *Sheet) upsideDown() *Sheet {
	out := *s
	out.Turn = (s.Turn + 2) & 3
	out.page, out.read, out.ink = s.page.turned(2), s.read.turned(2), s.ink.turned(2)
	return &out
}

// middle is the value that parts ink from paper.
func (t tone) middle() byte { return byte((t.ink + t.paper) / 2) }

// Gray is the prepared picture.
func (s *Sheet) Gray() *image.Gray { return s.read.image() }
