//go:build !nocloud

package store

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"time"

	"github.com/countybudget/extract/internal/dataset/layout"
	"gocloud.dev/blob"
	"gocloud.dev/gcerrors"
)

// Stores have no locks that end with their holder. A run puts an object beside the output that only the first can make
// (If-None-Match), and writes it anew from time to time; one that was not written anew for lockExpiry is a dead run's and
// does not count. Stores refuse requests of clocks that are as much off, so the machine's clock can be trusted that far.
//
// Upload does not rely on it alone: it also looks whether the manifest is still the one that the run went on from.

const (
	lockRenewal = time.Minute
	lockExpiry  = 15 * time.Minute
)

// Lock is the right to write to a location.
type Lock struct {
	bucket *blob.Bucket
	at     Location
	holder lockHolder
	quit   chan struct{}
	ended  chan struct{}
}

// lockHolder is the content of the object.
type lockHolder struct {
	Owner string    `json:"owner"` // tells runs apart
	Host  string    `json:"host"`
	Began time.Time `json:"began"`
}

// AcquireLock takes the lock of a location until Release. A lock with the same owner is taken over: the caller must know
// that no other run of this owner is alive.
func AcquireLock(ctx context.Context, at Location, owner string) (*Lock, error) {
	bucket, err := at.folder(ctx)
	if err != nil {
		return nil, err
	}
	host, _ := os.Hostname()
	l := &Lock{bucket, at, lockHolder{owner, host, time.Now().UTC().Truncate(time.Second)}, make(chan struct{}), make(chan struct{})}
	if err := l.acquire(ctx); err != nil {
		bucket.Close()
		return nil, err
	}
	go l.renew(ctx)
	return l, nil
}

func (l *Lock) acquire(ctx context.Context) error {
	const attempts = 5 // against others that take or leave it just now
	for range attempts {
		err := l.write(ctx, true)
		if code := gcerrors.Code(err); code != gcerrors.FailedPrecondition && code != gcerrors.AlreadyExists {
			return l.explain(err)
		}
		other, written, err := l.read(ctx)
		switch {
		case gcerrors.Code(err) == gcerrors.NotFound:
			continue
		case err != nil:
			return l.explain(err)
		case other.Owner == l.holder.Owner:
			return l.explain(l.write(ctx, false))
		case time.Since(written) < lockExpiry:
			return fmt.Errorf("another run (on %s, since %s) is writing to %s: wait for it to end; if it is dead, remove %s/%s or wait until %s",
				other.Host, other.Began.Format(time.DateTime+"Z"), l.at.URI(l.at.Key), l.at.URI(l.at.Key), layout.StoreLock, written.Add(lockExpiry).UTC().Format(time.DateTime+"Z"))
		}
		if err := l.bucket.Delete(ctx, layout.StoreLock); err != nil && gcerrors.Code(err) != gcerrors.NotFound {
			return l.explain(err)
		}
	}
	return fmt.Errorf("%s cannot be locked: other runs take it again and again", l.at.URI(l.at.Key))
}

func (l *Lock) explain(err error) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("%s cannot be locked: %w", l.at.URI(l.at.Key), err)
}

func (l *Lock) write(ctx context.Context, first bool) error {
	data, err := json.Marshal(l.holder)
	if err != nil {
		return err
	}
	return writeAll(ctx, l.bucket, layout.StoreLock, data, first)
}

func (l *Lock) read(ctx context.Context) (lockHolder, time.Time, error) {
	var holder lockHolder
	r, err := l.bucket.NewReader(ctx, layout.StoreLock, nil)
	if err != nil {
		return holder, time.Time{}, err
	}
	defer r.Close()
	err = json.NewDecoder(r).Decode(&holder)
	return holder, r.ModTime(), err
}

// renew keeps the lock alive. What goes wrong shows when the output is uploaded.
func (l *Lock) renew(ctx context.Context) {
	defer close(l.ended)
	tick := time.NewTicker(lockRenewal)
	defer tick.Stop()
	for {
		select {
		case <-tick.C:
			if l.check(ctx) == nil {
				_ = l.write(ctx, false)
			}
		case <-l.quit:
			return
		case <-ctx.Done():
			return
		}
	}
}

var errLockLost = errors.New("another run has taken over the output")

// check tells whether the lock is still held.
func (l *Lock) check(ctx context.Context) error {
	holder, _, err := l.read(ctx)
	switch {
	case gcerrors.Code(err) == gcerrors.NotFound || err == nil && holder.Owner != l.holder.Owner:
		return errLockLost
	}
	return err
}

// Release gives the lock back.
func (l *Lock) Release() {
	close(l.quit)
	<-l.ended
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second) // also after an interrupt
	defer cancel()
	if l.check(ctx) == nil {
		_ = l.bucket.Delete(ctx, layout.StoreLock)
	}
	l.bucket.Close()
}

// writeAll writes a small object. (Bucket.WriteAll of the Azure driver panics where a condition fails, in v0.47.0.)
func writeAll(ctx context.Context, bucket *blob.Bucket, name string, data []byte, first bool) error {
	return bucket.Upload(ctx, name, bytes.NewReader(data), &blob.WriterOptions{IfNotExist: first, ContentType: "application/json"})
}
