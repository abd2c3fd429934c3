package model

// Sheet is a page kept with its appearance, for people to judge the result. It has no errors and no fonts, because it is
// sent between processes.
type Sheet struct {
	Number        int // 1-based
	Width, Height float64
	Glyphs        []SheetGlyph // visible glyphs, including watermarks
	Rules         []Rule
	Lines         []Line // outside tables, in reading order, without their words
	Picture       []byte // the rendered page, PNG; nil if not requested or failed
}

// SheetGlyph is what is needed to draw a glyph.
type SheetGlyph struct {
	Text      string
	Origin    Point   // the start of the glyph on its baseline
	Size      float64 // height of the em, points
	Angle     float64 // degrees, clockwise as seen
	Color     Color
	Watermark bool
}
