//go:build noocr || !cgo

package ppocr

import "github.com/countybudget/extract/extract/ocr"

// Load fails with ocr.ErrNotBuilt.
func Load(string) (ocr.Engine, error) { return nil, ocr.ErrNotBuilt }
