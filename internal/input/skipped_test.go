package input

import (
	"context"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
)

// PDF files are known by their signature too, in folders, archives and single compressed files; the rest is named.
func TestContentDecides(t *testing.T) {
	const pdf = "%PDF-1.7 x"
	members := []member{{"PLAIN", pdf}, {"b.bin", "\r\n" + pdf}, {"c.docx", "PK"}, {"d.PDF", "D"}, {"e.rar", "?"}, {"f.dat", "Rar!\x1a\x07\x01\x00"}, {"g.xlsx.gz", "?"}}
	want := map[string]string{
		"PLAIN": pdf, "b.bin": "\r\n" + pdf, "d.PDF": "D", "e.rar": "error: RAR archives are not opened: unpack it and convert what is in it",
		"f.dat": "error: RAR archives are not opened: unpack it and convert what is in it", "g.xlsx.gz": "error: not a readable gzip file: unexpected EOF",
	}
	for name, content := range map[string]string{
		"x.zip": zipOf(t, members...), "x.tar": tarOf(t, plainTar, members...), "x.tar.xz": tarOf(t, xzTar, members...), "x.tgz": tarOf(t, gzipTar, members...),
	} {
		c := &Collector{Bounds: DefaultBounds()}
		got := map[string]string{}
		for place, content := range collected(t, c, name, content) {
			got[strings.TrimPrefix(place, name+"!/")] = content
		}
		if !reflect.DeepEqual(got, want) {
			t.Errorf("%s: %q", name, got)
		}
		var skipped []string
		for _, s := range c.Skipped() {
			skipped = append(skipped, filepath.Base(s.SourceURI)+" "+s.Kind)
		}
		expect := []string{"c.docx .docx", "link.pdf link in an archive"}
		if name == "x.zip" {
			expect = expect[:1]
		}
		if !slices.Equal(skipped, expect) {
			t.Errorf("%s: not converted: %q", name, skipped)
		}
	}
}

// Archives are known by their signature, whatever their names; documents of other programs that are ZIP archives are none.
func TestArchivesBySignature(t *testing.T) {
	const pdf = "%PDF-1.7 b"
	zipped := zipOf(t, member{"a.pdf", pdf})
	for name, c := range map[string]struct {
		content string
		want    map[string]string
	}{
		"x":      {zipped, map[string]string{"x!/a.pdf": pdf}},
		"x.dat":  {packed(gzipTar, pdf), map[string]string{"x.dat!/x.dat": pdf}},
		"x.gz":   {packed(gzipTar, zipped), map[string]string{"x.gz!/x!/a.pdf": pdf}},
		"y.gz":   {zipped, map[string]string{"y.gz!/a.pdf": pdf}},
		"x.zip":  {packed(gzipTar, pdf), map[string]string{"x.zip!/x": pdf}},
		"x.rar":  {zipped, map[string]string{"x.rar!/a.pdf": pdf}},
		"y":      {tarOf(t, plainTar, member{"a.pdf", pdf}), map[string]string{"y!/a.pdf": pdf}},
		"z":      {tarOf(t, gzipTar, member{"a.pdf", pdf}), map[string]string{"z!/a.pdf": pdf}},
		"z.tar":  {tarOf(t, gzipTar, member{"a.pdf", pdf}), map[string]string{"z.tar!/a.pdf": pdf}},
		"q.zip":  {zipOf(t, member{"inner", zipped}), map[string]string{"q.zip!/inner!/a.pdf": pdf}},
		"a.001":  {zipped, map[string]string{"a.001": "error: split archives are not opened: unpack it and convert what is in it"}},
		"a.xlsx": {zipped, map[string]string{}},
		"sheet":  {zipOf(t, member{"[Content_Types].xml", ""}, member{"a.pdf", pdf}), map[string]string{}},
	} {
		if got := collected(t, &Collector{Bounds: DefaultBounds()}, name, c.content); !reflect.DeepEqual(got, c.want) {
			t.Errorf("%s: %q", name, got)
		}
	}
}

