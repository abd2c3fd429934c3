package font

// FirstIdeograph is the code point from which characters are taken to be one em wide.
const FirstIdeograph = 0x2e80

// RuneWidth is the width of a character in a font, in ems; a guess if the font lacks it, because viewers then use another
// font.
func (f *Font) RuneWidth(r rune) float64 {
	if f.widths == nil {
		f.widths = map[rune]float64{}
		if _, n := f.Next([]byte("AA")); n == 1 {
			for code := range uint32(256) {
				g := f.Glyph(code, 1)
				if t := []rune(g.Text); len(t) == 1 && g.Width > 0 && !g.Undecoded {
					f.widths[t[0]] = g.Width
				}
			}
		}
	}
	if w, ok := f.widths[r]; ok {
		return w
	}
	if r >= FirstIdeograph {
		return 1
	}
	if w := standardWidths("Helvetica").of(string(r)); w > 0 {
		return w
	}
	return 0.5
}

// TextWidth is the sum of the widths of a text's characters, in ems.
func (f *Font) TextWidth(s string) float64 {
	sum := 0.0
	for _, r := range s {
		sum += f.RuneWidth(r)
	}
	return sum
}
