package ocr

import (
	"context"
	"errors"
	"image"
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/countybudget/extract/extract/model"
	pix "github.com/countybudget/extract/extract/ocr/image"
)

const fakeHeight = 36

// fakeRecognizer says what it is told to.
type fakeRecognizer struct {
	say   func(Line, Charset) []Candidate
	lines int // read so far
}

func (f *fakeRecognizer) LineHeight(Charset) int { return fakeHeight }

func (f *fakeRecognizer) Read(ctx context.Context, lines []Line, charset Charset, suggest Suggest) ([][]Candidate, error) {
	out := make([][]Candidate, len(lines))
	for i, l := range lines {
		if l.Height != fakeHeight || len(l.Pix) != l.Width*l.Height {
			return nil, errors.New("a line of another height")
		}
		out[i] = f.say(l, charset)
		if suggest != nil && len(out[i]) > 0 {
			for _, s := range suggest(i, readingOf(out[i][0].Characters, charset).Text) {
				out[i] = append(out[i], said(s, 0.5, 0.3))
			}
		}
	}
	f.lines += len(lines)
	return out, ctx.Err()
}

func (f *fakeRecognizer) Close() error { return nil }

// budget is a ruled table of three names and three amounts, drawn as dark boxes: what they say the recognizer decides.
func budget() (Scan, []model.Rect) {
	p := image.NewGray(image.Rect(0, 0, 700, 340))
	r := pix.Blank(700, 340)
	var cells []model.Rect
	for i := range 4 {
		r.Fill(image.Rect(50, 50+60*i, 650, 52+60*i), 0)
	}
	for _, x := range []int{50, 350, 650} {
		r.Fill(image.Rect(x, 50, x+2, 232), 0)
	}
	for i := range 3 {
		y := 50 + 60*i
		cells = append(cells, model.Rect{X0: 50, Y0: float64(y), X1: 350, Y1: float64(y + 60)}, model.Rect{X0: 350, Y0: float64(y), X1: 650, Y1: float64(y + 60)})
		for k := range 5 { // five characters, as wide as high
			r.Fill(image.Rect(80+32*k, y+18, 106+32*k, y+44), 20)
		}
		for k := range 7 { // six digits and, low and small, a point
			b := image.Rect(450+16*k, y+24, 460+16*k, y+42)
			if k == 4 {
				b = image.Rect(453+16*k, y+38, 457+16*k, y+42)
			}
			r.Fill(b, 20)
		}
	}
	copy(p.Pix, r.Pix)
	return Scan{Image: p, Matrix: model.Matrix{700, 0, 0, -340, 0, 340}, Width: 700, Height: 340}, cells
}

// textOf is the text of the glyphs in a box.
func textOf(p *model.Page, b model.Rect) string {
	var s strings.Builder
	for i := range p.Glyphs {
		if b.Contains(p.Glyphs[i].Box.Center()) {
			s.WriteString(p.Glyphs[i].Text)
		}
	}
	return s.String()
}

// Names are read with any characters, numbers with those of numbers only. A known name is preferred to a more probable text,
// and what is suggested is asked for by what was read.
func TestPageWithChineseTextAndDigits(t *testing.T) {
	scan, cells := budget()
	fake := &fakeRecognizer{say: func(_ Line, charset Charset) []Candidate {
		if charset == Numbers {
			return []Candidate{said("1234.50", 0.99, 1)}
		}
		return []Candidate{said("住丙公积金", 0.99, 1)}
	}}
	var asked []string
	known := func(s string) bool { return s == "住房公积金" }
	result, err := Page(t.Context(), fake, scan, Options{
		Grid: func(*model.Page) []model.Rect { return cells }, Known: known,
		Near: func(s string) []string { asked = append(asked, s); return []string{"住房公积金"} },
	})
	if err != nil {
		t.Fatal(err)
	}
	for i, b := range cells {
		want := "住房公积金"
		if i%2 == 1 {
			want = "1234.50"
		}
		if got := textOf(result.Page, b); got != want {
			t.Errorf("cell %d: %q, want %q", i, got, want)
		}
	}
	if !slices.Contains(asked, "住丙公积金") {
		t.Errorf("known names were asked for %q", asked)
	}
	if !result.Upright || result.Turn != 0 || len(result.Page.Rules) != 7 {
		t.Errorf("upright %v, turned by %d, %d rules", result.Upright, result.Turn, len(result.Page.Rules))
	}
	for _, r := range result.Page.Reads {
		if len(r.Readings) == 0 {
			t.Errorf("no readings at %v", r.Box)
		}
	}
}

