package pdf

import (
	"github.com/countybudget/extract/extract/model"
	"github.com/countybudget/extract/extract/pdf/cos"
)

// Painted areas are reported for package visible. Where the effect of an area on what lies below is not known, it is a veil,
// from which nothing is concluded.

const (
	leastSide   = 0.3 // points; smaller areas are not reported
	leastArea   = 30  // square points; least area of a shape that is no rectangle; the strokes of outlined text are smaller
	leastStroke = 1.5 // points; from this line width on a stroke may be one of several that fill an area
	mostOutline = 256 // vertices of a polygon that is kept as an outline
	mostAreas   = 64  // subpaths of one path that are tested for overlap
)

// addCover reports one area, clipped to the clipping path's box.
func (in *interp) addCover(c model.Cover) {
	s := &in.state
	if s.veiled || s.blend || s.softMask || s.looseClip {
		c.Kind = model.CoverVeil
	}
	c.Box = c.Box.Intersect(s.clip)
	if !(c.Box.Width() > leastSide && c.Box.Height() > leastSide) || in.unseen > 0 || len(in.page.Covers) >= model.MaxCovers {
		return
	}
	c.Order = in.nextOrder()
	in.page.Covers = append(in.page.Covers, c)
}

// paintArea reports an area filled with the current colour.
func (in *interp) paintArea(box model.Rect, outline []model.Point, p paint) {
	c := model.Cover{Box: box, Outline: outline, Color: in.state.shown(p), Kind: model.CoverPaint}
	if c.Color.Alpha == 0 {
		return
	}
	if p.pattern {
		c.Kind = model.CoverVeil
	}
	in.addCover(c)
}

// veil reports that something was painted somewhere in a box.
func (in *interp) veil(box model.Rect) { in.addCover(model.Cover{Box: box, Kind: model.CoverVeil}) }

// coverPath reports the areas of a filled path.
func (in *interp) coverPath() {
	p := &in.path
	if len(p.subs) == 1 {
		in.coverShape(&p.subs[0])
		return
	}
	boxes := make([]model.Rect, 0, min(len(p.subs), mostAreas))
	for _, s := range p.subs {
		box, ok := uprightRectangle(p.points[s.from:s.to])
		if !ok || s.curved || len(boxes) == mostAreas || overlaps(boxes, box) { // what is inside depends on the filling rule
			in.veilShape(bounds(p.points))
			return
		}
		boxes = append(boxes, box)
	}
	for _, b := range boxes {
		in.paintArea(b, nil, in.state.fill)
	}
}

func overlaps(boxes []model.Rect, box model.Rect) bool {
	for _, b := range boxes {
		if !b.Intersect(box).Empty() {
			return true
		}
	}
	return false
}

// coverShape reports a path of one subpath. Of curves only the end points are known: paint may reach beyond the polygon
// through them.
func (in *interp) coverShape(s *subpath) {
	pts := in.path.points[s.from:s.to]
	if box, ok := uprightRectangle(pts); ok && !s.curved {
		in.paintArea(box, nil, in.state.fill)
		return
	}
	box := bounds(pts)
	if s.curved || len(pts) > mostOutline {
		in.veilShape(box)
	}
	if box.Area() >= leastArea && len(pts) >= 3 && len(pts) <= mostOutline {
		in.paintArea(box, append([]model.Point(nil), pts...), in.state.fill)
	}
}

func (in *interp) veilShape(box model.Rect) {
	if box.Area() >= leastArea {
		in.veil(box)
	}
}

// coverPicture reports a picture.
func (in *interp) coverPicture(im *image, m model.Matrix) {
	if im.width <= 0 || im.height <= 0 {
		return
	}
	c := model.Cover{Box: m.Box(model.Rect{X1: 1, Y1: 1}), Kind: model.CoverPicture}
	if m[1] != 0 || m[2] != 0 {
		c.Outline = []model.Point{m.Apply(0, 0), m.Apply(1, 0), m.Apply(1, 1), m.Apply(0, 1)}
	}
	switch {
	case im.mask || im.through || !knownFilter[im.filter] || in.state.shown(in.state.fill).Alpha < 255:
		c.Kind = model.CoverVeil
	case !im.softMask.IsNull() && (!in.textIn(c.Box) || !in.doc.solid(im)):
		c.Kind = model.CoverVeil
	}
	in.addCover(c)
}

// textIn reports whether text was shown in a box so far.
func (in *interp) textIn(box model.Rect) bool {
	const most = 1 << 24 // glyphs looked at for one page
	if in.looked += len(in.page.Glyphs); in.looked > most {
		return false
	}
	for i := range in.page.Glyphs {
		if box.Contains(in.page.Glyphs[i].Box.Center()) {
			return true
		}
	}
	return false
}

// solid reports whether a picture's soft mask is opaque everywhere: some programs write a soft mask for every picture.
func (d *Document) solid(im *image) bool {
	const opaque, enough = 250, 0.99
	if im.solid != nil {
		return *im.solid
	}
	yes := false
	im.solid = &yes
	v := im.softMask
	w, h := v.Key("Width").Int(), v.Key("Height").Int()
	if v.Kind() != cos.Stream || v.Key("BitsPerComponent").Int() != 8 || !v.Key("Matte").IsNull() || v.Key("Decode").Index(0).Float() > 0 {
		return false
	}
	data, err := v.Data()
	if err != nil || w < 1 || h < 1 || len(data) < w*h {
		return false
	}
	solid := 0
	for _, a := range data[:w*h] {
		if a >= opaque {
			solid++
		}
	}
	yes = float64(solid) >= enough*float64(w*h)
	return yes
}

// knownFilter are the filters of images that every viewer decodes.
var knownFilter = map[string]bool{
	"": true, "DCTDecode": true, "CCITTFaxDecode": true, "FlateDecode": true, "LZWDecode": true, "RunLengthDecode": true,
	"ASCIIHexDecode": true, "ASCII85Decode": true, "JPXDecode": true, "JBIG2Decode": true,
}

// coverStroke reports a straight stroke wide enough to be an area or one of the strokes that fill an area.
func (in *interp) coverStroke(r model.Rect, width float64) {
	if width < leastStroke {
		return
	}
	switch w, h := r.Width(), r.Height(); {
	case h <= straight && w > h:
		r.Y0, r.Y1 = r.Y0-width/2, r.Y1+width/2
	case w <= straight && h > w:
		r.X0, r.X1 = r.X0-width/2, r.X1+width/2
	default:
		in.veilShape(model.Rect{X0: r.X0 - width/2, Y0: r.Y0 - width/2, X1: r.X1 + width/2, Y1: r.Y1 + width/2})
		return
	}
	in.paintArea(r, nil, in.state.stroke)
}
