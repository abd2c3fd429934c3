package font

// Ghostscript (seen in 10.00) writes wrong ToUnicode entries for consecutive characters whose codes and Unicode values both
// count up. Instead of the first character's 16 bits it writes the bitwise OR of its two bytes, and counts up from there:
// 三上下 (U+4E09 …) becomes OPQ (4E|09 = 4F …). The text can be restored: in Chinese fonts the difference of Unicode value and
// glyph number is the same over many characters, so the entries around such a run give it. As a check, the OR of the
// restored characters' bytes must give the wrong values again, which hardly happens by chance.

// mendRuns repairs such runs. It needs the entries sorted.
func (m *cmap) mendRuns() {
	var unsure [][2]int
	mended := 0
	for i := 0; i < len(m.chars); {
		j := m.runFrom(i)
		if j-i >= 2 && m.chars[i].text[0] < 0x200 {
			if m.mendFromNeighbours(i, j) {
				mended++
			} else {
				unsure = append(unsure, [2]int{i, j})
			}
		}
		i = j
	}
	if mended == 0 {
		return
	}
	for _, run := range unsure {
		m.mendPunctuation(run[0], run[1])
	}
}

// runFrom returns the end of the longest run of entries, from i on, whose codes and values both count up.
func (m *cmap) runFrom(i int) int {
	j := i + 1
	for j < len(m.chars) && m.chars[j-1].oneUnit() && m.chars[j].oneUnit() &&
		m.chars[j].low == m.chars[j-1].low+1 && m.chars[j].text[0] == m.chars[j-1].text[0]+1 {
		j++
	}
	return j
}

func (r *codeRange) oneUnit() bool { return r.list == nil && len(r.text) == 1 }

// mendFromNeighbours tries the difference between code and character of the next correct entry on either side.
func (m *cmap) mendFromNeighbours(i, j int) bool {
	for k := i - 1; k >= 0; k-- {
		if m.chars[k].chinese() {
			if m.tryDistance(i, j, k) {
				return true
			}
			break
		}
	}
	for k := j; k < len(m.chars); k++ {
		if m.chars[k].chinese() {
			return m.tryDistance(i, j, k)
		}
	}
	return false
}

// chinese reports whether an entry is a single character of Chinese.
func (r *codeRange) chinese() bool { return r.oneUnit() && isChinese(int(r.text[0])) }

func isChinese(u int) bool {
	return u >= 0x3000 && u < 0x3040 || u >= 0x3400 && u < 0xA000 || u >= 0xFF00 && u < 0xFFF0
}

func (m *cmap) tryDistance(i, j, k int) bool {
	u := int(m.chars[i].low) + int(m.chars[k].text[0]) - int(m.chars[k].low)
	if !isChinese(u) || !isChinese(u+j-i-1) || !m.orsTo(u, i) {
		return false
	}
	m.setRun(i, j, u)
	return true
}

// orsTo reports whether the OR of a character's two bytes is the value of an entry.
func (m *cmap) orsTo(u, i int) bool { return uint16(u>>8|u&0xff) == m.chars[i].text[0] }

func (m *cmap) setRun(i, j, u int) {
	for k := i; k < j; k++ {
		m.chars[k].text = []uint16{uint16(u + k - i)}
		m.chars[k].high = m.chars[k].low
	}
}

// mendPunctuation repairs pairs of punctuation, whose codes are not near those of ideographs: 、。 “” （）. A pair that reads as
// digits is repaired only if these digits have entries of their own at lower codes, where Latin characters are.
func (m *cmap) mendPunctuation(i, j int) {
	if j-i != 2 {
		return
	}
	for _, u := range []int{0x3001, 0x201C, 0xFF08} {
		if m.orsTo(u, i) && (!isDigit(m.chars[i].text[0]) || m.mapsTwice(i)) {
			m.setRun(i, j, u)
			return
		}
	}
}

func isDigit(u uint16) bool { return u >= '0' && u <= '9' }

// mapsTwice reports whether an entry before this one has the same text.
func (m *cmap) mapsTwice(i int) bool {
	for k := range i {
		if m.chars[k].oneUnit() && m.chars[k].text[0] == m.chars[i].text[0] {
			return true
		}
	}
	return false
}
