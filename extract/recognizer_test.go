package extract_test

import (
	"errors"
	"fmt"
	"image"
	"strings"
	"testing"

	"github.com/countybudget/extract/extract"
	"github.com/countybudget/extract/extract/ocr"
	"github.com/countybudget/extract/extract/ocr/ocrtest"
)

// title is what the fake engine reads.
const title = "一般公共预算支出表"

// readWith extracts a drawing with an engine.
func readWith(t *testing.T, f ocr.Engine, d drawing) *extract.Document {
	t.Helper()
	doc, err := extract.Extract(t.Context(), d.bytes(), extract.Options{
		OCREngine: func(string) (ocr.Engine, error) { return f, nil },
	})
	if err != nil {
		t.Fatal(err)
	}
	return doc
}

// digitalWith is a page with text and a picture of the given size in points below it.
func digitalWith(t *testing.T, w, h float64, lines ...string) drawing {
	t.Helper()
	p := printed(t, lines...)
	part := p.SubImage(image.Rect(0, 60, int(2*w), 60+int(2*h))).(*image.Gray)
	pixels := image.NewGray(image.Rect(0, 0, part.Rect.Dx(), part.Rect.Dy()))
	for y := range pixels.Rect.Dy() {
		copy(pixels.Pix[y*pixels.Stride:][:pixels.Stride], part.Pix[y*part.Stride:])
	}
	content := "BT /F 12 Tf 45 560 Td (Text of the page that is no picture and stays as it is) Tj ET\n"
	content += fmt.Sprintf("q %g 0 0 %g 0 300 cm /P Do Q\n", w, h)
	return drawing{content, "/XObject << /P 5 0 R >>", []string{grayPicture(pixels, "")}}
}

// A picture of text on a page with text of its own is read, and both are in the document.
func TestPicturesOnDigitalPagesAreRead(t *testing.T) {
	f := ocrtest.Fake(title)
	doc := readWith(t, f, digitalWith(t, 450, 160, reportLines...))
	text := textIn(doc)
	if n := strings.Count(text, title); n != len(reportLines) {
		t.Errorf("%d of %d lines of the picture were read: %q", n, len(reportLines), text)
	}
	if !strings.Contains(text, unspaced("Text of the page that is no picture")) {
		t.Errorf("the text of the page is missing: %q", text)
	}
	if made, closed := f.Recognizers(); doc.OCREngine != "fake 1.0" || f.Lines() == 0 || made == 0 || closed != made {
		t.Errorf("engine %q, %d lines, %d recognizers, %d closed", doc.OCREngine, f.Lines(), made, closed)
	}
}

// A picture that is too small to hold text worth reading is not read, nor one without marks in rows.
func TestSmallAndEmptyPicturesAreNotRead(t *testing.T) {
	for name, d := range map[string]drawing{
		"a logo":           digitalWith(t, 90, 50, "Logo of county"),
		"an empty picture": digitalWith(t, 450, 160),
	} {
		f := ocrtest.Fake(title)
		doc := readWith(t, f, d)
		if f.Lines() > 0 || strings.Contains(textIn(doc), title) || doc.Pages[0].Source != "text" {
			t.Errorf("%s: %d lines were read, source %s: %q", name, f.Lines(), doc.Pages[0].Source, textIn(doc))
		}
	}
}

// A scan is recognized as a whole; an engine that fails costs the page, not the document.
func TestScansAreRead(t *testing.T) {
	p := printed(t, reportLines...)
	scan := drawing{wholePage, "/XObject << /P 5 0 R >>", []string{grayPicture(p, "")}}
	f := ocrtest.Fake(title)
	doc := readWith(t, f, scan)
	if n := strings.Count(textIn(doc), title); n != len(reportLines) || doc.Pages[0].Err != nil {
		t.Errorf("%d of %d lines: %q, %v", n, len(reportLines), textIn(doc), doc.Pages[0].Err)
	}
	broken := errors.New("out of order")
	doc = readWith(t, &ocrtest.Double{Fault: broken}, scan)
	if !errors.Is(doc.Pages[0].Err, broken) || len(doc.Lines) != 0 {
		t.Errorf("an engine that fails: error %v, lines %v", doc.Pages[0].Err, linesOf(doc))
	}
}

// An engine that cannot be loaded is said once, and the page is marked as unread.
func TestEngineThatCannotBeLoaded(t *testing.T) {
	scan := drawing{wholePage, "/XObject << /P 5 0 R >>", []string{grayPicture(printed(t, reportLines...), "")}}
	doc, err := extract.Extract(t.Context(), scan.bytes(), extract.Options{
		OCREngine: func(language string) (ocr.Engine, error) { return nil, errors.New("no models of " + language) }, OCRLanguage: "klingon",
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(doc.Diagnostics) == 0 || doc.Diagnostics[0].Code != "needs_ocr" || !strings.Contains(doc.Diagnostics[0].Message, "klingon") || !doc.Pages[0].NeedsOCR {
		t.Errorf("%+v, needs recognition: %v", doc.Diagnostics, doc.Pages[0].NeedsOCR)
	}
}
