package extract_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/countybudget/extract/extract"
	"github.com/countybudget/extract/extract/ocr"
	"github.com/countybudget/extract/extract/ocr/ocrtest"
)

// unsure is an engine of which nothing is sure.
func unsure() *ocrtest.Double {
	d := ocrtest.Fake(title)
	d.Bend = func(found [][]ocr.Candidate) [][]ocr.Candidate {
		for i := range found {
			for k := range found[i][0].Characters {
				found[i][0].Characters[k].Probability = 0.01
			}
		}
		return found
	}
	return d
}

// readTwice extracts a scan with an engine and one for doubts.
func readTwice(t *testing.T, first ocr.Engine, second extract.OCRLoader) *extract.Document {
	t.Helper()
	scan := drawing{wholePage, "/XObject << /P 5 0 R >>", []string{grayPicture(printed(t, reportLines...), "")}}
	doc, err := extract.Extract(t.Context(), scan.bytes(), extract.Options{
		OCREngine: func(string) (ocr.Engine, error) { return first, nil }, OCRSecond: second, OCRLanguage: "klingon",
	})
	if err != nil {
		t.Fatal(err)
	}
	return doc
}

func TestDoubtsAreReadByASecondEngine(t *testing.T) {
	second := ocrtest.Fake(title)
	second.Called = "second 2.0"
	doc := readTwice(t, unsure(), func(language string) (ocr.Engine, error) {
		if language != "klingon" {
			t.Errorf("language %q", language)
		}
		return second, nil
	})
	made, closed := second.Recognizers()
	if second.Lines() == 0 || made == 0 || closed != made || doc.OCREngine != "fake 1.0; doubts: second 2.0" {
		t.Errorf("%d lines, %d recognizers made, %d closed, engine %q", second.Lines(), made, closed, doc.OCREngine)
	}
}

func TestSecondEngineIsLoadedForDoubtsOnly(t *testing.T) {
	doc := readTwice(t, ocrtest.Fake(title), func(string) (ocr.Engine, error) {
		t.Error("loaded")
		return nil, errors.New("loaded")
	})
	if doc.OCREngine != "fake 1.0" || len(doc.Diagnostics) != 0 {
		t.Errorf("engine %q, %+v", doc.OCREngine, doc.Diagnostics)
	}
}

// A second engine that is missing or fails costs its readings, and is said once.
func TestSecondEngineThatFails(t *testing.T) {
	broken := errors.New("out of order")
	for name, load := range map[string]extract.OCRLoader{
		"missing": func(string) (ocr.Engine, error) { return nil, broken },
		"failing": func(string) (ocr.Engine, error) { return &ocrtest.Double{Fault: broken}, nil },
	} {
		doc := readTwice(t, unsure(), load)
		said := 0
		for _, d := range doc.Diagnostics {
			if d.Code == "ocr_doubt" && strings.Contains(d.Message, "out of order") {
				said++
			}
		}
		if n := strings.Count(textIn(doc), title); said != 1 || n != len(reportLines) {
			t.Errorf("%s: said %d times, %d of %d lines", name, said, n, len(reportLines))
		}
	}
}

// A witness reads beside the first engine, before the one for doubts, and each is named for its part. One that crashes the
// contract, fails or is missing costs its readings.
func TestWitnessBesideTheFirstEngine(t *testing.T) {
	witness, second := ocrtest.Fake(title), ocrtest.Fake(title)
	witness.Called, second.Called = "witness 3.0", "second 2.0"
	loaded := func(e ocr.Engine) extract.OCRLoader { return func(string) (ocr.Engine, error) { return e, nil } }
	read := func(load extract.OCRLoader) *extract.Document {
		scan := drawing{wholePage, "/XObject << /P 5 0 R >>", []string{grayPicture(printed(t, reportLines...), "")}}
		doc, err := extract.Extract(t.Context(), scan.bytes(), extract.Options{OCREngine: loaded(unsure()), OCRWitness: load, OCRSecond: loaded(second)})
		if err != nil {
			t.Fatal(err)
		}
		return doc
	}
	doc := read(loaded(witness))
	if made, closed := witness.Recognizers(); witness.Lines() == 0 || made == 0 || made != closed {
		t.Errorf("the witness read %d lines, %d recognizers made, %d closed", witness.Lines(), made, closed)
	}
	if doc.OCREngine != "fake 1.0; witness: witness 3.0" || second.Lines() != 0 {
		t.Errorf("engine %q, %d lines stayed in doubt", doc.OCREngine, second.Lines())
	}
	broken := errors.New("out of order")
	for name, load := range map[string]extract.OCRLoader{
		"missing": func(string) (ocr.Engine, error) { return nil, broken },
		"failing": loaded(&ocrtest.Double{Fault: broken}),
	} {
		doc := read(load)
		if n := strings.Count(textIn(doc), title); n != len(reportLines) || len(doc.Diagnostics) == 0 || !strings.Contains(doc.Diagnostics[0].Message, "out of order") {
			t.Errorf("%s: %d of %d lines, %+v", name, n, len(reportLines), doc.Diagnostics)
		}
		if !strings.Contains(doc.OCREngine, "doubts: second 2.0") {
			t.Errorf("%s: engine %q", name, doc.OCREngine)
		}
	}
}
