package font

// cffEncoding is the glyph name of each code in a Compact Font Format program (Adobe Technical Note 5176) that has an
// encoding of its own; nil when it has a predefined one or cannot be read.
func cffEncoding(data be) map[int]string {
	if len(data) < 4 {
		return nil
	}
	_, at, ok := data.index(int(data[2])) // names of the fonts
	if !ok {
		return nil
	}
	tops, at, ok := data.index(at)
	if !ok || len(tops) == 0 {
		return nil
	}
	strings, _, ok := data.index(at)
	if !ok {
		return nil
	}
	top := cffDict(tops[0])
	const charset, encoding, charStrings = 15, 16, 17
	if top[encoding] <= 1 || top[charStrings] <= 0 {
		return nil
	}
	glyphs := data.u16(top[charStrings])
	sids := data.charset(top[charset], glyphs)
	standard := cffStrings()
	name := func(sid int) string {
		switch {
		case sid < len(standard):
			return standard[sid]
		case sid-len(standard) < len(strings):
			return string(strings[sid-len(standard)])
		}
		return ""
	}
	names := map[int]string{}
	put := func(code, gid int) {
		if gid < len(sids) {
			names[code&0xff] = name(sids[gid])
		}
	}
	p := top[encoding]
	format, n := data.u8(p), data.u8(p+1)
	p += 2
	switch format & 0x7f {
	case 0:
		for i := range n {
			put(data.u8(p+i), i+1)
		}
		p += n
	case 1:
		gid := 1
		for i := range n {
			first, left := data.u8(p+2*i), data.u8(p+2*i+1)
			for c := first; c <= min(first+left, 255); c++ {
				put(c, gid)
				gid++
			}
		}
		p += 2 * n
	}
	if format&0x80 != 0 { // further codes of glyphs that have one
		for i := range data.u8(p) {
			names[data.u8(p+1+3*i)] = name(data.u16(p + 2 + 3*i))
		}
	}
	return names
}

// charset is the string number of each glyph's name.
func (b be) charset(at, glyphs int) []int {
	sids := make([]int, 1, max(glyphs, 1))
	if at <= 2 { // predefined: of the three only ISOAdobe, whose names are the first strings in order, has digits for text
		for i := 1; at == 0 && i < glyphs; i++ {
			sids = append(sids, i)
		}
		return sids
	}
	format := b.u8(at)
	at++
	for len(sids) < glyphs && at < len(b) {
		first, left := b.u16(at), 0
		switch format {
		case 0:
			at += 2
		case 1:
			left = b.u8(at + 2)
			at += 3
		case 2:
			left = b.u16(at + 2)
			at += 4
		default:
			return sids
		}
		for i := 0; i <= left && len(sids) < glyphs; i++ {
			sids = append(sids, first+i)
		}
	}
	return sids
}

// index reads an INDEX: its objects, and where what follows it begins.
func (b be) index(at int) (objects [][]byte, end int, ok bool) {
	n := b.u16(at)
	if n == 0 {
		return nil, at + 2, at+2 <= len(b)
	}
	size := b.u8(at + 2)
	if size < 1 || size > 4 || at+3+(n+1)*size > len(b) {
		return nil, 0, false
	}
	base := at + 3 + (n+1)*size - 1
	offset := func(i int) int {
		v := 0
		for k := range size {
			v = v<<8 | int(b[at+3+i*size+k])
		}
		return base + v
	}
	for i := range n {
		from, to := offset(i), offset(i+1)
		if from < base || to < from || to > len(b) {
			return nil, 0, false
		}
		objects = append(objects, b[from:to])
	}
	return objects, offset(n), true
}

// cffDict reads the last whole-number operand of each operator of one byte.
func cffDict(b be) map[int]int {
	dict := map[int]int{}
	operand := 0
	for i := 0; i < len(b); {
		c := int(b[i])
		switch {
		case c == 12: // an operator of two bytes
			i += 2
		case c <= 21:
			dict[c] = operand
			i++
		case c == 28:
			operand = int(int16(b.u16(i + 1)))
			i += 3
		case c == 29:
			operand = int(int32(b.u32(i + 1)))
			i += 5
		case c == 30: // a real number, to its last half byte
			for i++; i < len(b) && b[i]&0xf != 0xf && b[i]>>4 != 0xf; i++ {
			}
			i++
		case c >= 32 && c <= 246:
			operand = c - 139
			i++
		case c >= 247 && c <= 250:
			operand = (c-247)*256 + b.u8(i+1) + 108
			i += 2
		case c >= 251 && c <= 254:
			operand = -(c-251)*256 - b.u8(i+1) - 108
			i += 2
		default:
			i++
		}
	}
	return dict
}
