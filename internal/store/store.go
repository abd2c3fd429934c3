//go:build !nocloud

package store

import (
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/aws/aws-sdk-go-v2/service/s3/types"
	"gocloud.dev/blob"
	_ "gocloud.dev/blob/azureblob" // azblob://
	_ "gocloud.dev/blob/gcsblob"   // gs://
	_ "gocloud.dev/blob/s3blob"    // s3://
	"gocloud.dev/gcerrors"
)

// Built tells whether the program was built with the stores.
const Built = true

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
			return []Object{{prefix, a.Size, version(a.MD5, a.ETag, a.ModTime)}}, nil
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
			found = append(found, Object{o.Key, o.Size, version(o.MD5, listedETag(o), o.ModTime)})
		}
	}
}

// version tells one content of an object from another: by its MD5 where the store knows it, else by its ETag, else by the
// time at which it was written.
func version(md5 []byte, etag string, written time.Time) string {
	switch {
	case len(md5) > 0:
		return "md5:" + hex.EncodeToString(md5)
	case etag != "":
		return "etag:" + strings.Trim(etag, `"`)
	}
	return "time:" + written.UTC().Format(time.RFC3339Nano)
}

// listedETag is the ETag of an object in a list of S3, which has no MD5 for what was uploaded in parts.
func listedETag(o *blob.ListObject) string {
	var s3 types.Object
	if !o.As(&s3) || s3.ETag == nil {
		return ""
	}
	return *s3.ETag
}

// Copy writes an object to w.
func (r *Reader) Copy(ctx context.Context, key string, w io.Writer) error {
	from, err := r.bucket.NewReader(ctx, key, nil)
	if err != nil {
		return err
	}
	defer from.Close()
	_, err = io.Copy(w, from)
	return err
}
