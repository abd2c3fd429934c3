package pdfium

import (
	"encoding/binary"
	"fmt"
	"hash/fnv"
	"image"
	"strconv"

	"github.com/countybudget/extract/extract/model"
)

// maxIdentified is how many bytes of an image's data are hashed to identify it.
const maxIdentified = 8 << 20

// readPicture describes an image object; nil when it has no pixels.
func readPicture(g *guest, page uint64, o *object) *model.Picture {
	m := objectMatrix(g, o)
	p := &model.Picture{Matrix: m, Box: transformRect(m, 0, 0, 1, 1)}
	if g.ok("FPDFImageObj_GetImagePixelSize", o.handle, g.out(0), g.out(1)) {
		p.Width, p.Height = int(g.outUint(0)), int(g.outUint(1))
	}
	if p.Width <= 0 || p.Height <= 0 {
		return nil
	}
	p.Filter = lastFilter(g, o.handle)
	p.Mask = isMask(g, page, o.handle)
	p.Object = identity(g, o.handle)
	return p
}

func lastFilter(g *guest, image uint64) string {
	n := g.int("FPDFImageObj_GetImageFilterCount", image)
	if n < 1 {
		return ""
	}
	size := g.int("FPDFImageObj_GetImageFilter", image, uint64(n-1), g.scratch, scratchSize)
	if size < 1 || size > scratchSize {
		return ""
	}
	return string(g.bytes(g.scratch, size-1))
}

// isMask reports whether an image is one bit deep without a colour space.
func isMask(g *guest, page, image uint64) bool {
	if !g.ok("FPDFImageObj_GetImageMetadata", image, page, g.scratch) {
		return false
	}
	b := g.bytes(g.scratch, 28) // width, height, dpi x, dpi y, bits per pixel, colour space, content id
	const unknown = 0
	return binary.LittleEndian.Uint32(b[16:]) == 1 && binary.LittleEndian.Uint32(b[20:]) == unknown
}

// identity identifies an image by its data, because PDFium does not tell which XObject it is: equal images have the same
// identity.
func identity(g *guest, image uint64) string {
	n := g.int("FPDFImageObj_GetImageDataRaw", image, 0, 0)
	if n <= 0 {
		return ""
	}
	sum := fnv.New64a()
	sum.Write(strconv.AppendInt(nil, int64(n), 10))
	if n <= maxIdentified {
		p := g.malloc(n)
		defer g.free(p)
		g.call("FPDFImageObj_GetImageDataRaw", image, p, uint64(n))
		sum.Write(g.bytes(p, n))
	}
	return strconv.FormatUint(sum.Sum64(), 16)
}

// Image returns the pixels of a picture, counted from 0 in the order of Page(n).Pictures: a *image.Gray or a *image.RGBA of
// the image's own size, without place, mask or transparency. The pixels that an image mask paints are black.
func (d *Document) Image(n, picture int) (img image.Image, err error) {
	err = d.use(func(g *guest) error {
		o, err := d.picture(g, n, picture)
		if err != nil {
			return err
		}
		img, err = pixels(g, d.shownPage, o)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("picture %d: %w", picture+1, err)
	}
	return img, nil
}

// picture loads a page and finds the image object of one of its pictures.
func (d *Document) picture(g *guest, page, picture int) (uint64, error) {
	view, err := d.openPage(g, page, &model.Page{})
	if err != nil {
		return 0, err
	}
	a, err := d.mergeAnnotations(g, page)
	if err != nil {
		return 0, err
	}
	w := &walker{g: g, doc: d, marks: map[uint64]mark{}, annotations: a}
	objects, err := d.hideGroups(g, page, w.page(d.shownPage, view, model.Rect{}))
	if err != nil {
		return 0, err
	}
	return nthPicture(g, objects, picture)
}

// nthPicture finds the image object of a picture.
func nthPicture(g *guest, objects []object, n int) (uint64, error) {
	for i := range objects {
		o := &objects[i]
		if o.kind != kindImage || !g.ok("FPDFImageObj_GetImagePixelSize", o.handle, g.out(0), g.out(1)) {
			continue
		}
		w, h := g.outUint(0), g.outUint(1)
		if w == 0 || h == 0 {
			continue
		}
		if n == 0 {
			if uint64(w)*uint64(h) > MaxPixels {
				return 0, fmt.Errorf("%d × %d pixels are too many", w, h)
			}
			return o.handle, nil
		}
		n--
	}
	return 0, fmt.Errorf("no such picture")
}

// pixels decodes an image object.
func pixels(g *guest, page, o uint64) (image.Image, error) {
	mask := isMask(g, page, o)
	bitmap := g.ptr("FPDFImageObj_GetBitmap", o)
	if bitmap == 0 {
		return nil, fmt.Errorf("picture cannot be decoded")
	}
	defer g.call("FPDFBitmap_Destroy", bitmap)
	w, h := g.int("FPDFBitmap_GetWidth", bitmap), g.int("FPDFBitmap_GetHeight", bitmap)
	stride, buffer := g.int("FPDFBitmap_GetStride", bitmap), g.ptr("FPDFBitmap_GetBuffer", bitmap)
	const gray, bgr = 1, 2
	switch format := g.int("FPDFBitmap_GetFormat", bitmap); format {
	case gray:
		img := grayImage(g.bytes(buffer, stride*h), w, h, stride)
		if mask { // PDFium gives painted pixels the value 255
			for i, v := range img.Pix {
				img.Pix[i] = 255 - v
			}
		}
		return img, nil
	case bgr:
		return colorImage(g.bytes(buffer, stride*h), w, h, stride, 3), nil
	default:
		return colorImage(g.bytes(buffer, stride*h), w, h, stride, 4), nil
	}
}
