package forms

import (
	"strings"
	"unicode/utf8"

	"github.com/countybudget/extract/normalize/amount"
	"github.com/shopspring/decimal"
)

// doubted is what the confidence of a repaired reading is multiplied with.
const doubted = 0.8

// repair corrects errors that recognition is known to make in a target: ≥ read as a character (之98%) or as a digit, and %
// read as 9. It changes only a reading that cannot be right: a character before a number that is no operator, and a rate above
// 100 that is below it without the digit.
func (w *Words) repair(printed, name string) (string, bool) {
	s, changed := amount.StripSpace(printed), false
	for _, m := range w.labels["misread"] {
		if rest, ok := strings.CutPrefix(s, m.text); ok && startsWithDigit(rest) {
			s, changed = m.field+rest, true
			break
		}
	}
	if !w.isRate(name) {
		return s, changed
	}
	op := ""
	for _, o := range w.labels["operator"] {
		if rest, ok := strings.CutPrefix(s, o.text); ok {
			op, s = s[:len(s)-len(rest)], rest
			break
		}
	}
	number, unit := cutNumber(s)
	if fixed, ok := percentage(number, unit, op == ""); ok {
		return op + fixed, true
	}
	return op + s, changed
}

func startsWithDigit(s string) bool { return s != "" && s[0] >= '0' && s[0] <= '9' }

// isRate reports whether an indicator is stated in per cent, by its name.
func (w *Words) isRate(name string) bool {
	for _, r := range w.labels["rate"] {
		if strings.HasSuffix(name, r.text) {
			return true
		}
	}
	return false
}

// percentage is the percentage of which an impossible one is a misreading; ok is false where there is none.
func percentage(number, unit string, mayHaveOperator bool) (string, bool) {
	hundred := decimal.NewFromInt(100)
	v, ok := amount.Parse(number)
	if !ok || unit != "" && unit != "%" || v.Cmp(hundred) <= 0 {
		return "", false
	}
	possible := func(s string) bool {
		d, ok := amount.Parse(s)
		return ok && s[0] != '0' && d.Cmp(hundred) <= 0 && d.Cmp(decimal.NewFromInt(10)) >= 0
	}
	if rest, ok := strings.CutPrefix(number, "2"); ok && mayHaveOperator && unit == "%" && possible(rest) {
		return "≥" + rest + "%", true
	}
	if rest, ok := strings.CutSuffix(number, "9"); ok && possible(rest) {
		return rest + "%", true
	}
	return "", false
}

// separators reads a recognized amount of yuan in which a thousands separator looks like a point: yuan have two decimals at
// the most.
func separators(s string) string {
	i := strings.LastIndexByte(s, '.')
	if i < 1 || utf8.RuneCountInString(s)-i != 4 || i > 3 && !strings.ContainsAny(s[:i], ".,") {
		return s
	}
	return strings.ReplaceAll(s, ".", ",")
}
