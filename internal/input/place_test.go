package input

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/text/encoding/unicode"
	"unicode/utf8"
)

const (
	gbName  = "\xcb\xae\xc0\xfb\xbe\xd62024.pdf" // 水利局2024.pdf
	gbOther = "\xcb\xae\xc0\xfb\xbe\xd82024.pdf" // 水利矩2024.pdf
)

func TestPlaces(t *testing.T) {
	for path, want := range map[string]struct{ place, name string }{
		"in/水利局2024.pdf":           {"in/水利局2024.pdf", "水利局2024.pdf"},
		"in/" + gbName:             {"in/{GB18030}水利局2024.pdf", "水利局2024.pdf"},
		"\xbe\xd6/水/" + gbOther:    {"{GB18030}局/水/{GB18030}水利矩2024.pdf", "水利矩2024.pdf"},
		"in/\xff%.pdf":             {"in/{bytes}%FF%25.pdf", "%FF%25.pdf"},
		"in/\x80.pdf":              {"in/{bytes}%80.pdf", "%80.pdf"}, // GBK's euro sign, not GB18030's
		"in/{GB18030}水利局2024.pdf":  {"in/{bytes}{GB18030}水利局2024.pdf", "{GB18030}水利局2024.pdf"},
		"in/{bytes}%FF.pdf":        {"in/{bytes}{bytes}%25FF.pdf", "{bytes}%25FF.pdf"},
		"in/50%.pdf":               {"in/50%.pdf", "50%.pdf"},
		"in/\uFFFD\uFFFD.pdf":      {"in/\uFFFD\uFFFD.pdf", "\uFFFD\uFFFD.pdf"},
		"/abs//\xbe\xd6\x5c1.pdf/": {"/abs//{GB18030}局\\1.pdf/", "局\\1.pdf"},
	} {
		in := New(path)
		if in.SourceURI != want.place || FileName(in.SourceURI) != want.name || PathOf(in.SourceURI) != path {
			t.Errorf("%q: place %q, name %q, path %q", path, in.SourceURI, FileName(in.SourceURI), PathOf(in.SourceURI))
		}
	}
}

// FuzzPlace: a place is valid UTF-8 and leads back to its path, so two paths never share one.
func FuzzPlace(f *testing.F) {
	for _, p := range []string{"in/" + gbName, "{bytes}%zz", "{GB18030}\xcb", "\x81\x30\x81\x30", "a/../b"} {
		f.Add(p)
	}
	f.Fuzz(func(t *testing.T, p string) {
		place := placeOf(p)
		if !utf8.ValidString(place) || PathOf(place) != p {
			t.Errorf("%q: place %q leads to %q", p, place, PathOf(place))
		}
	})
}

// Files whose names are not UTF-8 are documents of their own, each in its place.
func TestNamesThatAreNotUTF8(t *testing.T) {
	dir := t.TempDir()
	names := []string{gbName, gbOther, "水利局2024.pdf", "\xff\xfe\x80.pdf", "\xff\xfd\x80.pdf"}
	for _, name := range names {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(name), 0o600); err != nil {
			t.Skip("the file system takes no such names: ", err)
		}
	}
	inputs, err := (&Collector{}).Collect(context.Background(), []string{dir})
	if err != nil {
		t.Fatal(err)
	}
	docs, err := Identify(context.Background(), inputs, 2)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, d := range docs {
		content, err := os.ReadFile(PathOf(d.SourceURI))
		if err != nil || d.ID != ContentID(content) {
			t.Errorf("%s does not lead to its file: %v", d.SourceURI, err)
		}
		got = append(got, strings.TrimPrefix(d.SourceURI, dir+"/"))
	}
	want := []string{"{GB18030}水利局2024.pdf", "{GB18030}水利矩2024.pdf", "{bytes}%FF%FD%80.pdf", "{bytes}%FF%FE%80.pdf", "水利局2024.pdf"}
	if !slices.Equal(got, want) {
		t.Errorf("%q", got)
	}
	if UnreadID(docs[2].SourceURI) == UnreadID(docs[3].SourceURI) {
		t.Error("two names have one id when they cannot be read")
	}
}

