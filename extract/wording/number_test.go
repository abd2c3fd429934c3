package wording

import (
	"regexp"
	"testing"
)

// The grammar that IsNumber reads by hand.
var numberGrammar = regexp.MustCompile(`^[-−—–‐﹣－ー+△▲]?[(（]?[-−△▲]?(?:\d{1,3}(?:[,，'’]\d{3})+|\d+)?(?:\.\d*)?(?:[%％‰]?|[百千万亿]*元)[)）]?$`)

func FuzzIsNumber(f *testing.F) {
	for _, s := range []string{
		"", "0", "2130104", "1,234.50", "12，345", "1234,567", "1,23", "1,2345", ",123", "1,,234", ".5", "5.", ".", "-", "(",
		"-1.5%", "—12", "△3.00", "（-1,000.00）", "(5", "5)", "--5", "-(−5)", "3‰", "％", "5%%", "1.2.3", "１", "12万元", "(1,234.50元)", "3%元", "5万", "万元", "1 234",
		"11'915'500.00", "1'2345", "–1.5", "ー3",
		"\xff", "1\xe2", "\u00a05",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		squeezed := Squeeze(s)
		want := regexp.MustCompile(`\d`).MatchString(squeezed) && numberGrammar.MatchString(squeezed)
		if got := IsNumber(s); got != want {
			t.Errorf("IsNumber(%q) = %v, want %v", s, got, want)
		}
		if got, want := IsInteger(s), regexp.MustCompile(`^\d+$`).MatchString(squeezed); got != want {
			t.Errorf("IsInteger(%q) = %v, want %v", s, got, want)
		}
	})
}

func TestIsFigure(t *testing.T) {
	for s, want := range map[string]bool{
		"1,234.50": true, "2023/12/31": true, "010-6655": true, "$1.234.567": true, "5万元": true,
		"1/2": false, "合计": false, "第1234号": false, "": false, ".,-/": false,
	} {
		if got := IsFigure(s); got != want {
			t.Errorf("IsFigure(%q) = %v, want %v", s, got, want)
		}
	}
}
