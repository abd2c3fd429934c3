package amount

import (
	"strings"
	"testing"

	"golang.org/x/text/unicode/norm"
)

// Texts that are said to be folded already are what folding makes of them: every character by itself, and beside others.
func TestFolded(t *testing.T) {
	for r := rune(0); r < 0x30000; r++ {
		if 0xd800 <= r && r <= 0xdfff {
			continue
		}
		for _, s := range []string{string(r), "合" + string(r), string(r) + "计", "1" + string(r)} {
			if want := StripSpace(norm.NFKC.String(s)); Fold(s) != want {
				t.Fatalf("%+q is folded to %+q, not %+q", s, Fold(s), want)
			}
		}
	}
	if !folded("一般公共服务支出2010301") || folded("收入　合计") || folded("（一）") || folded(strings.Repeat("a", 9)+" ") {
		t.Error("the common texts are not told from those to fold")
	}
}
