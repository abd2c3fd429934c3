package staging

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
)

func TestSyncer(t *testing.T) {
	s := NewSyncer()
	var done atomic.Int64
	for range 5 * syncers {
		s.Do(func() error {
			done.Add(1)
			return nil
		})
	}
	broken := errors.New("the disk is gone")
	s.Do(func() error { return broken })
	if err := s.End(); !errors.Is(err, broken) || done.Load() != 5*syncers {
		t.Errorf("%d steps, error %v", done.Load(), err)
	}

	s = NewSyncer()
	f, err := os.Create(filepath.Join(t.TempDir(), "rows"))
	if err != nil {
		t.Fatal(err)
	}
	s.Close(f)
	if err := s.End(); err != nil {
		t.Error(err)
	}
	if _, err := f.Write([]byte("x")); !errors.Is(err, os.ErrClosed) {
		t.Errorf("the file is open still: %v", err)
	}
	s.Close(f) // a file that cannot be made durable
	if err := s.End(); err == nil || !strings.Contains(err.Error(), f.Name()) {
		t.Errorf("a closed file: %v", err)
	}
}
