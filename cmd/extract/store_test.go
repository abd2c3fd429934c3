//go:build !nocloud

package main

import (
	"bytes"
	"context"
	"encoding/base64"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/Azure/azure-sdk-for-go/sdk/storage/azblob"
	"github.com/fsouza/fake-gcs-server/fakestorage"
	"github.com/johannesboyne/gofakes3"
	"github.com/johannesboyne/gofakes3/backend/s3mem"
	"gocloud.dev/blob"
)

// storeServer is an object store that listens on this machine, with the buckets inputs and outputs.
type storeServer struct {
	scheme, query string
	got           *fetches // nil where they cannot be counted
}

// fetches counts the PDF files that were read, and refuses to store data where asked.
type fetches struct {
	next   http.Handler
	pdf    atomic.Int64
	refuse atomic.Bool
}

func (f *fetches) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if r.Method == http.MethodPut && strings.HasSuffix(r.URL.Path, ".parquet") && f.refuse.Load() {
		http.Error(w, "no", http.StatusForbidden)
		return
	}
	if r.Method == http.MethodGet && strings.HasSuffix(r.URL.Path, ".pdf") {
		f.pdf.Add(1)
	}
	f.next.ServeHTTP(w, r)
}

func (s storeServer) url(place string) string { return s.scheme + "://" + place + s.query }

func (s storeServer) bucket(t *testing.T, name string) *blob.Bucket {
	t.Helper()
	b, err := blob.OpenBucket(t.Context(), s.url(name))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { b.Close() })
	return b
}

func (s storeServer) put(t *testing.T, key string, data []byte) {
	t.Helper()
	if err := s.bucket(t, "inputs").WriteAll(t.Context(), key, data, nil); err != nil {
		t.Fatal(err)
	}
}

// keys lists the objects of the bucket outputs.
func (s storeServer) keys(t *testing.T) []string {
	t.Helper()
	var keys []string
	for list := s.bucket(t, "outputs").List(nil); ; {
		o, err := list.Next(t.Context())
		if err == io.EOF {
			return keys
		}
		if err != nil {
			t.Fatal(err)
		}
		keys = append(keys, o.Key)
	}
}

func s3Server(t *testing.T) storeServer {
	backend := s3mem.New()
	for _, bucket := range []string{"inputs", "outputs"} {
		if err := backend.CreateBucket(bucket); err != nil {
			t.Fatal(err)
		}
	}
	got := &fetches{next: gofakes3.New(backend).Server()}
	server := httptest.NewServer(got)
	t.Cleanup(server.Close)
	t.Setenv("AWS_ACCESS_KEY_ID", "test")
	t.Setenv("AWS_SECRET_ACCESS_KEY", "test")
	return storeServer{"s3", "?region=us-east-1&use_path_style=true&endpoint=" + server.URL, got}
}

func gcsServer(t *testing.T) storeServer {
	server, err := fakestorage.NewServerWithOptions(fakestorage.Options{Scheme: "http", Host: "127.0.0.1", PublicHost: "127.0.0.1"})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(server.Stop)
	for _, bucket := range []string{"inputs", "outputs"} {
		server.CreateBucketWithOpts(fakestorage.CreateBucketOpts{Name: bucket})
	}
	t.Setenv("STORAGE_EMULATOR_HOST", strings.TrimPrefix(server.URL(), "http://"))
	return storeServer{scheme: "gs"}
}

