package extract_test

import (
	"strings"
	"testing"
)

// What a page shows is read, not the pixels of a picture that is covered, clipped or drawn with no opacity.
func TestCoveredPicturesAreReadAsDrawn(t *testing.T) {
	p := printed(t, reportLines...)
	other := printed(t, "Statement of another office")
	paper := "q 1 g 0 480 450 120 re f Q\n"
	figure := "q 1 0 0 rg 100 535 80 15 re f Q\n"
	for name, c := range map[string]struct {
		content, more string
		seen, unseen  []string
	}{
		"as it is":                {wholePage, "", reportLines, nil},
		"with a watermark":        {wholePage + "BT /F 40 Tf 0.9 g 90 300 Td (COPY) Tj ET\n", "", reportLines, nil},
		"another picture":         {wholePage + "q 450 0 0 600 0 0 cm /Q Do Q\n", "", []string{"Statement of another office"}, reportLines},
		"a white box":             {wholePage + paper, "", nil, reportLines},
		"a box over a word":       {wholePage + figure, "", reportLines[1:], reportLines[:1]},
		"no opacity":              {"q /G gs " + wholePage + "Q\n", "/ExtGState << /G << /ca 0 >> >>", nil, reportLines},
		"clipped":                 {"q 0 0 450 400 re W n " + wholePage + "Q\n", "", nil, reportLines},
		"the lower lines covered": {wholePage + "q 1 g 0 0 450 530 re f Q\n", "", reportLines[:1], reportLines[1:]},
	} {
		d := drawing{c.content, "/XObject << /P 5 0 R /Q 6 0 R >> " + c.more, []string{grayPicture(p, ""), grayPicture(other, "")}}
		doc := readDrawing(t, d)
		text := textIn(doc)
		for _, s := range c.seen {
			if !strings.Contains(text, unspaced(s)) {
				t.Errorf("%s: %q is missing; the page says %q", name, s, text)
			}
		}
		for _, s := range c.unseen {
			if strings.Contains(text, unspaced(s)) {
				t.Errorf("%s: %q is not to be seen, yet the page says %q", name, s, text)
			}
		}
	}
}
