package forms

import (
	"fmt"
	"strings"
	"unicode/utf16"

	"github.com/countybudget/extract/internal/testfiles"
)

// drawLayout draws the tables of a layout as a PDF, each on a page of its own: A4 across, a rule round every cell, texts
// broken over lines and centred in their cells, the title above the first, in a font that is not embedded.
func drawLayout(l *layout) []byte {
	const width, height, left, top, size = 842.0, 595.0, 30.0, 70.0, 8.0
	pdf := testfiles.NewPDF("", "")
	var kids []string
	for page, t := range l.grids() {
		var b strings.Builder
		text := func(x, y, size float64, s string) {
			var hex strings.Builder
			for _, u := range utf16.Encode([]rune(s)) {
				fmt.Fprintf(&hex, "%04X", u)
			}
			fmt.Fprintf(&b, "BT /F1 %g Tf %.2f %.2f Td <%s> Tj ET\n", size, x, height-y, hex.String())
		}
		if page == 0 {
			text((width-em(l.title)*14)/2, 45, 14, l.title)
			if l.unit != "" {
				text(width-left-90, 62, 9, "单位："+l.unit)
			}
		}
		// columns as wide as their longest word asks, within bounds
		wide := make([]float64, t.Cols)
		for i := range t.Cells {
			if c := &t.Cells[i]; c.ColSpan == 1 {
				wide[c.Col] = max(wide[c.Col], min(em(c.Text), 9)+1)
			}
		}
		sum := 0.0
		for i := range wide {
			wide[i] = max(wide[i], 3)
			sum += wide[i]
		}
		xs := []float64{left}
		for _, w := range wide {
			xs = append(xs, xs[len(xs)-1]+w*(width-2*left)/sum)
		}
		lines := func(i int) []string {
			c := &t.Cells[i]
			return broken(c.Text, int((xs[c.Col+c.ColSpan]-xs[c.Col]-4)/size))
		}
		high := make([]float64, t.Rows)
		for i := range t.Cells {
			if c := &t.Cells[i]; c.RowSpan == 1 {
				high[c.Row] = max(high[c.Row], float64(len(lines(i)))*size*1.25+6)
			}
		}
		for i := range t.Cells { // the last row of a merged cell grows for it
			c := &t.Cells[i]
			have := 0.0
			for r := c.Row; r < c.Row+c.RowSpan; r++ {
				have += high[r]
			}
			if need := float64(len(lines(i)))*size*1.25 + 6; need > have {
				high[c.Row+c.RowSpan-1] += need - have
			}
		}
		ys := []float64{top}
		for _, h := range high {
			ys = append(ys, ys[len(ys)-1]+h)
		}
		b.WriteString("0.5 w\n")
		for i := range t.Cells {
			c := &t.Cells[i]
			x0, x1, y0, y1 := xs[c.Col], xs[c.Col+c.ColSpan], ys[c.Row], ys[c.Row+c.RowSpan]
			fmt.Fprintf(&b, "%.2f %.2f %.2f %.2f re S\n", x0, height-y1, x1-x0, y1-y0)
			all := lines(i)
			y := (y0+y1)/2 - float64(len(all))*size*1.25/2 + size
			for _, line := range all {
				text((x0+x1-em(line)*size)/2, y, size, line)
				y += size * 1.25
			}
		}
		kids = append(kids, fmt.Sprintf("%d 0 R", 30+2*page))
		pdf.Objects[30+2*page] = fmt.Sprintf("<</Type/Page/Parent 2 0 R/Contents %d 0 R/Resources<</Font<</F1 10 0 R>>>>>>", 31+2*page)
		pdf.Stream(31+2*page, "", b.String())
	}
	pdf.Objects[2] = fmt.Sprintf("<</Type/Pages/Kids[%s]/Count %d/MediaBox[0 0 %g %g]>>", strings.Join(kids, " "), len(kids), width, height)
	pdf.Objects[10] = "<</Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding/UniGB-UCS2-H/DescendantFonts[11 0 R]>>"
	pdf.Objects[11] = "<</Type/Font/Subtype/CIDFontType0/BaseFont/STSong-Light/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 4>>/DW 1000/W[1 95 500]/FontDescriptor 12 0 R>>"
	pdf.Objects[12] = "<</Type/FontDescriptor/FontName/STSong-Light/Flags 6/FontBBox[-25 -254 1000 880]/ItalicAngle 0/Ascent 880/Descent -120/CapHeight 880/StemV 93>>"
	return pdf.Bytes()
}

// em is the width of a text in the font: ASCII is half as wide as the rest.
func em(s string) float64 {
	w := 0.0
	for _, r := range s {
		if r < 0x80 {
			w += 0.5
		} else {
			w++
		}
	}
	return w
}

// broken breaks a text into lines of so many characters at most, words of digits not at all.
func broken(s string, wide int) []string {
	var out []string
	line, word := "", ""
	flush := func() {
		if line != "" && em(line)+em(word) > float64(wide) {
			out = append(out, line)
			line = ""
		}
		line, word = line+word, ""
	}
	for _, r := range s {
		if r >= 0x80 {
			flush()
		}
		word += string(r)
		if r >= 0x80 {
			flush()
		}
	}
	flush()
	if line != "" || len(out) == 0 {
		out = append(out, line)
	}
	return out
}
