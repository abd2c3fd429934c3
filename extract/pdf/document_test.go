package pdf

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/countybudget/extract/internal/testfiles"
)

func TestOpenRefuses(t *testing.T) {
	noPages := newPDF("", "")
	noPages.Objects[2] = "<</Type/Pages/Kids[]/Count 0>>"
	delete(noPages.Objects, 3)
	for _, c := range []struct {
		name, data string
		want       error
		says       string
	}{
		{"empty", "", ErrEmpty, ""},
		{"text", "部门预算\n没有表格\n", ErrNotPDF, "text"},
		{"HTML", "\n<!DOCTYPE html><html></html>", ErrNotPDF, "HTML"},
		{"JPEG", "\xff\xd8\xff\xe0\x00\x10JFIF", ErrNotPDF, "JPEG"},
		{"ZIP", "PK\x03\x04....", ErrNotPDF, "ZIP"},
		{"old Office", "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", ErrNotPDF, "Office"},
		{"bytes", "\x00\x01\x02\x03\xfe", ErrNotPDF, ""},
		{"header only", "%PDF-1.4\n", ErrNoPages, "truncated"},
		{"no pages", string(noPages.Bytes()), ErrNoPages, ""},
	} {
		_, err := Open([]byte(c.data), Options{})
		if !errors.Is(err, c.want) || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%s: got %v, want %v with %q", c.name, err, c.want, c.says)
		}
	}
}

func TestOpenEncrypted(t *testing.T) {
	files, err := filepath.Glob("cos/testdata/*.pdf")
	if err != nil || len(files) == 0 {
		t.Fatal("no test data")
	}
	for _, f := range files {
		data, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		d, err := Open(data, Options{})
		if strings.Contains(f, "password") {
			if !errors.Is(err, ErrEncrypted) {
				t.Errorf("%s: got %v, want %v", f, err, ErrEncrypted)
			}
			continue
		}
		if err != nil {
			t.Errorf("%s: %v", f, err)
			continue
		}
		if got := textOf(d.Page(1)); got != "Budget 2024" || d.Title() != "Budget" || d.Producer() != "By hand" || len(d.Diagnostics()) > 0 {
			t.Errorf("%s: got %q, %q, %q, %v", f, got, d.Title(), d.Producer(), d.Diagnostics())
		}
	}
}

// sound is a document whose damage the tests below are about.
func sound() string {
	return string(newPDF("BT /F1 10 Tf 20 50 Td (Budget) Tj ET", helvetica).withHelvetica().Bytes())
}

func TestRepair(t *testing.T) {
	whole := sound()
	startxref := strings.Index(whole, "startxref")
	xref := strings.Index(whole, "xref\n")
	for _, c := range []struct {
		name, data string
		codes      []string
	}{
		{"sound", whole, nil},
		{"leading junk", "\n\n junk\n" + whole, nil},
		{"trailing junk", whole + "\x00\x00 junk after the end", nil},
		{"PDF 2.0", strings.Replace(whole, "%PDF-1.7", "%PDF-2.0", 1), nil},
		{"CR after the header", strings.Replace(whole, "%PDF-1.7\n", "%PDF-1.7\r", 1), nil},
		{"no end mark", strings.TrimSuffix(whole, "%%EOF\n"), nil},
		{"offset wrong", whole[:startxref] + "startxref\n7\n%%EOF\n", []string{codeXrefRebuilt}},
		{"table garbled", whole[:xref] + strings.Replace(whole[xref:], "000000", "999999", 3), []string{codeXrefRebuilt}},
		{"table lost", whole[:xref] + whole[startxref:], []string{codeXrefRebuilt}},
		{"cut before the table", whole[:xref], []string{codeTruncated}},
		{"wrong length", strings.Replace(whole, "/Length 36", "/Length 09", 1), nil},
		{"length beyond the end", strings.Replace(whole, "/Length 36", "/Length 99999", 1), []string{codeXrefRebuilt}},
		{"no catalog", strings.Replace(whole, "/Root 1 0 R", "/Root 9 0 R", 1), nil},
		{"old and new object", strings.Replace(whole, "4 0 obj\n", "4 0 obj\n<<>>\nendobj\n4 0 obj\n", 1), []string{codeXrefRebuilt}},
	} {
		d, err := Open([]byte(c.data), Options{})
		if err != nil {
			t.Errorf("%s: %v", c.name, err)
			continue
		}
		if got := textOf(d.Page(1)); got != "Budget" {
			t.Errorf("%s: got %q, %v", c.name, got, d.Page(1).Err)
		}
		if got := codesOf(d); fmt.Sprint(got) != fmt.Sprint(c.codes) {
			t.Errorf("%s: diagnostics %v, want %v", c.name, d.Diagnostics(), c.codes)
		}
	}
}

