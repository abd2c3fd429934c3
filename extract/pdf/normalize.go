package pdf

import (
	"bytes"
	"fmt"
	"math"
	"strconv"

	lib "github.com/ledongthuc/pdf"
)

// The object layer cannot be trusted with a file as it is found: it refuses harmless deviations, and cross-reference
// tables or object streams made with intent make it loop, overflow the stack or ask for any amount of memory, which no
// recover helps against. So it only ever sees a file that this package has written itself: one classic
// cross-reference table, plain objects numbered without gaps, strings decrypted and in hexadecimal. The bytes of streams
// stay outside, in a table by object number, for the filters of this package.

// Keys that the normalized file carries besides the original ones.
const (
	idKey    = "ExtractObjectNumber" // in every indirect dictionary and stream: its number, the identity for caches
	refsKey  = "ExtractReferences"   // in every dictionary of nothing but references: their numbers, to ask a cache first
	pagesKey = "ExtractPages"        // in the trailer: all page objects, for when the page tree is lost
)

// rawStream is a stream's bytes, decrypted when they are first asked for.
type rawStream struct {
	data      []byte
	num, gen  int
	decrypted bool
}

// normalizer gives the objects of a scan new numbers and writes them out.
type normalizer struct {
	opt         Options
	scan        *scan
	crypt       *decrypter
	objects     []rawObject // the newest of each number
	packed      []bool      // by index: from an object stream, so not encrypted by itself
	index       map[int]int // original number → index in objects; the new number is one more
	out         []byte
	offsets     []int
	tooDeep     bool
	unpacked    int64 // bytes inflated from object streams so far
	attachments []attachment
	noisy       bool // an object that is needed holds what is no PDF syntax
	badPacked   bool // an object stream was too large
	damaged     bool // an object stream did not decode whole
}

// normalize returns a reader of the normalized file, the streams by new number and the original numbers by new number.
func normalize(s *scan, opt Options) (*normalizer, *lib.Reader, error) {
	n := &normalizer{
		opt: opt, scan: s, tooDeep: s.tooDeep,
		index: make(map[int]int, len(s.objects)), objects: make([]rawObject, 0, len(s.objects)),
	}
	if err := n.setupCrypt(); err != nil {
		return nil, nil, err
	}
	for i := range s.objects {
		o := &s.objects[i]
		n.put(*o, false)
		if o.isStream && o.dictName("Type") == "ObjStm" {
			n.unpack(o)
		}
	}
	n.attachments = n.findAttachments()
	n.prune()
	n.write()
	r, err := lib.NewReader(bytes.NewReader(n.out), int64(len(n.out)))
	if err != nil {
		return nil, nil, fmt.Errorf("reading the repaired file: %w", err)
	}
	return n, r, nil
}

// unread are keys below which nothing is that this package reads, but often most of a file's objects.
var unread = map[string]bool{
	"StructTreeRoot": true, "Names": true, "Outlines": true, "Dests": true, "Threads": true,
	"PieceInfo": true, "Metadata": true, "Thumb": true,
	"Fields": true, "CO": true, // of the form: its fields are found by their places on pages
}

// bulky are keys of fonts with arrays of thousands of numbers, which the object layer is slow to read: see bulk.
var bulky = map[string]bool{"W": true, "W2": true}

// prune keeps the objects that can be reached from the catalog, the information dictionary and the pages.
func (n *normalizer) prune() {
	keep := make([]bool, len(n.objects))
	var todo []int
	for _, key := range []string{"Root", "Info"} {
		if i, ok := n.trailerRef(key); ok {
			todo = append(todo, i)
		}
	}
	for i := range n.objects {
		if n.objects[i].dictName("Type") == "Page" {
			todo = append(todo, i)
		}
	}
	for len(todo) > 0 {
		i := todo[len(todo)-1]
		todo = todo[:len(todo)-1]
		if !keep[i] {
			keep[i] = true
			todo = n.references(&n.objects[i].obj, todo)
		}
	}
	objects, packed := n.objects, n.packed
	n.objects, n.packed, n.index = nil, nil, map[int]int{}
	for i := range objects {
		if keep[i] {
			n.noisy = n.noisy || objects[i].noisy
			n.put(objects[i], packed[i])
		}
	}
}

