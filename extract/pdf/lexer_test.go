package pdf

import (
	"errors"
	"fmt"
	"strings"
	"testing"
)

func show(o object) string {
	switch o.kind {
	case kNull:
		return "null"
	case kBool:
		return fmt.Sprint(o.num != 0)
	case kInt, kReal:
		return fmt.Sprintf("%g", o.num)
	case kName:
		return "/" + string(o.bytes)
	case kString:
		return fmt.Sprintf("(%s)", o.bytes)
	case kRef:
		return fmt.Sprintf("%g.%dR", o.num, o.gen)
	case kArray, kDict:
		var s []string
		for _, i := range o.items {
			s = append(s, show(i))
		}
		if o.kind == kArray {
			return "[" + strings.Join(s, " ") + "]"
		}
		return "{" + strings.Join(s, " ") + "}"
	case kKeyword:
		return "'" + string(o.bytes)
	case kClose:
		return "close"
	}
	return "EOF"
}

func TestLexer(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{"1 -2 +3 .5 -.5 4. 1.25", "1 -2 3 0.5 -0.5 4 1.25"},
		{"--5 1.2.3 12-34 . -", "-5 1.2 12 0 -0"},
		{"true false null Tj T* '", "true false null 'Tj 'T* ''"},
		{"/Name /A#20B /A#zz / /a(b)", "/Name /A B /A#zz / /a (b)"},
		{`(a(b)c) (\)\(\\) (\101\7\0012)`, "(a(b)c) ()(\\) (A\a\x012)"},
		{"(a\\\nb) (a\r\nb) (\\q)", "(ab) (a\nb) (q)"},
		{"<48 65 6C6c 6F> <4> <4x1>", "(Hello) (@) (A)"},
		{"[1[2]/a(b)] <</K/V/L[1]>>", "[1 [2] /a (b)] {/K /V /L [1]}"},
		{"% comment\n1 % two\r2", "1 2"},
		{"[1 2 Tj 3", "[1 2] 'Tj 3"},
		{"] >> > ) }", "close close close ') '}"},
		{"<</A 1/B>> <<1 2/C 3>>", "{/A 1} {/C 3}"},
		{"(open", "(open)"},
		{"<41", "(A)"},
		{"0.1abc 5abc", "0.1 'abc 5 'abc"},
		{"1 0 R", "1 0 'R"},
	} {
		l := &lexer{data: []byte(c.in)}
		var got []string
		for {
			o, err := l.next()
			if err != nil {
				t.Fatal(err)
			}
			if o.kind == kEOF {
				break
			}
			got = append(got, show(o))
		}
		if s := strings.Join(got, " "); s != c.want {
			t.Errorf("%q: got %q, want %q", c.in, s, c.want)
		}
	}
}

func TestLexerReferences(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{"[1 0 R 2 0 R]", "[1.0R 2.0R]"},
		{"[1 0 R]", "[1.0R]"},
		{"[1 0 2 0 RG]", "[1 0 2 0 null]"},
		{"<</A 12 3 R/B 4>>", "{/A 12.3R /B 4}"},
		{"[1 0R]", "[1 0 null]"},
		{"[1 0 R endobj 2 0 R]", "[1.0R]"},
		{"<</A ?? /B 4>>", "{/A null /B 4}"},
		{"<</A 1 ?? /B 4>>", "{/A 1 /B 4}"},
	} {
		l := &lexer{data: []byte(c.in), refs: true}
		o, _ := l.next()
		if s := show(o); s != c.want {
			t.Errorf("%q: got %q, want %q", c.in, s, c.want)
		}
	}
}

func TestLexerNesting(t *testing.T) {
	for _, open := range []string{"[", "<</A", "[<</A"} {
		l := &lexer{data: []byte(strings.Repeat(open, 1_000_000))}
		if _, err := l.next(); !errors.Is(err, errNesting) {
			t.Errorf("%s…: got %v, want %v", open, err, errNesting)
		}
	}
}

func FuzzLexer(f *testing.F) {
	for _, s := range []string{"1 0 R [<</A(b)>>]", "(\\", "<4", "[[[", "/A#", "%", "1.-2", "BT (a) Tj ET"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		for _, refs := range []bool{false, true} {
			l := &lexer{data: data, refs: refs}
			for range len(data) + 2 {
				o, err := l.next()
				if err != nil || o.kind == kEOF {
					return
				}
				l.reset()
			}
			t.Fatal("the lexer does not advance")
		}
	})
}

// BenchmarkLexer scans a page's content as it mostly is: positions, strings of two-byte codes, rules.
func BenchmarkLexer(b *testing.B) {
	data := []byte(strings.Repeat("BT /F1 9 Tf 1 0 0 1 56.7 712.25 Tm <0A1B0C2D0E3F> Tj [(12) -3.5 (34.56)] TJ ET\n40 700.5 m 555 700.5 l S q 0.5 w 10 20 30 40 re f Q\n", 1000))
	b.SetBytes(int64(len(data)))
	b.ReportAllocs()
	for b.Loop() {
		l := &lexer{data: data}
		for {
			o, err := l.next()
			if err != nil {
				b.Fatal(err)
			}
			if o.kind == kEOF {
				break
			}
		}
	}
}
