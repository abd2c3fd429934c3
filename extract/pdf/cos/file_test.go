package cos

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/countybudget/extract/internal/testfiles"
)

func openTest(t *testing.T, data []byte) *File {
	t.Helper()
	f, err := Open(data, limit)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// page is the only page of a file.
func page(f *File) Object { return f.Root().Key("Pages").Key("Kids").Index(0) }

// contentOf is the decoded content of a file's only page.
func contentOf(t *testing.T, f *File) string {
	t.Helper()
	data, err := page(f).Key("Contents").Data()
	if err != nil {
		t.Error(err)
	}
	return string(data)
}

func TestOpenRefuses(t *testing.T) {
	for data, want := range map[string]error{
		"": ErrEmpty, "budget\n": ErrNotPDF, "PK\x03\x04": ErrNotPDF, "\xff\xd8\xff\xe0": ErrNotPDF, "<html>": ErrNotPDF, "\x00\x01": ErrNotPDF,
	} {
		if _, err := Open([]byte(data), 0); !errors.Is(err, want) {
			t.Errorf("%q: got %v, want %v", data, err, want)
		}
	}
}

// TestObjects checks that each kind of object comes back as it was written, through references too.
func TestObjects(t *testing.T) {
	b := testfiles.NewPDF("q Q", "")
	b.Objects[3] = "<</Type/Page/Parent 2 0 R/Contents 4 0 R/A[true -7 2.5 (a\\)b) <00ff> /Na#20me /@12 /@ 11 0 R 99 0 R null 12 0 R[1 0 R]]" +
		"/Twice 1/Twice 2/Loop 3 0 R/Chain 13 0 R/Endless 14 0 R>>"
	b.Objects[11] = "(indirect)"
	b.Objects[12] = "<</Parent 3 0 R>>"
	b.Objects[13] = "11 0 R"
	b.Objects[14] = "14 0 R"
	f := openTest(t, b.Bytes())
	p := page(f)
	list := p.Key("A")
	if list.Len() != 13 || list.Index(13).Kind() != Null || list.Index(-1).Kind() != Null {
		t.Fatalf("%d elements", list.Len())
	}
	for i, want := range []Kind{Bool, Integer, Real, String, String, Name, Name, Name, String, Lost, Null, Dict, Array} {
		if got := list.Index(i).Kind(); got != want {
			t.Errorf("element %d is of kind %d, want %d", i, got, want)
		}
	}
	if !list.Index(0).Bool() || list.Index(1).Int() != -7 || list.Index(2).Float() != 2.5 || list.Index(2).Int() != 2 {
		t.Error("a boolean or a number is wrong")
	}
	if list.Index(3).Str() != "a)b" || list.Index(4).Str() != "\x00\xff" || list.Index(8).Str() != "indirect" || list.Index(5).Str() != "" {
		t.Error("a string is wrong")
	}
	if list.Index(5).Name() != "Na me" || list.Index(6).Name() != "@12" || list.Index(7).Name() != "@" || list.Index(3).Name() != "" {
		t.Error("a name is wrong")
	}
	if p.Key("Twice").Int() != 2 {
		t.Error("of two entries of a key, the last one counts")
	}
	if p.Key("Chain").Str() != "indirect" || !p.Key("Endless").IsNull() {
		t.Error("a reference to a reference is wrong")
	}
	if id := p.ID(); id == 0 || p.Key("Loop").ID() != id || list.Index(11).Key("Parent").ID() != id || list.ID() != 0 {
		t.Error("the identity of an object is wrong")
	}
	if got := f.Number(p.ID()); got != "3 0 R" {
		t.Errorf("the page is %q", got)
	}
	if p.Key("None").Kind() != Null || list.Key("A").Kind() != Null || p.Index(0).Kind() != Null {
		t.Error("what is not there must be null")
	}
	if len(f.Pages()) != 1 || f.Pages()[0].ID() != p.ID() {
		t.Error("the list of page objects is wrong")
	}
}

func TestDamage(t *testing.T) {
	whole := string(testfiles.NewPDF("q Q", "").Bytes())
	startxref, xref := strings.Index(whole, "startxref"), strings.Index(whole, "xref\n")
	for _, c := range []struct {
		name, data string
		want       Damage
	}{
		{"sound", whole, Damage{}},
		{"leading junk", "\n\n junk\n" + whole, Damage{}},
		{"trailing junk", whole + "\x00\x00 junk after the end", Damage{}},
		{"offset wrong", whole[:startxref] + "startxref\n7\n%%EOF\n", Damage{Xref: true}},
		{"table garbled", whole[:xref] + strings.Replace(whole[xref:], "000000", "999999", 3), Damage{Xref: true}},
		{"cut before the table", whole[:xref], Damage{NoXref: true, NoTrailer: true, Xref: true}},
		{"cut in a dictionary", whole[:strings.Index(whole, "/Length")], Damage{Truncated: true, NoXref: true, NoTrailer: true, Xref: true, Syntax: true}},
		{"no syntax", strings.Replace(whole, "/Resources", "??esources", 1), Damage{Syntax: true}},
		{"no syntax where nothing refers to", whole + "9 0 obj\n<</A ?? B>>\nendobj\n", Damage{}},
		{"nesting", strings.Replace(whole, "/Resources<<", "/Resources<</A "+strings.Repeat("[", 300), 1), Damage{TooDeep: true, Xref: true}},
	} {
		f, err := Open([]byte(c.data), 0)
		if err != nil {
			t.Errorf("%s: %v", c.name, err)
			continue
		}
		if got := f.Damage(); got != c.want {
			t.Errorf("%s: got %+v, want %+v", c.name, got, c.want)
		}
	}
}

// TestNewestObject has two versions of an object: the later one counts, and one that is null takes the object away.
func TestNewestObject(t *testing.T) {
	whole := string(testfiles.NewPDF("old", "").Bytes())
	update := whole + "4 0 obj\n<</Length 3>>\nstream\nnew\nendstream\nendobj\n"
	if got := contentOf(t, openTest(t, []byte(update))); got != "new" {
		t.Errorf("got %q", got)
	}
	f := openTest(t, []byte(update+"4 0 obj\nnull\nendobj\n"))
	if got := page(f).Key("Contents").Kind(); got != Lost {
		t.Errorf("a deleted object is of kind %d", got)
	}
	f = openTest(t, []byte(whole+"5 0 obj\n<</Type/Catalog/Pages 2 0 R/New true>>\nendobj\ntrailer\n<</Root 5 0 R>>\n"))
	if !f.Root().Key("New").Bool() {
		t.Error("the last trailer does not count")
	}
}

func TestStreamLength(t *testing.T) {
	const content = "(A endstream B) Tj"
	for name, length := range map[string]string{"direct": fmt.Sprint(len(content)), "indirect": "12 0 R"} {
		b := testfiles.NewPDF("", "")
		b.Objects[4] = "<</Length " + length + ">>\nstream\n" + content + "\nendstream"
		b.Objects[12] = fmt.Sprint(len(content))
		if got := contentOf(t, openTest(t, b.Bytes())); got != content {
			t.Errorf("%s: got %q", name, got)
		}
	}
	b := testfiles.NewPDF("", "")
	b.Objects[4] = "<</Length 5>>\nstream\nlonger than that\r\nendstream"
	if got := contentOf(t, openTest(t, b.Bytes())); got != "longer than that" {
		t.Errorf("wrong length: got %q", got)
	}
}

func TestObjectStreams(t *testing.T) {
	b := testfiles.NewPDF("", "")
	delete(b.Objects, 3)
	delete(b.Objects, 4)
	inner := []string{"<</Type/Page/Parent 2 0 R/A 15 0 R/B 16 0 R>>", "(one)", "[2]"}
	head := fmt.Sprintf("3 0 15 %d 16 %d ", len(inner[0])+1, len(inner[0])+len(inner[1])+2)
	b.Stream(12, fmt.Sprintf("/Type/ObjStm/N 3/First %d/Filter/FlateDecode", len(head)), testfiles.Deflate(head+strings.Join(inner, " ")))
	f := openTest(t, b.Bytes())
	if p := page(f); p.Key("A").Str() != "one" || p.Key("B").Index(0).Int() != 2 || f.Damage().Packed {
		t.Errorf("got %q, %v", p.Key("A").Str(), f.Damage())
	}
	packed := testfiles.Deflate(head + strings.Join(inner, " "))
	b.Stream(12, fmt.Sprintf("/Type/ObjStm/N 3/First %d/Filter/FlateDecode", len(head)), packed[:len(packed)/2])
	if f := openTest(t, b.Bytes()); !f.Damage().Packed {
		t.Error("an object stream that is cut off is not said")
	}
	b.Stream(12, "/Type/ObjStm/N 1/First 5/Filter/FlateDecode", testfiles.Deflate("15 0 "+strings.Repeat(" ", 2*limit)))
	if f := openTest(t, b.Bytes()); !f.Damage().PackedTooLong {
		t.Error("an object stream beyond the limit is not said")
	}
}

// xrefStreamFile ends with a cross-reference stream in place of a table and a trailer.
func xrefStreamFile(startxref int) []byte {
	var b bytes.Buffer
	b.WriteString("%PDF-1.5\n1 0 obj\n<</Type/Catalog/Pages 2 0 R/Right true>>\nendobj\n" +
		"2 0 obj\n<</Type/Pages/Kids[3 0 R]/Count 1>>\nendobj\n3 0 obj\n<</Type/Page/Parent 2 0 R>>\nendobj\n" +
		"4 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n")
	if startxref == 0 {
		startxref = b.Len()
	}
	fmt.Fprintf(&b, "5 0 obj\n<</Type/XRef/Size 6/W[1 1 1]/Root 1 0 R/Length 0>>\nstream\n\nendstream\nendobj\nstartxref\n%d\n%%%%EOF\n", startxref)
	return b.Bytes()
}

func TestXrefStream(t *testing.T) {
	f := openTest(t, xrefStreamFile(0))
	if !f.Root().Key("Right").Bool() || f.Damage() != (Damage{}) {
		t.Errorf("the dictionary of a cross-reference stream is the trailer; got damage %+v", f.Damage())
	}
	if f := openTest(t, xrefStreamFile(12)); !f.Damage().Xref {
		t.Error("startxref that points to no cross-reference stream is not said")
	}
}

func TestEncrypted(t *testing.T) {
	files, err := filepath.Glob("testdata/*.pdf")
	if err != nil || len(files) == 0 {
		t.Fatal("no test data")
	}
	for _, name := range files {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		f, err := Open(data, 0)
		if strings.Contains(name, "password") {
			if !errors.Is(err, ErrEncrypted) {
				t.Errorf("%s: got %v, want %v", name, err, ErrEncrypted)
			}
			continue
		}
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if got := f.Info().Key("Title").Str(); got != "Budget" {
			t.Errorf("%s: the title is %q", name, got)
		}
		if got := contentOf(t, f); !strings.Contains(got, "Budget 2024") {
			t.Errorf("%s: the content is %q", name, got)
		}
	}
}

// TestStreamFilters decodes streams as their dictionaries say, parameters that are references included.
func TestStreamFilters(t *testing.T) {
	const want = "abcdabcd"
	up := testfiles.Deflate("\x02abcd\x02\x00\x00\x00\x00")
	for dict, data := range map[string]string{
		"": want,
		"/Filter/FlateDecode/DecodeParms<</Predictor 12/Columns 4>>":                        up,
		"/Filter[/FlateDecode]/DecodeParms[<</Predictor 12/Columns 11 0 R>>]":               up,
		"/Filter[/ASCIIHexDecode/FlateDecode]/DecodeParms[null<</Predictor 12/Columns 4>>]": testfiles.Hex(up) + ">",
		"/Filter/FlateDecode/DecodeParms<</Predictor 2/Columns 4>>":                         testfiles.Deflate("a\x01\x01\x01a\x01\x01\x01"),
		"/Filter[/FlateDecode]/DecodeParms<</Predictor 12/Columns 4>>":                      up,
		"/Filter/FlateDecode/DecodeParms<</Predictor 12/Columns 8/BitsPerComponent 4>>":     up,
		"/Filter 12 0 R": testfiles.Deflate(want),
	} {
		b := testfiles.NewPDF("", "")
		b.Stream(4, dict, data)
		b.Objects[11], b.Objects[12] = "4", "/FlateDecode"
		if got := contentOf(t, openTest(t, b.Bytes())); got != want {
			t.Errorf("%s: got %q", dict, got)
		}
	}
}

func TestEmbeddedFiles(t *testing.T) {
	b := testfiles.NewPDF("", "")
	b.Objects[11] = "<</Type/Filespec/F(old.doc)/UF<FEFF98847B97002E0070006400660029>/EF<</F 12 0 R>>>>"
	b.Objects[13] = "<</Type/Filespec/F(data.bin)/EF<</F 12 0 R>>>>"
	b.Objects[14] = "<</Type/Filespec/F(data.xls)/EF<</F 15 0 R>>>>"
	b.Stream(12, "/Type/EmbeddedFile/Filter/FlateDecode", testfiles.Deflate("%PDF-1.4 and so on"))
	b.Stream(15, "/Type/EmbeddedFile", "\xd0\xcf\x11\xe0")
	want := []EmbeddedFile{{"预算.pdf)", true}, {"data.bin", true}, {"data.xls", false}}
	if got := openTest(t, b.Bytes()).EmbeddedFiles(); fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("got %v, want %v", got, want)
	}
}