// references adds the objects that an object names to a list.
func (n *normalizer) references(o *object, list []int) []int {
	switch o.kind {
	case kRef:
		if i, ok := n.index[int(o.num)]; ok {
			list = append(list, i)
		}
	case kArray:
		for j := range o.items {
			list = n.references(&o.items[j], list)
		}
	case kDict:
		for j := 0; j+1 < len(o.items); j += 2 {
			if !unread[string(o.items[j].bytes)] {
				list = n.references(&o.items[j+1], list)
			}
		}
	}
	return list
}

// put adds an object in place of an older one of its number. One that is null, or could not be read, is none: who names it
// names an object that is lost.
func (n *normalizer) put(o rawObject, packed bool) {
	if o.obj.kind == kNull && !o.isStream {
		if i, ok := n.index[o.num]; ok {
			delete(n.index, o.num)
			n.objects[i].obj, n.objects[i].isStream = object{}, false
		}
		return
	}
	if i, ok := n.index[o.num]; ok {
		n.objects[i], n.packed[i] = o, packed
		return
	}
	n.index[o.num] = len(n.objects)
	n.objects = append(n.objects, o)
	n.packed = append(n.packed, packed)
}

// unpack adds the objects of an object stream. One inside another is not allowed and has no effect.
func (n *normalizer) unpack(o *rawObject) {
	data := o.stream
	if n.crypt != nil {
		data = n.crypt.stream(data, o.num, o.gen, &o.obj)
	}
	limit := n.opt.MaxStreamBytes
	data, err := decodeStream(data, filtersOf(&o.obj), limit)
	n.unpacked += int64(len(data))
	switch {
	case err == nil:
	case IsLimit(err):
		n.badPacked = true
	default:
		n.damaged = true
	}
	if n.unpacked > 4*limit {
		n.badPacked = true
		return
	}
	count, first := o.obj.get("N"), o.obj.get("First")
	l := &lexer{data: data, refs: true}
	head := &lexer{data: data}
	parsed := 0 // bytes; a hostile header lets all objects start at the same place
	for i := 0; i < count.int() && parsed <= 8*len(data); i++ {
		num, _ := head.next()
		off, _ := head.next()
		if num.kind != kInt || off.kind != kInt || num.int() <= 0 || off.int() < 0 {
			n.damaged = true
			return
		}
		at := first.int() + off.int()
		if at < 0 || at >= len(data) {
			n.damaged = true
			continue
		}
		*l = lexer{data: data, pos: at, refs: true, stack: l.stack[:0], arena: l.arena, text: l.text}
		inner := rawObject{num: num.int()}
		inner.obj, inner.err = l.next()
		inner.noisy = l.noise || oddKey(&inner.obj)
		parsed += l.pos - at
		if inner.err != nil {
			n.tooDeep = true
			inner.obj = object{}
		}
		n.put(inner, true)
	}
}

// write lays the normalized file out.
func (n *normalizer) write() {
	n.out = append(n.out, "%PDF-1.7\n"...)
	n.offsets = make([]int, len(n.objects))
	for i := range n.objects {
		o := &n.objects[i]
		n.offsets[i] = len(n.out)
		n.out = fmt.Appendf(n.out, "%d 0 obj\n", i+1)
		n.object(&o.obj, i, true)
		if o.isStream {
			n.out = append(n.out, "\nstream\n\nendstream"...)
		}
		n.out = append(n.out, "\nendobj\n"...)
	}
	start := len(n.out)
	n.out = fmt.Appendf(n.out, "xref\n0 %d\n0000000000 65535 f \n", len(n.objects)+1)
	for _, off := range n.offsets {
		at := strconv.Itoa(off)
		n.out = append(append(append(n.out, "0000000000"[len(at):]...), at...), " 00000 n \n"...)
	}
	n.trailer()
	// The library looks for %%EOF in the last 100 bytes of a file, and wants there to be as many.
	n.out = fmt.Appendf(n.out, "\n%%%s\nstartxref\n%d\n%%%%EOF\n", bytes.Repeat([]byte(" "), 60), start)
}

func (n *normalizer) trailer() {
	n.out = fmt.Appendf(n.out, "trailer\n<</Size %d", len(n.objects)+1)
	for _, key := range []string{"Root", "Info"} {
		if i, ok := n.trailerRef(key); ok {
			n.out = fmt.Appendf(n.out, " /%s %d 0 R", key, i+1)
		}
	}
	n.out = append(n.out, " /"+pagesKey+" ["...)
	for i := range n.objects {
		if n.objects[i].dictName("Type") == "Page" {
			n.out = fmt.Appendf(n.out, "%d 0 R ", i+1)
		}
	}
	n.out = append(n.out, "]>>"...)
}

