package model

// Sheet is a page kept as it looks, for people to judge what was made of it. It has no errors and no fonts: it travels
// between processes.
type Sheet struct {
	Number        int // 1-based
	Width, Height float64
	Glyphs        []SheetGlyph // those that a reader sees, watermarks among them
	Rules         []Rule
	Lines         []Line // outside tables, in reading order, without their words
	Picture       []byte // the page drawn, PNG; nil when that was not asked for or failed
}

// SheetGlyph is what it takes to draw a glyph.
type SheetGlyph struct {
	Text      string
	Origin    Point   // the start of the glyph on its baseline
	Size      float64 // height of the em, points
	Angle     float64 // degrees, clockwise as seen
	Color     Color
	Watermark bool
}