// A recognizer that fails, or breaks the contract, fails the page with a reason.
func TestFaultyRecognizers(t *testing.T) {
	scan, cells := budget()
	broken := errors.New("out of order")
	grid := func(*model.Page) []model.Rect { return cells }
	for name, r := range map[string]Recognizer{
		"an error":           faulty{func(n int) ([][]Candidate, error) { return nil, broken }},
		"too few results":    faulty{func(n int) ([][]Candidate, error) { return make([][]Candidate, n-1), nil }},
		"a probability of 2": faulty{func(n int) ([][]Candidate, error) { return slices.Repeat([][]Candidate{{said("甲", 2, 1)}}, n), nil }},
		"no probability": faulty{func(n int) ([][]Candidate, error) {
			return slices.Repeat([][]Candidate{{said("甲", float32(math.NaN()), 1)}}, n), nil
		}},
		"a negative share": faulty{func(n int) ([][]Candidate, error) { return slices.Repeat([][]Candidate{{said("甲", 1, -1)}}, n), nil }},
		"broken UTF-8": faulty{func(n int) ([][]Candidate, error) {
			return slices.Repeat([][]Candidate{{{Characters: []Character{{"\xe5", 1, 0}}, Share: 1}}}, n), nil
		}},
		"a character nowhere": faulty{func(n int) ([][]Candidate, error) {
			return slices.Repeat([][]Candidate{{{Characters: []Character{{"1", 1, float32(math.NaN())}}}}}, n), nil
		}},
	} {
		if _, err := Page(t.Context(), r, scan, Options{Grid: grid}); err == nil || name == "an error" && !errors.Is(err, broken) {
			t.Errorf("%s: %v", name, err)
		}
	}
	nothing := faulty{func(n int) ([][]Candidate, error) { return make([][]Candidate, n), nil }}
	if result, err := Page(t.Context(), nothing, scan, Options{Grid: grid}); err != nil || len(result.Page.Glyphs) != 0 || len(result.Page.Rules) != 7 {
		t.Errorf("a recognizer that finds no text: %v", err)
	}
	garbage := &fakeRecognizer{say: func(Line, Charset) []Candidate { return []Candidate{said("\u200b%)((,,", 0.3, 1), {}} }}
	if _, err := Page(t.Context(), garbage, scan, Options{Grid: grid}); err != nil {
		t.Errorf("garbage: %v", err)
	}
}

// faulty returns what it is told to, whatever the lines are.
type faulty struct {
	read func(lines int) ([][]Candidate, error)
}

func (f faulty) LineHeight(Charset) int { return fakeHeight }

func (f faulty) Read(_ context.Context, lines []Line, _ Charset, _ Suggest) ([][]Candidate, error) {
	return f.read(len(lines))
}

func (f faulty) Close() error { return nil }

// A page is not read on when its time is over.
func TestCancelled(t *testing.T) {
	scan, cells := budget()
	ctx, cancel := context.WithCancel(t.Context())
	fake := &fakeRecognizer{say: func(Line, Charset) []Candidate { cancel(); return nil }}
	_, err := Page(ctx, fake, scan, Options{Grid: func(*model.Page) []model.Rect { return cells }})
	if !errors.Is(err, context.Canceled) {
		t.Errorf("%v", err)
	}
}

// Where the shapes of digits contradict the recognizer, the number becomes doubtful; where they agree, it becomes sure.
func TestSecondWitness(t *testing.T) {
	n, fake, numbers, printed := numbersOf(t, 0)
	misread := slices.IndexFunc(printed, func(s string) bool { return len(s) == 7 && s[0] == '8' })
	right := fake.say
	wrong := string(lineOf(pass{n.sheet.Read, digitSize, Numbers}, numbers[misread], n.em, fakeHeight).Pix)
	fake.say = func(l Line, c Charset) []Candidate {
		if string(l.Pix) == wrong {
			return []Candidate{said("3"+printed[misread][1:], 1, 1)}
		}
		return right(l, c)
	}
	if _, err := n.readAll(numbers, pass{n.sheet.Read, digitSize, Numbers}); err != nil {
		t.Fatal(err)
	}
	if err := n.doubtNumbers(); err != nil {
		t.Fatal(err)
	}
	if best := numbers[misread].best; best.Text != printed[misread] || best.Confidence > outvoted {
		t.Errorf("a misread %s became %v", printed[misread], best)
	}
	sure := 0
	for _, p := range numbers {
		if p.best.Confidence >= confirmed {
			sure++
		}
	}
	if sure*2 < len(numbers) {
		t.Errorf("%d of %d numbers are sure", sure, len(numbers))
	}
}
