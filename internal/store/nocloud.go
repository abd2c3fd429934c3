//go:build nocloud

package store

import (
	"context"
	"errors"
	"io"
)

// Built tells whether the program was built with the stores.
const Built = false

// errNotBuilt is for callers that have a Location without Parse, which gives none here.
var errNotBuilt = errors.New("this program was built without object stores; build it with them: make build")

// Reader reads nothing in this build.
type Reader struct{}

// Open fails.
func Open(context.Context, Location) (*Reader, error) { return nil, errNotBuilt }

// Close does nothing.
func (*Reader) Close() error { return nil }

// List fails.
func (*Reader) List(context.Context) ([]Object, error) { return nil, errNotBuilt }

// Copy fails.
func (*Reader) Copy(context.Context, string, io.Writer) error { return errNotBuilt }

// Lock locks nothing in this build.
type Lock struct{}

// AcquireLock fails.
func AcquireLock(context.Context, Location, string) (*Lock, error) { return nil, errNotBuilt }

// Release does nothing.
func (*Lock) Release() {}

// Fetch fails.
func Fetch(context.Context, Location, string) (string, error) { return "", errNotBuilt }

// Base fails.
func Base(context.Context, Location) (string, error) { return "", errNotBuilt }

// Upload fails.
func Upload(context.Context, string, *Lock, string) error { return errNotBuilt }
