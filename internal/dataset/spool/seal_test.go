package spool

import (
	"bytes"
	"errors"
	"testing"
)

// A block comes back as it was, and not at all when one byte of it changed.
func TestSeal(t *testing.T) {
	plain := bytes.Repeat([]byte("一般公共服务支出\x00\x01 1234567890"), 200)
	for _, n := range []int{0, 1, 30, len(plain)} {
		sealed := appendSealed([]byte("before"), plain[:n])
		if !bytes.HasPrefix(sealed, []byte("before")) {
			t.Fatal("what was there before is gone")
		}
		sealed = sealed[len("before"):]
		for _, scratch := range [][]byte{nil, make([]byte, 0, 2*len(plain))} {
			got, err := unseal(scratch, sealed)
			if err != nil || !bytes.Equal(got, plain[:n]) {
				t.Errorf("%d bytes: %d came back, %v", n, len(got), err)
			}
		}
		for i := range sealed {
			bad := bytes.Clone(sealed)
			bad[i] ^= 0x10
			if _, err := unseal(nil, bad); !errors.Is(err, ErrDamaged) {
				t.Errorf("%d bytes, byte %d changed: %v", n, i, err)
			}
			if _, err := unseal(nil, sealed[:i]); !errors.Is(err, ErrDamaged) {
				t.Errorf("%d bytes, cut to %d: %v", n, i, err)
			}
		}
	}
	if got := appendSealed(nil, plain); len(got) > len(plain)/5 {
		t.Errorf("%d bytes of repeats were packed to %d", len(plain), len(got))
	}
	huge := append(make([]byte, 4), 0xff, 0xff, 0xff, 0xff, 0x0f) // says it unpacks to 4 GiB
	if _, err := unseal(nil, huge); !errors.Is(err, ErrDamaged) {
		t.Errorf("a length without end: %v", err)
	}
}
