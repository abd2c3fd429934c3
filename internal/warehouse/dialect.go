package warehouse

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/countybudget/extract/schema"
)

// dialect is what differs between the engines' SQL.
type dialect struct {
	title string
	// quote goes around a name; upper: quoted names are folded to upper case first, as the engine does with plain ones.
	quote    string
	reserved []string // the only names to quote; nil quotes all
	upper    bool
	// types are the engine's names of the scalar types; a decimal's has a place for its digits and its scale.
	types map[schema.ColumnType]string
	// list, structure and field say how types are composed.
	list      func(element string) string
	structure func(fields []string) string
	field     string // of name and type
	// backslash: string literals know escapes; escaped: those after an E do.
	backslash, escaped bool
	// from is a dataset in a FROM clause, with its alias.
	from func(q *dialect, dataset, alias string) string
	// viewEnd is what follows a view's text.
	viewEnd string
}

// name writes an identifier.
func (q *dialect) name(s string) string {
	if q.reserved != nil && !slices.Contains(q.reserved, s) {
		return s
	}
	if q.upper {
		s = strings.ToUpper(s)
	}
	return q.quote + s + q.quote
}

// text writes a string literal.
func (q *dialect) text(s string) string {
	if q.backslash {
		return "'" + escapes.Replace(s) + "'"
	}
	if q.escaped && strings.ContainsAny(s, "\r\n") {
		return "E'" + escapes.Replace(s) + "'"
	}
	return "'" + strings.ReplaceAll(s, "'", "''") + "'"
}

// escapes keep a literal on one line: clients look for comments and commands at the beginning of lines.
var escapes = strings.NewReplacer(`\`, `\\`, "'", `\'`, "\n", `\n`, "\r", `\r`, "\t", `\t`)

// typeOf is the engine's type of a column, without its nullability.
func (q *dialect) typeOf(c schema.Column) string {
	t := q.scalar(c)
	if c.List {
		t = q.list(t)
	}
	return t
}

func (q *dialect) scalar(c schema.Column) string {
	switch c.Type {
	case schema.TypeDecimal:
		return fmt.Sprintf(q.types[schema.TypeDecimal], schema.DecimalPrecision, c.Scale)
	case schema.TypeStruct:
		fields := make([]string, 0, len(c.Fields))
		for _, f := range c.Fields {
			fields = append(fields, fmt.Sprintf(q.field, q.name(f.Name), q.typeOf(f)))
		}
		return q.structure(fields)
	}
	return q.types[c.Type]
}

// check is the condition that a column holds one of its values; a null passes.
func (q *dialect) check(c schema.Column) string {
	values := make([]string, 0, len(c.Values))
	for _, v := range c.Values {
		values = append(values, q.text(v.Value))
	}
	return fmt.Sprintf("%s IN (%s)", q.name(c.Name), strings.Join(values, ", "))
}

// plainFrom is FROM as most engines write it.
func plainFrom(q *dialect, dataset, alias string) string { return q.name(dataset) + " " + alias }

// script collects the lines of a script.
type script struct{ strings.Builder }

func (s *script) printf(format string, args ...any) { fmt.Fprintf(&s.Builder, format, args...) }

// comment writes lines of comment. A path may hold anything: no line of it must end the comment.
func (s *script) comment(lines ...string) {
	for _, l := range lines {
		s.printf("%s\n", strings.TrimRight("-- "+oneLine(l), " "))
	}
}

// oneLine escapes line breaks and other control characters as in Go.
func oneLine(s string) string {
	if !strings.ContainsFunc(s, breaksLine) {
		return s
	}
	var b strings.Builder
	for _, r := range s {
		if breaksLine(r) {
			quoted := strconv.QuoteRuneToASCII(r)
			b.WriteString(quoted[1 : len(quoted)-1])
		} else {
			b.WriteRune(r)
		}
	}
	return b.String()
}

// breaksLine reports characters that some client may take for the end of a line, or that hide what follows.
func breaksLine(r rune) bool {
	return unicode.IsControl(r) || unicode.In(r, unicode.Zl, unicode.Zp, unicode.Bidi_Control)
}

// shellWord quotes a word for a command line that a comment shows.
func shellWord(s string) string {
	plain := func(r rune) bool {
		return r >= utf8.RuneSelf || r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || strings.ContainsRune("/._-+=:,@%", r)
	}
	if s != "" && !strings.HasPrefix(s, "-") && !strings.ContainsFunc(s, func(r rune) bool { return !plain(r) }) {
		return s
	}
	return "'" + strings.ReplaceAll(s, "'", `'\''`) + "'"
}

// head begins a script.
func (s *script) head(q *dialect, lines ...string) {
	s.comment(append([]string{"The budget schema " + schema.Version + " for " + q.title + "."}, lines...)...)
	s.printf("\n")
}

// indented joins lines as the body of a parenthesis.
func indented(lines []string) string { return "  " + strings.Join(lines, ",\n  ") }
