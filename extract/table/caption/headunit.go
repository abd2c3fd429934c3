package caption

import (
	"math"

	"github.com/countybudget/extract/extract/model"
)

// HeadUnits gives tables without a unit the one in the head of their first page: many disclosures print it once a page. A head
// with two different units gives none. lines are all lines of the pages, running heads included, page by page.
func HeadUnits(tables []model.Table, lines []model.Line) {
	tops := map[int]float64{} // of the first table or title of each page
	for i := range tables {
		t := &tables[i]
		for k := range t.Cells {
			c := &t.Cells[k]
			top, ok := tops[c.Page]
			if !ok {
				top = math.Inf(1)
			}
			tops[c.Page] = math.Min(top, c.Box.Y0)
		}
		if top, ok := tops[t.FirstPage]; ok && t.TitleBox != (model.Rect{}) {
			tops[t.FirstPage] = math.Min(top, t.TitleBox.Y0)
		}
	}
	units := map[int]string{}
	for i := range lines {
		l := &lines[i]
		top, ok := tops[l.Page]
		if !ok || l.Box.Y1 > top+1 || l.Role == model.LineCaption {
			continue
		}
		for _, text := range segments(l) {
			var c Caption
			if !c.readLabel(text) || c.Unit == "" {
				continue
			}
			if unit, ok := units[l.Page]; ok && unit != c.Unit {
				c.Unit = ""
			}
			units[l.Page] = c.Unit
		}
	}
	for i := range tables {
		if t := &tables[i]; t.Unit == "" {
			t.Unit = units[t.FirstPage]
		}
	}
}
