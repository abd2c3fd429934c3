package imagedata

import (
	"bytes"
	"errors"
	"io"

	"golang.org/x/image/ccitt"
)

// faxDamage checks CCITT fax data (Group 4 or 3) for the last row and for invalid codes. PDFium does not tell the coding, so
// the one that decodes most rows is taken. Data in another coding fail in the first rows and pass as complete.
func faxDamage(data []byte, w, h int) error {
	const someRows = 16
	n, err := faxRows(data, w, h, ccitt.Group4, false)
	for _, other := range []struct {
		coding ccitt.SubFormat
		align  bool
	}{{ccitt.Group4, true}, {ccitt.Group3, false}, {ccitt.Group3, true}} {
		if err == nil || n >= someRows*int64((w+7)/8) {
			break
		}
		if m, e := faxRows(data, w, h, other.coding, other.align); e == nil || m > n && m >= someRows*int64((w+7)/8) {
			n, err = m, e
		}
	}
	switch {
	case err == nil:
		return nil
	case errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, io.EOF):
		return errCutOff
	case n >= someRows*int64((w+7)/8):
		return errors.New("its data are changed: they hold a code that does not exist")
	}
	return nil
}

func faxRows(data []byte, w, h int, coding ccitt.SubFormat, align bool) (int64, error) {
	return io.Copy(io.Discard, ccitt.NewReader(bytes.NewReader(data), ccitt.MSB, coding, w, h, &ccitt.Options{Align: align}))
}
