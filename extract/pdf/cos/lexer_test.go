package cos

import (
	"errors"
	"fmt"
	"strings"
	"testing"
)

func show(o Object) string {
	switch o.kind {
	case Null:
		return "null"
	case Bool:
		return fmt.Sprint(o.num != 0)
	case Integer, Real:
		return fmt.Sprintf("%g", o.num)
	case Name:
		return "/" + string(o.bytes)
	case String:
		return fmt.Sprintf("(%s)", o.bytes)
	case Ref:
		return fmt.Sprintf("%gR", o.num)
	case Array, Dict:
		var s []string
		for _, i := range o.items {
			s = append(s, show(i))
		}
		if o.kind == Array {
			return "[" + strings.Join(s, " ") + "]"
		}
		return "{" + strings.Join(s, " ") + "}"
	case Keyword:
		return "'" + string(o.bytes)
	case Closer:
		return "close"
	}
	return "EOF"
}

// operandsOfTest knows the operators of the tests below.
func operandsOfTest(word string) int {
	if word == "Tj" {
		return 1
	}
	return -1
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
		l := NewLexer([]byte(c.in), operandsOfTest)
		var got []string
		for {
			o, err := l.Next()
			if err != nil {
				t.Fatal(err)
			}
			if o.kind == EOF {
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
		{"[1 0 R 2 0 R]", "[1R 2R]"},
		{"[1 0 R]", "[1R]"},
		{"[1 0 2 0 RG]", "[1 0 2 0 null]"},
		{"<</A 12 3 R/B 4>>", "{/A 12R /B 4}"},
		{"[1 0R]", "[1 0 null]"},
		{"[1 0 R endobj 2 0 R]", "[1R]"},
		{"<</A ?? /B 4>>", "{/A null /B 4}"},
		{"<</A 1 ?? /B 4>>", "{/A 1 /B 4}"},
	} {
		l := &Lexer{data: []byte(c.in), refs: true}
		o, _ := l.Next()
		if s := show(o); s != c.want {
			t.Errorf("%q: got %q, want %q", c.in, s, c.want)
		}
	}
}

func TestLexerNesting(t *testing.T) {
	for _, open := range []string{"[", "<</A", "[<</A"} {
		l := &Lexer{data: []byte(strings.Repeat(open, 1_000_000))}
		if _, err := l.Next(); !errors.Is(err, errNesting) {
			t.Errorf("%s…: got %v, want %v", open, err, errNesting)
		}
	}
}

func TestSkipImageData(t *testing.T) {
	for _, c := range []struct {
		data  string
		known int
		rest  string
	}{
		{" abcd EI Q", 0, " Q"},
		{" abcd\nEI\nQ", 0, "\nQ"},
		{" ab EI\xff EI Q", 0, " Q"},
		{" ab EI \x01\x02 EI Q", 0, " Q"},
		{" a EI Q b EI Q", 8, " Q"},
		{" a EI Q", 99, " Q"},
		{" abcd", 0, ""},
		{"", 4, ""},
	} {
		l := NewLexer([]byte(c.data), nil)
		l.SkipImageData(c.known)
		if got := string(l.data[l.pos:]); got != c.rest {
			t.Errorf("%q: went on at %q, want %q", c.data, got, c.rest)
		}
	}
}

func FuzzLexer(f *testing.F) {
	for _, s := range []string{"1 0 R [<</A(b)>>]", "(\\", "<4", "[[[", "/A#", "%", "1.-2", "BT (a) Tj ET"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		for _, refs := range []bool{false, true} {
			l := &Lexer{data: data, refs: refs}
			for range len(data) + 2 {
				o, err := l.Next()
				if err != nil || o.kind == EOF {
					return
				}
				l.Reset()
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
		l := &Lexer{data: data}
		for {
			o, err := l.Next()
			if err != nil {
				b.Fatal(err)
			}
			if o.kind == EOF {
				break
			}
		}
	}
}