func codesOf(d *Document) (codes []string) {
	for _, g := range d.Diagnostics() {
		codes = append(codes, g.Code)
	}
	return codes
}

// TestTruncatedAnywhere cuts a document at every byte: nothing may panic, and what opens must have a page.
func TestTruncatedAnywhere(t *testing.T) {
	whole := sound()
	for n := range len(whole) {
		d, err := Open([]byte(whole[:n]), Options{})
		if err == nil && d.NumPages() == 0 {
			t.Fatalf("cut at %d: opened without pages", n)
		}
		if err == nil {
			d.Page(1)
		}
	}
}

func TestObjectStreams(t *testing.T) {
	b := newPDF("BT /F1 10 Tf 20 50 Td (A) Tj ET", helvetica)
	inner := "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"
	b.Stream(12, "/Type/ObjStm/N 2/First 10/Filter/FlateDecode", testfiles.Deflate("10 0 12 0 "+inner)) // and one of itself
	if got := textOf(b.page(t)); got != "A" {
		t.Errorf("got %q", got)
	}
	b = newPDF("BT /F1 10 Tf 20 50 Td (A) Tj ET", helvetica).withHelvetica()
	b.Stream(12, "/Type/ObjStm/N 1/First 5/Filter/FlateDecode", testfiles.Deflate("15 0 "+strings.Repeat("[", 1_000_000)))
	if d := b.open(t); !slices.Contains(codesOf(d), codeNestingTooDeep) || textOf(d.Page(1)) != "A" {
		t.Errorf("deep nesting: %v, %q", d.Diagnostics(), textOf(d.Page(1)))
	}
}

func TestIndirectLength(t *testing.T) {
	content := "BT /F1 10 Tf 20 50 Td (A endstream B) Tj ET"
	b := newPDF("", helvetica).withHelvetica()
	b.Objects[4] = "<</Length 12 0 R>>\nstream\n" + content + "\nendstream"
	b.Objects[12] = fmt.Sprint(len(content))
	if got := textOf(b.page(t)); got != "A endstream B" {
		t.Errorf("got %q", got)
	}
}

func TestPageTree(t *testing.T) {
	b := newPDF("BT /F1 10 Tf 20 50 Td (A) Tj ET", helvetica).withHelvetica()
	b.Objects[2] = "<</Type/Pages/Kids[3 0 R 2 0 R 12 0 R 3 0 R]/Count 4/MediaBox[0 0 200 100]>>"
	b.Objects[12] = "<</Type/Pages/Parent 2 0 R/Rotate 90/Kids[13 0 R]>>"
	b.Objects[13] = "<</Type/Page/Parent 12 0 R/Contents 4 0 R>>"
	d := b.open(t)
	if d.NumPages() != 2 || !slices.Contains(codesOf(d), codePageTreeLoop) {
		t.Fatalf("%d pages, %v", d.NumPages(), d.Diagnostics())
	}
	if p := d.Page(2); p.Rotate != 90 || p.Width != 100 {
		t.Errorf("attributes were not inherited: %+v", p)
	}
	for _, n := range []int{-1, 0, 3} {
		if p := d.Page(n); p == nil || p.Err == nil {
			t.Errorf("page %d: %v", n, p)
		}
	}
	if d, err := Open(b.Bytes(), Options{MaxPages: 1}); err != nil || d.NumPages() != 1 {
		t.Errorf("MaxPages: %v, %v", d, err)
	}
}

