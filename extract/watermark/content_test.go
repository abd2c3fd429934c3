package watermark

import (
	"fmt"
	"testing"

	"github.com/countybudget/extract/extract/model"
)

// table writes rows of a name and an amount, all different, on a page.
func table(p *model.Page, k ink, rows int) {
	for i := range rows {
		write(p, 70, 85+20*float64(i), k, fmt.Sprintf("科目%c", '甲'+rune(i)))
		write(p, 400, 85+20*float64(i), k, fmt.Sprintf("%d.%02d", 120+37*i, 11+i))
	}
}

// Figures and many words are content, whatever marks them and however they stand.
func TestContentStays(t *testing.T) {
	for _, c := range []struct {
		name string
		k    ink
	}{
		{"in a stamp annotation", ink{size: 10, color: model.Black, flags: model.FlagStamp}},
		{"in content marked as a watermark", ink{size: 10, color: model.Black, flags: model.FlagWatermarkContent | model.FlagArtifact}},
		{"black on the slant", ink{size: 10, angle: 4, color: model.Black}},
		{"coloured on the slant", ink{size: 10, angle: 15, color: red}},
		{"large on the slant", ink{size: 30, angle: 15, color: model.Black}},
	} {
		pages := document(4, func(p *model.Page) {
			write(p, 100, 400, ink{size: 40, angle: -45, color: grey}, "内部审核")
			if p.Number != 2 {
				return
			}
			title := c.k
			title.size *= 1.6
			write(p, 200, 60, title, "收支总表")
			table(p, c.k, 8)
		})
		found := Mark(pages, Options{})
		if _, marked := text(pages[1]); marked != "内部审核" {
			t.Errorf("%s: marked %q", c.name, marked)
		}
		if len(found) != 1 || len(found[0].Figures) > 0 {
			t.Errorf("%s: listed %v", c.name, found)
		}
		for i := range pages[1].Glyphs {
			if g := &pages[1].Glyphs[i]; g.Is(declaredFlags) {
				t.Errorf("%s: %s is still said to be no content", c.name, g.Text)
				break
			}
		}
	}
}

// A document that is askew as a whole keeps its pages without figures too.
func TestWholeDocumentAskew(t *testing.T) {
	askew := ink{size: 10, angle: 15, color: model.Black}
	var pages []*model.Page
	for i := 1; i <= 4; i++ {
		p := &model.Page{Number: i, Width: 595, Height: 842}
		if i == 1 {
			write(p, 100, 100, ink{size: 30, angle: 15, color: model.Black}, "部门预算")
		} else {
			table(p, askew, 12)
		}
		pages = append(pages, p)
	}
	if found := Mark(pages, Options{}); len(found) > 0 { // not though all its pages are alike
		t.Errorf("listed %v", found)
	}
}

// What a watermark repeats may be a date, a time, a telephone number, a document's number or an amount.
func TestNumbersOfWatermarks(t *testing.T) {
	k := ink{size: 20, angle: -45, color: grey}
	for _, mark := range []string{"2024年12月31日14时33分", "2024-05-06/14:33:21", "13812345678", "10.1.22.33", "财预〔2024〕15号", "1,234.56", "V1.25"} {
		pages := document(4, func(p *model.Page) {
			write(p, 100, 400, k, mark)
			write(p, 300, 700, k, mark)
			write(p, 200, 200, k, fmt.Sprint(p.Number+10))
		})
		found := Mark(pages, Options{})
		if kept, _ := text(pages[0]); kept != keptOf(t) {
			t.Errorf("%s stays", mark)
		}
		for _, w := range found {
			if len(w.Figures) > 0 {
				t.Errorf("%s: figures %v are left out", mark, w.Figures)
			}
		}
	}
}

func keptOf(t *testing.T) string {
	t.Helper()
	kept, _ := text(document(1, func(*model.Page) {})[0])
	return kept
}

// A watermark with an amount that is on one page only may be content: it goes, but its figure is counted.
func TestFiguresLeftOut(t *testing.T) {
	lay := func(p *model.Page) {
		if p.Number == 2 {
			write(p, 100, 400, ink{size: 10, color: model.Black, flags: model.FlagStamp}, "核定1,234.56万元")
		}
	}
	found := Mark(document(4, lay), Options{})
	if len(found) != 1 || len(found[0].Figures) != 1 || found[0].Figures[0].Text != "1,234.56" || found[0].Figures[0].Page != 2 {
		t.Errorf("listed %+v", found)
	}
	if found := Mark(document(4, lay), Options{Keep: true}); len(found) != 1 || len(found[0].Figures) > 0 {
		t.Errorf("kept, but listed %+v", found)
	}
}