func TestDictionariesOfContent(t *testing.T) {
	o, err := NewLexer([]byte("<</A 1/A[1 2]/B/C>>"), nil).Next()
	if err != nil || o.Key("A").Len() != 2 || o.Entries() != 3 || o.Key("B").Name() != "C" {
		t.Errorf("a dictionary of a content stream: %v, %v", o, err)
	}
	inline := NewDict([]Object{{kind: Name, bytes: []byte("W")}, {kind: Integer, num: 3}, {kind: Name}})
	if inline.FirstKey("Width", "W").Int() != 3 || inline.Entries() != 1 {
		t.Error("a dictionary of an inline image is wrong")
	}
}

func TestRectAndMatrix(t *testing.T) {
	o, _ := NewLexer([]byte("[10 20 3 4]"), nil).Next()
	if x0, y0, x1, y1, ok := o.Rect(); x0 != 3 || y0 != 4 || x1 != 10 || y1 != 20 || !ok {
		t.Errorf("rectangle %g %g %g %g, %v", x0, y0, x1, y1, ok)
	}
	if m, ok := o.Matrix(); ok || m != [6]float64{1, 0, 0, 1, 0, 0} {
		t.Errorf("four numbers are no matrix: %v, %v", m, ok)
	}
}

func FuzzOpen(f *testing.F) {
	f.Add(testfiles.NewPDF("q Q", "").Bytes())
	f.Add(xrefStreamFile(0))
	f.Fuzz(func(t *testing.T, data []byte) {
		defer guard()()
		file, err := Open(data, limit)
		if err != nil {
			return
		}
		file.Root().Key("Pages").Key("Kids").Index(0).Key("Contents").Data()
		for _, p := range file.Pages() {
			p.Key("Contents").Data()
		}
	})
}
