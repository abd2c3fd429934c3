//go:build cgo && !noocr

package lstm_test

import (
	"testing"

	"github.com/countybudget/extract/extract/ocr/lstm"
	"github.com/countybudget/extract/extract/ocr/ocrtest"
)

func TestConforms(t *testing.T) {
	e, err := lstm.Load("")
	if err != nil {
		t.Skipf("no models here: %v", err)
	}
	ocrtest.Conform(t, e)
}
