//go:build noocr

package ocr

import (
	"errors"
	"testing"
)

func TestNotBuilt(t *testing.T) {
	if _, err := New(); !errors.Is(err, ErrNotBuilt) {
		t.Errorf("New: %v", err)
	}
}
