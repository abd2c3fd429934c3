package main

import (
	"fmt"
	"os"
	"strings"
	"unicode/utf16"

	"github.com/rogpeppe/go-internal/testscript"

	"github.com/countybudget/extract/internal/testfiles"
)

// drawnCommand draws a PDF with one ruled table: drawn TABLE FILE. The lines of TABLE are the cover's title, the table's title
// and its unit; the others are rows, with | between the cells.
func drawnCommand(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: drawn TABLE FILE")
	}
	lines := strings.Split(strings.TrimSpace(ts.ReadFile(args[0])), "\n")
	ts.Check(os.WriteFile(ts.MkAbs(args[1]), drawnPDF(lines[0], lines[1], lines[2], lines[3:]), 0o600))
}

func drawnPDF(cover, title, unit string, rows []string) []byte {
	const left, top, height = 40, 700, 20
	var b strings.Builder
	write := func(x, y, size int, text string) {
		fmt.Fprintf(&b, "BT /F0 %d Tf %d %d Td <", size, x, y)
		for _, u := range utf16.Encode([]rune(text)) {
			fmt.Fprintf(&b, "%04x", u)
		}
		b.WriteString("> Tj ET\n")
	}
	write(150, 800, 18, cover)
	write(150, 740, 16, title)
	write(440, top+5, 10, unit)
	columns := strings.Count(rows[0], "|") + 1
	width := min(120, 515/columns)
	bottom := top - height*len(rows)
	for k := range columns + 1 {
		fmt.Fprintf(&b, "%d %d m %d %d l S\n", left+k*width, top, left+k*width, bottom)
	}
	fmt.Fprintf(&b, "%d %d m %d %d l S\n", left, top, left+columns*width, top)
	for r, row := range rows {
		y := top - height*(r+1)
		fmt.Fprintf(&b, "%d %d m %d %d l S\n", left, y, left+columns*width, y)
		for k, cell := range strings.Split(row, "|") {
			write(left+k*width+5, y+5, 10, cell)
		}
	}
	pdf := testfiles.NewPDF(b.String(), "/Font<</F0 10 0 R>>")
	pdf.Objects[2] = "<</Type/Pages/Kids[3 0 R]/Count 1/MediaBox[0 0 595 842]>>"
	pdf.Objects[10] = "<</Type/Font/Subtype/Type0/BaseFont/SimSun/Encoding/UniGB-UCS2-H/DescendantFonts[11 0 R]>>"
	pdf.Objects[11] = "<</Type/Font/Subtype/CIDFontType2/BaseFont/SimSun/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 2>>>>"
	return pdf.Bytes()
}
