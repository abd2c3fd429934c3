package pdfium

import (
	"strings"
	"testing"
)

// TestPicturesThatCannotBeDrawn: PDFium leaves them out without an error.
func TestPicturesThatCannotBeDrawn(t *testing.T) {
	const size = "/Type/XObject/Subtype/Image/Width 16/Height 16/BitsPerComponent 8"
	for name, c := range map[string]struct{ picture, says string }{
		"sound":          {stream(size+"/ColorSpace/DeviceGray", strings.Repeat("0123456789abcdef", 16)), ""},
		"no data":        {stream(size+"/ColorSpace/DeviceGray", ""), "no data"},
		"unknown filter": {stream(size+"/ColorSpace/DeviceGray/Filter/FooDecode", "0123456789abcdef"), "FooDecode"},
		"unknown colours": {stream(size+"/ColorSpace/NoSuchSpace", strings.Repeat("0123456789abcdef", 16)),
			"cannot be decoded"},
	} {
		d := openTest(t, onePage("", "/XObject<</P 12 0 R>>", "400 0 0 300 0 0 cm /P Do", c.picture))
		err := d.Damage(1, 0, nil)
		if c.says == "" && err != nil || c.says != "" && (err == nil || !strings.Contains(err.Error(), c.says)) {
			t.Errorf("%s: %v, want %q", name, err, c.says)
		}
	}
}
