package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"

	"github.com/countybudget/extract/internal/app"
)

// interruptible handles interrupts until release is called: the first closes stop, the second cancels the context.
func interruptible(ctx context.Context, stderr io.Writer) (_ context.Context, stop <-chan struct{}, release func()) {
	ctx, cancel := context.WithCancelCause(ctx)
	signals := make(chan os.Signal, 2)
	signal.Notify(signals, os.Interrupt, syscall.SIGTERM)
	first, done := make(chan struct{}), make(chan struct{})
	go func() {
		select {
		case <-signals:
			fmt.Fprintln(stderr, "extract: interrupted; finishing the documents that are being read (interrupt again to give up)")
			close(first)
		case <-done:
			return
		}
		select {
		case <-signals:
			cancel(app.ErrInterrupted)
		case <-done:
		}
	}()
	return ctx, first, func() {
		signal.Stop(signals)
		close(done)
		cancel(nil)
	}
}
