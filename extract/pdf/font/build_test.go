package font

import (
	"strings"
	"testing"
	"time"

	"github.com/countybudget/extract/extract/pdf/cos"
	"github.com/countybudget/extract/internal/testfiles"
)

// fontOf is the font of object 10.
func fontOf(t *testing.T, b *testfiles.PDF) *Font {
	t.Helper()
	f, err := cos.Open(b.Bytes(), 0)
	if err != nil {
		t.Fatal(err)
	}
	page := f.Root().Key("Pages").Key("Kids").Index(0)
	return New(page.Key("Resources").Key("Font").Key("F1"))
}

// decode decodes a string that is written as in a content stream.
func decode(t *testing.T, f *Font, show string) []Glyph {
	t.Helper()
	o, err := cos.NewLexer([]byte(show), nil).Next()
	if err != nil || o.Kind() != cos.String {
		t.Fatalf("%s is no string", show)
	}
	var out []Glyph
	for s := o.Bytes(); len(s) > 0; {
		code, n := f.Next(s)
		out = append(out, *f.Glyph(code, n))
		s = s[n:]
	}
	return out
}

func glyphsOf(t *testing.T, b *testfiles.PDF, show string) []Glyph {
	t.Helper()
	return decode(t, fontOf(t, b), show)
}

func textOf(glyphs []Glyph) string {
	var b strings.Builder
	for i := range glyphs {
		b.WriteString(glyphs[i].Text)
	}
	return b.String()
}

func near(a, b float64) bool { return a-b < 1e-6 && b-a < 1e-6 }

// guard makes a fuzz target that does not end fail.
func guard() (stop func()) {
	timer := time.AfterFunc(5*time.Second, func() { panic("does not end") })
	return func() { timer.Stop() }
}
