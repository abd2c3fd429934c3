//go:build !nocloud

package app

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/johannesboyne/gofakes3"
	"github.com/johannesboyne/gofakes3/backend/s3mem"
)

// remoteOutput is the address of an output in an object store that refuses Parquet files while it is told to, and the folder in
// which its state is kept.
func remoteOutput(t *testing.T) (out, cache string, refuse *atomic.Bool) {
	t.Helper()
	backend := s3mem.New()
	if err := backend.CreateBucket("outputs"); err != nil {
		t.Fatal(err)
	}
	fake := gofakes3.New(backend).Server()
	refuse = new(atomic.Bool)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method == http.MethodPut && strings.HasSuffix(r.URL.Path, ".parquet") && refuse.Load() {
			http.Error(w, "no", http.StatusForbidden)
			return
		}
		fake.ServeHTTP(w, r)
	}))
	t.Cleanup(server.Close)
	t.Setenv("AWS_ACCESS_KEY_ID", "test")
	t.Setenv("AWS_SECRET_ACCESS_KEY", "test")
	t.Setenv("XDG_CACHE_HOME", t.TempDir())
	if cache, err := os.UserCacheDir(); err != nil || cache != os.Getenv("XDG_CACHE_HOME") {
		t.Skipf("the cache folder is %s: %v", cache, err)
	}
	out = "s3://outputs/data?region=us-east-1&use_path_style=true&endpoint=" + server.URL
	return out, filepath.Join(os.Getenv("XDG_CACHE_HOME"), "extract-outputs"), refuse
}

// TestRemoteState: an upload that fails leaves the output and a state from which the next run uploads it without converting
// anything again; one that succeeds leaves nothing.
func TestRemoteState(t *testing.T) {
	out, cache, refuse := remoteOutput(t)
	in := folder(t, "a.pdf", "b.pdf")
	state := func() (s targetState) {
		t.Helper()
		files, _ := filepath.Glob(filepath.Join(cache, "*", "state.json"))
		if len(files) != 1 {
			t.Fatalf("states %v", files)
		}
		data, err := os.ReadFile(files[0])
		if err != nil || json.Unmarshal(data, &s) != nil || s.Owner == "" {
			t.Fatalf("%s, %v", data, err)
		}
		return s
	}
	convert := func(kept, removed int, begun ...string) {
		t.Helper()
		var told recorder
		record, err := Convert(t.Context(), conversion(out, in), &told)
		if err != nil || record.Summary.Kept != kept || record.Summary.Removed != removed || record.Summary.OK != 2 {
			t.Fatalf("%+v, %v", record, err)
		}
		var got []string
		for _, call := range told.calls {
			if name, ok := strings.CutPrefix(call, "document "); ok {
				got = append(got, name)
			}
		}
		if !slices.Equal(got, begun) {
			t.Errorf("converted were %v, not %v", got, begun)
		}
	}

	refuse.Store(true)
	if _, err := Convert(t.Context(), conversion(out, in), &recorder{}); err == nil || !strings.Contains(err.Error(), "uploading to") {
		t.Fatalf("error %v", err)
	}
	first := state()
	if _, err := Convert(t.Context(), conversion(out, in), &recorder{}); err == nil {
		t.Fatal("a store that refuses files took them")
	}
	if again := state(); again != first {
		t.Errorf("the state of the second run is %+v, not %+v", again, first)
	}
	refuse.Store(false)
	convert(2, 0) // the upload alone
	if left, _ := filepath.Glob(filepath.Join(cache, "*", "*")); len(left) > 0 {
		t.Errorf("left of an upload: %v", left)
	}
	convert(2, 0) // nothing to do
	if err := os.Remove(filepath.Join(in, "b.pdf")); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(in, "c.pdf"), []byte("%PDF-1.4 other"), 0o600); err != nil {
		t.Fatal(err)
	}
	convert(1, 1, "c.pdf")
}