// Names of members are bytes too. In a ZIP archive GB18030 is shown without its mark unless UTF-8 has the name already.
func TestMemberNamesThatAreNotUTF8(t *testing.T) {
	slash := "\x81\x5c" // the second byte of 乗 is a backslash
	members := []member{{gbName, "1"}, {"水利局2024.pdf", "2"}, {gbOther, "3"}, {"\xff.pdf", "4"}, {"\xfe.pdf", "5"}, {"a\\" + slash + ".pdf", "6"}}
	zipped := map[string]string{
		"!/{GB18030}水利局2024.pdf": "1", "!/水利局2024.pdf": "2", "!/水利矩2024.pdf": "3", "!/{bytes}%FF.pdf": "4", "!/{bytes}%FE.pdf": "5", "!/a/乗.pdf": "6",
	}
	tarred := map[string]string{
		"!/{GB18030}水利局2024.pdf": "1", "!/水利局2024.pdf": "2", "!/{GB18030}水利矩2024.pdf": "3", "!/{bytes}%FF.pdf": "4", "!/{bytes}%FE.pdf": "5", "!/a/{GB18030}乗.pdf": "6",
	}
	for name, c := range map[string]struct {
		content string
		want    map[string]string
	}{"x.zip": {zipOf(t, members...), zipped}, "x.tar": {tarOf(t, plainTar, members...), tarred}} {
		got := collected(t, &Collector{Bounds: DefaultBounds()}, name, c.content)
		if len(got) != len(c.want) {
			t.Errorf("%s: %q", name, got)
		}
		for place, content := range c.want {
			if got[name+place] != content {
				t.Errorf("%s%s: %q", name, place, got[name+place])
			}
		}
	}
}

// wide is a text in UTF-16 without a byte order mark.
func wide(text string, order unicode.Endianness) string {
	out, err := unicode.UTF16(order, unicode.IgnoreBOM).NewEncoder().String(text)
	if err != nil {
		panic(err)
	}
	return out
}

// A list that looks like UTF-16 and is none is refused: its pieces are no names.
func TestListCutOff(t *testing.T) {
	list := wide("/data/budget.pdf\n", unicode.LittleEndian)
	if _, err := listNames([]byte(list[:len(list)-1])); err == nil || !strings.Contains(err.Error(), "UTF-8") {
		t.Errorf("error %v", err)
	}
}

func TestLists(t *testing.T) {
	t.Chdir(t.TempDir())
	for _, name := range []string{"水利局.pdf", "b.pdf", "\xbe\xd6.pdf", "a\nb.pdf", "c", "d"} {
		if err := os.WriteFile(name, nil, 0o600); err != nil {
			t.Skip("the file system takes no such names: ", err)
		}
	}
	const gb = "\xcb\xae\xc0\xfb\xbe\xd6.pdf"
	for list, want := range map[string][]string{
		"水利局.pdf\nb.pdf\n":                                     {"水利局.pdf", "b.pdf"},
		"\uFEFF水利局.pdf\r\n\r\nb.pdf":                           {"水利局.pdf", "b.pdf"},
		"\xff\xfeb\x00.\x00p\x00d\x00f\x00\r\x00\n\x00":        {"b.pdf"},
		"\xfe\xff\x00b\x00.\x00p\x00d\x00f\x00\n":              {"b.pdf"},
		wide("/一般/水利局.pdf\r\nb.pdf\r\n", unicode.LittleEndian): {"/一般/水利局.pdf", "b.pdf"}, // UTF-16 without a mark
		wide("水利局.pdf\n/b.pdf\n", unicode.BigEndian):           {"水利局.pdf", "/b.pdf"},
		"c\x00d\x00":                      {"c", "d"},                    // two files with one letter, ended with NUL
		gb + "\r\nb.pdf\r\n":              {"水利局.pdf", "b.pdf"},          // a list from Chinese Windows of files with UTF-8 names
		gb + "\n\xbf\xd5.pdf\n":           {"水利局.pdf", "空.pdf"},          // and of one that is not there
		"\xbe\xd6.pdf\nb.pdf\n":           {"{GB18030}局.pdf", "b.pdf"},   // names as they are on the disk
		"\xbf\xd5.pdf\n":                  {"{GB18030}空.pdf"},            // nothing tells
		"局.pdf\n":                         {"{GB18030}局.pdf"},            // as it is shown
		"{GB18030}局.pdf\n":                {"{GB18030}局.pdf"},            // as source_uri has it
		"b.pdf\n\uFEFF水利局.pdf\n":          {"b.pdf", "水利局.pdf"},          // two lists in one
		"a\nb.pdf\x00b.pdf\x00":           {"a\nb.pdf", "b.pdf"},         // find -print0
		strings.Repeat("x", 70000) + "\n": {strings.Repeat("x", 70000)},  // longer than a line of a scanner
		" b.pdf\n":                        {" b.pdf"},                    // spaces belong to the name
		"\xff\xfe\xff":                    nil,                           // odd UTF-16
		"\xff.pdf\n" + gb + "\n":          {"{bytes}%FF.pdf", "水利局.pdf"}, // neither
	} {
		inputs, err := (&Collector{Stdin: strings.NewReader(list)}).Collect(context.Background(), []string{"-"})
		if err != nil {
			t.Errorf("%q: %v", list, err)
			continue
		}
		var got []string
		for _, in := range inputs {
			got = append(got, in.SourceURI)
		}
		if want != nil && !slices.Equal(got, want) {
			t.Errorf("%.60q: %.100q", list, got)
		}
	}
}
