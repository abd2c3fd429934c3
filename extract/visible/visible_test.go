package visible

import (
	"testing"

	"github.com/countybudget/extract/extract/model"
)

var song = &model.Font{Name: "Song", Ascent: 0.88, Descent: 0.12}

// glyph is a character of 10 points at a place, black.
func glyph(text string, x, y float64, order int) model.Glyph {
	return model.Glyph{
		Text: text, Box: model.Rect{X0: x, Y0: y - 8.8, X1: x + 5, Y1: y + 1.2}, Origin: model.Point{X: x, Y: y},
		Font: song, Size: 10, Color: model.Black, Order: order, Source: model.SourceText, Confidence: 1,
	}
}

func page(glyphs ...model.Glyph) *model.Page {
	return &model.Page{Number: 1, Width: 595, Height: 842, Glyphs: glyphs}
}

var (
	white = model.Color{R: 255, G: 255, B: 255, Alpha: 255}
	whole = model.Rect{X1: 595, Y1: 842}
)

// Transparent text on a picture of the whole page says what the picture shows: the layer of a scan.
func TestScanLayer(t *testing.T) {
	for _, c := range []struct {
		name    string
		picture model.Rect
		want    model.GlyphFlags
	}{
		{"a scan", whole, model.FlagInvisible},
		{"a logo", model.Rect{X0: 90, Y0: 90, X1: 200, Y1: 200}, model.FlagFaint},
		{"a picture elsewhere", model.Rect{Y0: 400, X1: 595, Y1: 842}, model.FlagFaint},
	} {
		g := glyph("8", 100, 100, 2)
		g.Color.Alpha = 0
		p := page(g)
		p.Pictures = []model.Picture{{Box: c.picture, Order: 1}}
		if Mark(p); p.Glyphs[0].Flags != c.want {
			t.Errorf("%s: flags %b, want %b", c.name, p.Glyphs[0].Flags, c.want)
		}
	}
}

// Text without paint (rendering mode 3) is told of where the page has text of its own.
func TestInvisible(t *testing.T) {
	for _, c := range []struct {
		name    string
		visible int
		picture model.Rect
		want    model.GlyphFlags
	}{
		{"beside text", fewGlyphs, model.Rect{}, model.FlagInvisible | model.FlagFaint},
		{"alone", 0, model.Rect{}, model.FlagInvisible},
		{"on a picture beside text", fewGlyphs, model.Rect{X0: 90, Y0: 90, X1: 300, Y1: 300}, model.FlagInvisible},
	} {
		hidden := glyph("8", 100, 100, 99)
		hidden.Flags = model.FlagInvisible
		p := page(hidden)
		for i := range c.visible {
			p.Glyphs = append(p.Glyphs, glyph("9", 50+10*float64(i), 500, 100+i))
		}
		p.Pictures = []model.Picture{{Box: c.picture}}
		if Mark(p); p.Glyphs[0].Flags != c.want {
			t.Errorf("%s: flags %b, want %b", c.name, p.Glyphs[0].Flags, c.want)
		}
	}
}

// Among many areas, those of a glyph are found wherever it stands, on the border of two squares of the index too.
func TestManyCovers(t *testing.T) {
	p := page()
	order := 0
	for y := 20.0; y < 840; y += 15 {
		for x := 5.0; x < 580; x += 25 {
			order += 2
			p.Glyphs = append(p.Glyphs, glyph("8", x, y, order))
			if len(p.Glyphs)%2 == 0 {
				p.Covers = append(p.Covers, model.Cover{
					Box: model.Rect{X0: x - 1, Y0: y - 9, X1: x + 6, Y1: y + 2}, Color: white, Order: order + 1,
				})
			}
		}
	}
	Mark(p)
	for i := range p.Glyphs {
		if g := &p.Glyphs[i]; g.Is(model.FlagCovered) != (i%2 == 1) {
			t.Fatalf("glyph %d at %v: flags %b", i, g.Origin, g.Flags)
		}
	}
	if p.Covers != nil {
		t.Error("the covers are still there")
	}
}

// Where areas are missing, or there is too much to look at, text counts as seen.
func TestTooMuch(t *testing.T) {
	cover := model.Cover{Box: whole, Color: white, Order: 9}
	p := page(glyph("8", 100, 100, 1))
	for range model.MaxCovers {
		p.Covers = append(p.Covers, cover)
	}
	if Mark(p); p.Glyphs[0].Flags != 0 {
		t.Errorf("of a page with too many areas: flags %b", p.Glyphs[0].Flags)
	}
	p = page()
	for range 3000 {
		p.Glyphs = append(p.Glyphs, glyph("8", 100, 100, 1))
	}
	for range 30_000 {
		p.Covers = append(p.Covers, cover)
	}
	if Mark(p); p.Glyphs[2999].Flags != 0 {
		t.Errorf("the last of a page with too much to do: flags %b", p.Glyphs[2999].Flags)
	}
}

// A character of a Type 3 font has the colours that its drawing sets, whatever the text's colour is.
func TestOwnColors(t *testing.T) {
	g := glyph("8", 100, 100, 1)
	g.Color = white
	g.Font = &model.Font{OwnColors: true, Ascent: 0.88, Descent: 0.12}
	p := page(g)
	p.Covers = []model.Cover{{Box: model.Rect{X0: 300, Y0: 300, X1: 400, Y1: 400}, Color: model.Black}}
	if Mark(p); p.Glyphs[0].Flags != 0 {
		t.Errorf("flags %b", p.Glyphs[0].Flags)
	}
}

// An area with slanted sides hides the points within its outline, not all of its box, and a glyph is hidden if eight of its
// nine points are.
func TestSlantedCovers(t *testing.T) {
	for _, c := range []struct {
		name string
		side float64 // of a triangle at the top left of the page: x + y below it is hidden; the glyph's points have 195.0 to 203.4
		want model.GlyphFlags
	}{
		{"all nine points", 300, model.FlagCovered},
		{"eight points", 202.5, model.FlagCovered},
		{"seven points", 201, 0},
		{"only its box lies over the glyph", 150, 0},
	} {
		p := page(glyph("8", 100, 100, 1))
		p.Covers = []model.Cover{{
			Box: model.Rect{X1: c.side, Y1: c.side}, Outline: []model.Point{{}, {X: c.side}, {Y: c.side}}, Color: white, Order: 2,
		}}
		if Mark(p); p.Glyphs[0].Flags != c.want {
			t.Errorf("%s: flags %b, want %b", c.name, p.Glyphs[0].Flags, c.want)
		}
	}
}
