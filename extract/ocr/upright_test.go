package ocr

import (
	"image"
	"testing"

	"github.com/countybudget/extract/extract/model"
)

// turnOf recognizes a picture and returns by how many quarters it was turned, and whether its text reads well so.
func turnOf(t *testing.T, e *Engine, p *image.Gray) (quarters int, sure bool) {
	t.Helper()
	page, err := e.Page(t.Context(), scan(p), Options{
		Grid: func(*model.Page) []model.Rect { return nil },
		Way:  func(q int, s bool) { quarters, sure = q, s },
	})
	if err != nil {
		t.Fatal(err)
	}
	if page.Rotate != 90*quarters {
		t.Errorf("turned by %d quarters and by %d degrees", quarters, page.Rotate)
	}
	return quarters, sure
}

func TestTextIsTurnedUpright(t *testing.T) {
	e := engine(t)
	full, cover := newDrawing(t, 900, 1200), newDrawing(t, 900, 1200)
	for i, s := range []string{
		"The revenue of the county", "was spent on schools", "and on the roads", "Nothing was left over", "at the end of the year",
		"Next year there will be less", "for everything but debts",
	} {
		full.text(800, 150+120*i, s)
	}
	cover.text(700, 400, "Budget of the office")
	cover.text(650, 480, "for the coming year")
	cover.text(550, 900, "2024")
	for name, d := range map[string]*drawing{"full page": full, "cover": cover} {
		for lying := range 4 {
			q, sure := turnOf(t, e, grayOf(worn(d.Gray, 0.4, seeded())).turned(lying).image())
			if q != (4-lying)&3 || !sure {
				t.Errorf("%s lying by %d quarters: turned by %d, sure: %v", name, lying, q, sure)
			}
		}
	}
}

func TestTextThatRunsDownIsLeft(t *testing.T) {
	e := engine(t)
	d := newDrawing(t, 900, 1200)
	for i, s := range []string{"BUDGET OF THE COUNTY", "OFFICE FOR ROADS", "AND PUBLIC BRIDGES"} {
		for k, r := range s {
			d.text(650-120*i, 200+40*k, string(r))
		}
	}
	if q, sure := turnOf(t, e, d.Gray); q != 0 || sure {
		t.Errorf("turned by %d quarters, sure: %v", q, sure)
	}
}

func TestTurnIsObeyed(t *testing.T) {
	e := engine(t)
	d := newDrawing(t, 900, 1200)
	d.text(500, 600, "2024")
	for lying := range 4 {
		turn := (4 - lying) & 3
		page, err := e.Page(t.Context(), scan(grayOf(d.Gray).turned(lying).image()), Options{
			Grid: func(*model.Page) []model.Rect { return nil }, Turn: &turn,
		})
		if err != nil {
			t.Fatal(err)
		}
		if got := textIn(page, model.Rect{X1: page.Width, Y1: page.Height}); page.Rotate != 90*turn || got != "2024" {
			t.Errorf("lying by %d quarters: turned by %d degrees, read %q", lying, page.Rotate, got)
		}
	}
}
