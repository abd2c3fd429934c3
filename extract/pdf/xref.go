package pdf

import "bytes"

// The cross-reference table is not used for reading (see scan). It is still compared with what was found, because a table
// that is wrong means a file that was damaged, and a reader of the results should know.

// xrefSound reports whether the last cross-reference section agrees with the objects found.
func (s *scan) xrefSound(data []byte) bool {
	at := bytes.LastIndex(data, []byte("startxref"))
	if at < 0 {
		return false
	}
	l := &lexer{data: data, pos: at + len("startxref")}
	o, _ := l.next()
	// Bytes in front of the header shift all offsets.
	shift := max(0, bytes.Index(data[:min(len(data), 1024)], []byte("%PDF-")))
	pos := o.int()
	if o.kind != kInt || pos < 0 || pos+shift >= len(data) {
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
	l := &lexer{data: data, pos: pos}
	for {
		first, _ := l.next()
		if first.kind != kInt {
			return first.kind == kKeyword && string(first.bytes) == "trailer"
		}
		count, _ := l.next()
		if count.kind != kInt {
			return false
		}
		for num := first.int(); num < first.int()+count.int(); num++ {
			off, _ := l.next()
			gen, _ := l.next()
			use, _ := l.next()
			if off.kind != kInt || gen.kind != kInt || use.kind != kKeyword {
				return false
			}
			if string(use.bytes) == "n" && off.num > 0 && at[skipBlank(data, min(off.int()+shift, len(data)))] != num {
				return false
			}
		}
	}
}
