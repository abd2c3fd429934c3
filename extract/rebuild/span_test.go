package rebuild

import (
	"regexp"
	"slices"
	"strings"
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
		if strings.ContainsAny(text, apostrophes) {
			t.Skip("not in the grammar: see TestSpanApostrophes")
		}
		var got []string
		for m := (span{}); m.next(text); {
			got = append(got, text[m.start:m.end])
		}
		if want := spanGrammar.FindAllString(text, -1); !slices.Equal(got, want) {
			t.Errorf("%q: got %q, want %q", text, got, want)
		}
	})
}

// TestSpanApostrophes: apostrophes separate thousands and nothing else.
func TestSpanApostrophes(t *testing.T) {
	for text, want := range map[string][]string{
		"11'915'500.00": {"11'915'500.00"},
		"4’906’000元":    {"4’906’000"},
		"12'50":         {"12", "50"},
		"1234'567":      {"1234", "567"},
		"1'2345":        {"1", "2345"},
		"'2024'年":       {"2024"},
	} {
		var got []string
		for m := (span{}); m.next(text); {
			got = append(got, text[m.start:m.end])
		}
		if !slices.Equal(got, want) {
			t.Errorf("%q: got %q, want %q", text, got, want)
		}
	}
}

// TestYears: 年 behind a number of four digits, or brackets around it, make it a year.
func TestYears(t *testing.T) {
	for _, c := range []struct {
		before, number, behind string
		want                   bool
	}{
		{"", "2024", "年部门预算", true},
		{"", "2024", " 年", true},
		{"", "2023", "—2025年", true},
		{"财预〔", "2017", "〕98号", true},
		{"", "2024", "万元", false},
		{"", "3024", "年", false},
		{"", "12", "年", false},
		{"（", "2017", "）", false},
	} {
		if got := isYear(c.before, c.number, c.behind); got != c.want {
			t.Errorf("isYear(%q, %q, %q) = %v", c.before, c.number, c.behind, got)
		}
	}
}