func TestLostPageTree(t *testing.T) {
	data := bytes.Replace([]byte(sound()), []byte("/Kids[3 0 R]"), []byte("/Kids[7 0 R]"), 1)
	d, err := Open(data, Options{})
	if err != nil || d.NumPages() != 1 || textOf(d.Page(1)) != "Budget" {
		t.Fatalf("got %v, %v", d, err)
	}
	if p := d.Page(1); p.Width != 200 {
		t.Errorf("the page box was not inherited: %g", p.Width)
	}
}

func TestPageLabels(t *testing.T) {
	b := newPDF("", "")
	b.Objects[1] = "<</Type/Catalog/Pages 2 0 R/PageLabels<</Nums[0<</S/r>>2<</S/D/P(A-)/St 5>>]>>>>"
	b.Objects[2] = "<</Type/Pages/Kids[3 0 R 12 0 R 13 0 R 14 0 R]/MediaBox[0 0 200 100]>>"
	for n := 12; n < 15; n++ {
		b.Objects[n] = "<</Type/Page/Parent 2 0 R>>"
	}
	d := b.open(t)
	for i, want := range []string{"i", "ii", "A-5", "A-6"} {
		if got := d.Page(i + 1).Label; got != want {
			t.Errorf("page %d: got %q, want %q", i+1, got, want)
		}
	}
}

func TestPageErrors(t *testing.T) {
	for name, c := range map[string]struct {
		content, dict string
		says          string
	}{
		"bomb":    {testfiles.Deflate(strings.Repeat("0 0 m ", 1<<20)), "/Filter/FlateDecode", "stream too large"},
		"nesting": {strings.Repeat("[", 1<<20), "", "nesting too deep"},
		"filter":  {"x", "/Filter/Unknown", "unknown filter"},
		"partial": {half(testfiles.Deflate("BT /F1 10 Tf (A) Tj ET " + dashes(0, 0, 5000))), "/Filter/FlateDecode", "unexpected EOF"},
	} {
		b := newPDF("", helvetica).withHelvetica()
		b.Stream(4, c.dict, c.content)
		d, err := Open(b.Bytes(), Options{MaxStreamBytes: limit})
		if err != nil {
			t.Fatal(err)
		}
		p := d.Page(1)
		if p.Err == nil || !strings.Contains(p.Err.Error(), c.says) {
			t.Errorf("%s: got %v, want %q", name, p.Err, c.says)
		}
		if name == "partial" && textOf(p) != "A" {
			t.Errorf("what could be read was lost: %q", textOf(p))
		}
	}
}

func half(s string) string { return s[:len(s)/2] }

func FuzzOpen(f *testing.F) {
	f.Add([]byte(sound()))
	b := newPDF("BT /F1 10 Tf 20 50 Td (A) Tj ET", helvetica)
	b.Stream(12, "/Type/ObjStm/N 1/First 5", "10 0 <</Type/Font/Subtype/Type0/DescendantFonts[<</W[1[2]3 4 5]>>]>>")
	f.Add(b.Bytes())
	b.Objects[1] = "<</Type/Catalog/Pages 2 0 R/PageLabels<</Nums[0<</S/r>>]>>/OCProperties<</D<</BaseState/OFF>>>>>>"
	f.Add(b.Bytes())
	files, _ := filepath.Glob("cos/testdata/*.pdf")
	for _, name := range files {
		if data, err := os.ReadFile(name); err == nil {
			f.Add(data)
		}
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		defer guard()()
		d, err := Open(data, Options{MaxStreamBytes: limit, MaxPages: 3})
		if err != nil {
			return
		}
		for i := range d.NumPages() {
			d.Page(i + 1)
		}
		d.Title()
	})
}
