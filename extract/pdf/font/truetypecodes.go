package font

import "strings"

// trueTypeEncoding reads the built-in encoding of a simple TrueType font (PDF 32000-1, 9.6.6.4). The cmap table gives the
// glyph of a code: the Microsoft symbol subtable (3, 0), whose codes may be offset by U+F000, or the Macintosh one (1, 0).
// The glyph's text comes from its name in the post table, or from a Unicode subtable.
func trueTypeEncoding(font be) programEncoding {
	var e programEncoding
	glyphs := font.codeGlyphs()
	if len(glyphs) == 0 {
		return e
	}
	names, unicode := font.postNames(), trueTypeCMap(font)
	for code, gid := range glyphs {
		t := glyphText(names[gid])
		if r, ok := unicode[gid]; ok && !usable(t) {
			t = string(r)
		}
		if usable(t) {
			if e.texts == nil {
				e.texts = map[int]string{}
			}
			e.texts[code] = t
		}
	}
	e.arbitrary = font.contradicts(glyphs)
	return e
}

// contradicts reports whether the outline of a digit's code cannot be that digit: its number of contours is wrong. Digits
// are tested because figures must not be misread, and because a subset numbered in order of use has its digits at other
// codes, or letters at theirs.
func (b be) contradicts(glyphs map[int]int) bool {
	// The least and the largest number of contours of 0 to 9: the outer one and one for each hole; an open 4 has one.
	lines := [10][2]int{{2, 2}, {1, 1}, {1, 1}, {1, 1}, {1, 2}, {1, 1}, {2, 2}, {1, 1}, {3, 3}, {2, 2}}
	locations, outlines, long := b.table("loca"), b.table("glyf"), b.table("head").u16(50) == 1
	if len(locations) == 0 || len(outlines) == 0 {
		return false
	}
	for digit, want := range lines {
		gid, ok := glyphs['0'+digit]
		if !ok || gid == 0 {
			continue
		}
		from, to := 2*locations.u16(2*gid), 2*locations.u16(2*gid+2)
		if long {
			from, to = locations.u32(4*gid), locations.u32(4*gid+4)
		}
		if to <= from || to > len(outlines) {
			continue // not in the subset
		}
		if n := outlines.u16(from); n < 0x8000 && (n < want[0] || n > want[1]) {
			return true
		}
	}
	return false
}

// table is a table of a font file; nil when it is not there.
func (b be) table(tag string) be {
	for i := range min(b.u16(4), 64) {
		rec := 12 + 16*i
		if rec+16 > len(b) || string(b[rec:rec+4]) != tag {
			continue
		}
		from := b.u32(rec + 8)
		to := from + b.u32(rec+12)
		if from <= to && to <= len(b) {
			return b[from:to]
		}
		return nil
	}
	return nil
}

// codeGlyphs is the glyph number of each one-byte code.
func (b be) codeGlyphs() map[int]int {
	cmap := b.table("cmap")
	symbol, mac := 0, 0
	for i := range min(cmap.u16(2), 64) {
		e := 4 + 8*i
		switch [2]int{cmap.u16(e), cmap.u16(e + 2)} {
		case [2]int{3, 0}:
			symbol = cmap.u32(e + 4)
		case [2]int{1, 0}:
			mac = cmap.u32(e + 4)
		}
	}
	glyphs := map[int]int{}
	for _, at := range []int{symbol, mac} {
		if at == 0 || len(glyphs) > 0 {
			continue
		}
		put := func(gid, char int) bool {
			if gid != 0 && (char < 0x100 || char >= 0xf000 && char < 0xf100) {
				glyphs[char&0xff] = gid
			}
			return true
		}
		switch cmap.u16(at) {
		case 0:
			for c := range 256 {
				put(cmap.u8(at+6+c), c)
			}
		case 4:
			cmap.format4(at, put)
		case 6:
			for i := range min(cmap.u16(at+8), 256) {
				put(cmap.u16(at+10+2*i), cmap.u16(at+6)+i)
			}
		}
	}
	return glyphs
}

// postNames are the glyph names in the post table, by glyph number; subsets often have none.
func (b be) postNames() map[int]string {
	post, standard := b.table("post"), macGlyphs()
	names := map[int]string{}
	switch post.u32(0) {
	case 0x10000:
		for gid, name := range standard {
			names[gid] = name
		}
	case 0x20000:
		n := post.u16(32)
		var own []string
		for at := 34 + 2*n; at < len(post); {
			size := post.u8(at)
			if at+1+size > len(post) {
				break
			}
			own = append(own, string(post[at+1:at+1+size]))
			at += 1 + size
		}
		for gid := range n {
			switch k := post.u16(34 + 2*gid); {
			case k < len(standard):
				names[gid] = standard[k]
			case k-len(standard) < len(own) && !strings.HasPrefix(own[k-len(standard)], "glyph"):
				names[gid] = own[k-len(standard)]
			}
		}
	}
	return names
}
