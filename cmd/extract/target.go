package main

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"os"
	"path/filepath"

	"github.com/countybudget/extract/internal/store"
)

// target is where an output goes: a folder, or an object store by way of a folder.
type target struct {
	name   string // as given
	remote bool
	at     store.Location
	dir    string
}

// openTarget sets the options' output to the folder that is written. For an object store that is one in the user's cache
// folder, with what the next run needs of the output that is there; one whose upload failed is gone on with.
func openTarget(ctx context.Context, o *convertOptions) (*target, error) {
	t := &target{name: o.out}
	o.out = store.LocalPath(o.out)
	var err error
	if t.at, t.remote, err = store.Parse(o.out); err != nil || !t.remote {
		return t, err
	}
	cache, err := os.UserCacheDir()
	if err != nil {
		return nil, fmt.Errorf("an output in an object store is made in the cache folder first: %w", err)
	}
	sum := sha256.Sum256([]byte(t.name))
	t.dir = filepath.Join(cache, "extract-outputs", hex.EncodeToString(sum[:8]))
	o.out = t.dir
	if _, err := os.Stat(filepath.Join(t.dir, "documents")); err == nil {
		return t, nil
	}
	return t, store.Fetch(ctx, t.at, t.dir)
}

// upload puts the output where it belongs.
func (t *target) upload(ctx context.Context) error {
	if !t.remote {
		return nil
	}
	if err := store.Upload(ctx, t.dir, t.at); err != nil {
		return err
	}
	return os.RemoveAll(t.dir)
}