// azureServer starts Azurite, Microsoft's own emulator, where EXTRACT_TEST_AZURITE says where its azurite-blob is
// (make test-azure installs it).
func azureServer(t *testing.T) storeServer {
	program := os.Getenv("EXTRACT_TEST_AZURITE")
	if program == "" {
		t.Skip("set EXTRACT_TEST_AZURITE to azurite-blob, or run make test-azure")
	}
	const account = "devstoreaccount1"
	key := base64.StdEncoding.EncodeToString([]byte("the key of an emulator that nobody else can reach"))
	address := freeAddress(t)
	host, port, _ := net.SplitHostPort(address)
	azurite := exec.Command(program, "--blobHost", host, "--blobPort", port, "--location", t.TempDir(), "--silent", "--skipApiVersionCheck", "--disableTelemetry")
	azurite.Env = append(os.Environ(), "AZURITE_ACCOUNTS="+account+":"+key)
	azurite.SysProcAttr = dieWithTest()
	if err := azurite.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { azurite.Process.Kill(); azurite.Wait() })
	t.Setenv("AZURE_STORAGE_ACCOUNT", account)
	t.Setenv("AZURE_STORAGE_KEY", key)
	credential, err := azblob.NewSharedKeyCredential(account, key)
	if err != nil {
		t.Fatal(err)
	}
	client, err := azblob.NewClientWithSharedKeyCredential("http://"+address+"/"+account, credential, nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, container := range []string{"inputs", "outputs"} {
		ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
		defer cancel()
		for {
			if _, err = client.CreateContainer(ctx, container, nil); err == nil || ctx.Err() != nil {
				break
			}
			time.Sleep(100 * time.Millisecond)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	return storeServer{scheme: "azblob", query: "?protocol=http&domain=" + url.QueryEscape(address)}
}

func freeAddress(t *testing.T) string {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().String()
}

// TestStores reads from and writes to object stores, over HTTP.
func TestStores(t *testing.T) {
	for name, start := range map[string]func(*testing.T) storeServer{"s3": s3Server, "gs": gcsServer, "azblob": azureServer} {
		t.Run(name, func(t *testing.T) {
			t.Setenv("XDG_CACHE_HOME", t.TempDir())
			server := start(t)
			t.Run("convert", func(t *testing.T) { testStore(t, server) })
			t.Run("lock", func(t *testing.T) { testStoreLock(t, server) })
		})
	}
}

func testStore(t *testing.T, s storeServer) {
	sample := func(name string) []byte {
		data, err := os.ReadFile("../../samples/" + name)
		if err != nil {
			t.Fatal(err)
		}
		return data
	}
	convert := func(code int, in ...string) string {
		args := []string{"convert", "-o", s.url("outputs/data")}
		for _, place := range in {
			args = append(args, s.url(place))
		}
		return finish(t, code, args...)
	}
	says := func(said, want string) {
		t.Helper()
		if !strings.Contains(said, want) {
			t.Errorf("said %s, want %s", said, want)
		}
	}

	s.put(t, "2025/budget.pdf", sample("budget.pdf"))
	s.put(t, "2024/accounts.pdf", sample("accounts_watermark.pdf"))
	says(convert(exitOK, "inputs/2025"), "documents  1: 1 ok")
	first := s.keys(t)
	s.put(t, "2025/deep/accounts.pdf", sample("accounts_watermark.pdf"))
	says(convert(exitOK, "inputs/2025/"), "documents  2: 2 ok, 0 partial, 0 failed; 1 kept from earlier runs")
	second := s.keys(t)
	if len(second) <= len(first) {
		t.Errorf("%d objects, then %d", len(first), len(second))
	}
	manifest, err := s.bucket(t, "outputs").ReadAll(t.Context(), "data/_manifest.json")
	if err != nil {
		t.Fatal(err)
	}
	for _, key := range second {
		name := strings.TrimPrefix(key, "data/")
		if name != "_manifest.json" && !bytes.Contains(manifest, []byte(name)) {
			t.Errorf("%s is not in the manifest", key)
		}
	}

	// What has not changed is not fetched again; what has, is.
	if s.got != nil {
		s.got.pdf.Store(0)
	}
	says(convert(exitOK, "inputs/2025"), "2 kept from earlier runs")
	if s.got != nil && s.got.pdf.Load() != 0 {
		t.Errorf("%d objects were fetched again", s.got.pdf.Load())
	}
	s.put(t, "2025/budget.pdf", smallPDF("changed"))
	says(convert(exitOK, "inputs/2025"), "documents  2: 2 ok, 0 partial, 0 failed; 1 kept from earlier runs")
	if s.got != nil && s.got.pdf.Load() != 1 {
		t.Errorf("%d objects were fetched for one change", s.got.pdf.Load())
	}

	if left, _ := filepath.Glob(filepath.Join(os.Getenv("XDG_CACHE_HOME"), "extract-outputs", "*")); len(left) > 0 {
		t.Errorf("left over: %v", left)
	}
	says(finish(t, exitPartial, "convert", "-o", filepath.Join(t.TempDir(), "out"), s.url("none/x")), "failed: "+s.scheme+"://none/x: cannot be listed")
}

// testStoreLock: of two runs into one output the second is refused, and nothing of the first is lost.
func testStoreLock(t *testing.T, s storeServer) {
	s.put(t, "lock/a.pdf", smallPDF("a"))
	s.put(t, "lock/b.pdf", smallPDF("b"))
	out := s.bucket(t, "outputs")
	convert := func(code int, in string) string {
		return finish(t, code, "convert", "-o", s.url("outputs/locked"), s.url(in))
	}
	other := []byte(`{"owner":"someone else","host":"elsewhere"}`)
	if err := out.WriteAll(t.Context(), "locked/_lock", other, nil); err != nil {
		t.Fatal(err)
	}
	if said := convert(exitFailed, "inputs/lock/a.pdf"); !strings.Contains(said, "another run (on elsewhere, since") {
		t.Errorf("said %s", said)
	}
	if now, err := out.ReadAll(t.Context(), "locked/_lock"); err != nil || !bytes.Equal(now, other) {
		t.Errorf("the other run's lock is now %s (%v)", now, err)
	}
	if err := out.Delete(t.Context(), "locked/_lock"); err != nil {
		t.Fatal(err)
	}
	convert(exitOK, "inputs/lock/a.pdf")
	if keys := s.keys(t); slices.Contains(keys, "locked/_lock") {
		t.Errorf("the lock is left: %v", keys)
	}
	if said := convert(exitOK, "inputs/lock/b.pdf"); !strings.Contains(said, "not among the inputs: "+s.scheme+"://inputs/lock/a.pdf: stays") {
		t.Errorf("said %s", said)
	}
}

// TestStoreManyObjects: objects for which there is no room are fetched again for their conversion, and the output is the
// same to the byte as with room, as from files, and whatever is killed.
func TestStoreManyObjects(t *testing.T) {
	t.Setenv("XDG_CACHE_HOME", t.TempDir())
	s := s3Server(t)
	const n = 60
	for i := range n {
		s.put(t, fmt.Sprintf("many/%03d.pdf", i), smallPDF(fmt.Sprint(i%50)))
	}
	out := t.TempDir()
	roomy, tight, killed := filepath.Join(out, "roomy"), filepath.Join(out, "tight"), filepath.Join(out, "killed")
	finish(t, exitOK, "convert", "--quiet", "-o", roomy, s.url("inputs/many"))
	if got := s.got.pdf.Swap(0); got != n {
		t.Errorf("%d objects were fetched %d times with room for all", n, got)
	}
	finish(t, exitOK, "convert", "--quiet", "--scratch", "2KiB", "-o", tight, s.url("inputs/many"))
	if got := s.got.pdf.Swap(0); got <= n || got >= 2*n {
		t.Errorf("%d objects were fetched %d times with room for few", n, got)
	}
	sameOutputs(t, roomy, tight)
	disturb(t, time.Second, "convert", "--quiet", "-o", killed, s.url("inputs/many"))
	finish(t, exitOK, "convert", "--quiet", "-o", killed, s.url("inputs/many"))
	sameOutputs(t, roomy, killed)
}

// TestStoreUploadFails: an upload that fails is made up for by the next run, also when another run has come between.
func TestStoreUploadFails(t *testing.T) {
	t.Setenv("XDG_CACHE_HOME", t.TempDir())
	s := s3Server(t)
	for _, name := range []string{"a", "b", "c"} {
		s.put(t, name+".pdf", smallPDF(name))
	}
	convert := func(code int, name, want string) {
		t.Helper()
		if said := finish(t, code, "convert", "-o", s.url("outputs/data"), s.url("inputs/"+name)); !strings.Contains(said, want) {
			t.Errorf("%s: said %s, want %s", name, said, want)
		}
	}
	documents := func() string {
		t.Helper()
		data, err := s.bucket(t, "outputs").ReadAll(t.Context(), "data/_manifest.json")
		if err != nil {
			t.Fatal(err)
		}
		_, after, _ := strings.Cut(string(data), `"documents": `)
		return after[:1]
	}
	s.got.refuse.Store(true)
	convert(exitFailed, "a.pdf", "uploading to s3://outputs/data (what was there is whole)")
	s.got.refuse.Store(false)
	convert(exitOK, "a.pdf", "1 kept from earlier runs")
	if got := documents(); got != "1" {
		t.Errorf("%s documents", got)
	}

	s.got.refuse.Store(true)
	convert(exitFailed, "b.pdf", "uploading to")
	s.got.refuse.Store(false)
	here := os.Getenv("XDG_CACHE_HOME")
	t.Setenv("XDG_CACHE_HOME", t.TempDir()) // another machine
	convert(exitOK, "c.pdf", "1 ok")
	t.Setenv("XDG_CACHE_HOME", here)
	convert(exitOK, "b.pdf", "1 kept from earlier runs")
	if got := documents(); got != "3" {
		t.Errorf("%s documents", got)
	}
}