func TestCompressedFiles(t *testing.T) {
	const pdf = "%PDF-1.7 b"
	packedXZ := packed(xzTar, pdf)
	for name, c := range map[string]struct {
		content string
		want    map[string]string
	}{
		"b.pdf.xz":    {packedXZ, map[string]string{"b.pdf.xz!/b.pdf": pdf}},
		"b.PDF.BZ2":   {bzipped(t, bzippedPDF), map[string]string{"b.PDF.BZ2!/b.PDF": pdf}},
		"b.gz":        {packed(gzipTar, pdf), map[string]string{"b.gz!/b": pdf}},
		"b.pdf.zst":   {packed(zstdTar, pdf), map[string]string{"b.pdf.zst!/b.pdf": pdf}},
		"x.tar.bz2":   {bzipped(t, bzippedTar), map[string]string{"x.tar.bz2!/a.pdf": "A"}},
		"x.zip":       {zipOf(t, member{"b.pdf.xz", packedXZ}), map[string]string{"x.zip!/b.pdf.xz!/b.pdf": pdf}},
		"cut.pdf.xz":  {packedXZ[:len(packedXZ)-9], map[string]string{"cut.pdf.xz!/cut.pdf": "error: cannot be read to its end: unexpected EOF"}},
		"bad.pdf.xz":  {"not xz", map[string]string{"bad.pdf.xz": "error: not a readable xz file: unexpected EOF"}},
		"none.pdf.gz": {"", map[string]string{"none.pdf.gz": "error: not a readable gzip file: EOF"}},
		"cut.tar.bz2": {bzipped(t, bzippedTar)[:60], map[string]string{"cut.tar.bz2": "error: the TAR archive cannot be read to its end: unexpected EOF"}},
	} {
		if got := collected(t, &Collector{Bounds: DefaultBounds()}, name, c.content); !reflect.DeepEqual(got, c.want) {
			t.Errorf("%s: %q", name, got)
		}
	}
}

// The bounds of archives hold for every packing.
func TestPackingBounds(t *testing.T) {
	zeros := strings.Repeat(packed(xzTar, strings.Repeat("\x00", 1<<20)), 80) // a stream for each MiB
	for name, content := range map[string]string{
		"x.pdf.bz2": bzipped(t, bzippedZeros), "x.pdf.xz": zeros,
		"x.zip": zipOf(t, member{"a.pdf.bz2", bzipped(t, bzippedZeros)}),
	} {
		c := &Collector{Bounds: DefaultBounds()}
		c.Bounds.Ratio = 100
		got := collected(t, c, name, content)
		if !strings.Contains(got[name], "inflates to more than 100 times its size") {
			t.Errorf("%s: %q", name, got)
		}
	}
	c := &Collector{Bounds: DefaultBounds()}
	c.Bounds.Member = 5
	if got := collected(t, c, "b.pdf.bz2", bzipped(t, bzippedPDF)); got["b.pdf.bz2!/b.pdf"] != "error: file too large (the limit is 5B)" {
		t.Errorf("%q", got)
	}
}

// Of a folder every file is an input or named, but for what is in folders to be left.
func TestFoldersAccountForEveryFile(t *testing.T) {
	dir := t.TempDir()
	for name, content := range map[string]string{
		"a.pdf": "A", "b": "%PDF-1.4", "c.xlsx": "C", "附件.关于公开的说明": "D", ".DS_Store": "E", "f.7z": "F", "out/run-1.json": "{}", "sub/g.TXT": "G",
	} {
		path := filepath.Join(dir, name)
		os.MkdirAll(filepath.Dir(path), 0o700)
		if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Symlink(filepath.Join(dir, "sub"), filepath.Join(dir, "link")); err != nil {
		t.Skip(err)
	}
	c := &Collector{Leave: []string{filepath.Join(dir, "out"), filepath.Join(dir, "none")}}
	inputs, err := c.Collect(context.Background(), []string{dir, filepath.Join(dir, "c.xlsx")})
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, in := range inputs {
		line := strings.TrimPrefix(in.SourceURI, dir+"/")
		if in.Err != nil {
			line += ": " + in.Err.Error()
		}
		got = append(got, line)
	}
	want := []string{"a.pdf", "b", "f.7z: 7-Zip archives are not opened: unpack it and convert what is in it", "c.xlsx"} // the last was named
	if !slices.Equal(got, want) {
		t.Errorf("inputs %q", got)
	}
	var skipped []string
	for _, s := range c.Skipped() {
		skipped = append(skipped, strings.TrimPrefix(s.SourceURI, dir+"/")+" "+s.Kind)
	}
	if want := []string{".DS_Store .ds_store", "link link to a folder", "sub/g.TXT .txt", "附件.关于公开的说明 no extension"}; !slices.Equal(skipped, want) {
		t.Errorf("not converted %q", skipped)
	}
	if !c.LookedInto(dir) || !c.LookedInto(dir+"/sub") || c.LookedInto(dir+"/out") {
		t.Error("what was looked into is not known")
	}
}
