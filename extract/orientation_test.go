package extract

import (
	"testing"

	"github.com/countybudget/extract/extract/model"
)

func TestVote(t *testing.T) {
	tall, wide := &model.Page{Width: 595, Height: 842}, &model.Page{Width: 842, Height: 595}
	page := func(p *model.Page, turn int, sure bool) orientedPage {
		return orientedPage{job: scanJob{page: p}, turn: turn, sure: sure}
	}
	for _, c := range []struct {
		name       string
		ways       []orientedPage
		tall, wide int
	}{
		{"nobody is asked", nil, -1, -1},
		{"nobody is sure", []orientedPage{page(tall, 1, false), page(wide, 1, false)}, -1, -1},
		{"each shape for itself", []orientedPage{page(tall, 0, true), page(wide, 3, true), page(wide, 0, false)}, 0, 3},
		{"most", []orientedPage{page(tall, 1, true), page(tall, 1, true), page(tall, 1, true), page(tall, 0, true), page(tall, 0, false)}, 1, -1},
		{"too few agree", []orientedPage{page(wide, 1, true), page(wide, 1, true), page(wide, 0, true)}, -1, -1},
	} {
		if a, b := vote(c.ways, false), vote(c.ways, true); a != c.tall || b != c.wide {
			t.Errorf("%s: %d and %d, want %d and %d", c.name, a, b, c.tall, c.wide)
		}
	}
}
