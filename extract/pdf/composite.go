package pdf

import (
	"math"
	"sort"
	"strings"

	lib "github.com/ledongthuc/pdf"
)

// initComposite sets a Type0 font up: how strings are cut into codes, which character (CID) a code selects, how wide that
// is, and which text it stands for where there is no ToUnicode.
func (d *Document) initComposite(f *font, v, child lib.Value) {
	info := child.Key("CIDSystemInfo")
	ordering := info.Key("Ordering").RawString()
	enc := v.Key("Encoding")
	cs := d.charset(enc, ordering)
	if f.toUni == nil || cs.err != errUnknownName {
		f.damaged(f.model.Name, "encoding", cs.err)
	}
	f.damaged(f.model.Name, "table of widths", d.lostBulk(child, "W"))
	f.coding, f.vertical = cs.coding, cs.vertical
	collection := collectionOf(ordering)
	if collection == nil && cs.collection != nil {
		collection = cs.collection
	}
	var file *glyphNames
	if f.toUni == nil && collection == nil {
		file = d.fontFile(child)
	}
	f.decode = func(code uint32, n int) string {
		if cs.unicode != nil {
			if t := cs.unicode(code, n); t != "" {
				return t
			}
		}
		cid := cs.cid(code, n)
		if collection != nil {
			return collection.text(cid)
		}
		return file.text(cid) // nil-safe
	}
	w := d.newWidths(child)
	f.measure = func(g *glyph, code uint32, n int) {
		cid := cs.cid(code, n)
		g.width = w.of(cid)
		if f.vertical {
			g.advanceY, g.originX, g.originY = w.vertical(cid, g.width)
		}
	}
}

// charset is what the /Encoding of a Type0 font says.
type charset struct {
	coding     coding
	vertical   bool
	unicode    func(code uint32, n int) string // nil where codes are no text by themselves
	cid        func(code uint32, n int) int
	collection *collection
	err        error // why it could not be read whole
}

func identityCID(code uint32, _ int) int { return int(code) }

func (d *Document) charset(enc lib.Value, ordering string) charset {
	cs := charset{coding: twoBytes, cid: identityCID}
	if enc.Kind() == lib.Stream {
		data, err := d.data(enc)
		cs.err = err
		m := d.parseCMap(data, enc, 0)
		cs.coding, cs.cid = m.coding(), m.cid
		cs.vertical = m.vertical || enc.Key("WMode").Int64() == 1
		if m.base != nil {
			cs.unicode = m.base.unicode
		}
		return cs
	}
	name := enc.Name()
	if p := predefined(name); p != nil {
		return *p
	}
	cs.vertical = strings.HasSuffix(name, "-V")
	if name != "" && !strings.HasPrefix(name, "Identity") {
		cs.err = errUnknownName
	}
	return cs
}

// widths are the advances of a CID font, in em, by ranges.
type widths struct {
	ranges  []widthRange
	def     float64
	tall    []widthRange // W2: three values for each CID
	defY    float64      // DW2: the vertical origin
	defNext float64      // and the displacement
}

type widthRange struct {
	first, last int
	each        []float64 // one for each CID (three in W2)
	same        [3]float64
}

const maxWidthRanges = 1 << 16

func (d *Document) newWidths(child lib.Value) *widths {
	w := &widths{def: 1, defY: 0.88, defNext: -1}
	if dw := child.Key("DW"); dw.Kind() == lib.Integer || dw.Kind() == lib.Real {
		w.def = dw.Float64() / 1000
	}
	if dw2 := child.Key("DW2"); dw2.Len() == 2 {
		w.defY, w.defNext = dw2.Index(0).Float64()/1000, dw2.Index(1).Float64()/1000
	}
	w.ranges = readWidthRanges(d.bulk(child, "W").items, 1)
	w.tall = readWidthRanges(d.bulk(child, "W2").items, 3)
	return w
}

// readWidthRanges reads /W and /W2: "first [w …]" or "first last w".
func readWidthRanges(v []object, per int) []widthRange {
	var out []widthRange
	for i := 0; i+1 < len(v) && len(out) < maxWidthRanges; {
		r := widthRange{first: v[i].int()}
		if list := v[i+1]; list.kind == kArray {
			r.each = make([]float64, len(list.items))
			for j := range list.items {
				r.each[j] = list.items[j].num / 1000
			}
			r.last = r.first + len(list.items)/per - 1
			i += 2
		} else {
			r.last = list.int()
			for j := 0; j < per && i+2+j < len(v); j++ {
				r.same[j] = v[i+2+j].num / 1000
			}
			i += 2 + per
		}
		if r.last >= r.first {
			out = append(out, r)
		}
	}
	sort.SliceStable(out, func(a, b int) bool { return out[a].first < out[b].first })
	return out
}

// find returns the range that a CID is in; ranges may overlap, so a few that start before it are looked at.
func find(ranges []widthRange, cid int) *widthRange {
	i := sort.Search(len(ranges), func(i int) bool { return ranges[i].first > cid })
	for stop := max(0, i-64); i > stop; i-- {
		if r := &ranges[i-1]; cid <= r.last {
			return r
		}
	}
	return nil
}

func (w *widths) of(cid int) float64 {
	r := find(w.ranges, cid)
	switch {
	case r == nil:
		return w.def
	case r.each != nil:
		return saneWidth(r.each[cid-r.first])
	}
	return saneWidth(r.same[0])
}

func (w *widths) vertical(cid int, width float64) (next, x, y float64) {
	r := find(w.tall, cid)
	switch {
	case r == nil:
		return w.defNext, width / 2, w.defY
	case r.each != nil:
		e := r.each[3*(cid-r.first):]
		return e[0], e[1], e[2]
	}
	return r.same[0], r.same[1], r.same[2]
}

// saneWidth keeps a wild value from throwing the rest of the line off the page.
func saneWidth(w float64) float64 {
	if math.IsNaN(w) || math.Abs(w) > 20 {
		return 1
	}
	return w
}
