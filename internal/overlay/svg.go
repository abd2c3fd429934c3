package overlay

import (
	"bytes"
	"encoding/base64"
	"encoding/xml"
	"fmt"
	"image/color"
	"io"

	"github.com/countybudget/extract/extract/model"
)

const (
	panelWidth   = 300 // of the description beside the page, points
	panelLine    = 11
	panelColumns = 66 // Latin characters of a line of it
	margin       = 16 // around the page, for labels outside it
)

// SVG writes a sheet as a drawing: the page's texts and rules, over them what was found, and beside them what the tables
// say of themselves with the header path of every column. Everything from the document is escaped.
func SVG(w io.Writer, d *model.Document, s *model.Sheet) error {
	tables := onSheet(d, s)
	lines := description(tables)
	height := max(s.Height, float64(len(lines)+2)*panelLine)
	v := &svg{}
	fmt.Fprintf(&v.b, `<svg xmlns="http://www.w3.org/2000/svg" width="%.2f" height="%.2f" viewBox="%d %d %.2f %.2f">`+"\n",
		s.Width+panelWidth+2*margin, height+2*margin, -margin, -margin, s.Width+panelWidth+2*margin, height+2*margin)
	v.printf(`<style>text{font-family:"Noto Serif CJK SC","Songti SC",SimSun,"AR PL UMing CN",serif;white-space:pre}</style>` + "\n")
	v.box(model.Rect{X0: -margin, Y0: -margin, X1: s.Width + panelWidth + margin, Y1: height + margin}, style{fill: color.NRGBA{0xf4, 0xf4, 0xf4, 255}})
	v.box(model.Rect{X1: s.Width, Y1: s.Height}, style{fill: color.NRGBA{255, 255, 255, 255}})
	v.page(s)
	mark(v, d, s)
	for i, l := range lines {
		v.label(model.Point{X: s.Width + margin, Y: float64(i+1) * panelLine}, l.text, 8, l.color)
	}
	v.printf("</svg>\n")
	_, err := w.Write(v.b.Bytes())
	return err
}

type svg struct{ b bytes.Buffer }

func (v *svg) printf(format string, args ...any) { fmt.Fprintf(&v.b, format, args...) }

// page draws what the document itself shows. A page that is a picture is shown as one, its recognized text left out.
func (v *svg) page(s *model.Sheet) {
	if len(s.Picture) > 0 {
		v.printf(`<image x="0" y="0" width="%.2f" height="%.2f" preserveAspectRatio="none" href="data:image/png;base64,%s"/>`+"\n",
			s.Width, s.Height, base64.StdEncoding.EncodeToString(s.Picture))
		return
	}
	for i := range s.Rules {
		r := &s.Rules[i]
		v.line(model.Point{X: r.X0, Y: r.Y0}, model.Point{X: r.X1, Y: r.Y1}, style{stroke: color.NRGBA{0, 0, 0, 255}, width: max(r.Width, 0.3)})
	}
	for i := range s.Glyphs {
		g := &s.Glyphs[i]
		c := color.NRGBA{g.Color.R, g.Color.G, g.Color.B, g.Color.Alpha}
		if g.Watermark {
			c.A /= 4 // known as what it is, it need not hide the text
		}
		turn := ""
		if g.Angle != 0 {
			turn = fmt.Sprintf(` transform="rotate(%.2f %.2f %.2f)"`, g.Angle, g.Origin.X, g.Origin.Y)
		}
		v.text(g.Origin, g.Text, g.Size, c, turn)
	}
}

func (v *svg) box(r model.Rect, s style) {
	v.printf(`<rect x="%.2f" y="%.2f" width="%.2f" height="%.2f"%s%s/>`+"\n", r.X0, r.Y0, max(0, r.Width()), max(0, r.Height()), paint("fill", s.fill), strokes(s))
}

func (v *svg) line(a, b model.Point, s style) {
	v.printf(`<line x1="%.2f" y1="%.2f" x2="%.2f" y2="%.2f"%s/>`+"\n", a.X, a.Y, b.X, b.Y, strokes(s))
}

func (v *svg) label(at model.Point, text string, size float64, c color.NRGBA) {
	v.text(at, text, size, c, "")
}

// text writes characters; more are further attributes.
func (v *svg) text(at model.Point, text string, size float64, c color.NRGBA, more string) {
	v.printf(`<text x="%.2f" y="%.2f" font-size="%.2f"%s%s>`, at.X, at.Y, size, paint("fill", c), more)
	xml.EscapeText(&v.b, []byte(text))
	v.printf("</text>\n")
}

func strokes(s style) string {
	out := paint("stroke", s.stroke)
	if s.stroke.A > 0 {
		out += fmt.Sprintf(` stroke-width="%.2f"`, s.width)
	}
	if s.dashed {
		out += ` stroke-dasharray="2 2"`
	}
	return out
}

func paint(what string, c color.NRGBA) string {
	if c.A == 0 {
		return " " + what + `="none"`
	}
	out := fmt.Sprintf(` %s="#%02x%02x%02x"`, what, c.R, c.G, c.B)
	if c.A < 255 {
		out += fmt.Sprintf(` %s-opacity="%.2f"`, what, float64(c.A)/255)
	}
	return out
}
