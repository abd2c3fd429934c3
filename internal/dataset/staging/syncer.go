package staging

import (
	"errors"
	"fmt"
	"os"
	"sync"
)

// syncers is how many files and folders are made durable side by side: the disk waits for each, the program need not.
const syncers = 8

// Syncer makes files and folders durable while others are written. It may be used by several goroutines.
type Syncer struct {
	room chan struct{}
	wait sync.WaitGroup

	mu   sync.Mutex
	errs []error
}

// NewSyncer begins with nothing to wait for.
func NewSyncer() *Syncer { return &Syncer{room: make(chan struct{}, syncers)} }

// Do runs a step, at once or when there is room. Its error is one of End.
func (s *Syncer) Do(step func() error) {
	s.room <- struct{}{}
	s.wait.Go(func() {
		defer func() { <-s.room }()
		if err := step(); err != nil {
			s.mu.Lock()
			defer s.mu.Unlock()
			s.errs = append(s.errs, err)
		}
	})
}

// Close makes a file durable and closes it. Nothing may be written to it any more.
func (s *Syncer) Close(f *os.File) {
	s.Do(func() error {
		if err := errors.Join(f.Sync(), f.Close()); err != nil {
			return fmt.Errorf("writing %s: %w", f.Name(), err)
		}
		return nil
	})
}

// End waits until everything is durable, or says what is not.
func (s *Syncer) End() error {
	s.wait.Wait()
	s.mu.Lock()
	defer s.mu.Unlock()
	return errors.Join(s.errs...)
}
