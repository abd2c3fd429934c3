package dump

import (
	"bytes"
	"fmt"
	"math"
	"strconv"

	"github.com/shopspring/decimal"

	"github.com/countybudget/extract/extract/model"
	"github.com/countybudget/extract/schema"
)

// number is a length in points, an angle or a share, rounded to thousandths. Infinity and NaN, which broken files cause, are
// null.
type number float64

// MarshalJSON keeps values that JSON cannot hold from failing a whole page.
func (n number) MarshalJSON() ([]byte, error) {
	v := float64(n)
	if math.IsNaN(v) || math.IsInf(v, 0) {
		return []byte("null"), nil
	}
	if r := math.Round(v*1000) / 1000; !math.IsInf(r, 0) {
		v = r + 0 // never -0
	}
	return strconv.AppendFloat(nil, v, 'f', -1, 64), nil
}

// box has the names of the schema's columns.
type box struct {
	X0 number `json:"x0"`
	Y0 number `json:"y0"`
	X1 number `json:"x1"`
	Y1 number `json:"y1"`
}

func newBox(r model.Rect) box { return box{number(r.X0), number(r.Y0), number(r.X1), number(r.Y1)} }

// place is a box that may be missing.
func place(r model.Rect) *box {
	if r == (model.Rect{}) {
		return nil
	}
	b := newBox(r)
	return &b
}

func color(c model.Color) string {
	if c.Alpha == 255 {
		return fmt.Sprintf("#%02x%02x%02x", c.R, c.G, c.B)
	}
	return fmt.Sprintf("#%02x%02x%02x%02x", c.R, c.G, c.B, c.Alpha)
}

// each turns a list into its form. A list without items is [], which is easier to query than null.
func each[T, F any](items []T, form func(*T) F) []F {
	out := make([]F, len(items))
	for i := range items {
		out[i] = form(&items[i])
	}
	return out
}

type page struct {
	MessageType string       `json:"message_type"` // page
	Page        int          `json:"page"`
	PageLabel   string       `json:"page_label,omitempty"`
	Width       number       `json:"width"`
	Height      number       `json:"height"`
	Rotate      int          `json:"rotate"`
	Reader      model.Reader `json:"reader"`
	Recognized  bool         `json:"recognized"`
	Unseen      bool         `json:"unseen"`
	Error       string       `json:"error,omitempty"`
	Glyphs      []glyph      `json:"glyphs"`
	Rules       []rule       `json:"rules"`
	Pictures    []picture    `json:"pictures"`
	Covers      []cover      `json:"covers"`
	Shapes      []box        `json:"shapes"`
	Patterns    []box        `json:"patterns"`
	Reads       []read       `json:"reads"`
}

func newPage(p *model.Page) page {
	boxed := func(r *model.Rect) box { return newBox(*r) }
	out := page{
		MessageType: "page", Page: p.Number, PageLabel: p.Label, Width: number(p.Width), Height: number(p.Height),
		Rotate: p.Rotate, Reader: p.Reader, Recognized: p.Recognized, Unseen: p.Unseen,
		Glyphs: each(p.Glyphs, newGlyph), Rules: each(p.Rules, newRule), Pictures: each(p.Pictures, newPicture),
		Covers: each(p.Covers, newCover), Shapes: each(p.Shapes, boxed), Patterns: each(p.Patterns, boxed),
		Reads: each(p.Reads, func(r *model.Read) read { return read{newBox(r.Box), each(r.Readings, newReading)} }),
	}
	if p.Err != nil {
		out.Error = p.Err.Error()
	}
	return out
}

type glyph struct {
	Text string `json:"text"`
	box
	Size       number       `json:"size"`
	Angle      number       `json:"angle"`
	Flags      []string     `json:"flags"`
	Font       string       `json:"font"`
	Color      string       `json:"color"`
	Order      int          `json:"order"`
	Source     model.Source `json:"source"`
	Confidence number       `json:"confidence"`
}

func newGlyph(g *model.Glyph) glyph {
	out := glyph{
		g.Text, newBox(g.Box), number(g.Size), number(g.Angle), flags(g.Flags), "", color(g.Color), g.Order, g.Source,
		number(g.Confidence),
	}
	if g.Font != nil {
		out.Font = g.Font.Name
	}
	return out
}

// flagNames are the names of the flags, by bit.
var flagNames = [...]string{
	"watermark", "invisible", "clipped", "artifact", "watermark_content", "form", "annotation", "stamp", "vertical",
	"undecoded", "covered", "faint", "off",
}

func flags(f model.GlyphFlags) []string {
	out := []string{}
	for i, name := range flagNames {
		if f&(1<<i) != 0 {
			out = append(out, name)
		}
	}
	return out
}

type rule struct {
	box
	Width number `json:"width"`
	Color string `json:"color"`
	Kind  string `json:"kind"`
	Order int    `json:"order"`
}

var ruleKinds = map[model.RuleKind]string{
	model.RuleStroke: "stroke", model.RuleFill: "fill", model.RuleEdge: "edge", model.RuleImage: "image",
}

func newRule(r *model.Rule) rule {
	return rule{newBox(r.Rect), number(r.Width), color(r.Color), ruleKinds[r.Kind], r.Order}
}

type picture struct {
	box
	Matrix []number `json:"matrix"`
	Width  int      `json:"width"`
	Height int      `json:"height"`
	Filter string   `json:"filter"`
	Masked bool     `json:"masked"`
	Mask   bool     `json:"mask"`
	Order  int      `json:"order"`
	Object string   `json:"object"`
}

