package font

import (
	"math"
	"sort"
	"strings"

	"github.com/countybudget/extract/extract/pdf/cos"
)

// initComposite sets up a Type0 font: how strings are split into codes, the CID of a code, its width, and the text of codes
// without ToUnicode.
func initComposite(f *Font, v, child cos.Object) {
	info := child.Key("CIDSystemInfo")
	ordering := info.Key("Ordering").Str()
	enc := v.Key("Encoding")
	cs := charsetOf(enc, ordering)
	if f.toUni == nil || cs.err != errUnknownName {
		f.damaged(f.Model.Name, "encoding", cs.err)
	}
	if w := child.Key("W"); w.Kind() == cos.Lost {
		f.damaged(f.Model.Name, "table of widths", errNotInFile)
	}
	f.coding, f.Vertical = cs.coding, cs.vertical
	collection := collectionOf(ordering)
	if collection == nil && cs.collection != nil {
		collection = cs.collection
	}
	var file *glyphNames
	if f.toUni == nil && collection == nil {
		file = fontFile(child)
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
	w := newWidths(child)
	f.measure = func(g *Glyph, code uint32, n int) {
		cid := cs.cid(code, n)
		g.Width = w.of(cid)
		if f.Vertical {
			g.AdvanceY, g.OriginX, g.OriginY = w.vertical(cid, g.Width)
		}
	}
}

// charset is the /Encoding of a Type0 font.
type charset struct {
	coding     coding
	vertical   bool
	unicode    func(code uint32, n int) string // nil if codes cannot be decoded without the CID
	cid        func(code uint32, n int) int
	collection *collection
	err        error // why it could not be read completely
}

func identityCID(code uint32, _ int) int { return int(code) }

func charsetOf(enc cos.Object, ordering string) charset {
	cs := charset{coding: twoBytes, cid: identityCID}
	if enc.Kind() == cos.Stream {
		data, err := enc.Data()
		cs.err = err
		m := parseCMap(data, enc, 0)
		cs.coding, cs.cid = m.coding(), m.cid
		cs.vertical = m.vertical || enc.Key("WMode").Int() == 1
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

func newWidths(child cos.Object) *widths {
	w := &widths{def: 1, defY: 0.88, defNext: -1}
	if dw := child.Key("DW"); dw.Kind() == cos.Integer || dw.Kind() == cos.Real {
		w.def = dw.Float() / 1000
	}
	if dw2 := child.Key("DW2"); dw2.Len() == 2 {
		w.defY, w.defNext = dw2.Index(0).Float()/1000, dw2.Index(1).Float()/1000
	}
	w.ranges = readWidthRanges(child.Key("W"), 1)
	w.tall = readWidthRanges(child.Key("W2"), 3)
	return w
}

// readWidthRanges reads /W and /W2: "first [w …]" or "first last w".
func readWidthRanges(v cos.Object, per int) []widthRange {
	var out []widthRange
	for i := 0; i+1 < v.Len() && len(out) < maxWidthRanges; {
		r := widthRange{first: v.Index(i).Int()}
		if list := v.Index(i + 1); list.Kind() == cos.Array {
			r.each = make([]float64, list.Len())
			for j := range r.each {
				r.each[j] = list.Index(j).Float() / 1000
			}
			r.last = r.first + list.Len()/per - 1
			i += 2
		} else {
			r.last = list.Int()
			for j := 0; j < per && i+2+j < v.Len(); j++ {
				r.same[j] = v.Index(i+2+j).Float() / 1000
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

// find returns the range of a CID. Ranges may overlap, so a few that start before it are tried.
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

// saneWidth bounds a width, so that a wrong one does not move the rest of the line off the page.
func saneWidth(w float64) float64 {
	if math.IsNaN(w) || math.Abs(w) > 20 {
		return 1
	}
	return w
}
