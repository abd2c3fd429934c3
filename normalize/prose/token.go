package prose

import (
	"strings"
	"unicode/utf8"

	"github.com/shopspring/decimal"
)

// token is an amount of money or a percentage.
type token struct {
	percent bool
	a, b    int // the number, its sign included
	end     int // where its unit ends
	value   decimal.Decimal
	places  int32 // decimals printed
	unit    string
	yuan    decimal.Decimal // one unit
}

// tokens finds the amounts and percentages of a stream. Prices, thresholds and ranges are none.
func (w *Words) tokens(st *stream) []token {
	var out []token
	for i := 0; i < len(st.folded); {
		if !isDigit(st.folded[i]) {
			i++
			continue
		}
		end := st.number(i)
		t := token{a: i, b: end}
		if w.measure(st, &t) && !w.isPrice(st, &t) {
			out = append(out, t)
		}
		i = max(end, t.end)
	}
	return out
}

// number returns where the number that begins at i ends. White space and line ends may stand in it.
func (st *stream) number(i int) int {
	j := st.digits(i, newline)
	if j-i <= 3 {
		for st.group(j) {
			j += 4
		}
	}
	if j+1 < len(st.folded) && st.folded[j] == '.' && isDigit(st.folded[j+1]) && st.breaks[j+1] < paragraph {
		j = st.fraction(j + 1)
	}
	return j
}

// digits returns where the digits that begin at i end; a wider gap than most ends them.
func (st *stream) digits(i int, most gap) int {
	j := i + 1
	for j < len(st.folded) && isDigit(st.folded[j]) && st.breaks[j] <= most {
		j++
	}
	return j
}

// fraction returns where the decimals that begin at i end. After white space another number begins; after a line end only
// if what follows has decimals of its own.
func (st *stream) fraction(i int) int {
	j := st.digits(i, none)
	if j < len(st.folded) && isDigit(st.folded[j]) && st.breaks[j] == newline {
		k := st.digits(j, none)
		if k >= len(st.folded) || st.folded[k] != '.' {
			return k
		}
	}
	return j
}

// group reports whether a thousands separator and its three digits stand at i.
func (st *stream) group(i int) bool {
	if i+3 >= len(st.folded) || !strings.ContainsRune(",'’", st.folded[i]) {
		return false
	}
	for k := i + 1; k <= i+3; k++ {
		if !isDigit(st.folded[k]) || st.breaks[k] == paragraph {
			return false
		}
	}
	more := i+4 < len(st.folded) && isDigit(st.folded[i+4])
	// A full-width comma parts clauses, unless the digits are full-width as well.
	return !more && (st.printed[i] == ',' || st.folded[i] != ',' || st.printed[i+1] != st.folded[i+1])
}

// measure reads the unit after a number, and the number.
func (w *Words) measure(st *stream, t *token) bool {
	if t.a > 0 && (isLetter(st.folded[t.a-1]) || st.folded[t.a-1] == utf8.RuneError) {
		return false // a character that could not be decoded may be a digit or the point
	}
	rest := st.folded[t.b:]
	if len(rest) > 0 && rest[0] == '%' {
		t.percent, t.end = true, t.b+1
		return t.read(st)
	}
	if w.compound(st, t) {
		return true
	}
	for i := range w.units {
		u := &w.units[i]
		if !hasPrefix(rest, u.text) || st.breaks[t.b] == paragraph {
			continue
		}
		tail := rest[len(u.text)-1:]
		for k := range w.notMoney {
			if hasPrefix(tail, w.notMoney[k].text) {
				return false
			}
		}
		t.end, t.unit = t.b+len(u.text), string(u.text)
		t.yuan = u.number
		return t.read(st)
	}
	return false
}

// compound reads amounts of two parts: 1亿2000万元.
func (w *Words) compound(st *stream, t *token) bool {
	for i := range w.scales {
		s := &w.scales[i]
		at := t.b + len(s.text)
		if !hasPrefix(st.folded[t.b:], s.text) || at >= len(st.folded) || !isDigit(st.folded[at]) {
			continue
		}
		low := token{a: at, b: st.number(at)}
		high := token{a: t.a, b: t.b}
		if !high.read(st) || !w.measure(st, &low) || low.percent {
			return false
		}
		sum := high.value.Mul(s.number).Add(low.value.Mul(low.yuan))
		*t = token{a: t.a, b: low.end - 1, end: low.end, value: sum, unit: string(w.yuan), yuan: decimal.NewFromInt(1)}
		return true
	}
	return false
}

// read parses the number and takes in the sign before it.
func (t *token) read(st *stream) bool {
	digits := make([]byte, 0, 24)
	for _, r := range st.folded[t.a:t.b] {
		if isDigit(r) || r == '.' {
			digits = append(digits, byte(r))
		}
	}
	v, err := decimal.NewFromString(string(digits))
	if err != nil {
		return false
	}
	t.value, t.places = v, max(-v.Exponent(), 0)
	if t.a == 0 {
		return true
	}
	switch sign := st.folded[t.a-1]; sign {
	case '△', '▲', 'Δ':
		t.a--
		t.value = v.Neg()
	case '-', '~', '—':
		if t.a >= 2 && (isDigit(st.folded[t.a-2]) || st.folded[t.a-2] == st.words.yuan || st.folded[t.a-2] == '%') {
			return false // a range
		}
		if sign == '-' {
			t.a--
			t.value = v.Neg()
		}
	}
	return true
}

// isPrice reports whether a number is a price or a threshold, not an amount: 单价50万元以上.
func (w *Words) isPrice(st *stream, t *token) bool {
	if t.percent {
		return false
	}
	rest := st.folded[t.end:]
	if len(rest) > 0 && rest[0] == '(' {
		for k, r := range rest[:min(len(rest), 10)] {
			if r == ')' {
				rest = rest[k+1:]
				break
			}
		}
	}
	for i := range w.thresholds {
		if hasPrefix(rest, w.thresholds[i].text) {
			return true
		}
	}
	before := st.folded[max(t.a-8, 0):t.a]
	at, p := findLast(before, w.prices)
	return p != nil && len(before)-at-len(p.text) <= 2 && !strings.ContainsRune(string(before[at:]), ',')
}

func isDigit(r rune) bool  { return r >= '0' && r <= '9' }
func isLetter(r rune) bool { return r >= 'A' && r <= 'Z' || r >= 'a' && r <= 'z' }
