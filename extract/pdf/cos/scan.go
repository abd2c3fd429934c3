package cos

import (
	"bytes"
)

// rawObject is an indirect object as found in the file.
type rawObject struct {
	num, gen int
	pos      int // offset of its object number
	obj      Object
	isStream bool
	stream   []byte // still encrypted and filtered
	start    int    // of the stream's bytes in the file
	err      error  // errNesting: the object cannot be read
	noisy    bool   // has a syntax error: the object is damaged
}

// scan is everything found by going through a file once without its cross-reference table, which is the part most often
// damaged, and the part that can make a reader loop or ask for any amount of memory.
type scan struct {
	objects   []rawObject // in the order of the file
	trailers  []Object    // dictionaries after "trailer", and those of cross-reference streams, in the order of the file
	truncated bool        // the last object ends with the file
	tooDeep   bool
	noEnd     bool // no "endstream" follows: searching again for every object would take quadratic time
}

// scanFile finds all objects. Where two have the same number, the later one is the newer (incremental updates append).
func scanFile(data []byte) *scan {
	s := &scan{}
	l := &Lexer{data: data, refs: true}
	pos := 0
	nextTrailer := findFrom(data, 0, "trailer")
	for {
		i := bytes.Index(data[pos:], []byte("obj"))
		at := pos + i
		if i < 0 {
			at = len(data)
		}
		for nextTrailer < at {
			s.trailer(l, nextTrailer)
			nextTrailer = findFrom(data, nextTrailer+len("trailer"), "trailer")
		}
		if i < 0 {
			return s
		}
		pos = at + len("obj")
		o, ok := headerBefore(data, at)
		if !ok {
			continue
		}
		pos = s.body(l, &o, pos)
		if o.isStream && o.dictName("Type") == "XRef" {
			s.trailers = append(s.trailers, o.obj)
		}
		s.objects = append(s.objects, o)
		for nextTrailer < pos { // "trailer" inside a stream
			nextTrailer = findFrom(data, pos, "trailer")
		}
	}
}

func findFrom(data []byte, pos int, word string) int {
	if i := bytes.Index(data[pos:], []byte(word)); i >= 0 {
		return pos + i
	}
	return len(data) + 1
}

func (s *scan) trailer(l *Lexer, at int) {
	*l = Lexer{data: l.data, pos: at + len("trailer"), refs: true, stack: l.stack[:0], arena: l.arena, text: l.text}
	if o, err := l.Next(); err == nil && o.kind == Dict {
		s.trailers = append(s.trailers, o)
	}
}

func (o *rawObject) dictName(key string) string {
	v := o.obj.get(key)
	if v.kind != Name {
		return ""
	}
	return string(v.bytes)
}

// headerBefore reads the object and generation number before an "obj".
func headerBefore(data []byte, at int) (o rawObject, ok bool) {
	gen, p, ok := intBefore(data, at, true)
	if !ok {
		return o, false
	}
	num, p, ok := intBefore(data, p, false)
	return rawObject{num: num, gen: gen, pos: p}, ok && num > 0
}

// intBefore reads the integer that ends before p, with or without white space after it.
func intBefore(data []byte, p int, bare bool) (v, start int, ok bool) {
	end := p
	for end > 0 && class[data[end-1]] == classSpace {
		end--
	}
	if end == p && !bare {
		return 0, 0, false
	}
	start = end
	for start > 0 && end-start < 10 && data[start-1] >= '0' && data[start-1] <= '9' {
		start--
	}
	for _, c := range data[start:end] {
		v = v*10 + int(c-'0')
	}
	return v, start, start < end && v < 1<<31
}

// body parses what follows "obj" and returns the offset at which the scan goes on.
func (s *scan) body(l *Lexer, o *rawObject, pos int) int {
	*l = Lexer{data: l.data, pos: pos, refs: true, stack: l.stack[:0], arena: l.arena, text: l.text}
	obj, err := l.Next()
	if err != nil {
		o.err = err
		s.tooDeep = true
		return l.pos
	}
	if obj.kind == Keyword || obj.kind == Closer || obj.kind == EOF {
		obj = Object{} // an empty object
	}
	o.obj = obj
	o.noisy = l.noise || l.cut || obj.kind == Null && !isNullWord(l.data, pos) || oddKey(&obj)
	end := l.pos
	if obj.kind != Dict {
		return end
	}
	l.skipSpace()
	if !bytes.HasPrefix(l.data[l.pos:], []byte("stream")) {
		if l.pos >= len(l.data) {
			s.truncated = true
		}
		return end
	}
	o.isStream = true
	o.start = afterEOL(l.data, l.pos+len("stream"))
	length := o.obj.get("Length")
	if length.kind == Integer && endsStream(l.data, o.start, length.Int()) {
		o.stream = l.data[o.start : o.start+length.Int()]
		return o.start + length.Int()
	}
	stop := -1
	if !s.noEnd {
		stop = bytes.Index(l.data[o.start:], []byte("endstream"))
	}
	if stop < 0 {
		s.truncated, s.noEnd = true, true
		stop = len(l.data) - o.start
		if i := bytes.Index(l.data[o.start:], []byte("endobj")); i >= 0 {
			stop, s.truncated = i, false
		}
	}
	o.stream = trimEOL(l.data[o.start : o.start+stop])
	return o.start + stop
}

// isNullWord reports whether an object is null or empty, as some programs write unused objects.
func isNullWord(data []byte, pos int) bool {
	p := skipBlank(data, pos)
	return bytes.HasPrefix(data[p:], []byte("null")) || bytes.HasPrefix(data[p:], []byte("endobj"))
}

// oddKey reports whether a key of a dictionary has bytes that programs do not write in keys.
func oddKey(o *Object) bool {
	if o.kind != Dict {
		return false
	}
	for i := 0; i+1 < len(o.items); i += 2 {
		for _, c := range o.items[i].bytes {
			if c <= ' ' || c >= 0x7f {
				return true
			}
		}
	}
	return false
}

// afterEOL skips the end-of-line marker after "stream".
func afterEOL(data []byte, p int) int {
	for p < len(data) && data[p] == ' ' {
		p++
	}
	if p < len(data) && data[p] == '\r' {
		p++
	}
	if p < len(data) && data[p] == '\n' {
		p++
	}
	return p
}

func trimEOL(b []byte) []byte {
	b = bytes.TrimSuffix(b, []byte("\n"))
	return bytes.TrimSuffix(b, []byte("\r"))
}

// endsStream reports whether "endstream" follows n bytes after start.
func endsStream(data []byte, start, n int) bool {
	if n < 0 || start+n > len(data) {
		return false
	}
	p := skipBlank(data, start+n)
	return p-(start+n) < 8 && bytes.HasPrefix(data[p:], []byte("endstream"))
}

// settleLengths sets the end of streams whose /Length is an indirect object, once all objects are known.
func (s *scan) settleLengths(data []byte) {
	ints := map[int]int{}
	for i := range s.objects {
		if o := &s.objects[i]; o.obj.kind == Integer {
			ints[o.num] = o.obj.Int()
		}
	}
	for i := range s.objects {
		o := &s.objects[i]
		ref := o.obj.get("Length")
		if !o.isStream || ref.kind != Ref {
			continue
		}
		if n, ok := ints[int(ref.num)]; ok && endsStream(data, o.start, n) {
			o.stream = data[o.start : o.start+n]
		}
	}
}
