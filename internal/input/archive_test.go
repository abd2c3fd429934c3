package input

import (
	"archive/tar"
	"archive/zip"
	"bytes"
	"compress/gzip"
	"context"
	"io"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"github.com/klauspost/compress/zstd"
)

type member struct{ name, content string }

func zipOf(t *testing.T, members ...member) string {
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for _, m := range members {
		f, err := w.CreateHeader(&zip.FileHeader{Name: m.name, Method: zip.Deflate, NonUTF8: strings.ContainsRune(m.name, 0xfffd)})
		if err != nil {
			t.Fatal(err)
		}
		io.WriteString(f, m.content)
	}
	w.Close()
	return b.String()
}

func tarOf(t *testing.T, pack func(io.Writer) io.WriteCloser, members ...member) string {
	var b bytes.Buffer
	packed := pack(&b)
	w := tar.NewWriter(packed)
	w.WriteHeader(&tar.Header{Name: "link.pdf", Typeflag: tar.TypeSymlink, Linkname: "/etc/passwd"})
	for _, m := range members {
		w.WriteHeader(&tar.Header{Name: m.name, Typeflag: tar.TypeReg, Size: int64(len(m.content)), Mode: 0o777})
		io.WriteString(w, m.content)
	}
	w.Close()
	packed.Close()
	return b.String()
}

type noPacking struct{ io.Writer }

func (noPacking) Close() error { return nil }

func plainTar(w io.Writer) io.WriteCloser { return noPacking{w} }
func gzipTar(w io.Writer) io.WriteCloser  { return gzip.NewWriter(w) }
func zstdTar(w io.Writer) io.WriteCloser  { z, _ := zstd.NewWriter(w); return z }

// collected collects from a folder with one file; it gives the contents, or the errors, by place.
func collected(t *testing.T, c *Collector, name, content string) map[string]string {
	t.Helper()
	dir := t.TempDir()
	c.Scratch = filepath.Join(dir, "scratch")
	path := filepath.Join(dir, "in", name)
	os.Mkdir(filepath.Dir(path), 0o700)
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	inputs, err := c.Collect(context.Background(), []string{filepath.Dir(path)})
	if err != nil {
		t.Fatal(err)
	}
	got := map[string]string{}
	for _, in := range inputs {
		place := strings.TrimPrefix(in.SourceURI, filepath.ToSlash(filepath.Dir(path))+"/")
		if in.Err != nil {
			got[place] = "error: " + in.Err.Error()
			continue
		}
		d := Document{Input: in}
		d.Fetch(context.Background())
		data, err := os.ReadFile(d.Path)
		if err != nil {
			t.Fatal(err)
		}
		if in.id != ContentID(data) {
			t.Errorf("%s: the hash is not that of %q", place, data)
		}
		got[place] = string(data)
		d.Release()
	}
	c.Close()
	if left, _ := filepath.Glob(filepath.Join(c.Scratch, "*")); len(left) > 0 {
		t.Errorf("%s: %v is left over", name, left)
	}
	outside, err := filepath.Glob(filepath.Join(dir, "*"))
	if err != nil || len(outside) > 2 {
		t.Errorf("%s: %v was written", name, outside)
	}
	return got
}

func TestArchives(t *testing.T) {
	members := []member{{"云陵县/a.pdf", "A"}, {"../../b.PDF", "B"}, {"/etc/c.pdf", "C"}, {"d.txt", "D"}, {"e\nf.pdf", "E"}, {`x\..\g.pdf`, "G"}}
	for name, content := range map[string]string{
		"x.zip": zipOf(t, members...), "x.tar": tarOf(t, plainTar, members...),
		"x.tar.gz": tarOf(t, gzipTar, members...), "x.TZST": tarOf(t, zstdTar, members...),
	} {
		want := map[string]string{"!/云陵县/a.pdf": "A", "!/b.PDF": "B", "!/etc/c.pdf": "C", "!/e\nf.pdf": "E", "!/g.pdf": "G"}
		for _, room := range []int64{0, 2, 1 << 20} { // with less of it members are unpacked again
			got := map[string]string{}
			for place, content := range collected(t, &Collector{Bounds: DefaultBounds(), Room: room}, name, content) {
				got[strings.TrimPrefix(place, name)] = content
			}
			if !reflect.DeepEqual(got, want) {
				t.Errorf("%s: %q", name, got)
			}
		}
	}
}

func TestArchivesInArchives(t *testing.T) {
	inner := zipOf(t, member{"a.pdf", "A"}, member{"third.zip", zipOf(t, member{"b.pdf", "B"})})
	got := collected(t, &Collector{Bounds: DefaultBounds()}, "x.zip", tarless(t, inner))
	want := map[string]string{
		"x.zip!/inner.zip!/a.pdf": "A", "x.zip!/inner.zip!/third.zip": "error: an archive in an archive in an archive is not opened: unpack it and convert what is in it",
		"x.zip!/broken.tgz": "error: not a readable TAR archive: unexpected EOF",
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("%q", got)
	}
}

func tarless(t *testing.T, inner string) string {
	return zipOf(t, member{"inner.zip", inner}, member{"broken.tgz", "\x1f\x8b"})
}

// A bomb costs what the bounds allow, and says so.
func TestArchiveBounds(t *testing.T) {
	zeros := strings.Repeat("\x00", 80<<20)
	bounds := func(change func(*Bounds)) *Collector {
		c := &Collector{Bounds: DefaultBounds()}
		change(&c.Bounds)
		return c
	}
	for _, c := range []struct {
		name, content, want string
		with                *Collector
	}{
		{"x.zip", zipOf(t, member{"a.pdf", zeros}), "inflates to more than 200 times its size", bounds(func(*Bounds) {})},
		{"x.tgz", tarOf(t, gzipTar, member{"a.txt", zeros}), "inflates to more than 200 times its size", bounds(func(*Bounds) {})},
		{"x.zip", zipOf(t, member{"a.zip", zipOf(t, member{"a.pdf", zeros})}), "inflates to more than 200 times", bounds(func(*Bounds) {})},
		{"x.zip", zipOf(t, member{"a.pdf", "1"}, member{"b.pdf", "2"}), "more than 1 members", bounds(func(b *Bounds) { b.Members = 1 })},
		{"x.tar", tarOf(t, plainTar, member{"a.pdf", "123456"}), "inflates to more than 1KiB", bounds(func(b *Bounds) { b.Bytes = 1 << 10 })},
	} {
		got := collected(t, c.with, c.name, c.content)
		if !strings.Contains(got[c.name], c.want) {
			t.Errorf("%s: %q, want %s", c.name, got, c.want)
		}
	}
	got := collected(t, bounds(func(b *Bounds) { b.Member = 2 }), "x.zip", zipOf(t, member{"a.pdf", "123"}, member{"b.pdf", "1"}))
	if want := map[string]string{"x.zip!/a.pdf": "error: file too large (the limit is 2B)", "x.zip!/b.pdf": "1"}; !reflect.DeepEqual(got, want) {
		t.Errorf("%q", got)
	}
}

func TestGlobs(t *testing.T) {
	dir := t.TempDir()
	for _, name := range []string{"a.pdf", "b.pdf", "c.txt"} {
		os.WriteFile(filepath.Join(dir, name), nil, 0o600)
	}
	got, err := (&Collector{}).Collect(context.Background(), []string{filepath.Join(dir, "*.pdf"), filepath.Join(dir, "no*")})
	if err != nil || len(got) != 3 || got[1].Path != filepath.Join(dir, "b.pdf") || got[2].Err == nil {
		t.Errorf("%v %v", got, err)
	}
}
