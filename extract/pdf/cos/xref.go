package cos

import "bytes"

// The cross-reference table is not used for reading (see scan). It is compared with the objects found, because a wrong table
// shows that the file was damaged.

// xrefSound reports whether the last cross-reference section agrees with the objects found.
func (s *scan) xrefSound(data []byte) bool {
	at := bytes.LastIndex(data, []byte("startxref"))
	if at < 0 {
		return false
	}
	l := &Lexer{data: data, pos: at + len("startxref")}
	o, _ := l.Next()
	// Bytes before the header shift all offsets.
	shift := max(0, bytes.Index(data[:min(len(data), 1024)], []byte("%PDF-")))
	pos := o.Int()
	if o.kind != Integer || pos < 0 || pos+shift >= len(data) {
		return false
	}
	for _, sh := range []int{0, shift} {
		p := skipBlank(data, pos+sh)
		if bytes.HasPrefix(data[p:], []byte("xref")) {
			return s.tableSound(data, p+len("xref"), sh)
		}
		if s.streamAt(p) {
			return true
		}
	}
	return false
}

// streamAt reports whether a cross-reference stream starts at an offset.
func (s *scan) streamAt(pos int) bool {
	for i := range s.objects {
		o := &s.objects[i]
		if o.isStream && o.pos == pos && o.dictName("Type") == "XRef" {
			return true
		}
	}
	return false
}

// tableSound reports whether each entry of a table that is in use points to its object.
func (s *scan) tableSound(data []byte, pos, shift int) bool {
	at := make(map[int]int, len(s.objects)) // offset → number
	for i := range s.objects {
		at[s.objects[i].pos] = s.objects[i].num
	}
	l := &Lexer{data: data, pos: pos}
	for {
		first, _ := l.Next()
		if first.kind != Integer {
			return first.kind == Keyword && string(first.bytes) == "trailer"
		}
		count, _ := l.Next()
		if count.kind != Integer {
			return false
		}
		for num := first.Int(); num < first.Int()+count.Int(); num++ {
			off, _ := l.Next()
			gen, _ := l.Next()
			use, _ := l.Next()
			if off.kind != Integer || gen.kind != Integer || use.kind != Keyword {
				return false
			}
			if string(use.bytes) == "n" && off.num > 0 && at[skipBlank(data, min(off.Int()+shift, len(data)))] != num {
				return false
			}
		}
	}
}
