package pdf

import (
	"strings"
	"unicode"

	"github.com/countybudget/extract/extract/model"
	"github.com/countybudget/extract/extract/pdf/color"
	"github.com/countybudget/extract/extract/pdf/cos"
	"github.com/countybudget/extract/extract/pdf/font"
)

// A form field has a value, and usually an appearance stream that shows it. Where that is missing, or the file sets
// NeedAppearances, a viewer lays the value out in the field's rectangle (PDF 32000-1, 12.7.3.3). This file does it too,
// exactly enough to tell in which place of a table the value is. Free text annotations without an appearance stream are laid
// out the same way.

// Bits of a field's flags /Ff.
const (
	fieldMultiline  = 1 << 12
	fieldPassword   = 1 << 13
	fieldPushButton = 1 << 16
	fieldCombo      = 1 << 17
	fieldComb       = 1 << 24
)

const (
	fieldMargin  = 2.0    // points between the rectangle and the text
	fieldLeading = 1.15   // of the font's size, from line to line
	fieldLargest = 12.0   // points: the largest size that a viewer chooses for several lines
	fieldLeast   = 4.0    // points: the smallest
	mostFieldAge = 32     // ancestors of a field that are looked at
	mostValue    = 10_000 // characters of one value
	mostOptions  = 200
)

// acroForm is what the interactive form dictionary (/AcroForm) says of all fields.
type acroForm struct {
	dict cos.Object
	need bool // NeedAppearances
}

func (d *Document) acroForm() acroForm {
	v := d.file.Root().Key("AcroForm")
	return acroForm{v, v.Key("NeedAppearances").Bool()}
}

// fieldEntry is an inheritable entry of a field: its own, or that of the nearest field above it.
func fieldEntry(a cos.Object, key string) cos.Object {
	for range mostFieldAge {
		if v := a.Key(key); !v.IsNull() {
			return v
		}
		if a = a.Key("Parent"); a.Kind() != cos.Dict {
			break
		}
	}
	return cos.Object{}
}

// box is a text to be laid out in a rectangle.
type box struct {
	lines     []string
	size      float64 // of the font; 0 to choose one that fits
	align     int     // 0 left, 1 centre, 2 right
	multiline bool
	comb      int // the number of equal cells of a comb field, one character each
}

// value lays out the value of an annotation that has no appearance stream.
func (in *interp) value(a cos.Object, f frame) error {
	place, ok := rectOf(a.Key("Rect"))
	if !ok || place.Empty() {
		return nil
	}
	b, ok := in.valueOf(a)
	if !ok {
		return nil
	}
	form := in.doc.acroForm()
	in.state = newState(f.ctm, model.Rect{X1: f.width, Y1: f.height})
	in.flags = model.FlagAnnotation
	defer func() { in.flags = 0 }()
	in.background(a.Key("MK").Key("BG"), place)
	style := fieldEntry(a, "DA")
	if style.Kind() != cos.String {
		style = form.dict.Key("DA")
	}
	if err := in.run([]byte(style.Str()), newResources(form.dict.Key("DR"))); err != nil {
		return err
	}
	b.size = max(0, in.state.text.size)
	if q := fieldEntry(a, "Q"); q.Kind() == cos.Integer {
		b.align = int(q.Int())
	} else {
		b.align = int(form.dict.Key("Q").Int())
	}
	in.lay(&b, place, int(a.Key("MK").Key("R").Int()))
	return nil
}

// background paints the background of a field (/MK /BG).
func (in *interp) background(v cos.Object, place model.Rect) {
	spaces := map[int]*color.Space{1: color.Gray, 3: color.RGB, 4: color.CMYK}
	space := spaces[v.Len()]
	if space == nil {
		return
	}
	var components []cos.Object
	for i := range v.Len() {
		components = append(components, v.Index(i))
	}
	ground := paint{color: model.Black}
	ground.set(space, components)
	in.paintArea(in.state.ctm.Box(place), nil, ground)
}

// valueOf is the text that an annotation shows; ok is false if it shows none.
func (in *interp) valueOf(a cos.Object) (b box, ok bool) {
	if a.Key("Subtype").Name() == "FreeText" {
		b.multiline = true
		b.lines = in.textLines(a.Key("Contents"))
		return b, len(b.lines) > 0
	}
	flags, v := fieldEntry(a, "Ff").Int(), fieldEntry(a, "V")
	switch fieldEntry(a, "FT").Name() {
	case "Tx":
		b.lines = in.textLines(v)
		b.multiline = flags&fieldMultiline != 0
		if flags&fieldComb != 0 {
			b.comb = int(fieldEntry(a, "MaxLen").Int())
		}
		if flags&fieldPassword != 0 {
			return b, false
		}
	case "Ch":
		b.lines = in.choice(v, fieldEntry(a, "Opt"), flags&fieldCombo == 0, int(fieldEntry(a, "TI").Int()))
		b.multiline = flags&fieldCombo == 0
	case "Btn":
		state := a.Key("AS").Name()
		if state == "" {
			state = v.Name()
		}
		switch {
		case flags&fieldPushButton != 0:
			b.lines, b.align = in.textLines(a.Key("MK").Key("CA")), 1
		case state != "" && state != "Off":
			b.lines, b.align = []string{"✔"}, 1
		}
	}
	if !b.multiline && len(b.lines) > 1 {
		b.lines = []string{strings.Join(b.lines, " ")}
	}
	return b, len(b.lines) > 0
}

