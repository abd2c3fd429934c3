// Package store reads inputs from object stores and puts outputs there.
package store

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/url"
	"os"
	"strings"

	"gocloud.dev/blob"
	_ "gocloud.dev/blob/s3blob" // s3://
	"gocloud.dev/gcerrors"
)

// Location is a place in an object store: a bucket, and a key or the beginning of keys. Settings of the store, such as
// region, endpoint or use_path_style, are the query of its URL.
type Location struct {
	Scheme, Bucket, Key string
	query               string
}

// Parse reads s3://bucket/key; ok is false for what is no such URL.
func Parse(name string) (l Location, ok bool, err error) {
	scheme, _, found := strings.Cut(name, "://")
	if !found {
		return l, false, nil
	}
	if scheme != "s3" {
		return l, true, fmt.Errorf("%s:// is not a store that this program knows; s3:// is", scheme)
	}
	u, err := url.Parse(name)
	if err != nil || u.Host == "" {
		return l, true, fmt.Errorf("%s is not like %s://bucket/folder", name, scheme)
	}
	return Location{u.Scheme, u.Host, strings.TrimPrefix(u.Path, "/"), u.RawQuery}, true, nil
}

// LocalPath is the path of a file:// URL, and of what is no URL the name itself.
func LocalPath(name string) string {
	if rest, ok := strings.CutPrefix(name, "file://"); ok {
		if path, err := url.PathUnescape(rest); err == nil && strings.HasPrefix(path, "/") {
			return path
		}
	}
	return name
}

// URI names an object of the location's bucket, without the settings.
func (l Location) URI(key string) string { return l.Scheme + "://" + l.Bucket + "/" + key }

func (l Location) open(ctx context.Context) (*blob.Bucket, error) {
	address := l.Scheme + "://" + l.Bucket
	if l.query != "" {
		address += "?" + l.query
	}
	b, err := blob.OpenBucket(ctx, address)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", l.URI(l.Key), err)
	}
	return b, nil
}

// Object is one object of a store.
type Object struct {
	Key   string
	Bytes int64
}

// Reader reads the objects of a bucket. It is safe for concurrent use.
type Reader struct {
	at     Location
	bucket *blob.Bucket
}

// Open opens the bucket of a location for reading.
func Open(ctx context.Context, at Location) (*Reader, error) {
	bucket, err := at.open(ctx)
	if err != nil {
		return nil, err
	}
	return &Reader{at, bucket}, nil
}

// Close lets go of the bucket.
func (r *Reader) Close() error { return r.bucket.Close() }

// List gives the object with the location's key, or those below it as below a folder.
func (r *Reader) List(ctx context.Context) ([]Object, error) {
	prefix := r.at.Key
	if prefix != "" && !strings.HasSuffix(prefix, "/") {
		a, err := r.bucket.Attributes(ctx, prefix)
		if err == nil {
			return []Object{{prefix, a.Size}}, nil
		}
		if gcerrors.Code(err) != gcerrors.NotFound {
			return nil, err
		}
		prefix += "/"
	}
	var found []Object
	objects := r.bucket.List(&blob.ListOptions{Prefix: prefix})
	for {
		o, err := objects.Next(ctx)
		if errors.Is(err, io.EOF) {
			return found, nil
		}
		if err != nil {
			return nil, err
		}
		if !o.IsDir {
			found = append(found, Object{o.Key, o.Size})
		}
	}
}

// Copy writes an object to a file.
func (r *Reader) Copy(ctx context.Context, key string, to *os.File) error {
	from, err := r.bucket.NewReader(ctx, key, nil)
	if err != nil {
		return err
	}
	defer from.Close()
	_, err = io.Copy(to, from)
	return err
}
