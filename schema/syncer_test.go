package schema

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
)

func TestSyncer(t *testing.T) {
	s := newSyncer()
	var done atomic.Int64
	for range 5 * syncers {
		s.do(func() error {
			done.Add(1)
			return nil
		})
	}
	broken := errors.New("the disk is gone")
	s.do(func() error { return broken })
	if err := s.end(); !errors.Is(err, broken) || done.Load() != 5*syncers {
		t.Errorf("%d steps, error %v", done.Load(), err)
	}

	s = newSyncer()
	f, err := os.Create(filepath.Join(t.TempDir(), "rows"))
	if err != nil {
		t.Fatal(err)
	}
	s.close(f)
	if err := s.end(); err != nil {
		t.Error(err)
	}
	if _, err := f.Write([]byte("x")); !errors.Is(err, os.ErrClosed) {
		t.Errorf("the file is open still: %v", err)
	}
	s.close(f) // a file that cannot be made durable
	if err := s.end(); err == nil || !strings.Contains(err.Error(), f.Name()) {
		t.Errorf("a closed file: %v", err)
	}
}
