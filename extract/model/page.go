// Package model holds the document model that every stage reads and returns: pages of glyphs, rules and pictures
// as a reader found them, and the lines, sections and tables rebuilt from those.
//
// All geometry is in points from the page's top left, y down, after the page's /Rotate, CropBox and UserUnit have been
// applied. Readers convert to it once; no later stage knows PDF's own coordinates.
package model

// Source tells where a glyph, and everything built from it, comes from.
type Source string

// The sources.
const (
	SourceText Source = "text" // a text layer
	SourceOCR  Source = "ocr"  // recognized from a picture
)

// Color is an RGB colour with opacity, 8 bits each; Alpha 255 is opaque.
type Color struct{ R, G, B, Alpha uint8 }

// Black is opaque black, the initial colour of a content stream.
var Black = Color{0, 0, 0, 255}

// Luminance is the perceived lightness of the colour over white paper, 0 (black) to 1 (white).
func (c Color) Luminance() float64 {
	l := (0.299*float64(c.R) + 0.587*float64(c.G) + 0.114*float64(c.B)) / 255
	a := float64(c.Alpha) / 255
	return l*a + (1 - a)
}

// GlyphFlags are special properties of a glyph.
type GlyphFlags uint16

// The glyph flags.
const (
	FlagWatermark        GlyphFlags = 1 << iota // marked by the watermark stage; no later stage reads it as text
	FlagInvisible                               // text rendering mode 3 (or 7): the hidden layer of a scan
	FlagClipped                                 // wholly outside the clipping path's box or the page
	FlagArtifact                                // inside marked content /Artifact
	FlagWatermarkContent                        // inside marked content that calls itself /Watermark, or optional content so named
	FlagForm                                    // drawn by a form XObject
	FlagAnnotation                              // drawn by an annotation's appearance
	FlagStamp                                   // that annotation is a /Watermark or a /Stamp
	FlagVertical                                // vertical writing mode
	FlagUndecoded                               // no known Unicode value: Text is U+FFFD
	FlagCovered                                 // under paint or a picture that was drawn later
	FlagFaint                                   // in the colour of its background, or fully transparent
	FlagOff                                     // in optional content or an annotation that is not shown
)

// FlagHidden are the flags of glyphs that are in the file but not visible on the page. No stage reads them as text.
const FlagHidden = FlagCovered | FlagFaint | FlagOff

// Font is what a page's glyphs need of their font. It is shared by pointer and never changed after reading.
type Font struct {
	Name    string  // base font name without the subset tag
	Bold    bool    // by name, flags or weight
	Ascent  float64 // of the em, above the baseline (0.88 when the font does not say)
	Descent float64 // of the em, below the baseline, positive (0.12 when the font does not say)

	OwnColors bool // its characters may be drawn in colours of their own: a Type 3 font
	Arbitrary bool // its codes are not character codes and cannot be decoded: a subset numbered in order of use, without ToUnicode
}

// Glyph is one shown character.
type Glyph struct {
	Text       string     // Unicode, normalized; several runes for a ligature, U+FFFD when undecodable
	Box        Rect       // the upright box around advance × (ascent + descent), whatever the rotation
	Origin     Point      // the start of the glyph on its baseline
	Font       *Font      // never nil
	Size       float64    // height of the em in points, as shown
	Angle      float64    // direction of the baseline in degrees, clockwise as seen, in (-180, 180]; 0 is ordinary text
	Color      Color      // fill colour, or the stroke colour of outlined text
	Order      int        // place in the drawing order of the page, shared with rules and pictures
	FormID     int        // the form XObject or annotation appearance it was drawn by, 0 for the page itself; equal on every page that draws the same form
	Flags      GlyphFlags //
	Source     Source     //
	Confidence float32    // 0–1; 1 for digital text
}

// Is reports whether any of the flags is set.
func (g *Glyph) Is(f GlyphFlags) bool { return g.Flags&f != 0 }

// RuleKind says how a rule was drawn.
type RuleKind uint8

// The rule kinds.
const (
	RuleStroke RuleKind = iota // a stroked line segment, or one side of a stroked rectangle
	RuleFill                   // a thin filled rectangle
	RuleEdge                   // an edge of a filled rectangle that is not thin (cell shading): a hint, not a visible line
	RuleImage                  // detected in a picture
)

