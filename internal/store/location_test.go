package store

import (
	"testing"
	"time"
)

var testTime = time.Date(2024, 5, 6, 7, 8, 9, 10, time.UTC)

// TestParse tells addresses of stores from names of files.
func TestParse(t *testing.T) {
	for name, want := range map[string]struct {
		ok, fails bool
		uri       string
	}{
		"in/a.pdf":                    {false, false, ""},
		"s3://bucket/a b/预算.pdf":      {true, !Built, "s3://bucket/a b/预算.pdf"},
		"s3://bucket/a%20b?region=cn": {true, !Built, "s3://bucket/a b"},
		"gs://bucket":                 {true, !Built, "gs://bucket/"},
		"s3:///a":                     {true, true, ""},
		"ftp://host/a":                {true, true, ""},
	} {
		at, ok, err := Parse(name)
		if ok != want.ok || (err != nil) != want.fails {
			t.Errorf("%s: ok %v, %v", name, ok, err)
		}
		if err == nil && ok && at.URI(at.Key) != want.uri {
			t.Errorf("%s: %s", name, at.URI(at.Key))
		}
	}
	for name, want := range map[string]string{"file:///a%20b/c": "/a b/c", "file://host": "file://host", "a": "a", "file:///%zz": "file:///%zz"} {
		if got := LocalPath(name); got != want {
			t.Errorf("%s: %s", name, got)
		}
	}
}
