package spelling

import (
	"strings"

	"github.com/countybudget/extract/normalize/amount"
)

// splitOrdinal parts the numbering of a name from the name.
func (n *Names) splitOrdinal(s string) (number, name string) {
	end := len(n.ordinal.FindString(s))
	return s[:end], s[end:]
}

// splitNumber parts the code, or else the numbering, from the name behind it.
func (n *Names) splitNumber(s string) (number, name string) {
	if code, name := amount.SplitCode(s); code != "" {
		return strings.TrimSuffix(s, name), name
	}
	return n.splitOrdinal(s)
}

// garbled lists the names that are left when a misread numbering is removed, the shortest numbering first.
func (n *Names) garbled(s string) []string {
	var out []string
	dropped := 0
	for i, r := range s {
		if dropped > 0 {
			out = append(out, s[i:])
		}
		if dropped++; dropped > 6 || !strings.ContainsRune(n.likeOrdinal, r) {
			break
		}
	}
	return out
}

// numeral is a number in Chinese, from 1 to 99; "" for any other.
func (n *Names) numeral(v int) string {
	ten := n.numerals[10]
	switch {
	case v < 1 || v > 99:
		return ""
	case v < 10:
		return n.numerals[v]
	case v < 20:
		return ten + n.numerals[v-10]
	}
	return n.numerals[v/10] + ten + n.numerals[v%10]
}

// ordinalValue is the number that a Chinese numbering says, 0 when it is none.
func (n *Names) ordinalValue(s string) int {
	m := n.chineseOrdinal.FindStringSubmatch(s)
	if m == nil {
		return 0
	}
	for v := 1; v <= 99; v++ {
		if n.numeral(v) == m[1] {
			return v
		}
	}
	return 0
}
