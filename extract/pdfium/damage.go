package pdfium

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"image"
	"image/jpeg"
	"io"
	"math"

	"golang.org/x/image/ccitt"
)

// PDFium draws what it can of a picture whose data are damaged, and nothing of one that it cannot decode, without an
// error. Damage looks at the data.

// errCutOff says that the data of a picture end before its last row.
var errCutOff = errors.New("its data are cut off")

// Damage says why the data of a picture, counted as in Image, cannot make up all of it; nil when nothing is known to be
// wrong with them. Img is what Image gave, nil where it was not asked.
func (d *Document) Damage(n, picture int, img image.Image) error {
	var data []byte
	var filter string
	var decoded, blank bool
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
		if img == nil {
			img, _ = pixels(g, d.shownPage, o)
		}
		if img != nil {
			decoded, blank = true, uniform(img)
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
	if err := dataDamage(filter, data, w, h, bits); err != nil {
		return err
	}
	switch {
	case decoded && blank && (filter == "CCITTFaxDecode" || filter == "JBIG2Decode") && len(data) > blankRow*h:
		return errors.New("nothing is seen of its data")
	case decoded:
		return nil
	case len(data) == 0:
		return errors.New("it has no data")
	case !knownFilter(filter):
		return fmt.Errorf("its filter %q is not known", filter)
	}
	return errors.New("it cannot be decoded: its data, or what the file says of its colours, are wrong")
}

// blankRow is how many bytes a blank row of a picture in black and white takes at the most.
const blankRow = 2

func knownFilter(name string) bool {
	switch name {
	case "", "FlateDecode", "LZWDecode", "RunLengthDecode", "ASCII85Decode", "ASCIIHexDecode",
		"DCTDecode", "CCITTFaxDecode", "JBIG2Decode", "JPXDecode":
		return true
	}
	return false
}

// uniform reports whether a gray picture has one value throughout.
func uniform(img image.Image) bool {
	gray, ok := img.(*image.Gray)
	return ok && len(gray.Pix) > 0 && bytes.Count(gray.Pix, gray.Pix[:1]) == len(gray.Pix)
}

// dataDamage looks at the data of a picture, by their filter.
func dataDamage(filter string, data []byte, w, h, bits int) error {
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

// faxDamage finds a fax (CCITT Group 4 or 3) that ends before its last row, or holds a code that does not exist. Which of
// the codings it has PDFium does not tell: it is the one that goes furthest. Data that are coded otherwise fail in the first
// rows, and tell nothing.
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

// jbig2Damage follows the segments of a JBIG2 (ITU-T T.88, 7.2) from one header to the next.
func jbig2Damage(data []byte) error {
	const leastHeader = 11
	var page bool
	for len(data) >= leastHeader {
		s, ok := jbig2Header(data)
		switch {
		case !ok:
			return errors.New("its data are no JBIG2, or are changed")
		case s.length == math.MaxUint32: // not known; it goes on to the end
			return nil
		case uint64(s.size)+uint64(s.length) > uint64(len(data)):
			return errCutOff
		}
		page = page || s.kind == jbig2Page
		data = data[s.size+int(s.length):]
	}
	if !page {
		return errors.New("its data are no JBIG2")
	}
	return nil
}

const jbig2Page = 48 // the segment that describes the page

// jbig2Segment is what the header of a segment says, and how long it is.
type jbig2Segment struct {
	kind   byte
	size   int
	length uint32
}

func jbig2Header(data []byte) (s jbig2Segment, ok bool) {
	number := binary.BigEndian.Uint32(data)
	s.kind = data[4] & 63
	switch s.kind {
	case 0, 4, 6, 7, 16, 20, 22, 23, 36, 38, 39, 40, 42, 43, jbig2Page, 49, 50, 51, 52, 53, 62:
	default:
		return s, false
	}
	others, at := uint64(data[5]>>5), uint64(6) // the segments that it refers to
	if others == 7 {
		others = uint64(binary.BigEndian.Uint32(data[5:]) & 0x1fffffff)
		at = 9 + (others+8)/8
	}
	each := uint64(4)
	switch {
	case number <= 256:
		each = 1
	case number <= 65536:
		each = 2
	}
	at += others * each
	if data[4]&64 != 0 {
		at += 3
	}
	at++
	if at+4 > uint64(len(data)) {
		return s, false
	}
	s.size, s.length = int(at+4), binary.BigEndian.Uint32(data[at:])
	return s, true
}

// jpxDamage finds a JPEG 2000 without the marker that ends its code stream (ISO/IEC 15444-1, A.4.4).
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
