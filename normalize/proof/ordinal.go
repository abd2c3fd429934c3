package proof

import (
	"regexp"
	"strings"
)

var (
	ordinal = regexp.MustCompile(`^(?:[一二三四五六七八九十]{1,3}[、.．,，]|[(（][一二三四五六七八九十\d]{1,3}[)）]|\d{1,2}[、.．,，]|[①-⑳]|其中[:：]|减[:：]|加[:：])+`)
	chinese = regexp.MustCompile(`^([一二三四五六七八九十]{1,3})[、.．,，]`)
)

// likeOrdinal are the characters that ordinals are made of and those that recognition takes them for.
const likeOrdinal = "一二三四五六七八九十、.．,，:：;；“”\"'`’‘-—_|/\\()（）〈〉<>[]0123456789IlO工士土干王上己已忆口日目赴加入人大关亿兄丸匕儿九〇○①②③④⑤DEFT"

// splitOrdinal parts the numbering of a name from the name.
func splitOrdinal(s string) (number, name string) {
	n := len(ordinal.FindString(s))
	return s[:n], s[n:]
}

// garbled lists the ways to part a numbering that was not recognized from a name, the shortest numbering first.
func garbled(s string) []string {
	var out []string
	n := 0
	for i, r := range s {
		if n > 0 {
			out = append(out, s[i:])
		}
		if n++; n > 6 || !strings.ContainsRune(likeOrdinal, r) {
			break
		}
	}
	return out
}

// numerals in Chinese, up to 99.
func numeral(n int) string {
	const digits = "一二三四五六七八九"
	digit := func(n int) string {
		if n == 0 {
			return ""
		}
		return string([]rune(digits)[n-1])
	}
	switch {
	case n < 1 || n > 99:
		return ""
	case n < 10:
		return digit(n)
	case n < 20:
		return "十" + digit(n-10)
	}
	return digit(n/10) + "十" + digit(n%10)
}

// ordinalValue is the number that a Chinese numbering says, 0 when it is none.
func ordinalValue(s string) int {
	m := chinese.FindStringSubmatch(s)
	if m == nil {
		return 0
	}
	for n := 1; n <= 99; n++ {
		if numeral(n) == m[1] {
			return n
		}
	}
	return 0
}
