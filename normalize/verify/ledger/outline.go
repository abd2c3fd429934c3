package ledger

import (
	"strings"
	"unicode"

	"github.com/countybudget/extract/schema"
)

// What a row's own signs say of its place: codes, numbering, indentation, 其中, units above their functions.

// style is the kind of a numbering: its brackets and points, with every numeral of one script as one sign.
func style(numbering string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r >= '0' && r <= '9':
			return '1'
		case unicode.Is(unicode.Han, r):
			return 'H'
		case unicode.Is(unicode.No, r):
			return 'o'
		case r == '（':
			return '('
		case r == '）':
			return ')'
		case r == '.' || r == '．' || r == ',' || r == '，':
			return '.'
		}
		return r
	}, strings.ReplaceAll(numbering, "10", "1"))
}

// maxIndent bounds the levels of indentation within one column of names. A name in the next column of names is deeper than all of
// them: 类 | 专项 | 物品, each row with one name.
const maxIndent = 16

// outline finds the depth of every row's numbering and its indentation. A style that is open above closes those below it; a new
// one opens below.
func (l *Ledger) outline(b *block) {
	var open []string
	steps := map[int]int{}
	for n := range b.rows {
		r := &b.rows[n]
		f := &l.Figures[r.line]
		r.printed = l.Lines[r.line].ItemCodeOrigin != schema.CodeDerived
		r.indent = -1
		if f.label == nil {
			continue
		}
		if s := collapse(style(f.label.Numbering)); s != "" && !f.among && !f.Kind.IsTotal() {
			r.depth = len(open) + 1
			for d, other := range open {
				if other == s {
					r.depth = d + 1
					open = open[:d]
					break
				}
			}
			open = append(open, s)
		}
		r.above = len(open)
		if !f.Kind.IsTotal() {
			r.indent = int(f.label.Step)*maxIndent + min(int(f.label.Indent), maxIndent-1)
			steps[r.indent]++
		}
	}
	if len(steps) < 2 {
		for n := range b.rows {
			b.rows[n].indent = -1
		}
	}
}

// collapse writes runs of one sign once: 十一、 is of the style of 一、.
func collapse(s string) string {
	var out []rune
	for _, r := range s {
		if n := len(out); n == 0 || out[n-1] != r {
			out = append(out, r)
		}
	}
	return string(out)
}

// hint is what the signs of two rows, one above the other, say: whether the upper includes the lower.
type hint int8

const (
	hintNever hint = iota - 1 // beside it, or above it
	hintNone                  // nothing
	hintBelow                 // probably
	hintCode                  // by printed codes
)

// hintOf compares row j with row i above it. The signs are asked in the order of their weight.
func (l *Ledger) hintOf(b *block, i, j int, indent bool) hint {
	p, q := &b.rows[i], &b.rows[j]
	f, g := &l.Figures[p.line], &l.Figures[q.line]
	switch {
	case f.Kind.IsTotal(), g.Kind.IsTotal():
		return hintNone
	case f.Code != "" && g.Code != "" && l.Lines[p.line].Classification == l.Lines[q.line].Classification:
		nested := len(g.Code) > len(f.Code) && strings.HasPrefix(g.Code, f.Code)
		switch {
		case nested && p.printed && q.printed:
			return hintCode
		case p.printed && q.printed:
			return hintNever
		case nested && !f.among:
			return hintBelow
		}
	}
	switch {
	case f.Kind == kindEntity && g.Kind == KindItem:
		return hintBelow
	case f.Kind == KindItem && g.Kind == kindEntity:
		return hintNever
	case g.among && !f.among:
		return hintBelow
	}
	switch {
	case p.depth > 0 && q.depth > p.depth:
		return hintBelow
	case p.depth > 0 && q.depth > 0, q.depth > 0 && q.depth <= p.above:
		return hintNever
	}
	if indent && p.indent >= 0 && q.indent >= 0 {
		if q.indent > p.indent {
			return hintBelow
		}
		return hintNever
	}
	return hintNone
}
