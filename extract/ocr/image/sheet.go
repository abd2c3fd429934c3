package image

// MaxPixels is the size above which pictures are halved before they are read: A4 at about 430 dpi.
const MaxPixels = 18 << 20

// Sheet is a picture prepared for reading: gray, white paper, level, without watermark, red stamps and specks.
type Sheet struct {
	Width, Height int     // pixels
	Turn          int     // quarters of a circle by which the picture was turned clockwise
	Skew          float64 // degrees by which it was then turned counterclockwise to be level

	Page *Raster // evenly lit and level; faint lines and a watermark are still in it
	Read *Raster // Page without the watermark: what is recognized
	Ink  *Raster // ink 0, paper 255, no specks: what lines and text are found in

	Bilevel bool // the scanner gave black and white alone: thin strokes are broken, and thin rules

	even  *Raster // evenly lit, neither turned nor level
	tone  tone
	em    int  // height of the characters in pixels, 0 when there are too few of them, -1 until measured
	faint bool // the print was gray and has been darkened; nothing is taken for a watermark
}

// Prepare makes a sheet of a gray picture in the orientation that it has: only recognition tells which way is up.
func Prepare(gray *Raster) *Sheet {
	gray = Limited(gray)
	gray = unbordered(positive(gray))
	if gray.W < 8 || gray.H < 8 {
		return &Sheet{Width: gray.W, Height: gray.H, Page: gray, Read: gray, Ink: gray, even: gray, em: -1}
	}
	s := &Sheet{Bilevel: bilevel(gray)}
	s.even, s.tone, s.faint = darkened(uncopied(levelled(gray)))
	s.finish()
	return s
}

// Across returns the sheet turned clockwise by a quarter of a circle; one that was turned by one, as it was.
func (s *Sheet) Across() *Sheet {
	out := &Sheet{Bilevel: s.Bilevel, even: s.even, tone: s.tone, faint: s.faint, Turn: 1 - s.Turn&1}
	out.finish()
	return out
}

// finish turns, levels and cleans the evenly lit picture.
func (s *Sheet) finish() {
	page := s.even.Turned(s.Turn)
	if s.Skew = skewOf(page, s.tone.middle()); s.Skew > 0.02 || s.Skew < -0.02 {
		page = rotated(page, s.Skew)
	} else {
		s.Skew = 0
	}
	s.Page, s.Width, s.Height, s.em = page, page.W, page.H, -1
	s.Read = page
	if s.tone.mark > 0 {
		s.Read = s.tone.flattened(page)
	}
	s.Ink = s.tone.unmarked().stretched(s.Read)
	despeckle(s.Ink)
}

// UpsideDown returns the sheet turned by half a circle.
func (s *Sheet) UpsideDown() *Sheet {
	out := *s
	out.Turn = (s.Turn + 2) & 3
	out.Page, out.Read, out.Ink = s.Page.Turned(2), s.Read.Turned(2), s.Ink.Turned(2)
	return &out
}

// TextHeight is the height of the sheet's characters in pixels, 0 when there are too few of them. It is measured once, so
// the first call must come before the rules are erased from Ink.
func (s *Sheet) TextHeight() int {
	if s.em < 0 {
		s.em = textHeight(Blobs(s.Ink, s.Ink.Bounds(), StrokeDark))
	}
	return s.em
}

// Paper is the value from which on pixels of Page are paper.
func (s *Sheet) Paper() byte { return byte(s.tone.paper) }
