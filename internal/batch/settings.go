package batch

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
)

// Settings names the options that change what a document converts to.
func (opt *Options) Settings() string {
	data, err := json.Marshal(struct {
		Watermarks     []string
		KeepWatermarks bool
		Pages          int
		Bytes          int64
		OCR            OCR
	}{opt.Watermarks, opt.KeepWatermarks, opt.Limits.Pages, opt.Limits.Bytes, OCR{Mode: opt.OCR.Mode, Language: opt.OCR.Language, DPI: opt.OCR.DPI}})
	if err != nil {
		return err.Error() // strings, numbers and truth values cannot fail
	}
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:8])
}
