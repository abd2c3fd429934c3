package font

import (
	"sort"
	"strings"
	"unicode/utf16"

	"github.com/countybudget/extract/extract/pdf/cos"
)

// cmap is a parsed CMap: an /Encoding (codes to CIDs) or a ToUnicode CMap (codes to text).
type cmap struct {
	spaces   []codeSpace
	cids     []codeRange
	chars    []codeRange
	base     *charset // the predefined CMap named by usecmap
	vertical bool
	sorted   bool
}

type codeSpace struct {
	low, high uint32
	n         int // bytes
}

// codeRange maps the codes low to high: to CIDs from cid on, to a text whose last UTF-16 unit counts up, or to the texts of
// list.
type codeRange struct {
	low, high uint32
	n         int
	cid       int
	text      []uint16
	list      [][]uint16
}

const (
	maxCMapEntries = 1 << 18
	maxCMapDepth   = 8
)

// parseCMap reads a CMap, including the one that it names with usecmap.
func parseCMap(data []byte, v cos.Object, depth int) *cmap {
	m := &cmap{}
	if depth < maxCMapDepth {
		switch use := v.Key("UseCMap"); use.Kind() {
		case cos.Name:
			m.use(use.Name())
		case cos.Stream:
			if base, err := use.Data(); err == nil {
				m = parseCMap(base, use, depth+1)
				m.sorted = false
			}
		}
	}
	m.parse(data)
	return m
}

func (m *cmap) use(name string) {
	m.vertical = m.vertical || strings.HasSuffix(name, "-V")
	if p := predefined(name); p != nil {
		m.base = p
	}
}

// parse reads the mapping operators of a CMap file; the PostScript around them is ignored.
func (m *cmap) parse(data []byte) {
	l := cos.NewLexer(data, nil)
	var args []cos.Object
	for {
		o, err := l.Next()
		if err != nil || o.Kind() == cos.EOF {
			break
		}
		if o.Kind() != cos.Keyword {
			if len(args) < 4*maxCMapEntries {
				args = append(args, o)
			}
			continue
		}
		m.operator(string(o.Bytes()), args)
		args = args[:0]
	}
	m.sort()
}

func (m *cmap) operator(op string, args []cos.Object) {
	switch op {
	case "usecmap":
		if n := len(args); n > 0 && args[n-1].Kind() == cos.Name {
			m.use(string(args[n-1].Bytes()))
		}
	case "def":
		if n := len(args); n >= 2 && args[n-2].IsName("WMode") {
			m.vertical = args[n-1].Int() == 1
		}
	case "endcodespacerange":
		for i := 0; i+1 < len(args); i += 2 {
			m.space(&args[i], &args[i+1])
		}
	case "endcidchar", "endbfchar":
		for i := 0; i+1 < len(args); i += 2 {
			m.add(&args[i], &args[i], &args[i+1], op == "endcidchar")
		}
	case "endcidrange", "endbfrange":
		for i := 0; i+2 < len(args); i += 3 {
			m.add(&args[i], &args[i+1], &args[i+2], op == "endcidrange")
		}
	}
}

func codeOf(o *cos.Object) (v uint32, n int) {
	if o.Kind() != cos.String || len(o.Bytes()) > 4 {
		return 0, 0
	}
	for _, c := range o.Bytes() {
		v = v<<8 | uint32(c)
	}
	return v, len(o.Bytes())
}

func (m *cmap) space(low, high *cos.Object) {
	a, n := codeOf(low)
	b, k := codeOf(high)
	if n > 0 && n == k && len(m.spaces) < 1024 {
		m.spaces = append(m.spaces, codeSpace{a, b, n})
	}
}

