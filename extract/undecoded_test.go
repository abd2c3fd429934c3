package extract

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/countybudget/extract/extract/model"
	"github.com/countybudget/extract/extract/ocr/lstm"
)

// privatePDF prints lines of numbers whose point comes from a font of its own, of which nothing tells what it shows.
func privatePDF() []byte {
	var c strings.Builder
	for i := range 12 {
		fmt.Fprintf(&c, "BT /F1 14 Tf 60 %d Td (Total 286) Tj /F2 14 Tf (a) Tj /F1 14 Tf (7 and 1,5%02d more of it) Tj ET\n", 700-30*i, i)
	}
	const dot = "280 0 0 0 280 120 d1 90 0 100 100 re f"
	return fmt.Appendf(nil, "%%PDF-1.4\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n2 0 obj\n<</Type/Pages/Count 1/Kids[3 0 R]>>\nendobj\n"+
		"3 0 obj\n<</Type/Page/Parent 2 0 R/MediaBox[0 0 400 800]/Contents 4 0 R/Resources<</Font<</F1 5 0 R/F2 6 0 R>>>>>>\nendobj\n"+
		"4 0 obj\n<</Length %d>>\nstream\n%s\nendstream\nendobj\n"+
		"5 0 obj\n<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>\nendobj\n"+
		"6 0 obj\n<</Type/Font/Subtype/Type3/FontBBox[0 0 280 700]/FontMatrix[.001 0 0 .001 0 0]/FirstChar 97/LastChar 97/Widths[280]"+
		"/Encoding<</Differences[97/g1]>>/CharProcs<</g1 7 0 R>>/Resources<<>>>>\nendobj\n"+
		"7 0 obj\n<</Length %d>>\nstream\n%s\nendstream\nendobj\ntrailer\n<</Root 1 0 R>>\nstartxref\n0\n%%%%EOF\n", c.Len(), c.String(), len(dot), dot)
}

// A page with a number that has a character of unknown meaning is never whole without recognition.
func TestUndecodedNumberIsSaid(t *testing.T) {
	d, err := Extract(context.Background(), privatePDF(), Options{OCR: OCRNever})
	if err != nil {
		t.Fatal(err)
	}
	if len(d.Pages) != 1 || d.Pages[0].Err == nil {
		t.Errorf("%+v", d.Pages)
	}
}

// Recognition reads it from the page as drawn.
func TestUndecodedNumberIsRead(t *testing.T) {
	if _, err := lstm.Load(""); err != nil {
		t.Skip("no recognition: ", err)
	}
	d, err := Extract(context.Background(), privatePDF(), Options{})
	if err != nil {
		t.Fatal(err)
	}
	read, unread := 0, 0
	for i := range d.Sections {
		read += strings.Count(d.Sections[i].Text, "286.7")
		unread += strings.Count(d.Sections[i].Text, "\uFFFD")
	}
	if read < 6 {
		t.Errorf("%d of 12 numbers were read, %d not: %v", read, unread, d.Pages[0].Err)
	}
	if unread > 0 && !errors.Is(d.Pages[0].Err, errUndecodedNumber) {
		t.Errorf("%d characters are unknown, and the page's error is %v", unread, d.Pages[0].Err)
	}
}

func TestDecodeNumbers(t *testing.T) {
	line := func(texts ...string) *model.Page {
		p := &model.Page{Width: 100, Height: 100}
		for i, s := range texts {
			x := 10 + 6*float64(i)
			g := model.Glyph{Text: s, Size: 10, Origin: model.Point{X: x, Y: 50}, Box: model.Rect{X0: x, Y0: 42, X1: x + 5, Y1: 52}, Confidence: 0.9}
			if s == "\uFFFD" {
				g.Flags = model.FlagUndecoded
			}
			p.Glyphs = append(p.Glyphs, g)
		}
		return p
	}
	for name, c := range map[string]struct {
		known, found []string
		want         string
	}{
		"the point":                {[]string{"2", "\uFFFD", "7"}, []string{"2", ".", "7"}, "."},
		"full width":               {[]string{"２", "\uFFFD", "７"}, []string{"2", ".", "7"}, "."},
		"a digit":                  {[]string{"\uFFFD", "7"}, []string{"3", "7"}, "3"},
		"another digit beside it":  {[]string{"2", "\uFFFD", "7"}, []string{"2", ".", "1"}, "\uFFFD"},
		"nothing beside it":        {[]string{"2", "\uFFFD", "7"}, []string{"2", "."}, "\uFFFD"},
		"no part of a number":      {[]string{"2", "\uFFFD", "7"}, []string{"2", "元", "7"}, "\uFFFD"},
		"nothing in its place":     {[]string{"2", "\uFFFD"}, []string{"2"}, "\uFFFD"},
		"not in a number: a sign ": {[]string{"甲", "\uFFFD"}, []string{"甲", "1"}, "\uFFFD"},
	} {
		p := line(c.known...)
		decodeNumbers(p, line(c.found...))
		got := ""
		for i, s := range c.known {
			if s == "\uFFFD" {
				got = p.Glyphs[i].Text
			}
		}
		if got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}
