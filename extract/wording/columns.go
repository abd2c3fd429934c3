package wording

import "strconv"

// IsColumnNumbers reports whether the texts of a row number the columns of a table: 1 2 3 …, with or without 栏次, also as sums
// (1=2+3). Empty texts do not count.
func IsColumnNumbers(texts []string) bool {
	label, numbers, last := false, 0, 0
	for _, text := range texts {
		switch t := Squeeze(text); {
		case t == "":
		case Is("column_numbers", t):
			label = true
		case isFormula(t):
			numbers++
			last++
		case IsInteger(t) && len(t) <= 2:
			n, _ := strconv.Atoi(t)
			if n != last+1 && !(n == 1 && numbers > 0) && numbers > 0 || numbers == 0 && n > 2 && !label {
				return false
			}
			last = n
			numbers++
		default:
			return false
		}
	}
	return numbers >= 2 || label && numbers >= 1
}

// isFormula reports whether s is a column number that says how it is computed: 1=2+3, 3＝4+5, (4).
func isFormula(s string) bool {
	digits, signs := 0, 0
	for _, r := range s {
		switch {
		case r >= '0' && r <= '9':
			digits++
		case r == '=' || r == '＝' || r == '+' || r == '＋':
			signs++
		case r == '(' || r == ')' || r == '（' || r == '）' || r == '-' || r == '－' || r == '…' || r == '/' || r == '*' || r == '%' || r == '×':
		default:
			return false
		}
	}
	return digits >= 2 && signs > 0
}
