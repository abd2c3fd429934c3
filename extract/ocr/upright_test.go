package ocr_test

import (
	"image"
	"testing"

	"github.com/countybudget/extract/extract/model"
	"github.com/countybudget/extract/extract/ocr"
	pix "github.com/countybudget/extract/extract/ocr/image"
	"github.com/countybudget/extract/internal/testfiles"
)

// turnOf recognizes a picture and returns by how many quarters it was turned, and whether its text reads well so.
func turnOf(t *testing.T, e ocr.Recognizer, p *image.Gray) (quarters int, sure bool) {
	t.Helper()
	result, err := ocr.Page(t.Context(), e, scan(p), ocr.Options{
		Grid: func(*model.Page) []model.Rect { return nil },
	})
	if err != nil {
		t.Fatal(err)
	}
	if result.Page.Rotate != 90*result.Turn {
		t.Errorf("turned by %d quarters and by %d degrees", result.Turn, result.Page.Rotate)
	}
	return result.Turn, result.Upright
}

func TestTextIsTurnedUpright(t *testing.T) {
	e := recognizer(t)
	full, cover := testfiles.NewDrawing(t, 900, 1200), testfiles.NewDrawing(t, 900, 1200)
	for i, s := range []string{
		"The revenue of the county", "was spent on schools", "and on the roads", "Nothing was left over", "at the end of the year",
		"Next year there will be less", "for everything but debts",
	} {
		full.Text(800, 150+120*i, s)
	}
	cover.Text(700, 400, "Budget of the office")
	cover.Text(650, 480, "for the coming year")
	cover.Text(550, 900, "2024")
	for name, d := range map[string]*testfiles.Drawing{"full page": full, "cover": cover} {
		for lying := range 4 {
			q, sure := turnOf(t, e, pix.GrayOf(testfiles.Worn(d.Gray, 0.4, testfiles.Seeded())).Turned(lying).Gray())
			if q != (4-lying)&3 || !sure {
				t.Errorf("%s lying by %d quarters: turned by %d, sure: %v", name, lying, q, sure)
			}
		}
	}
}

func TestTextThatRunsDownIsLeft(t *testing.T) {
	e := recognizer(t)
	d := testfiles.NewDrawing(t, 900, 1200)
	for i, s := range []string{"BUDGET OF THE COUNTY", "OFFICE FOR ROADS", "AND PUBLIC BRIDGES"} {
		for k, r := range s {
			d.Text(650-120*i, 200+40*k, string(r))
		}
	}
	if q, sure := turnOf(t, e, d.Gray); q != 0 || sure {
		t.Errorf("turned by %d quarters, sure: %v", q, sure)
	}
}

func TestTurnIsObeyed(t *testing.T) {
	e := recognizer(t)
	d := testfiles.NewDrawing(t, 900, 1200)
	d.Text(500, 600, "2024")
	for lying := range 4 {
		turn := (4 - lying) & 3
		result, err := ocr.Page(t.Context(), e, scan(pix.GrayOf(d.Gray).Turned(lying).Gray()), ocr.Options{
			Grid: func(*model.Page) []model.Rect { return nil }, Turn: &turn,
		})
		if err != nil {
			t.Fatal(err)
		}
		page := result.Page
		if got := textIn(page, model.Rect{X1: page.Width, Y1: page.Height}); page.Rotate != 90*turn || got != "2024" {
			t.Errorf("lying by %d quarters: turned by %d degrees, read %q", lying, page.Rotate, got)
		}
	}
}
