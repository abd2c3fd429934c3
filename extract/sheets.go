package extract

import (
	"bytes"
	"image/png"
	"math"
	"slices"

	"github.com/countybudget/extract/extract/model"
)

// SheetRequest says which pages to keep with their appearance, in Document.Sheets.
type SheetRequest struct {
	Page  int  `json:"page,omitempty"`  // this page; 0 is the first page with a table, the first page when there is none
	All   bool `json:"all,omitempty"`   // every page with a table; with Page nothing but that page
	Drawn bool `json:"drawn,omitempty"` // with rendered pictures
}

// sheetDPI is the resolution of pages rendered for people.
const sheetDPI = 144

// keepSheets adds the requested sheets to a document.
func keepSheets(d *Document, f *file, pages []*model.Page, ask *SheetRequest) {
	if ask == nil {
		return
	}
	wanted := sheetNumbers(d, *ask)
	for _, p := range pages {
		if !slices.Contains(wanted, p.Number) {
			continue
		}
		s := sheetOf(p, d.Lines)
		if ask.Drawn || p.PictureShare() >= scanShare {
			s.Picture = drawnPage(f, p.Number)
		}
		d.Sheets = append(d.Sheets, s)
	}
}

// sheetNumbers are the pages that a request selects.
func sheetNumbers(d *Document, ask SheetRequest) []int {
	if ask.Page > 0 {
		return []int{ask.Page}
	}
	var with []int
	for i := range d.Tables {
		for _, c := range d.Tables[i].Cells {
			with = append(with, c.Page)
		}
	}
	slices.Sort(with)
	with = slices.Compact(with)
	switch {
	case len(with) == 0:
		return []int{1}
	case ask.All:
		return with
	}
	return with[:1]
}

func sheetOf(p *model.Page, lines []model.Line) model.Sheet {
	s := model.Sheet{Number: p.Number, Width: p.Width, Height: p.Height}
	for i := range p.Glyphs {
		g := &p.Glyphs[i]
		if g.Source == model.SourceText && g.Is(model.FlagInvisible|model.FlagClipped|model.FlagHidden) || !finite(g.Origin.X, g.Origin.Y, g.Size, g.Angle) {
			continue
		}
		s.Glyphs = append(s.Glyphs, model.SheetGlyph{
			Text: g.Text, Origin: g.Origin, Size: g.Size, Angle: g.Angle, Color: g.Color, Watermark: g.Is(model.FlagWatermark),
		})
	}
	for _, r := range p.Rules {
		if finite(r.X0, r.Y0, r.X1, r.Y1, r.Width) {
			s.Rules = append(s.Rules, r)
		}
	}
	for _, l := range lines {
		if l.Page == p.Number {
			l.Words = nil
			s.Lines = append(s.Lines, l)
		}
	}
	return s
}

func finite(values ...float64) bool {
	return !slices.ContainsFunc(values, func(v float64) bool { return math.IsNaN(v) || math.IsInf(v, 0) })
}

// drawnPage is a page rendered by PDFium, as PNG; nil if it fails, because the sheet still has its glyphs.
func drawnPage(f *file, n int) []byte {
	second, err := f.second.open()
	if err != nil || n > second.NumPages() {
		return nil
	}
	img, err := second.RenderRGBA(n, sheetDPI, nil)
	if err != nil {
		return nil
	}
	var out bytes.Buffer
	if err := png.Encode(&out, img); err != nil {
		return nil
	}
	return out.Bytes()
}
