package input

import (
	"context"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
)

// TestIdentify: files with the same content are one document, and what cannot be read has a reason.
func TestIdentify(t *testing.T) {
	dir := t.TempDir()
	write := func(name, content string) {
		path := filepath.Join(dir, name)
		os.MkdirAll(filepath.Dir(path), 0o755)
		if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	write("b/same.PDF", "x")
	write("a/same.pdf", "x")
	write("c.pdf/inner.pdf", "y")
	write("notes.txt", "z")
	list := strings.NewReader(filepath.Join(dir, "notes.txt") + "\r\n\n" + filepath.Join(dir, "none.pdf") + "\n")
	inputs, err := (&Collector{Stdin: list}).Collect(context.Background(), []string{dir, "-", filepath.Join(dir, "a/same.pdf")})
	if err != nil {
		t.Fatal(err)
	}
	docs, err := Identify(context.Background(), inputs, 3)
	if err != nil {
		t.Fatal(err)
	}
	type line struct {
		uri    string
		also   []string
		reason string
	}
	var got []line
	for _, d := range docs {
		l := line{uri: strings.TrimPrefix(d.SourceURI, dir)}
		for _, a := range d.AlsoAs {
			l.also = append(l.also, strings.TrimPrefix(a, dir))
		}
		if d.Unread != nil {
			l.reason = d.Unread.Error()
		}
		got = append(got, l)
	}
	want := []line{
		{"/a/same.pdf", []string{"/b/same.PDF"}, ""},
		{"/c.pdf/inner.pdf", nil, ""},
		{"/none.pdf", nil, "no such file"},
		{"/notes.txt", nil, ""},
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got  %v\nwant %v", got, want)
	}
}

// TestOpenLimit: a document of as many bytes as the limit is opened, one of more is not, and the error names the limit.
func TestOpenLimit(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a.pdf")
	if err := os.WriteFile(path, make([]byte, 2048), 0o600); err != nil {
		t.Fatal(err)
	}
	d := Document{Input: Input{Path: path}}
	f, size, err := d.Open(2048)
	if err != nil || size != 2048 {
		t.Fatalf("at the limit: %d bytes, %v", size, err)
	}
	f.Close()
	if f, _, err := d.Open(1024); err == nil {
		f.Close()
		t.Error("a file of twice the limit was opened")
	} else if err.Error() != TooLarge(1024).Error() {
		t.Error(err)
	}
}
