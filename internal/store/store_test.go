//go:build !nocloud

package store

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"gocloud.dev/blob"
	_ "gocloud.dev/blob/fileblob" // file://: a store in a folder
	"gocloud.dev/blob/memblob"

	"github.com/countybudget/extract/internal/dataset/layout"
)

var testTime = time.Date(2024, 5, 6, 7, 8, 9, 10, time.UTC)

// location is a place in a store of its own, which is a folder.
func location(t *testing.T, key string) Location {
	t.Helper()
	return Location{Scheme: "file", Bucket: t.TempDir(), Key: key}
}

func bucketOf(t *testing.T, at Location) *blob.Bucket {
	t.Helper()
	b, err := at.folder(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { b.Close() })
	return b
}

func objects(t *testing.T, at Location) map[string]string {
	t.Helper()
	b, found := bucketOf(t, at), map[string]string{}
	all := b.List(nil)
	for {
		o, err := all.Next(t.Context())
		if err != nil {
			return found
		}
		data, err := b.ReadAll(t.Context(), o.Key)
		if err != nil {
			t.Fatal(err)
		}
		found[o.Key] = string(data)
	}
}

// output makes a local output of data files, by their names, and of what the next run goes on from.
func output(t *testing.T, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	type file struct {
		Path   string `json:"path"`
		SHA256 string `json:"sha256"`
	}
	var listed []file
	for name, text := range files {
		if err := os.MkdirAll(filepath.Join(dir, filepath.Dir(name)), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		if !layout.IsKept(name) {
			sum := sha256.Sum256([]byte(text))
			listed = append(listed, file{name, hex.EncodeToString(sum[:])})
		}
	}
	slices.SortFunc(listed, func(a, b file) int { return strings.Compare(a.Path, b.Path) })
	data, err := json.Marshal(map[string]any{"program": "test", "documents": 7, "files": listed})
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, layout.Manifest), data, 0o600); err != nil {
		t.Fatal(err)
	}
	return dir
}

func lock(t *testing.T, at Location, owner string) *Lock {
	t.Helper()
	l, err := AcquireLock(t.Context(), at, owner)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if l.bucket != nil {
			l.Release()
		}
	})
	return l
}

