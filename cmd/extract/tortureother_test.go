//go:build !linux

package main

import (
	"errors"
	"syscall"
	"testing"
)

func dieWithTest() *syscall.SysProcAttr { return nil }

func smallDisk(*testing.T, string, string) (grow func(size string), err error) {
	return nil, errors.ErrUnsupported
}
