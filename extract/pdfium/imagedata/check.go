// Package imagedata checks whether the encoded data of an image are complete: JPEG, JPEG 2000, CCITT fax, JBIG2, and raw
// samples. It decodes no more than it needs for that. Encodings that it does not know pass as complete.
package imagedata

import (
	"bytes"
	"errors"
	"image/jpeg"
)

// errCutOff is image data that end before the last row.
var errCutOff = errors.New("its data are cut off")

// KnownFilter reports whether a filter (PDF 32000-1, table 6) is one that pictures are encoded with.
func KnownFilter(name string) bool {
	switch name {
	case "", "FlateDecode", "LZWDecode", "RunLengthDecode", "ASCII85Decode", "ASCIIHexDecode",
		"DCTDecode", "CCITTFaxDecode", "JBIG2Decode", "JPXDecode":
		return true
	}
	return false
}

// Check says what is wrong with the data of an image of w × h pixels; nil if no fault is known. All filters before the image
// filter (DCT, CCITT, JBIG2, JPX) have been applied; filter is the last one. bits is the number of bits of a decoded pixel.
func Check(filter string, data []byte, w, h, bits int) error {
	switch filter {
	case "DCTDecode":
		return jpegDamage(data)
	case "CCITTFaxDecode":
		return faxDamage(data, w, h)
	case "JBIG2Decode":
		return jbig2Damage(data)
	case "JPXDecode":
		return jpxDamage(data)
	case "", "FlateDecode", "LZWDecode", "RunLengthDecode", "ASCII85Decode", "ASCIIHexDecode":
		return rawDamage(len(data), w, h, bits)
	}
	return nil
}

// jpegDamage checks a JPEG. A missing end marker alone is no damage.
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

// jpxDamage checks that a JPEG 2000 has the marker that ends its code stream (ISO/IEC 15444-1, A.4.4).
func jpxDamage(data []byte) error {
	const tail = 1 << 10
	switch {
	case !bytes.Contains(data, []byte{0xFF, 0x4F, 0xFF, 0x51}):
		return errors.New("its data are no JPEG 2000")
	case !bytes.Contains(data[max(0, len(data)-tail):], []byte{0xFF, 0xD9}):
		return errCutOff
	}
	return nil
}

// rawDamage compares the size of raw samples with the possible sizes: PDFium converts components to 8 bits and does not tell
// how many bits they had.
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
