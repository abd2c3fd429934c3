//go:build cgo && !noocr

package gosseract

import (
	"image"
	"math"
	"strings"
	"testing"

	library "github.com/otiai10/gosseract/v2"

	"github.com/countybudget/extract/extract/ocr"
	"github.com/countybudget/extract/extract/ocr/ocrtest"
)

func loaded(t *testing.T) ocr.Engine {
	t.Helper()
	e, err := Load("")
	if err != nil {
		t.Skipf("no models here: %v", err)
	}
	return e
}

func TestConforms(t *testing.T) { ocrtest.Conform(t, loaded(t)) }

func TestNameTellsLibraryAndModels(t *testing.T) {
	name := loaded(t).Name()
	for _, want := range []string{"gosseract", library.Version(), "chi_sim", "eng"} {
		if !strings.Contains(name, want) {
			t.Errorf("the name %q does not tell %q", name, want)
		}
	}
}

func TestMissingModelsSayWhatToInstall(t *testing.T) {
	if _, err := Load("no_such"); err == nil || !strings.Contains(err.Error(), "tesseract-ocr-no-such") {
		t.Errorf("error %v", err)
	}
}

// A model that is there but cannot be used is an error, for whatever reason the library has.
func TestModelThatCannotBeUsed(t *testing.T) {
	e := loaded(t).(*engine)
	damaged := *e.number
	damaged.Language = "none"
	r := (&engine{text: e.text, number: &damaged}).NewRecognizer()
	defer r.Close()
	if _, err := r.Read(t.Context(), []ocr.Line{{Width: 9, Height: lineHeight, Pix: make([]byte, 9*lineHeight)}}, ocr.Numbers, nil); err == nil {
		t.Error("no error")
	}
}

func TestClosedTwice(t *testing.T) {
	r := loaded(t).NewRecognizer()
	line := ocrtest.Samples(t, r.LineHeight)[0]
	if _, err := r.Read(t.Context(), []ocr.Line{line.Line}, line.Charset, nil); err != nil {
		t.Fatal(err)
	}
	for range 2 {
		if err := r.Close(); err != nil {
			t.Error(err)
		}
	}
}

func TestCandidates(t *testing.T) {
	symbol := func(text string, left, right int, confidence float64) library.BoundingBox {
		return library.BoundingBox{Word: text, Box: image.Rect(left, 0, right, 30), Confidence: confidence}
	}
	for name, c := range map[string]struct {
		symbols []library.BoundingBox
		text    string
		places  []float32
	}{
		"nothing":              {nil, "", nil},
		"one empty symbol":     {[]library.BoundingBox{symbol("", 1<<30, 1<<30, 0)}, "", nil},
		"overlapping":          {[]library.BoundingBox{symbol("a", 6, 80, 99), symbol("b", 20, 40, 99), symbol("c", 40, 60, 99)}, "abc", []float32{13, 30, 70}},
		"left of the last":     {[]library.BoundingBox{symbol("a", 20, 40, 99), symbol("b", 10, 60, 99)}, "ab", []float32{20, 60}},
		"outside of a line":    {[]library.BoundingBox{symbol("a", -9, 40, 99), symbol("b", 400, 500, 99)}, "ab", []float32{50, 100}},
		"white and unreadable": {[]library.BoundingBox{symbol(" ", 1, 2, 99), symbol("\xe5", 3, 4, 99)}, "", nil},
	} {
		got := candidates(c.symbols, 100)
		text := ""
		if len(got) > 0 {
			for i, l := range got[0].Characters {
				text += l.Text
				if l.X != c.places[i] {
					t.Errorf("%s: %q is at %v, want %v", name, l.Text, l.X, c.places[i])
				}
			}
		}
		if text != c.text || (text == "") != (len(got) == 0) {
			t.Errorf("%s: %q, %d candidates, want %q", name, text, len(got), c.text)
		}
	}
}

func TestProbability(t *testing.T) {
	for confidence, want := range map[float64]float64{99.575: 1, 100: 1, 99: math.Exp(-0.115), 90: math.Exp(-1.915), 0: 0, -5: 0, math.NaN(): 0} {
		if got := float64(probability(confidence)); math.Abs(got-want) > 1e-3 {
			t.Errorf("%v: %v, want %v", confidence, got, want)
		}
	}
}
