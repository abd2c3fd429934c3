package batch

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
)

// Settings names the options that change what a document converts to, and the phrases of users by their checksum
// (lexicon.Book.OwnSum).
func (opt *Options) Settings(phrases string) string {
	data, err := json.Marshal(struct {
		Watermarks     []string
		KeepWatermarks bool
		Pages          int
		Bytes          int64
		OCR            OCR
		Phrases        string `json:",omitempty"`
	}{opt.Watermarks, opt.KeepWatermarks, opt.Limits.Pages, opt.Limits.Bytes, OCR{Mode: opt.OCR.Mode, Engine: opt.OCR.otherEngine(), Second: opt.OCR.secondSetting(), Language: opt.OCR.Language, DPI: opt.OCR.DPI}, phrases})
	if err != nil {
		return err.Error() // strings, numbers and truth values cannot fail
	}
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:8])
}
