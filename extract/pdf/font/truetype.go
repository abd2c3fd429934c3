package font

import (
	"encoding/binary"

	"github.com/countybudget/extract/extract/pdf/cos"
)

// glyphNames maps glyph numbers to text by the reversed cmap table of an embedded font program: the last resort for fonts
// with neither ToUnicode nor a known character collection.
type glyphNames struct {
	texts map[int]rune // by glyph number
	gid   func(cid int) int
}

func (g *glyphNames) text(cid int) string {
	if g == nil {
		return ""
	}
	r, ok := g.texts[g.gid(cid)]
	if !ok {
		return ""
	}
	return string(r)
}

// fontFile reads the character map of a descendant font's TrueType program; nil when there is none.
func fontFile(child cos.Object) *glyphNames {
	file := child.Key("FontDescriptor").Key("FontFile2")
	if file.Kind() != cos.Stream {
		return nil
	}
	data, _ := file.Data()
	texts := trueTypeCMap(data)
	if len(texts) == 0 {
		return nil
	}
	g := &glyphNames{texts: texts, gid: func(cid int) int { return cid }}
	if m := child.Key("CIDToGIDMap"); m.Kind() == cos.Stream {
		table, _ := m.Data()
		g.gid = func(cid int) int {
			if cid < 0 || 2*cid+1 >= len(table) {
				return 0
			}
			return int(table[2*cid])<<8 | int(table[2*cid+1])
		}
	}
	return g
}

// be is data of a font file, read as big-endian numbers; beyond the end they are 0.
type be []byte

func (b be) u8(at int) int {
	if at < 0 || at >= len(b) {
		return 0
	}
	return int(b[at])
}

func (b be) u16(at int) int {
	if at < 0 || at+2 > len(b) {
		return 0
	}
	return int(binary.BigEndian.Uint16(b[at:]))
}

func (b be) u32(at int) int {
	if at < 0 || at+4 > len(b) {
		return 0
	}
	return int(binary.BigEndian.Uint32(b[at:]))
}

// trueTypeCMap returns glyph number → character from the Unicode subtable of a font's cmap table.
func trueTypeCMap(font be) map[int]rune {
	for i := range min(font.u16(4), 64) {
		rec := 12 + 16*i
		if rec+16 > len(font) || string(font[rec:rec+4]) != "cmap" {
			continue
		}
		base := font.u32(rec + 8)
		best, rank := 0, 0
		for j := range min(font.u16(base+2), 64) {
			e := base + 4 + 8*j
			if r := unicodeRank(font.u16(e), font.u16(e+2)); r > rank {
				best, rank = base+font.u32(e+4), r
			}
		}
		if rank > 0 {
			return font.subtable(best)
		}
	}
	return nil
}

func unicodeRank(platform, encoding int) int {
	switch {
	case platform == 3 && encoding == 10:
		return 4
	case platform == 3 && encoding == 1:
		return 3
	case platform == 0:
		return 2
	}
	return 0
}

func (b be) subtable(at int) map[int]rune {
	m := map[int]rune{}
	total := 0 // bounds the work of overlapping ranges, far above what real fonts need
	put := func(gid, char int) bool {
		if total++; total > 1<<18 {
			return false
		}
		if old, ok := m[gid]; gid != 0 && usable(string(rune(char))) && (!ok || rune(char) < old) {
			m[gid] = rune(char)
		}
		return true
	}
	switch b.u16(at) {
	case 4:
		b.format4(at, put)
	case 12:
		for i := range min(b.u32(at+12), 1<<16) {
			g := at + 16 + 12*i
			first, last, gid := b.u32(g), b.u32(g+4), b.u32(g+8)
			for c := first; c <= last && put(gid+c-first, c); c++ {
			}
		}
	}
	return m
}

func (b be) format4(at int, put func(gid, char int) bool) {
	n := b.u16(at+6) / 2
	ends, starts := at+14, at+16+2*n
	deltas, offsets := starts+2*n, starts+4*n
	for i := range n {
		first, last := b.u16(starts+2*i), b.u16(ends+2*i)
		delta, off := b.u16(deltas+2*i), b.u16(offsets+2*i)
		for c := first; c <= last && c < 0xffff; c++ {
			gid := c
			if off != 0 {
				if gid = b.u16(offsets + 2*i + off + 2*(c-first)); gid == 0 {
					gid = -delta // no glyph
				}
			}
			if !put((gid+delta)&0xffff, c) {
				return
			}
		}
	}
}
