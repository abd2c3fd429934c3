//go:build !linux

package main

import "errors"

func holdToFirstCore() error { return errors.New("not on this system; measure on Linux") }