// choice is what a choice field shows: the display text of its value, or the options of a list box from the top index on.
func (in *interp) choice(v, options cos.Object, list bool, top int) []string {
	display := func(o cos.Object) []string {
		if o.Kind() == cos.Array {
			o = o.Index(1)
		}
		return in.textLines(o)
	}
	var out []string
	n := min(options.Len(), mostOptions)
	if list && n > 0 {
		for i := max(0, top); i < n; i++ {
			out = append(out, display(options.Index(i))...)
		}
		return out
	}
	if v.Kind() == cos.Array {
		v = v.Index(0)
	}
	for i := range n {
		if o := options.Index(i); o.Kind() == cos.Array && o.Index(0).Str() == v.Str() {
			return display(o)
		}
	}
	return in.textLines(v)
}

// textLines are the lines of a text string or text stream.
func (in *interp) textLines(v cos.Object) []string {
	raw := v.Str()
	if v.Kind() == cos.Stream {
		data, _ := v.Data()
		raw = string(data)
	}
	text := cos.DecodeText(raw)
	if len(text) > mostValue {
		text = text[:mostValue]
	}
	text = strings.NewReplacer("\r\n", "\n", "\r", "\n", "\u2028", "\n", "\u2029", "\n").Replace(text)
	if strings.TrimSpace(text) == "" {
		return nil
	}
	lines := strings.Split(text, "\n")
	for i := range lines {
		lines[i] = cos.CleanText(lines[i])
	}
	return lines
}

// lay lays out a text in a rectangle of user space, rotated by turn degrees, a multiple of 90.
func (in *interp) lay(b *box, place model.Rect, turn int) {
	w, h := place.Width(), place.Height()
	m := model.Matrix{1, 0, 0, 1, place.X0, place.Y0}
	switch (turn%360 + 360) % 360 {
	case 90:
		m, w, h = model.Matrix{0, 1, -1, 0, place.X1, place.Y0}, h, w
	case 180:
		m = model.Matrix{-1, 0, 0, -1, place.X1, place.Y1}
	case 270:
		m, w, h = model.Matrix{0, -1, 1, 0, place.X0, place.Y1}, h, w
	}
	in.state.ctm = m.Mul(in.state.ctm)
	room := max(w-2*fieldMargin, 1)
	f := in.state.text.font
	lines := b.fit(f, room, h)
	size := b.size
	asc, desc := f.Model.Ascent*size, f.Model.Descent*size
	y := (h-asc-desc)/2 + desc
	if b.multiline {
		y = h - fieldMargin - asc
	}
	for _, line := range lines {
		if b.multiline && y+asc < 0 { // below the rectangle nothing is shown
			break
		}
		if b.comb > 0 && !b.multiline {
			in.comb(line, b, w, y)
		} else {
			width := f.TextWidth(line) * size
			scale := min(1, room/max(width, 1e-3)) // text that is too wide is condensed, where a viewer would cut it off
			x := fieldMargin
			switch b.align {
			case 1:
				x += (room - width*scale) / 2
			case 2:
				x += room - width*scale
			}
			in.place(line, size, scale, x, y)
		}
		y -= fieldLeading * size
	}
}

// comb centres each character in a cell of its own.
func (in *interp) comb(line string, b *box, w, y float64) {
	cell := w / float64(b.comb)
	i := 0
	for _, r := range line {
		width := in.state.text.font.RuneWidth(r) * b.size
		in.place(string(r), b.size, 1, float64(i)*cell+(cell-width)/2, y)
		i++
	}
}

// fit chooses the font size where it is 0, and breaks lines.
func (b *box) fit(f *textFont, room, h float64) []string {
	if b.size > 0 {
		return b.wrap(f, room)
	}
	if !b.multiline {
		widest := 0.0
		for _, l := range b.lines {
			widest = max(widest, f.TextWidth(l))
		}
		b.size = max(fieldLeast, min(0.72*h, room/max(widest, 1e-3)))
		return b.lines
	}
	for b.size = fieldLargest; ; b.size-- {
		lines := b.wrap(f, room)
		if b.size <= fieldLeast || float64(len(lines))*fieldLeading*b.size <= h-fieldMargin {
			return lines
		}
	}
}

// wrap breaks multiline text at the width of the rectangle.
func (b *box) wrap(f *textFont, room float64) []string {
	if !b.multiline {
		return b.lines
	}
	var out []string
	for _, l := range b.lines {
		width, start, space := 0.0, 0, -1
		for i, r := range l {
			w := f.RuneWidth(r) * b.size
			if width += w; width > room && i > start {
				end := i
				if space > start && r < font.FirstIdeograph {
					end = space
				}
				out = append(out, l[start:end])
				start, space = end, -1
				width = f.TextWidth(l[start:i])*b.size + w
			}
			if r == ' ' {
				space = i + 1
			}
		}
		out = append(out, l[start:])
	}
	return out
}

// place shows one line from a point of the rectangle on.
func (in *interp) place(line string, size, scale, x, y float64) {
	t := &in.state.text
	t.size, t.scale, t.rise, t.mode = size, scale, 0, 0
	in.tm = model.Matrix{1, 0, 0, 1, x, y}
	r := in.newRun()
	for _, c := range line {
		width := t.font.RuneWidth(c)
		if !unicode.IsSpace(c) {
			in.draw(&r, &font.Glyph{Text: font.NormalizeText(string(c)), Width: width})
		}
		r.m[4] += width * r.m[0]
		r.m[5] += width * r.m[1]
	}
}
