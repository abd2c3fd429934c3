package main

import (
	"io"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/johannesboyne/gofakes3"
	"github.com/johannesboyne/gofakes3/backend/s3mem"
)

// TestS3 reads from and writes to an S3 server, over HTTP.
func TestS3(t *testing.T) {
	backend := s3mem.New()
	server := httptest.NewServer(gofakes3.New(backend).Server())
	defer server.Close()
	for _, bucket := range []string{"in", "out"} {
		if err := backend.CreateBucket(bucket); err != nil {
			t.Fatal(err)
		}
	}
	put := func(key, file string) {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := backend.PutObject("in", key, nil, strings.NewReader(string(data)), int64(len(data)), nil); err != nil {
			t.Fatal(err)
		}
	}
	t.Setenv("AWS_ACCESS_KEY_ID", "test")
	t.Setenv("AWS_SECRET_ACCESS_KEY", "test")
	t.Setenv("XDG_CACHE_HOME", t.TempDir())
	query := "?region=us-east-1&use_path_style=true&endpoint=" + server.URL
	convert := func(code int) string {
		return finish(t, code, "convert", "-o", "s3://out/data"+query, "s3://in/2025"+query)
	}
	list := func() []string {
		objects, err := backend.ListBucket("out", nil, gofakes3.ListBucketPage{})
		if err != nil {
			t.Fatal(err)
		}
		var keys []string
		for _, o := range objects.Contents {
			keys = append(keys, o.Key)
		}
		return keys
	}

	put("2025/budget.pdf", "../../samples/budget.pdf")
	put("2024/accounts.pdf", "../../samples/accounts_watermark.pdf")
	if said := convert(exitOK); !strings.Contains(said, "documents  1: 1 ok") {
		t.Errorf("said %s", said)
	}
	first := list()
	put("2025/deep/accounts.pdf", "../../samples/accounts_watermark.pdf")
	if said := convert(exitOK); !strings.Contains(said, "documents  2: 2 ok, 0 partial, 0 failed; 1 were there already") {
		t.Errorf("said %s", said)
	}
	second := list()
	if len(second) <= len(first) {
		t.Errorf("%d objects, then %d", len(first), len(second))
	}
	manifest, err := backend.GetObject("out", "data/_manifest.json", nil)
	if err != nil {
		t.Fatal(err)
	}
	defer manifest.Contents.Close()
	text, err := io.ReadAll(manifest.Contents)
	if err != nil {
		t.Fatal(err)
	}
	for _, key := range second {
		if strings.HasSuffix(key, ".parquet") && !strings.Contains(string(text), strings.TrimPrefix(key, "data/")) {
			t.Errorf("%s is not in the manifest", key)
		}
	}
	if said := convert(exitOK); !strings.Contains(said, "2 were there already") {
		t.Errorf("said %s", said)
	}
	if left, _ := filepath.Glob(filepath.Join(os.Getenv("XDG_CACHE_HOME"), "extract-outputs", "*", "documents")); len(left) > 0 {
		t.Errorf("left over: %v", left)
	}
	if said := finish(t, exitPartial, "convert", "-o", filepath.Join(t.TempDir(), "out"), "s3://none/x"+query); !strings.Contains(said, "failed: s3://none/x: cannot be listed") {
		t.Errorf("said %s", said)
	}
}
