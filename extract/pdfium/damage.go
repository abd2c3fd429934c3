package pdfium

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"image/jpeg"
	"io"

	"golang.org/x/image/ccitt"
)

// PDFium draws what it can of a picture whose data are damaged, and nothing of one that it cannot decode, without an
// error. Damage looks at the data.

// errCutOff says that the data of a picture end before its last row.
var errCutOff = errors.New("its data are cut off")

// Damage says why the data of a picture, counted as in Image, cannot make up all of it; nil when nothing is known to be
// wrong with them.
func (d *Document) Damage(n, picture int) error {
	var data []byte
	var filter string
	var w, h, bits int
	err := d.use(func(g *guest) error {
		o, err := d.picture(g, n, picture)
		if err != nil {
			return err
		}
		filter = lastFilter(g, o)
		if g.ok("FPDFImageObj_GetImageMetadata", o, d.shownPage, g.scratch) {
			b := g.bytes(g.scratch, 28)
			w, h = int(binary.LittleEndian.Uint32(b)), int(binary.LittleEndian.Uint32(b[4:]))
			bits = int(binary.LittleEndian.Uint32(b[16:]))
		}
		size := g.int("FPDFImageObj_GetImageDataDecoded", o, 0, 0)
		if size <= 0 {
			return nil
		}
		p := g.malloc(size)
		defer g.free(p)
		g.call("FPDFImageObj_GetImageDataDecoded", o, p, uint64(size))
		data = bytes.Clone(g.bytes(p, size))
		return nil
	})
	if err != nil {
		return fmt.Errorf("picture %d: %w", picture+1, err)
	}
	if w <= 0 || h <= 0 {
		return nil
	}
	switch filter {
	case "DCTDecode":
		return jpegDamage(data)
	case "CCITTFaxDecode":
		return faxDamage(data, w, h)
	case "", "FlateDecode", "LZWDecode", "RunLengthDecode", "ASCII85Decode", "ASCIIHexDecode":
		return rawDamage(len(data), w, h, bits)
	}
	return nil
}

// jpegDamage finds a JPEG that is none, or that ends before its end. One whose end marker alone is missing is whole.
func jpegDamage(data []byte) error {
	if len(data) < 4 || !bytes.Contains(data[:min(len(data), 1<<10)], []byte{0xFF, 0xD8, 0xFF}) {
		return errors.New("its data are no JPEG")
	}
	if err := checkJPEG(data); err != nil {
		return err
	}
	end := []byte{0xFF, 0xD9}
	if bytes.Contains(data[max(0, len(data)-1<<10):], end) {
		return nil
	}
	_, err := jpeg.Decode(bytes.NewReader(append(bytes.Clone(data), end...)))
	var unsupported jpeg.UnsupportedError
	if err == nil || errors.As(err, &unsupported) {
		return nil
	}
	return errCutOff
}

// faxDamage finds a fax (CCITT Group 4) that ends before its last row, or holds a code that does not exist. Data that are
// coded otherwise fail in the first rows, and tell nothing.
func faxDamage(data []byte, w, h int) error {
	const someRows = 16
	n, err := io.Copy(io.Discard, ccitt.NewReader(bytes.NewReader(data), ccitt.MSB, ccitt.Group4, w, h, nil))
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

// rawDamage compares the size of plain pixels with the sizes that they may have: PDFium does not tell how many bits a
// component has where it turns them into 8.
func rawDamage(size, w, h, shown int) error {
	var each []int // bits of a pixel
	switch shown {
	case 1:
		each = []int{1}
	case 8:
		each = []int{2, 4, 8, 16}
	case 24, 32:
		each = []int{3, 6, 12, 24, 48, 4, 16, 32, 64}
	default:
		return nil
	}
	for _, bits := range each {
		row := (w*bits + 7) / 8
		if whole := row * h; size >= whole && size < whole+row {
			return nil
		}
	}
	if most := each[len(each)-1]; size >= (w*most+7)/8*h {
		return nil
	}
	return errCutOff
}
