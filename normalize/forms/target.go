package forms

import (
	"strings"
	"unicode/utf8"

	"github.com/countybudget/extract/normalize/amount"
	"github.com/shopspring/decimal"
)

// target is an indicator's target, taken apart.
type target struct {
	operator string
	value    decimal.NullDecimal
	unit     string
	raw      string
}

// parseTarget reads ≥98%, ≤550元/人/天, 42人. A date, a range and a text have no value.
func (w *Words) parseTarget(printed string) target {
	t := target{raw: amount.StripSpace(printed)}
	s := amount.Fold(printed)
	op := ""
	for _, o := range w.labels["operator"] {
		if rest, ok := strings.CutPrefix(s, o.text); ok {
			op, s = o.field, rest
			break
		}
	}
	number, rest := cutNumber(s)
	v, ok := amount.Parse(number)
	if !ok || strings.ContainsAny(rest, "0123456789") || w.isDate(rest, op) {
		return t
	}
	if op == "" {
		op, rest = w.bound(rest)
	}
	t.operator, t.value, t.unit = op, decimal.NewNullDecimal(v), rest
	return t
}

// bound takes the word for a bound off a unit: %以上.
func (w *Words) bound(unit string) (operator, rest string) {
	for _, s := range w.labels["suffix"] {
		if rest, ok := strings.CutSuffix(unit, s.text); ok {
			return s.field, rest
		}
	}
	return "", unit
}

// cutNumber takes the number off the beginning of a folded text.
func cutNumber(s string) (number, rest string) {
	i := 0
	for i < len(s) && (s[i] >= '0' && s[i] <= '9' || s[i] == '.' || s[i] == ',') {
		i++
	}
	for i > 0 && (s[i-1] == '.' || s[i-1] == ',') {
		i--
	}
	return s[:i], s[i:]
}

// isDate reports whether what follows a number makes it a date or a range. 3年 after an operator is a duration.
func (w *Words) isDate(rest, operator string) bool {
	for _, d := range w.labels["date"] {
		if !strings.HasPrefix(rest, d.text) {
			continue
		}
		if operator == "" || utf8.RuneCountInString(rest) > utf8.RuneCountInString(d.text)+1 && !strings.Contains(rest, "/") {
			return true
		}
	}
	return false
}

// joined joins a target that is printed in columns of its own: operator, number, unit. What is no number stands by itself.
func (w *Words) joined(operator, value, unit string) string {
	value = strings.TrimSpace(value)
	s := amount.Fold(value)
	bound := w.startsWithOperator(s)
	if !bound && !startsWithDigit(s) {
		return value
	}
	if unit != "" && !w.noUnit.Any(amount.Fold(unit)) && w.endsInNumber(s) {
		value += unit
	}
	if !bound && w.besides("operator", amount.Fold(operator)) != "" && w.parseTarget(operator+value).value.Valid {
		value = operator + value
	}
	return value
}

func (w *Words) startsWithOperator(s string) bool {
	for _, o := range w.labels["operator"] {
		if strings.HasPrefix(s, o.text) {
			return true
		}
	}
	return false
}

// endsInNumber reports a folded target without a unit: a number, perhaps in thousands.
func (w *Words) endsInNumber(s string) bool {
	for _, m := range w.labels["multiple"] {
		s = strings.TrimSuffix(s, m.text)
	}
	return s != "" && s[len(s)-1] >= '0' && s[len(s)-1] <= '9'
}
