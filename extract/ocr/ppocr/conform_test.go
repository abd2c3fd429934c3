//go:build cgo && !noocr

package ppocr_test

import (
	"testing"

	"github.com/countybudget/extract/extract/ocr/ocrtest"
	"github.com/countybudget/extract/extract/ocr/ppocr"
)

func TestConforms(t *testing.T) {
	e, err := ppocr.Load("")
	if err != nil {
		t.Skipf("no model here: %v", err)
	}
	t.Log(e.Name())
	ocrtest.Conform(t, e)
}
