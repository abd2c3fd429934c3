package ocrtest

import (
	"context"
	"errors"
	"math"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/countybudget/extract/extract/ocr"
)

// knowing is a double that reads the samples, because it knows them.
func knowing(t *testing.T) (*Double, []Sample) {
	samples := Samples(t, func(ocr.Charset) int { return 36 })
	return &Double{Say: func(l ocr.Line, charset ocr.Charset) string {
		for _, s := range samples {
			if s.Charset == charset && slices.Equal(s.Line.Pix, l.Pix) {
				return s.Text
			}
		}
		return ""
	}}, samples
}

func TestAnEngineThatKeepsTheContractHasNoFaults(t *testing.T) {
	d, samples := knowing(t)
	for _, err := range faults(t.Context(), d, samples) {
		t.Error(err)
	}
	if made, closed := d.Recognizers(); made == 0 || made != closed || d.Lines() == 0 {
		t.Errorf("%d recognizers made, %d closed, %d lines read", made, closed, d.Lines())
	}
}

func TestBrokenContractsAreFound(t *testing.T) {
	each := func(change func(*ocr.Candidate)) func([][]ocr.Candidate) [][]ocr.Candidate {
		return func(found [][]ocr.Candidate) [][]ocr.Candidate {
			for i := range found {
				for k := range found[i] {
					change(&found[i][k])
				}
			}
			return found
		}
	}
	for want, spoil := range map[string]func(*Double){
		"its name":               func(d *Double) { d.Called = " " },
		"pixels high":            func(d *Double) { d.Height = 3 },
		"Read: out of order":     func(d *Double) { d.Fault = errors.New("out of order") },
		"panic: out of order":    func(d *Double) { d.Panic = "out of order" },
		"characters are misread": func(d *Double) { d.Say = func(ocr.Line, ocr.Charset) string { return "7" } },
		"is read as": func(d *Double) {
			n := 0
			d.Say = func(ocr.Line, ocr.Charset) string { n++; return strings.Repeat("7", 1+n%5) }
		},
		"results for":             func(d *Double) { d.Bend = func(f [][]ocr.Candidate) [][]ocr.Candidate { return f[:max(0, len(f)-1)] } },
		"has the share":           func(d *Double) { d.Bend = each(func(c *ocr.Candidate) { c.Share = 0.5 }) },
		"has the share NaN":       func(d *Double) { d.Bend = each(func(c *ocr.Candidate) { c.Share = float32(math.NaN()) }) },
		"has the probability":     func(d *Double) { d.Bend = each(func(c *ocr.Candidate) { c.Characters[0].Probability = 2 }) },
		"is not UTF-8":            func(d *Double) { d.Bend = each(func(c *ocr.Candidate) { c.Characters[0].Text = "\xe5" }) },
		"in a line of":            func(d *Double) { d.Bend = each(func(c *ocr.Candidate) { c.Characters[0].X = -1 }) },
		"left of the character":   func(d *Double) { d.Bend = each(func(c *ocr.Candidate) { c.Characters[0].X = 30 }) },
		"is none of":              func(d *Double) { d.Bend = each(func(c *ocr.Candidate) { c.Characters[0].Text = "x" }) },
		"not in the order":        func(d *Double) { d.Bend = func(f [][]ocr.Candidate) [][]ocr.Candidate { return unsorted(f) } },
		"without pixels is read":  func(d *Double) { d.Say = func(ocr.Line, ocr.Charset) string { return "7" } },
		"white paper is read as ": func(d *Double) { d.Say = func(ocr.Line, ocr.Charset) string { return "77" } },
	} {
		d, samples := knowing(t)
		spoil(d)
		found := faults(t.Context(), d, samples)
		if !slices.ContainsFunc(found, func(err error) bool { return strings.Contains(err.Error(), want) }) {
			t.Errorf("no fault %q: %v", want, errors.Join(found...))
		}
	}
}

// unsorted puts a less probable candidate between two others.
func unsorted(found [][]ocr.Candidate) [][]ocr.Candidate {
	for i := range found {
		if len(found[i]) > 0 {
			found[i] = append(found[i], said("1", 36, 0.1), said("2", 36, 0.2))
		}
	}
	return found
}

// deaf is an engine that looks neither at the size of lines nor at its context.
type deaf struct{ *Double }

func (d deaf) NewRecognizer() ocr.Recognizer { return deafRecognizer{d.Double.NewRecognizer()} }

type deafRecognizer struct{ ocr.Recognizer }

func (d deafRecognizer) Read(_ context.Context, lines []ocr.Line, charset ocr.Charset, suggest ocr.Suggest) ([][]ocr.Candidate, error) {
	for i, l := range lines {
		if h := d.LineHeight(charset); l.Height != h || l.Width < 0 || len(l.Pix) != l.Width*h {
			lines[i] = ocr.Line{Height: h}
		}
	}
	if suggest != nil {
		suggest(len(lines), "with space")
	}
	return d.Recognizer.Read(context.Background(), lines, charset, nil)
}

func TestEnginesThatDoNotListenAreFound(t *testing.T) {
	d, samples := knowing(t)
	all := errors.Join(faults(t.Context(), deaf{d}, samples)...)
	if all == nil {
		t.Fatal("no faults")
	}
	for _, want := range []string{"a cancelled call: error <nil>", "with 30 bytes: no error", "× 37 pixels", "-1 × 36", "is asked about line"} {
		if !strings.Contains(all.Error(), want) {
			t.Errorf("no fault %q: %v", want, all)
		}
	}
}

func TestSlowEngines(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		if _, err := Slow(time.Minute).NewRecognizer().Read(ctx, nil, ocr.AnyText, nil); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("error %v", err)
		}
	})
}

func TestCrashingEngines(t *testing.T) {
	if found := faults(t.Context(), Crashing(), nil); len(found) == 0 {
		t.Error("no faults")
	}
}

func TestFakeReadsTheSameEverywhere(t *testing.T) {
	found, err := Fake("12").NewRecognizer().Read(t.Context(), []ocr.Line{{Height: 36}, {Height: 36}}, ocr.Numbers, nil)
	if err != nil || len(found) != 2 || first(found[1]) != "12" {
		t.Errorf("%v, %v", found, err)
	}
}
