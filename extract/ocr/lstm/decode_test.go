//go:build cgo && !noocr

package lstm

import (
	"testing"
)

// letters is an alphabet in which a, b and c have a code each, 口 two, 回 three, and the code 9 means nothing.
func letters(t *testing.T) *alphabet {
	t.Helper()
	a := &alphabet{nodes: []node{{character: -1}}, index: map[string]int32{}}
	for _, c := range []struct {
		text  string
		codes []int16
	}{{"a", []int16{0}}, {"b", []int16{1}}, {"c", []int16{2}}, {"口", []int16{3, 4}}, {"回", []int16{3, 5, 6}}, {" ", []int16{7}}} {
		a.texts = append(a.texts, c.text)
		a.spellings = append(a.spellings, nil)
		a.spell(int32(len(a.texts)-1), c.codes)
	}
	return a
}

// columnsOf are columns of ten codes in which the given ones have the given probabilities, and nothing the rest.
func columnsOf(columns ...map[int]float32) func(int) []float32 {
	var out [][]float32
	for _, c := range columns {
		p := make([]float32, 10)
		p[9] = 1
		for code, v := range c {
			p[code] = v
			p[9] -= v
		}
		out = append(out, p)
	}
	return func(t int) []float32 { return out[t] }
}

func textOf(c Candidate) string {
	s := ""
	for _, l := range c.Characters {
		s += l.Text
	}
	return s
}

func TestDecode(t *testing.T) {
	type columns = []map[int]float32
	for _, c := range []struct {
		name    string
		columns columns
		allowed string
		want    string
	}{
		{"nothing", columns{{}, {}}, "", ""},
		{"one", columns{{0: 0.9}, {}}, "", "a"},
		{"over two columns", columns{{0: 0.9}, {0: 0.9}, {}}, "", "a"},
		{"twice", columns{{0: 0.9}, {}, {0: 0.9}}, "", "aa"},
		{"two codes", columns{{3: 0.9}, {4: 0.9}}, "", "口"},
		{"two codes with nothing between", columns{{3: 0.9}, {}, {4: 0.9}}, "", "口"},
		{"three codes", columns{{3: 0.9}, {5: 0.8, 4: 0.2}, {6: 0.9}}, "", "回"},
		{"a beginning only", columns{{3: 0.9}, {}}, "", ""},
		{"the sum of the ways counts", columns{{0: 0.4}, {0: 0.4}}, "", "a"}, // nothing at all has 0.36, each way of a less
		{"only what is allowed", columns{{0: 0.6, 1: 0.3}, {}}, "b", "b"},
	} {
		a := letters(t)
		d := &decoder{alphabet: a, nothing: 9}
		if c.allowed != "" {
			m := &Model{net: &network{last: dense{outputs: 10}}, alphabet: a}
			d.allowed = m.Codes(c.allowed)
		}
		found := d.decode(len(c.columns), columnsOf(c.columns...))
		if got := textOf(found[0]); got != c.want {
			t.Errorf("%s: %q, not %q", c.name, got, c.want)
		}
	}
}

// The other texts of a line come with their shares, and what is suggested after them.
func TestCandidates(t *testing.T) {
	d := &decoder{alphabet: letters(t), nothing: 9}
	odds := columnsOf(map[int]float32{0: 0.6, 1: 0.3}, map[int]float32{}, map[int]float32{2: 0.99})
	found := d.decode(3, odds)
	if len(found) != 3 || textOf(found[0]) != "ac" || textOf(found[1]) != "bc" || found[0].Share != 1 {
		t.Fatalf("%+v", found)
	}
	if s := found[1].Share; s < 0.49 || s > 0.51 {
		t.Errorf("bc has a share of %v", s)
	}
	asked := ""
	judged := d.judge(found[:1], 3, odds, func(text string) []string {
		asked = text
		return []string{"bc", "x", "aac"}
	})
	if asked != "ac" || len(judged) != 3 || textOf(judged[1]) != "bc" || textOf(judged[2]) != "aac" {
		t.Fatalf("asked for %q: %+v", asked, judged)
	}
	if s := judged[1].Share; s < 0.49 || s > 0.51 {
		t.Errorf("suggested, bc has a share of %v", s)
	}
	if s := judged[2].Share; s > 0.01 {
		t.Errorf("suggested, aac has a share of %v", s)
	}
}

func TestPlace(t *testing.T) {
	d := &decoder{alphabet: letters(t), nothing: 9}
	odds := columnsOf(map[int]float32{}, map[int]float32{0: 0.5}, map[int]float32{0: 0.9}, map[int]float32{}, map[int]float32{3: 0.8},
		map[int]float32{}, map[int]float32{4: 0.95}, map[int]float32{})
	found := d.decode(8, odds)[0]
	if textOf(found) != "a口" {
		t.Fatalf("%+v", found)
	}
	for i, want := range []Character{{"a", 0.9, 2*pool + pool/2}, {"口", 0.8, 4*pool + pool/2}} { // as sure as its least sure code
		if got := found.Characters[i]; got != want {
			t.Errorf("%+v, not %+v", got, want)
		}
	}
}
