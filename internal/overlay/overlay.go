// Package overlay draws what was found on a page over the page, for people to judge by eye.
//
// Over the page lie, for each table, its cells (those of the header tinted, lines from each header cell to the cells below
// it), the numbers of its rows and columns, and the texts around it that belong to it, joined to it by a line. Lines of
// text outside tables are numbered in reading order and joined by a path. Numbers of rows and columns begin at 0, as in
// the JSON form of a document.
package overlay

import (
	"image/color"

	"github.com/countybudget/extract/extract/model"
)

// style says how a mark is drawn; a zero colour leaves that part out. Widths are in points.
type style struct {
	stroke, fill color.NRGBA
	width        float64
	dashed       bool
}

// canvas takes marks; all geometry is in the page's points, y down.
type canvas interface {
	box(r model.Rect, s style)
	line(a, b model.Point, s style)
	// label writes a short text whose baseline starts at a point; size is the height of its letters in points.
	label(at model.Point, text string, size float64, c color.NRGBA)
}

var (
	gridColors = map[model.TableKind]color.NRGBA{
		model.TableRuled:      {R: 0x1f, G: 0x5f, B: 0xd0, A: 0xd0},
		model.TableHorizontal: {R: 0x8a, G: 0x2b, B: 0xc8, A: 0xd0},
		model.TableBorderless: {R: 0xc0, G: 0x50, B: 0x00, A: 0xd0},
	}
	headerTint = color.NRGBA{R: 0xff, G: 0xc0, B: 0x20, A: 0x48}
	treeColor  = color.NRGBA{R: 0xb0, G: 0x70, B: 0x00, A: 0xc0}
	textColor  = color.NRGBA{R: 0x10, G: 0x90, B: 0x40, A: 0xd0}
	orderColor = color.NRGBA{R: 0x80, G: 0x80, B: 0x80, A: 0xb0}
)

// labelSize is the height of the letters of row, column and line numbers, points.
const labelSize = 6

// mark puts everything that was found on a sheet onto a canvas.
func mark(c canvas, d *model.Document, s *model.Sheet) {
	readingOrder(c, s.Lines)
	for _, t := range onSheet(d, s) {
		t.draw(c, s)
	}
}

func readingOrder(c canvas, lines []model.Line) {
	for i := range lines {
		b := lines[i].Box
		c.box(b, style{stroke: orderColor, width: 0.4, dashed: true})
		c.label(model.Point{X: b.X0 - labelSize, Y: b.Y0 + labelSize}, number(i+1), labelSize, orderColor)
		if i > 0 {
			p := lines[i-1].Box
			c.line(model.Point{X: p.X0, Y: p.Y1}, model.Point{X: b.X0, Y: b.Y0}, style{stroke: orderColor, width: 0.5})
		}
	}
}
