package pdf

import (
	"math"

	"github.com/countybudget/extract/extract/model"
	"github.com/countybudget/extract/extract/pdf/cos"
	"github.com/countybudget/extract/extract/pdf/font"
)

// textOperator executes the operators of PDF 32000-1, 9.3 and 9.4.
func (in *interp) textOperator(op string, args []cos.Object, res *resources) bool {
	t := &in.state.text
	switch op {
	case "BT":
		in.tm, in.tlm = model.Identity, model.Identity
		in.inText = true
	case "ET":
		in.inText = false
	case "Tf":
		if len(args) >= 2 {
			t.font, t.size = res.font(in.doc, name(args, 0)), num(args, 1)
		}
	case "Tc":
		t.charSpace = num(args, 0)
	case "Tw":
		t.wordSpace = num(args, 0)
	case "Tz":
		t.scale = num(args, 0) / 100
	case "TL":
		t.leading = num(args, 0)
	case "Ts":
		t.rise = num(args, 0)
	case "Tr":
		t.mode = int(num(args, 0))
	case "Tm":
		if len(args) >= 6 {
			in.tlm = matrixOf(args)
			in.tm = in.tlm
		}
	case "Td":
		in.moveText(num(args, 0), num(args, 1))
	case "TD":
		t.leading = -num(args, 1)
		in.moveText(num(args, 0), num(args, 1))
	case "T*":
		in.moveText(0, -t.leading)
	case "Tj":
		in.showString(args)
	case "'":
		in.moveText(0, -t.leading)
		in.showString(args)
	case "\"":
		t.wordSpace, t.charSpace = num(args, 0), num(args, 1)
		in.moveText(0, -t.leading)
		in.showString(args)
	case "TJ":
		in.showString(args)
	default:
		return false
	}
	return true
}

func (in *interp) moveText(x, y float64) {
	in.tlm = model.Matrix{1, 0, 0, 1, x, y}.Mul(in.tlm)
	in.tm = in.tlm
}

// showString shows the operand of Tj; some programs write an array, as for TJ.
func (in *interp) showString(args []cos.Object) {
	if n := len(args); n > 0 {
		in.showOperand(&args[n-1])
	}
}

func (in *interp) showOperand(o *cos.Object) {
	switch o.Kind() {
	case cos.String:
		in.show(o.Bytes())
	case cos.Array:
		in.showArray(o.Items())
	}
}

func (in *interp) showArray(items []cos.Object) {
	t := &in.state.text
	for i := range items {
		switch o := &items[i]; {
		case o.Kind() == cos.String:
			in.show(o.Bytes())
		case !o.IsNumber():
		case t.font.Vertical:
			in.advance(0, -o.Float()/1000*t.size)
		default:
			in.advance(-o.Float()/1000*t.size*t.scale, 0)
		}
	}
}

// advance moves the text position along the line.
func (in *interp) advance(x, y float64) {
	in.tm[4] += x*in.tm[0] + y*in.tm[2]
	in.tm[5] += x*in.tm[1] + y*in.tm[3]
}

// run is what all glyphs of a string share.
type run struct {
	m     model.Matrix // from the em square to the page, without translation
	glyph model.Glyph
	asc   float64
	desc  float64
}

// newRun computes what all glyphs of the next string share.
func (in *interp) newRun() run {
	t := &in.state.text
	scale := model.Matrix{t.size * t.scale, 0, 0, t.size, 0, t.rise}
	m := scale.Mul(in.tm).Mul(in.state.ctm)
	r := run{m: m, asc: t.font.Model.Ascent, desc: t.font.Model.Descent}
	g := &r.glyph
	g.Font, g.Source, g.Confidence, g.FormID = t.font.Model, model.SourceText, 1, in.form
	g.Size = math.Hypot(m[2], m[3])
	if m[1] != 0 || m[0] < 0 {
		g.Angle = normalAngle(math.Atan2(m[1], m[0]) * 180 / math.Pi)
	}
	g.Color = in.state.shown(in.state.fill)
	outline := in.state.shown(in.state.stroke)
	if t.mode&3 == 1 || t.mode&3 == 2 && g.Color.Luminance() >= nearWhite && outline.Luminance() < nearWhite {
		g.Color = outline
	}
	if t.mode >= 4 { // modes 4 to 7 add the glyphs to the clipping path
		in.state.looseClip = true
	}
	g.Flags = in.flags
	if t.mode == 3 || t.mode == 7 {
		g.Flags |= model.FlagInvisible
	}
	if t.font.Vertical {
		g.Flags |= model.FlagVertical
	}
	if in.unseen > 0 {
		g.Flags |= model.FlagOff
	}
	return r
}

func normalAngle(a float64) float64 {
	if a <= -180 {
		return a + 360
	}
	return a
}

// show shows a string.
func (in *interp) show(s []byte) {
	t := &in.state.text
	f := t.font
	if f.Damage != nil && in.unseen == 0 {
		in.note(f.Damage)
	}
	r := in.newRun()
	for len(s) > 0 {
		code, n := f.Next(s)
		info := f.Glyph(code, n)
		if f.procs == nil || !in.drawProc(f.procs, code, info) {
			in.draw(&r, info)
		}
		spacing := t.charSpace
		if n == 1 && s[0] == ' ' {
			spacing += t.wordSpace
		}
		var x, y float64
		if f.Vertical {
			y = info.AdvanceY*t.size + spacing
		} else {
			x = (info.Width*t.size + spacing) * t.scale
		}
		dx, dy := x*in.tm[0]+y*in.tm[2], x*in.tm[1]+y*in.tm[3]
		in.tm[4] += dx
		in.tm[5] += dy
		c := &in.state.ctm
		r.m[4] += dx*c[0] + dy*c[2]
		r.m[5] += dx*c[1] + dy*c[3]
		s = s[n:]
	}
}

// draw adds one glyph to the page.
func (in *interp) draw(r *run, info *font.Glyph) {
	if info.Text == "" {
		return
	}
	in.page.Glyphs = append(in.page.Glyphs, r.glyph)
	g := &in.page.Glyphs[len(in.page.Glyphs)-1]
	g.Text = info.Text
	g.Order = in.nextOrder()
	if info.Undecoded {
		g.Flags |= model.FlagUndecoded
	}
	m := &r.m
	x, y := m[4], m[5]
	w := info.Width
	if r.glyph.Flags&model.FlagVertical != 0 { // the origins of vertical and horizontal writing differ by the position vector
		x -= info.OriginX*m[0] + info.OriginY*m[2]
		y -= info.OriginX*m[1] + info.OriginY*m[3]
	}
	g.Origin = model.Point{X: x, Y: y}
	if m[1] == 0 && m[2] == 0 && m[0] >= 0 && m[3] <= 0 { // ordinary text
		g.Box = model.Rect{X0: x, Y0: y + r.asc*m[3], X1: x + w*m[0], Y1: y - r.desc*m[3]}
	} else {
		place := model.Matrix{m[0], m[1], m[2], m[3], x, y}
		g.Box = place.Box(model.Rect{X0: 0, Y0: -r.desc, X1: w, Y1: r.asc})
	}
	if clip := in.state.clip; g.Box.X1 <= clip.X0 || g.Box.X0 >= clip.X1 || g.Box.Y1 <= clip.Y0 || g.Box.Y0 >= clip.Y1 {
		g.Flags |= model.FlagClipped
	}
}
