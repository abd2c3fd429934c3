// Package store reads inputs from object stores and puts outputs there. The libraries of the stores are most of what a
// build downloads and compiles: with the tag nocloud they are left out, and an address of a store is refused.
package store

import (
	"fmt"
	"net/url"
	"slices"
	"strings"
)

// Location is a place in an object store: a bucket, and a key or the beginning of keys. Settings of the store, such as
// region, endpoint or use_path_style, are the query of its URL.
type Location struct {
	Scheme, Bucket, Key string
	query               string
}

var schemes = []string{"s3", "gs", "azblob"}

// Parse reads s3://bucket/key and the like; ok is false for what is no such URL. A build without stores refuses them here.
func Parse(name string) (l Location, ok bool, err error) {
	scheme, _, found := strings.Cut(name, "://")
	if !found {
		return l, false, nil
	}
	if !slices.Contains(schemes, scheme) {
		return l, true, fmt.Errorf("%s:// is not a store that this program knows; it knows %s:// and file://", scheme, strings.Join(schemes, "://, "))
	}
	if !Built {
		return l, true, fmt.Errorf("%s: this program was built without object stores; build it with them (make build), or copy the files here", name)
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

// Object is one object of a store.
type Object struct {
	Key     string
	Bytes   int64
	Version string // changes when the content does
}
