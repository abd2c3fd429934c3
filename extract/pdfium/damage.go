package pdfium

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"image"

	"github.com/countybudget/extract/extract/pdfium/imagedata"
)

// PDFium renders as much of a damaged image as it can decode, without an error. So Damage checks the image data.

// Damage says why the data of a picture, numbered as in Image, do not decode to the whole picture; nil when no damage is known.
// Img is the result of Image, nil where Image was not called.
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
	if err := imagedata.Check(filter, data, w, h, bits); err != nil {
		return err
	}
	switch {
	case decoded && blank && (filter == "CCITTFaxDecode" || filter == "JBIG2Decode") && len(data) > blankRow*h:
		return errors.New("nothing is seen of its data")
	case decoded:
		return nil
	case len(data) == 0:
		return errors.New("it has no data")
	case !imagedata.KnownFilter(filter):
		return fmt.Errorf("its filter %q is not known", filter)
	}
	return errors.New("it cannot be decoded: its data, or what the file says of its colours, are wrong")
}

// blankRow is how many bytes a blank row of a picture in black and white takes at the most.
const blankRow = 2

// uniform reports whether all pixels of a gray image have the same value.
func uniform(img image.Image) bool {
	gray, ok := img.(*image.Gray)
	return ok && len(gray.Pix) > 0 && bytes.Count(gray.Pix, gray.Pix[:1]) == len(gray.Pix)
}
