package grammar

import (
	"fmt"
	"regexp"
	"unicode/utf8"

	"github.com/countybudget/extract/normalize/lexicon"
)

// yearForm is a way to print a year; the group of the pattern is its number.
type yearForm struct {
	pattern  *regexp.Regexp
	numerals map[rune]string // digits by Chinese numeral; nil where the number is printed in digits
	tables   lexicon.List    // numbers of tables that may stand before it, without the space that parts them in print
}

// addYear adds a way to print a year, with the value digits or numerals.
func (g *Grammar) addYear(p *lexicon.Phrase, book *lexicon.Book) error {
	if p.Regexp() == nil || p.Regexp().NumSubexp() != 1 {
		return fmt.Errorf("%s, line %d: a year is a pattern with one group", p.File, p.Line)
	}
	form := yearForm{pattern: p.Regexp(), tables: book.Of("years.table_number")}
	switch p.Value {
	case "digits":
	case "numerals":
		form.numerals = map[rune]string{}
		numerals := book.Of("years.numeral")
		for k := range numerals {
			r, _ := utf8.DecodeRuneInString(numerals[k].Text)
			form.numerals[r] = numerals[k].Value
		}
	default:
		return fmt.Errorf("%s, line %d: %q is neither digits nor numerals", p.File, p.Line, p.Value)
	}
	g.years = append(g.years, form)
	return nil
}

// at is the length of the year that stands at a place of a text, and what it says; 0 where none does. A year that follows a digit
// is the end of a longer number, unless the digits are the number of the table.
func (f *yearForm) at(text string, at int) (int, []Feature) {
	if c := text[at]; f.numerals == nil && (c < '0' || c > '9') {
		return 0, nil
	}
	numbered := at > 0 && text[at-1] >= '0' && text[at-1] <= '9'
	if numbered && !f.tables.Any(text[:at]) {
		return 0, nil
	}
	m := f.pattern.FindStringSubmatchIndex(text[at:])
	if m == nil || m[0] != 0 {
		return 0, nil
	}
	number := text[at+m[2] : at+m[3]]
	if numbered && len(number) < len("2021") {
		return 0, nil
	}
	if f.numerals != nil {
		digits := ""
		for _, r := range number {
			digits += f.numerals[r]
		}
		number = digits
	}
	if len(number) == 2 {
		number = "20" + number
	}
	return m[1], []Feature{{"year", number}}
}
