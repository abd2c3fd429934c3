package extract

import (
	"image"
	"image/color"
	"strings"
	"testing"

	"github.com/countybudget/extract/extract/model"
)

// TestMissing: text is drawn over the picture exactly where the picture is blank.
func TestMissing(t *testing.T) {
	img := image.NewGray(image.Rect(0, 0, 200, 100))
	for i := range img.Pix {
		img.Pix[i] = 255
	}
	for x := 110; x < 130; x++ {
		img.SetGray(x, 50, color.Gray{}) // the second character is drawn
	}
	for y := range 100 {
		img.SetGray(40, y, color.Gray{}) // a line of the table, at the rim of the first
	}
	glyph := func(text string, x float64, flags model.GlyphFlags) model.Glyph {
		return model.Glyph{Text: text, Box: model.Rect{X0: x, Y0: 20, X1: x + 10, Y1: 30}, Origin: model.Point{X: x, Y: 28}, Size: 10, Flags: flags, Font: &model.Font{}}
	}
	page := &model.Page{Number: 1, Width: 100, Height: 50, Glyphs: []model.Glyph{
		glyph("空", 20, 0), glyph("有", 55, 0), glyph(" ", 70, 0), glyph("隐", 70, model.FlagInvisible), glyph("白", 85, 0),
	}}
	p, err := drawing(page, img)
	if err != nil {
		t.Fatal(err)
	}
	if len(p.Text) != 1 || strings.Join(p.Text[0].Text, "") != "空白" || p.Text[0].X[1] != 85 {
		t.Errorf("%+v", p.Text)
	}
	if p.Type != "image/png" {
		t.Errorf("%s", p.Type)
	}
}

func TestPhotograph(t *testing.T) {
	page := &model.Page{Number: 1, Width: 10, Height: 10, Pictures: []model.Picture{{Box: model.Rect{X1: 10, Y1: 10}}}}
	p, err := drawing(page, image.NewGray(image.Rect(0, 0, 20, 20)))
	if err != nil || p.Type != "image/jpeg" {
		t.Errorf("%s %v", p.Type, err)
	}
}
