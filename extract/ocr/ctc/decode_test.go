package ctc

import (
	"slices"
	"testing"

	"github.com/countybudget/extract/extract/ocr"
)

// letters is an alphabet in which a, b and c are encoded by one label each, 口 by two and 回 by three; the blank is 9.
func letters() *Alphabet {
	a := NewAlphabet(9)
	for _, c := range []struct {
		text   string
		labels []int16
	}{{"a", []int16{0}}, {"b", []int16{1}}, {"c", []int16{2}}, {"口", []int16{3, 4}}, {"回", []int16{3, 5, 6}}, {" ", []int16{7}}} {
		a.Add(c.text, c.labels...)
	}
	return a
}

// stepsOf are time steps over ten outputs in which the given labels have the given probabilities, and the blank the rest.
func stepsOf(steps ...map[int]float32) func(int) []float32 {
	var out [][]float32
	for _, c := range steps {
		p := make([]float32, 10)
		p[9] = 1
		for label, v := range c {
			p[label] = v
			p[9] -= v
		}
		out = append(out, p)
	}
	return func(t int) []float32 { return out[t] }
}

func textOf(c ocr.Candidate) string {
	s := ""
	for _, l := range c.Characters {
		s += l.Text
	}
	return s
}

func TestDecode(t *testing.T) {
	type steps = []map[int]float32
	for _, c := range []struct {
		name    string
		steps   steps
		allowed string
		want    string
	}{
		{"blanks only", steps{{}, {}}, "", ""},
		{"one", steps{{0: 0.9}, {}}, "", "a"},
		{"over two time steps", steps{{0: 0.9}, {0: 0.9}, {}}, "", "a"},
		{"twice", steps{{0: 0.9}, {}, {0: 0.9}}, "", "aa"},
		{"two labels", steps{{3: 0.9}, {4: 0.9}}, "", "口"},
		{"two labels with a blank between", steps{{3: 0.9}, {}, {4: 0.9}}, "", "口"},
		{"three labels", steps{{3: 0.9}, {5: 0.8, 4: 0.2}, {6: 0.9}}, "", "回"},
		{"a prefix only", steps{{3: 0.9}, {}}, "", ""},
		{"the sum of the alignments counts", steps{{0: 0.4}, {0: 0.4}}, "", "a"}, // two blanks have 0.36, each alignment of a less
		{"only what is allowed", steps{{0: 0.6, 1: 0.3}, {}}, "b", "b"},
	} {
		d := &Decoder{Alphabet: letters(), Step: 3}
		if c.allowed != "" {
			d.Allowed = d.Alphabet.Labels(c.allowed)
		}
		found := d.Decode(len(c.steps), stepsOf(c.steps...))
		if got := textOf(found[0]); got != c.want {
			t.Errorf("%s: %q, not %q", c.name, got, c.want)
		}
	}
}

// The other texts of a line come with their shares, and what is suggested after them.
func TestCandidates(t *testing.T) {
	d := &Decoder{Alphabet: letters(), Step: 3}
	probabilities := stepsOf(map[int]float32{0: 0.6, 1: 0.3}, map[int]float32{}, map[int]float32{2: 0.99})
	found := d.Decode(3, probabilities)
	if len(found) != 3 || textOf(found[0]) != "ac" || textOf(found[1]) != "bc" || found[0].Share != 1 {
		t.Fatalf("%+v", found)
	}
	if s := found[1].Share; s < 0.49 || s > 0.51 {
		t.Errorf("bc has a share of %v", s)
	}
	asked := ""
	weighed := d.Weigh(found[:1], 3, probabilities, func(text string) []string {
		asked = text
		return []string{"bc", "x", "aac"}
	})
	if asked != "ac" || len(weighed) != 3 || textOf(weighed[1]) != "bc" || textOf(weighed[2]) != "aac" {
		t.Fatalf("asked for %q: %+v", asked, weighed)
	}
	if s := weighed[1].Share; s < 0.49 || s > 0.51 {
		t.Errorf("suggested, bc has a share of %v", s)
	}
	if s := weighed[2].Share; s > 0.01 {
		t.Errorf("suggested, aac has a share of %v", s)
	}
}

func TestAlign(t *testing.T) {
	d := &Decoder{Alphabet: letters(), Step: 3}
	probabilities := stepsOf(map[int]float32{}, map[int]float32{0: 0.5}, map[int]float32{0: 0.9}, map[int]float32{}, map[int]float32{3: 0.8},
		map[int]float32{}, map[int]float32{4: 0.95}, map[int]float32{})
	found := d.Decode(8, probabilities)[0]
	if textOf(found) != "a口" {
		t.Fatalf("%+v", found)
	}
	for i, want := range []ocr.Character{{Text: "a", Probability: 0.9, X: 2*3 + 1}, {Text: "口", Probability: 0.8, X: 4*3 + 1}} { // as sure as its least sure label
		if got := found.Characters[i]; got != want {
			t.Errorf("%+v, not %+v", got, want)
		}
	}
}

// The likelihood of a text is the sum over all sequences of labels that collapse to it, here added up one by one.
func TestLikelihoodSumsAllAlignments(t *testing.T) {
	d := &Decoder{Alphabet: letters(), Step: 3}
	probabilities := stepsOf(map[int]float32{0: 0.6, 1: 0.1}, map[int]float32{0: 0.5, 1: 0.2}, map[int]float32{0: 0.3, 1: 0.3}, map[int]float32{0: 0.2, 1: 0.7})
	const steps = 4
	want := map[string]float64{}
	var walk func(step int, text string, last int, share float64)
	walk = func(step int, text string, last int, share float64) {
		if step == steps {
			want[text] += share
			return
		}
		p := probabilities(step)
		for _, label := range []int{0, 1, 9} {
			longer := text
			if label != last && label != 9 {
				longer += string(rune('a' + label))
			}
			walk(step+1, longer, label, share*float64(p[label]/slices.Max(p)))
		}
	}
	walk(0, "", 9, 1)
	d.findPeaks(steps, probabilities)
	for text, share := range want {
		characters, ok := d.Alphabet.characters(text)
		if got := d.likelihood(characters, steps, probabilities); !ok || got < share-1e-6 || got > share+1e-6 {
			t.Errorf("%q has the likelihood %g, its alignments have %g", text, got, share)
		}
	}
	if want["aa"] == 0 || want["aba"] == 0 {
		t.Error("no text with equal labels was tested")
	}
}