// trailerRef finds what the newest trailer that is right says: /Root must be a catalog; failing that, any catalog is.
func (n *normalizer) trailerRef(key string) (int, bool) {
	for t := len(n.scan.trailers) - 1; t >= 0; t-- {
		ref := n.scan.trailers[t].get(key)
		i, ok := n.index[int(ref.num)]
		if ref.kind != kRef || !ok || n.objects[i].obj.kind != kDict {
			continue
		}
		if pages := n.objects[i].obj.get("Pages"); key != "Root" || pages.kind == kRef {
			return i, true
		}
	}
	if key != "Root" {
		return 0, false
	}
	for i := len(n.objects) - 1; i >= 0; i-- {
		if n.objects[i].dictName("Type") == "Catalog" {
			return i, true
		}
	}
	return 0, false
}

// object writes one object; top marks the indirect object itself, which gets its number.
func (n *normalizer) object(o *object, i int, top bool) {
	switch o.kind {
	case kBool:
		n.out = strconv.AppendBool(n.out, o.num != 0)
	case kInt, kReal:
		n.number(o)
	case kName:
		n.name(o.bytes)
	case kString:
		n.string(o.bytes, i)
	case kArray:
		n.out = append(n.out, '[')
		for j := range o.items {
			n.object(&o.items[j], i, false)
			n.out = append(n.out, ' ')
		}
		n.out = append(n.out, ']')
	case kDict:
		n.out = append(n.out, "<<"...)
		for j := 0; j+1 < len(o.items); j += 2 {
			key := o.items[j].bytes
			if unread[string(key)] || top && bulky[string(key)] && n.objects[i].dictName("Type") == "Font" {
				continue
			}
			n.name(key)
			n.out = append(n.out, ' ')
			n.object(&o.items[j+1], i, false)
		}
		n.referenceNumbers(o)
		if top {
			n.out = fmt.Appendf(n.out, "/%s %d", idKey, i+1)
		}
		n.out = append(n.out, ">>"...)
	case kRef:
		if k, ok := n.index[int(o.num)]; ok {
			n.out = strconv.AppendInt(n.out, int64(k+1), 10)
			n.out = append(n.out, " 0 R"...)
			return
		}
		n.name([]byte(lostName))
	default:
		n.out = append(n.out, "null"...)
	}
}

// referenceNumbers writes the numbers behind refsKey.
func (n *normalizer) referenceNumbers(o *object) {
	for j := 1; j < len(o.items); j += 2 {
		if o.items[j].kind != kRef {
			return
		}
	}
	n.out = append(n.out, "/"+refsKey+"<<"...)
	for j := 0; j+1 < len(o.items); j += 2 {
		if k, ok := n.index[int(o.items[j+1].num)]; ok {
			n.name(o.items[j].bytes)
			n.out = append(n.out, ' ')
			n.out = strconv.AppendInt(n.out, int64(k+1), 10)
		}
	}
	n.out = append(n.out, ">>"...)
}

func (n *normalizer) number(o *object) {
	if o.kind == kInt && math.Abs(o.num) < 1e15 {
		n.out = strconv.AppendInt(n.out, int64(o.num), 10)
		return
	}
	v := math.Max(-1e15, math.Min(1e15, o.num))
	n.out = strconv.AppendFloat(n.out, v, 'f', -1, 64)
}

func (n *normalizer) name(b []byte) {
	const digits = "0123456789ABCDEF"
	n.out = append(n.out, '/')
	for _, c := range b {
		if c == '#' || class[c] != classRegular || c < '!' || c > '~' {
			n.out = append(n.out, '#', digits[c>>4], digits[c&15])
			continue
		}
		n.out = append(n.out, c)
	}
}

func (n *normalizer) string(b []byte, i int) {
	if n.crypt != nil && !n.packed[i] {
		b = n.crypt.string(b, n.objects[i].num, n.objects[i].gen)
	}
	n.out = append(n.out, '<')
	n.out = fmt.Appendf(n.out, "%X", b)
	n.out = append(n.out, '>')
}

// streams returns the bytes of all streams by new number.
func (n *normalizer) streams() []rawStream {
	t := make([]rawStream, len(n.objects)+1)
	for i := range n.objects {
		if o := &n.objects[i]; o.isStream {
			t[i+1] = rawStream{data: o.stream, num: o.num, gen: o.gen}
		}
	}
	return t
}
