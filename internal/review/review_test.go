package review

import (
	"bytes"
	"image"
	"image/color"
	"strings"
	"testing"

	"github.com/shopspring/decimal"

	"github.com/countybudget/extract/extract/model"
	"github.com/countybudget/extract/schema"
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
	p, err := NewPicture(page, img)
	if err != nil {
		t.Fatal(err)
	}
	if len(p.Text) != 1 || strings.Join(p.Text[0].Text, "") != "空白" || p.Text[0].X[1] != 85 {
		t.Errorf("%+v", p.Text)
	}
	if !strings.HasPrefix(p.Image, "data:image/png;base64,") {
		t.Errorf("%.40s", p.Image)
	}
}

func TestPhotograph(t *testing.T) {
	page := &model.Page{Number: 1, Width: 10, Height: 10, Pictures: []model.Picture{{Box: model.Rect{X1: 10, Y1: 10}}}}
	p, err := NewPicture(page, image.NewGray(image.Rect(0, 0, 20, 20)))
	if err != nil || !strings.HasPrefix(p.Image, "data:image/jpeg;base64,") {
		t.Errorf("%.40s %v", p.Image, err)
	}
}

// TestHostile: what a document says cannot leave the data of the page, and the page is the same each time.
func TestHostile(t *testing.T) {
	evil := `</script><script>alert(1)</script><!--`
	d := &schema.Disclosure{
		Document:    schema.DocumentRow{DocumentID: strings.Repeat("a", 64), FileName: evil, DepartmentName: evil},
		BudgetLines: []schema.BudgetLine{{LineID: "x", ItemName: evil, RawText: evil, Amount: decimal.New(1, 0), Page: 1}},
		Tables:      []schema.TableRow{{TableNo: 1, Title: evil, FirstPage: 1, LastPage: 1}},
		Cells:       []schema.CellRow{{TableNo: 1, Text: evil, Page: 1}},
		Checks:      []schema.CheckRow{{Description: evil, Status: schema.CheckFail, LineIDs: []string{"x", "gone"}}},
	}
	var pages [2]bytes.Buffer
	for i := range pages {
		if err := Write(&pages[i], []Source{{Disclosure: d, Note: evil}}, Options{}); err != nil {
			t.Fatal(err)
		}
	}
	if n := strings.Count(pages[0].String(), "</script"); n != 2 {
		t.Errorf("%d script elements end, want 2", n)
	}
	if strings.Contains(pages[0].String(), "alert(1)<") || strings.Contains(pages[0].String(), "<!--") {
		t.Error("markup of the document is in the page")
	}
	if !bytes.Equal(pages[0].Bytes(), pages[1].Bytes()) {
		t.Error("the page differs from one writing to the next")
	}
}