func (m *cmap) add(low, high, to *cos.Object, cid bool) {
	a, n := codeOf(low)
	b, k := codeOf(high)
	if n == 0 || k == 0 || b < a || len(m.cids)+len(m.chars) > maxCMapEntries {
		return
	}
	r := codeRange{low: a, high: b, n: n}
	if cid {
		if to.Kind() == cos.Integer {
			r.cid = to.Int()
			m.cids = append(m.cids, r)
		}
		return
	}
	switch to.Kind() {
	case cos.String:
		r.text = units(to.Bytes())
	case cos.Array:
		for _, item := range to.Items() {
			r.list = append(r.list, units(item.Bytes()))
		}
	case cos.Integer: // some programs write the code point as a number
		r.text = []uint16{uint16(to.Int())}
	}
	m.chars = append(m.chars, r)
}

// units splits big-endian UTF-16 into units; a single byte is a unit.
func units(b []byte) []uint16 {
	if len(b) == 1 {
		return []uint16{uint16(b[0])}
	}
	u := make([]uint16, 0, len(b)/2)
	for i := 0; i+1 < len(b) && len(u) < 64; i += 2 {
		u = append(u, uint16(b[i])<<8|uint16(b[i+1]))
	}
	return u
}

func (m *cmap) sort() {
	if m.sorted {
		return
	}
	m.sorted = true
	for _, list := range [][]codeRange{m.cids, m.chars} {
		sort.SliceStable(list, func(i, j int) bool { return list[i].low < list[j].low })
	}
	m.mendRuns()
}

// lookup finds the range of a code; of several, the one defined last among those with the greatest start.
func lookup(list []codeRange, code uint32, n int) *codeRange {
	i := sort.Search(len(list), func(i int) bool { return list[i].low > code })
	for tries := 0; i > 0 && tries < 64; tries++ {
		i--
		if r := &list[i]; code <= r.high && (n == 0 || r.n == n) {
			return r
		}
	}
	return nil
}

// text is the text of a code by a ToUnicode CMap. Ranges of n bytes are preferred, others are used too: programs write
// <0041> for one-byte fonts.
func (m *cmap) text(code uint32, n int) (string, bool) {
	r := lookup(m.chars, code, n)
	if r == nil {
		r = lookup(m.chars, code, 0)
	}
	if r == nil {
		return "", false
	}
	k := int(code - r.low)
	if r.list != nil {
		if k >= len(r.list) {
			return "", false
		}
		return decodeUnits(r.list[k]), true
	}
	if len(r.text) == 0 {
		return "", true
	}
	if k == 0 {
		return decodeUnits(r.text), true
	}
	runes := utf16.Decode(r.text)
	runes[len(runes)-1] += rune(k)
	return string(runes), true
}

func decodeUnits(u []uint16) string { return string(utf16.Decode(u)) }

// cid is the CID of a code.
func (m *cmap) cid(code uint32, n int) int {
	if r := lookup(m.cids, code, n); r != nil {
		return r.cid + int(code-r.low)
	}
	if m.base != nil {
		return m.base.cid(code, n)
	}
	if len(m.cids) == 0 {
		return int(code)
	}
	return 0
}

// coding splits strings by the code space ranges.
func (m *cmap) coding() coding {
	if len(m.spaces) == 0 {
		if m.base != nil {
			return m.base.coding
		}
		return twoBytes
	}
	return func(s []byte) (uint32, int) {
		var v uint32
		for n := 1; n <= 4 && n <= len(s); n++ {
			v = v<<8 | uint32(s[n-1])
			for _, sp := range m.spaces {
				if sp.n == n && sp.holds(v) {
					return v, n
				}
			}
		}
		if m.base != nil {
			return m.base.coding(s)
		}
		shortest := 4
		for _, sp := range m.spaces {
			shortest = min(shortest, sp.n)
		}
		return fixed(s, shortest)
	}
}

func fixed(s []byte, n int) (v uint32, k int) {
	k = min(n, len(s))
	for _, c := range s[:k] {
		v = v<<8 | uint32(c)
	}
	return v, k
}

// holds compares byte by byte, as code space ranges are rectangles.
func (c codeSpace) holds(v uint32) bool {
	for i := 0; i < c.n; i++ {
		shift := 8 * i
		b := v >> shift & 0xff
		if b < c.low>>shift&0xff || b > c.high>>shift&0xff {
			return false
		}
	}
	return true
}