func base(t *testing.T, at Location) string {
	t.Helper()
	b, err := Base(t.Context(), at)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// follow reads an output in a store as a reader does: by its manifest alone.
func follow(t *testing.T, at Location) map[string]string {
	t.Helper()
	b := bucketOf(t, at)
	data, err := b.ReadAll(t.Context(), layout.Manifest)
	if err != nil {
		t.Fatal(err)
	}
	var m struct {
		Files []struct{ Path, SHA256 string }
	}
	if err := json.Unmarshal(data, &m); err != nil {
		t.Fatal(err)
	}
	found := map[string]string{}
	for _, f := range m.Files {
		text, err := b.ReadAll(t.Context(), f.Path)
		if err != nil {
			t.Fatalf("%s is in the manifest: %v", f.Path, err)
		}
		if sum := sha256.Sum256(text); hex.EncodeToString(sum[:]) != f.SHA256 {
			t.Errorf("%s is not what the manifest says", f.Path)
		}
		found[f.Path] = string(text)
	}
	return found
}

func texts(files map[string]string) []string {
	var all []string
	for _, text := range files {
		all = append(all, text)
	}
	slices.Sort(all)
	return all
}

const oddName = "lines/fiscal_year=__HIVE_DEFAULT_PARTITION__/a b+%41é预算#?&.parquet"

// TestUpload: an output takes the place of the one before, whose files are deleted; unchanged files are not sent again, and
// names may have any characters.
func TestUpload(t *testing.T) {
	for _, key := range []string{"", "data", "data/", "a b/预算 %2F+"} {
		at := location(t, key)
		l := lock(t, at, "one")
		first := output(t, map[string]string{"lines/part-00000.parquet": "old", oddName: "kept", layout.Journal: "j1", layout.Spool: "s"})
		if err := Upload(t.Context(), first, l, base(t, at)); err != nil {
			t.Fatalf("%q: %v", key, err)
		}
		if got := texts(follow(t, at)); !slices.Equal(got, []string{"kept", "old"}) {
			t.Errorf("%q: %v", key, got)
		}
		second := output(t, map[string]string{"lines/part-00000.parquet": "new", oddName: "kept", layout.Journal: "j2", layout.Spool: "s", layout.Objects: "o"})
		if err := Upload(t.Context(), second, l, base(t, at)); err != nil {
			t.Fatalf("%q: %v", key, err)
		}
		if got := texts(follow(t, at)); !slices.Equal(got, []string{"kept", "new"}) {
			t.Errorf("%q: %v", key, got)
		}
		for name, text := range objects(t, at) {
			if text == "old" || text == "j1" {
				t.Errorf("%q: %s of the output before is still there", key, name)
			}
		}
		l.Release()
		l.bucket = nil
		if n := len(objects(t, at)); n != 6 {
			t.Errorf("%q: %d objects: %v", key, n, objects(t, at))
		}
	}
}

// TestUploadDies: wherever an upload ends, the manifest, which is written last, still names the whole output before, and the
// next upload goes through.
func TestUploadDies(t *testing.T) {
	const files = 4
	next := map[string]string{layout.Journal: "journal of the next", layout.Spool: "spool"}
	for i := range files {
		next[path.Join("lines", layout.Part(i))] = fmt.Sprint("new ", i)
	}
	for lost := range next {
		at := location(t, "data")
		l := lock(t, at, "one")
		if err := Upload(t.Context(), output(t, map[string]string{"lines/part-00000.parquet": "old", layout.Journal: "journal"}), l, base(t, at)); err != nil {
			t.Fatal(err)
		}
		before := base(t, at)
		dir := output(t, next)
		whole, err := os.ReadFile(filepath.Join(dir, lost))
		if err != nil {
			t.Fatal(err)
		}
		if err := os.Remove(filepath.Join(dir, lost)); err != nil { // the files before it get there, it does not
			t.Fatal(err)
		}
		if layout.IsKept(lost) { // it must be there when the names are made
			if err := os.Mkdir(filepath.Join(dir, lost), 0o700); err != nil {
				t.Fatal(err)
			}
		}
		if err := Upload(t.Context(), dir, l, before); err == nil {
			t.Fatalf("without %s the upload went through", lost)
		}
		if got := texts(follow(t, at)); !slices.Equal(got, []string{"old"}) || base(t, at) != before {
			t.Errorf("died at %s: a reader sees %v", lost, got)
		}
		fetched := t.TempDir()
		if b, err := Fetch(t.Context(), at, fetched); err != nil || b != before {
			t.Errorf("died at %s: %v", lost, err)
		}
		if data, err := os.ReadFile(filepath.Join(fetched, layout.Journal)); string(data) != "journal" {
			t.Errorf("died at %s: the next run goes on from %q, %v", lost, data, err)
		}
		if err := errors.Join(os.RemoveAll(filepath.Join(dir, lost)), os.WriteFile(filepath.Join(dir, lost), whole, 0o600)); err != nil {
			t.Fatal(err)
		}
		if err := Upload(t.Context(), dir, l, before); err != nil {
			t.Fatal(err)
		}
		if got := texts(follow(t, at)); len(got) != files || got[0] != "new 0" {
			t.Errorf("after the next upload a reader sees %v", got)
		}
	}
}

// TestUploadRefuses: an output that another run has changed is left alone, and one whose lock is another's; a manifest with
// paths that lead out of the output is refused.
func TestUploadRefuses(t *testing.T) {
	at := location(t, "data")
	l := lock(t, at, "one")
	mine, theirs := output(t, map[string]string{"a.parquet": "mine"}), output(t, map[string]string{"a.parquet": "theirs"})
	began := base(t, at)
	if err := Upload(t.Context(), theirs, l, began); err != nil {
		t.Fatal(err)
	}
	if err := Upload(t.Context(), mine, l, began); !errors.Is(err, ErrChanged) {
		t.Errorf("changed meanwhile: %v", err)
	}
	other, err := json.Marshal(lockHolder{Owner: "two"})
	if err != nil {
		t.Fatal(err)
	}
	if err := bucketOf(t, at).WriteAll(t.Context(), layout.StoreLock, other, nil); err != nil {
		t.Fatal(err)
	}
	if err := Upload(t.Context(), mine, l, base(t, at)); !errors.Is(err, errLockLost) {
		t.Errorf("with another's lock: %v", err)
	}
	if got := texts(follow(t, at)); !slices.Equal(got, []string{"theirs"}) {
		t.Errorf("a reader sees %v", got)
	}
	for _, files := range []string{`[{"path": "../a", "sha256": "0123456789abcdef"}]`, `[{"path": "a", "sha256": "0"}]`, `[{}]`} {
		if err := os.WriteFile(filepath.Join(mine, layout.Manifest), []byte(`{"files": `+files+`}`), 0o600); err != nil {
			t.Fatal(err)
		}
		if err := Upload(t.Context(), mine, l, base(t, at)); err == nil || !strings.Contains(err.Error(), "not one of this program") {
			t.Errorf("%s: %v", files, err)
		}
	}
}

// TestFetch brings what the next run goes on from, and nothing if there is no whole output; a manifest that names other files
// is refused, so that nothing is written beside them.
func TestFetch(t *testing.T) {
	at := location(t, "data")
	dir := filepath.Join(t.TempDir(), "out")
	if b, err := Fetch(t.Context(), at, dir); err != nil || b != noOutput {
		t.Errorf("of nothing: %q, %v", b, err)
	}
	l := lock(t, at, "one")
	if err := bucketOf(t, at).WriteAll(t.Context(), "lines/part-00000-0123456789abcdef.parquet", []byte("of an upload that died"), nil); err != nil {
		t.Fatal(err)
	}
	if b, err := Fetch(t.Context(), at, dir); err != nil || b != noOutput {
		t.Errorf("without a manifest: %q, %v", b, err)
	}
	if err := Upload(t.Context(), output(t, map[string]string{"a.parquet": "a", layout.Journal: "j", layout.Spool: "s"}), l, noOutput); err != nil {
		t.Fatal(err)
	}
	b, err := Fetch(t.Context(), at, dir)
	if err != nil || b != base(t, at) {
		t.Errorf("%q, %v", b, err)
	}
	for name, want := range map[string]string{layout.Journal: "j", layout.Spool: "s"} {
		if got, err := os.ReadFile(filepath.Join(dir, name)); string(got) != want {
			t.Errorf("%s: %q, %v", name, got, err)
		}
	}
	if _, err := os.Stat(filepath.Join(dir, layout.Manifest)); err != nil {
		t.Error(err)
	}
	bad := `{"files": [], "kept": {"../out2": "a-0123456789abcdef.parquet"}}`
	if err := bucketOf(t, at).WriteAll(t.Context(), layout.Manifest, []byte(bad), nil); err != nil {
		t.Fatal(err)
	}
	if _, err := Fetch(t.Context(), at, dir); err == nil || !strings.Contains(err.Error(), "not one of this program") {
		t.Errorf("a manifest with other files: %v", err)
	}
}

// TestLock: one run at a time; its own earlier run is taken over, a stale lock is too, and a released one is gone.
func TestLock(t *testing.T) {
	at := location(t, "data")
	l := lock(t, at, "one")
	if _, err := AcquireLock(t.Context(), at, "two"); err == nil || !strings.Contains(err.Error(), "another run") {
		t.Errorf("a second run: %v", err)
	}
	again := lock(t, at, "one")
	if err := again.check(t.Context()); err != nil {
		t.Error(err)
	}
	l.Release()
	l.bucket = nil
	if _, ok := objects(t, at)[layout.StoreLock]; ok {
		t.Error("the lock is still there")
	}
	two := lock(t, at, "two")
	if err := again.check(t.Context()); !errors.Is(err, errLockLost) {
		t.Errorf("the first run's lock: %v", err)
	}
	if err := two.check(t.Context()); err != nil {
		t.Error(err)
	}
	long := time.Now().Add(-lockExpiry - time.Second)
	if err := os.Chtimes(filepath.Join(at.Bucket, "data", layout.StoreLock), long, long); err != nil {
		t.Fatal(err)
	}
	three := lock(t, at, "three")
	if err := three.check(t.Context()); err != nil {
		t.Errorf("after a stale lock: %v", err)
	}
}

// TestList gives all objects below a key as below a folder, over several pages of a listing, or the one with this key.
func TestList(t *testing.T) {
	b := memblob.OpenBucket(nil)
	defer b.Close()
	want := map[string]bool{}
	const many = 2300 // more than two pages of 1000
	for i := range many {
		key := fmt.Sprintf("in/%04d 预算+%%.pdf", i)
		want[key] = true
		if err := b.WriteAll(t.Context(), key, []byte{byte(i)}, nil); err != nil {
			t.Fatal(err)
		}
	}
	for _, key := range []string{"in.pdf", "inside/a.pdf", "other/in/b.pdf"} {
		if err := b.WriteAll(t.Context(), key, nil, nil); err != nil {
			t.Fatal(err)
		}
	}
	for key, n := range map[string]int{"in": many, "in/": many, "in/0007 预算+%.pdf": 1, "": many + 3, "no": 0} {
		r := &Reader{Location{Key: key}, b}
		found, err := r.List(t.Context())
		if err != nil || len(found) != n {
			t.Errorf("%q: %d objects, %v; want %d", key, len(found), err, n)
		}
		for _, o := range found {
			if key == "in" && (!want[o.Key] || o.Bytes != 1 || !strings.HasPrefix(o.Version, "md5:")) {
				t.Errorf("%q: %+v", key, o)
			}
		}
	}
	var text bytes.Buffer
	if err := (&Reader{Location{}, b}).Copy(t.Context(), "in/0007 预算+%.pdf", &text); err != nil || text.String() != "\x07" {
		t.Errorf("%q, %v", text.String(), err)
	}
}

// TestVersion: what tells one content of an object from another, the best that a store has.
func TestVersion(t *testing.T) {
	if v := version([]byte{1, 2}, `"x"`, testTime); v != "md5:0102" {
		t.Error(v)
	}
	if v := version(nil, `"x-3"`, testTime); v != "etag:x-3" {
		t.Error(v)
	}
	if v := version(nil, "", testTime); v != "time:2024-05-06T07:08:09.00000001Z" {
		t.Error(v)
	}
}