func newPicture(p *model.Picture) picture {
	matrix := each(p.Matrix[:], func(v *float64) number { return number(*v) })
	return picture{newBox(p.Box), matrix, p.Width, p.Height, p.Filter, p.Masked, p.Mask, p.Order, p.Object}
}

type cover struct {
	box
	Outline [][2]number `json:"outline"`
	Color   string      `json:"color"`
	Kind    string      `json:"kind"`
	Order   int         `json:"order"`
}

var coverKinds = map[model.CoverKind]string{
	model.CoverPaint: "paint", model.CoverPicture: "picture", model.CoverVeil: "veil",
}

func newCover(c *model.Cover) cover {
	outline := each(c.Outline, func(p *model.Point) [2]number { return [2]number{number(p.X), number(p.Y)} })
	return cover{newBox(c.Box), outline, color(c.Color), coverKinds[c.Kind], c.Order}
}

type read struct {
	box
	Readings []reading `json:"readings"`
}

type reading struct {
	Text       string `json:"text"`
	Confidence number `json:"confidence"`
}

func newReading(r *model.Reading) reading { return reading{r.Text, number(r.Confidence)} }

type line struct {
	MessageType string         `json:"message_type"` // line
	Page        int            `json:"page"`
	Role        model.LineRole `json:"role"`
	Text        string         `json:"text"`
	box
	Size  number `json:"size"`
	Bold  bool   `json:"bold"`
	Words []word `json:"words"`
}

type word struct {
	Text string `json:"text"`
	box
	Source     model.Source `json:"source"`
	Confidence number       `json:"confidence"`
}

func newLine(l *model.Line) line {
	words := each(l.Words, func(w *model.Word) word { return word{w.Text, newBox(w.Box), w.Source, number(w.Confidence)} })
	return line{"line", l.Page, l.Role, l.Text, newBox(l.Box), number(l.Size), l.Bold, words}
}

// tableMessage is a table as the stage tables prints it.
type tableMessage struct {
	MessageType string `json:"message_type"` // table
	Table
}

// Table is the JSON form of a table. Boxes are in points from the top left of the page.
type Table struct {
	TableNo    int              `json:"table_no"`
	Kind       model.TableKind  `json:"kind"`
	FormNo     string           `json:"form_no,omitempty"`
	Title      string           `json:"title"`
	TitleBox   *box             `json:"title_box,omitempty"`
	Statement  schema.Statement `json:"statement"`
	Unit       string           `json:"unit"`
	Owner      string           `json:"owner,omitempty"`
	OwnerLabel string           `json:"owner_label,omitempty"`
	Notes      []string         `json:"notes,omitempty"`
	FirstPage  int              `json:"first_page"`
	LastPage   int              `json:"last_page"`
	Rows       int              `json:"rows"`
	Columns    int              `json:"columns"`
	HeaderRows int              `json:"header_rows"`
	Source     model.Source     `json:"source"`
	Confidence number           `json:"confidence"`
	Cells      []cell           `json:"cells"`
}

type cell struct {
	Row       int    `json:"row"`
	Col       int    `json:"col"`
	RowSpan   int    `json:"row_span"`
	ColSpan   int    `json:"col_span"`
	Text      string `json:"text"`               // as in cells: with footnote marks
	Unmarked  string `json:"unmarked,omitempty"` // without them, where there are any
	UpperHalf string `json:"upper_half,omitempty"`
	Indent    int    `json:"indent"`
	IsHeader  bool   `json:"is_header"`
	Page      int    `json:"page"`
	box
	TextBox    *box         `json:"text_box,omitempty"`
	Source     model.Source `json:"source"`
	Confidence number       `json:"confidence"`
	Readings   []reading    `json:"readings,omitempty"`
}

// NewTable converts a table; the disclosure says which statement it was classified as.
func NewTable(t *model.Table, rows *schema.Disclosure) Table {
	out := Table{
		t.No, t.Kind, t.FormNo, t.Title, place(t.TitleBox), "", t.Unit, t.Owner, t.OwnerLabel, t.NoteTexts(),
		t.FirstPage, t.LastPage, t.Rows, t.Cols, t.HeaderRows, t.Source, number(t.Confidence), each(t.Cells, newCell),
	}
	for i := range rows.Tables {
		if int(rows.Tables[i].TableNo) == t.No {
			out.Statement = rows.Tables[i].Statement
		}
	}
	return out
}

func newCell(c *model.Cell) cell {
	out := cell{
		c.Row, c.Col, c.RowSpan, c.ColSpan, c.Printed(), "", c.UpperHalf, c.Indent, c.IsHeader, c.Page, newBox(c.Box),
		place(c.TextBox), c.Source, number(c.Confidence), each(c.Readings, newReading),
	}
	if c.Marked != "" {
		out.Unmarked = c.Text
	}
	return out
}

// row is a row of a dataset, its members in the order of the columns, decimals as strings with all their places.
type row struct {
	messageType string
	columns     []schema.Column
	values      []any
}

// MarshalJSON keeps the order of the columns, which a map would not.
func (r row) MarshalJSON() ([]byte, error) {
	var b bytes.Buffer
	fmt.Fprintf(&b, `{"message_type":%q`, r.messageType)
	for i, v := range r.values {
		if d, ok := v.(decimal.Decimal); ok {
			v = d.StringFixed(r.columns[i].Scale)
		}
		text, err := marshal(v)
		if err != nil {
			return nil, err
		}
		fmt.Fprintf(&b, `,%q:%s`, r.columns[i].Name, text)
	}
	b.WriteByte('}')
	return b.Bytes(), nil
}
