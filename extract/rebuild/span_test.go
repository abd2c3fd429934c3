package rebuild

import (
	"regexp"
	"slices"
	"testing"
)

// The grammar that span reads by hand.
var spanGrammar = regexp.MustCompile(`\d[\d,，]*(?:\.\d+)?`)

func FuzzSpan(f *testing.F) {
	for _, s := range []string{
		"", "公开", "12", "2024年1,234.50万元", "1，234.5.6", "5.", "5.元", ".5", ",1,", "1..2", "３", "\xff1\xff", "1\xef\xbc", "3.5%和4,",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		var got []string
		for m := (span{}); m.next(text); {
			got = append(got, text[m.start:m.end])
		}
		if want := spanGrammar.FindAllString(text, -1); !slices.Equal(got, want) {
			t.Errorf("%q: got %q, want %q", text, got, want)
		}
	})
}
