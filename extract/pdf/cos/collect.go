package cos

// collector gathers the objects of a file: the newest of each number, including those in object streams, as far as they can
// be reached from the catalog, the information dictionary and the page objects.
type collector struct {
	limit    int64 // bytes of one decoded stream
	scan     *scan
	crypt    *decrypter  // nil for a file that is not encrypted
	objects  []rawObject // the newest of each number
	packed   []bool      // by index: from an object stream, so its strings are not encrypted
	index    map[int]int // number in the file → index in objects
	unpacked int64       // bytes decoded from object streams so far
	embedded []EmbeddedFile
	damage   Damage
}

// Damage says what is wrong with a file. Faults of objects that nothing refers to are left out.
type Damage struct {
	Truncated     bool // the last object ends with the file
	NoXref        bool // no startxref near the end of the file
	NoTrailer     bool // there is no trailer
	Xref          bool // the cross-reference table does not agree with the objects that the file has
	TooDeep       bool // an object that nests beyond MaxNesting was left out
	Syntax        bool // a syntax error in an object: parts of it may be missing or wrong
	PackedTooLong bool // an object stream was too large: objects in it are missing
	Packed        bool // an object stream is damaged: objects in it are missing or may be wrong
}

// collect gathers the objects of a scan.
func collect(s *scan, limit int64) (*collector, error) {
	c := &collector{
		limit: limit, scan: s, damage: Damage{Truncated: s.truncated, NoTrailer: len(s.trailers) == 0, TooDeep: s.tooDeep},
		index: make(map[int]int, len(s.objects)), objects: make([]rawObject, 0, len(s.objects)),
	}
	if err := c.setupCrypt(); err != nil {
		return nil, err
	}
	for i := range s.objects {
		o := &s.objects[i]
		c.put(*o, false)
		if o.isStream && o.dictName("Type") == "ObjStm" {
			c.unpack(o)
		}
	}
	c.embedded = c.embeddedFiles()
	c.prune()
	return c, nil
}

// unread are keys whose values this package never reads, but that often refer to most of a file's objects.
var unread = map[string]bool{
	"StructTreeRoot": true, "Names": true, "Outlines": true, "Dests": true, "Threads": true,
	"PieceInfo": true, "Metadata": true, "Thumb": true,
	"Fields": true, "CO": true, // of the interactive form: fields are found by their widget annotations on pages
}

// prune keeps the objects that can be reached from the catalog, the information dictionary and the pages.
func (c *collector) prune() {
	keep := make([]bool, len(c.objects))
	var todo []int
	for _, key := range []string{"Root", "Info"} {
		if i, ok := c.trailerRef(key); ok {
			todo = append(todo, i)
		}
	}
	for i := range c.objects {
		if c.objects[i].dictName("Type") == "Page" {
			todo = append(todo, i)
		}
	}
	for len(todo) > 0 {
		i := todo[len(todo)-1]
		todo = todo[:len(todo)-1]
		if !keep[i] {
			keep[i] = true
			todo = c.references(&c.objects[i].obj, todo)
		}
	}
	objects, packed := c.objects, c.packed
	c.objects, c.packed, c.index = nil, nil, map[int]int{}
	for i := range objects {
		if keep[i] {
			c.damage.Syntax = c.damage.Syntax || objects[i].noisy
			c.put(objects[i], packed[i])
		}
	}
}

// references appends the object numbers that an object refers to.
func (c *collector) references(o *Object, list []int) []int {
	switch o.kind {
	case Ref:
		if i, ok := c.index[int(o.num)]; ok {
			list = append(list, i)
		}
	case Array:
		for j := range o.items {
			list = c.references(&o.items[j], list)
		}
	case Dict:
		for j := 0; j+1 < len(o.items); j += 2 {
			if !unread[string(o.items[j].bytes)] {
				list = c.references(&o.items[j+1], list)
			}
		}
	}
	return list
}

// trailerRef finds an entry of the newest valid trailer. /Root must be a catalog; if none is, any catalog of the file
// serves.
func (c *collector) trailerRef(key string) (int, bool) {
	for t := len(c.scan.trailers) - 1; t >= 0; t-- {
		ref := c.scan.trailers[t].get(key)
		i, ok := c.index[int(ref.num)]
		if ref.kind != Ref || !ok || c.objects[i].obj.kind != Dict {
			continue
		}
		if pages := c.objects[i].obj.get("Pages"); key != "Root" || pages.kind == Ref {
			return i, true
		}
	}
	if key != "Root" {
		return 0, false
	}
	for i := len(c.objects) - 1; i >= 0; i-- {
		if c.objects[i].dictName("Type") == "Catalog" {
			return i, true
		}
	}
	return 0, false
}

// put adds an object, which replaces an older one of its number. A null object, or one that cannot be read, removes the
// older one: references to it are then to a missing object.
func (c *collector) put(o rawObject, packed bool) {
	if o.obj.kind == Null && !o.isStream {
		if i, ok := c.index[o.num]; ok {
			delete(c.index, o.num)
			c.objects[i].obj, c.objects[i].isStream = Object{}, false
		}
		return
	}
	if i, ok := c.index[o.num]; ok {
		c.objects[i], c.packed[i] = o, packed
		return
	}
	c.index[o.num] = len(c.objects)
	c.objects = append(c.objects, o)
	c.packed = append(c.packed, packed)
}

// unpack adds the objects of an object stream. An object stream inside another is not allowed and is ignored.
func (c *collector) unpack(o *rawObject) {
	data := o.stream
	if c.crypt != nil {
		data = c.crypt.stream(data, o.num, o.gen, o.obj)
	}
	limit := c.limit
	data, err := decodeStream(data, filtersOf(o.obj), limit)
	c.unpacked += int64(len(data))
	switch {
	case err == nil:
	case IsLimit(err):
		c.damage.PackedTooLong = true
	default:
		c.damage.Packed = true
	}
	if c.unpacked > 4*limit {
		c.damage.PackedTooLong = true
		return
	}
	count, first := o.obj.get("N"), o.obj.get("First")
	l := &Lexer{data: data, refs: true}
	head := &Lexer{data: data}
	parsed := 0 // bytes; in a hostile header all objects may have the same offset
	for i := 0; i < count.Int() && parsed <= 8*len(data); i++ {
		num, _ := head.Next()
		off, _ := head.Next()
		if num.kind != Integer || off.kind != Integer || num.Int() <= 0 || off.Int() < 0 {
			c.damage.Packed = true
			return
		}
		at := first.Int() + off.Int()
		if at < 0 || at >= len(data) {
			c.damage.Packed = true
			continue
		}
		*l = Lexer{data: data, pos: at, refs: true, stack: l.stack[:0], arena: l.arena, text: l.text}
		inner := rawObject{num: num.Int()}
		inner.obj, inner.err = l.Next()
		inner.noisy = l.noise || oddKey(&inner.obj)
		parsed += l.pos - at
		if inner.err != nil {
			c.damage.TooDeep = true
			inner.obj = Object{}
		}
		c.put(inner, true)
	}
}