// Rule is a horizontal or vertical line. Y0 == Y1 for a horizontal one, X0 == X1 for a vertical one.
type Rule struct {
	Rect
	Width float64 // line width in points; 0 for hairlines and edges
	Color Color
	Kind  RuleKind
	Order int
}

// Horizontal reports the direction of the rule.
func (r *Rule) Horizontal() bool { return r.Y0 == r.Y1 }

// Picture is an image as placed on the page.
type Picture struct {
	Box           Rect
	Matrix        Matrix // from the unit square (y up) to the page's points
	Width, Height int    // pixels
	Filter        string // the last filter of the stream: DCTDecode, CCITTFaxDecode, … ; "" for none
	Masked        bool   // it has a mask or soft mask that is an image, so not all of its pixels are visible
	Mask          bool   // an image mask: one bit, painted in the fill colour
	Order         int
	Object        string // identity of the XObject in the file; "" for an inline image
}

// CoverKind says what is known of a painted area.
type CoverKind uint8

// The kinds of covers.
const (
	CoverPaint   CoverKind = iota // filled with one colour of known opacity
	CoverPicture                  // an opaque picture: what is below is not visible, and its own colours are not known
	CoverVeil                     // painted in a way that may be transparent: a pattern, a mask, a blend mode
)

// MaxCovers is the number of covers of a page at which readers stop. A page with as many has more that are missing.
const MaxCovers = 1 << 16

// Cover is a painted area. Text below or on it may be invisible: see package visible.
type Cover struct {
	Box     Rect    // clipped to the clipping path's box
	Outline []Point // the area's polygon, where it is not the whole box
	Color   Color   // of CoverPaint, with its alpha
	Kind    CoverKind
	Order   int
}

// Reading is one way to read a piece of a picture.
type Reading struct {
	Text       string
	Confidence float32 // 0–1
}

// Read is a piece of a picture, a line of text or a number, with all the ways it was read.
type Read struct {
	Box      Rect
	Readings []Reading
}

// Reader names the program part that read a page.
type Reader string

// The readers.
const (
	ReaderPDF    Reader = "pdf"    // the interpreter over ledongthuc's object layer
	ReaderPDFium Reader = "pdfium" // the second reader
	ReaderNone   Reader = "none"   // nothing could read it
)

// Page is one page as a reader found it.
type Page struct {
	Number        int     // 1-based, in the file
	Label         string  // from the file's /PageLabels; "" when there are none
	Width, Height float64 // points, as seen (after rotation)
	Rotate        int     // the /Rotate that was applied: 0, 90, 180, 270
	Reader        Reader
	Glyphs        []Glyph
	Rules         []Rule
	Pictures      []Picture
	Covers        []Cover // in drawing order; lines and glyphs are not among them
	Shapes        []Rect  // around filled shapes of the size of characters that are neither text nor rules: outlined text, maps, emblems
	Patterns      []Rect  // around areas filled with a pattern, in which a picture may be
	Recognized    bool    // its picture was recognized
	Unseen        bool    // its pictures may hold its text, and were not recognized
	Reads         []Read  // of its picture
	Bend          *Bend   // of a photographed page, what was recognized lies as on the flat page; nil for others
	Err           error   // why the page, or a part of it, could not be read; what was read is kept
}

// PictureShare is the part of the page's area that its largest picture covers, 0 to 1.
func (p *Page) PictureShare() float64 {
	area := p.Width * p.Height
	if area <= 0 {
		return 0
	}
	best := 0.0
	for i := range p.Pictures {
		b := p.Pictures[i].Box.Intersect(Rect{0, 0, p.Width, p.Height})
		if s := b.Area() / area; s > best {
			best = s
		}
	}
	return best
}

// Limits of Unreadable: the number of undecoded characters, and their part of all characters.
const (
	unreadableGlyphs = 10
	unreadableShare  = 0.1
)

// Unreadable reports whether so many of a page's visible characters are undecoded that figures must be among them.
func (p *Page) Unreadable() bool {
	undecoded, seen := 0, 0
	for i := range p.Glyphs {
		g := &p.Glyphs[i]
		if g.Is(FlagInvisible | FlagClipped | FlagWatermark | FlagStamp | FlagHidden) {
			continue
		}
		seen++
		if g.Is(FlagUndecoded) {
			undecoded++
		}
	}
	return undecoded >= unreadableGlyphs && float64(undecoded) >= unreadableShare*float64(seen)
}
