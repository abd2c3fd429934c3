package app

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/countybudget/extract/internal/dataset"
	"github.com/countybudget/extract/internal/dataset/staging"
	"github.com/countybudget/extract/internal/store"
	"github.com/countybudget/extract/internal/wholefile"
	"github.com/countybudget/extract/schema"
)

// target is where an output goes: a folder, or an object store by way of a folder.
type target struct {
	name    string // as given
	dir     string // the folder that is written
	remote  bool
	at      store.Location
	home    string // of an object store: the folder in the user's cache that holds dir and what follows
	state   targetState
	pending bool // dir holds an output that is not uploaded yet
	local   *staging.FileLock
	lock    *store.Lock
}

// targetState is kept from a run that died to the next.
type targetState struct {
	Owner string `json:"owner"` // of the lock in the store
	Base  string `json:"base"`  // the output in the store that the folder goes on from
}

func (t *target) stateFile() string { return filepath.Join(t.home, "state.json") }

// openTarget finds the folder that is written. For an object store that is one in the user's cache folder, with what the next
// run needs of the output that is there; one whose upload failed is continued. Nobody else can write to the store's output
// until close.
func openTarget(ctx context.Context, name string) (_ *target, err error) {
	t := &target{name: name, dir: store.LocalPath(name)}
	if t.at, t.remote, err = store.Parse(t.dir); err != nil || !t.remote {
		return t, err
	}
	cache, err := os.UserCacheDir()
	if err != nil {
		return nil, fmt.Errorf("an output in an object store is made in the cache folder first: %w", err)
	}
	sum := sha256.Sum256([]byte(t.name))
	t.home = filepath.Join(cache, "extract-outputs", hex.EncodeToString(sum[:8]))
	t.dir = filepath.Join(t.home, "out")
	if err := t.begin(ctx); err != nil {
		t.close()
		return nil, err
	}
	return t, nil
}

func (t *target) begin(ctx context.Context) (err error) {
	if err := os.MkdirAll(t.home, 0o700); err != nil {
		return err
	}
	t.local, err = staging.LockFile(filepath.Join(t.home, "lock"))
	if errors.Is(err, staging.ErrLocked) {
		return fmt.Errorf("another run is writing to %s: wait for it to end", t.name)
	}
	if err != nil {
		return err
	}
	if err := t.readState(); err != nil {
		return err
	}
	if t.lock, err = store.AcquireLock(ctx, t.at, t.state.Owner); err != nil {
		return err
	}
	if _, err := os.Stat(filepath.Join(t.dir, schema.DatasetDocuments)); err == nil {
		now, err := store.Base(ctx, t.at)
		if t.pending = now == t.state.Base; err != nil || t.pending {
			return err
		}
		if err := dataset.Requeue(t.dir); err != nil {
			return err
		}
	}
	if t.state.Base, err = store.Fetch(ctx, t.at, t.dir); err != nil {
		return err
	}
	return t.writeState()
}

func (t *target) readState() error {
	data, err := os.ReadFile(t.stateFile())
	switch {
	case errors.Is(err, fs.ErrNotExist):
	case err != nil:
		return err
	case json.Unmarshal(data, &t.state) == nil && t.state.Owner != "":
		return nil
	}
	t.state = targetState{Owner: rand.Text()}
	return t.writeState()
}

func (t *target) writeState() error {
	data, err := json.Marshal(t.state)
	if err != nil {
		return err
	}
	return wholefile.Write(t.stateFile(), 0o600, func(w io.Writer) error {
		_, err := w.Write(data)
		return err
	})
}

// upload copies the output to the object store; of a folder there is nothing to do.
func (t *target) upload(ctx context.Context) error {
	if !t.remote {
		return nil
	}
	if err := store.Upload(ctx, t.dir, t.lock, t.state.Base); err != nil {
		return err
	}
	return errors.Join(os.RemoveAll(t.dir), os.Remove(t.stateFile()))
}

// close unlocks the output. What the next run needs to continue an upload stays.
func (t *target) close() {
	if t.lock != nil {
		t.lock.Release()
	}
	if t.local != nil {
		t.local.Close()
		os.Remove(t.home) // if nothing is left in it
	}
}
