package pdfium

import (
	"bytes"
	"image"
	"image/color"
	"image/jpeg"
	"testing"

	"github.com/countybudget/extract/extract/model"
)

func TestRender(t *testing.T) {
	d := openTest(t, onePage("", "", "1 0 0 rg 100 200 50 50 re f"))
	img, err := d.Render(1, 72, nil)
	if err != nil {
		t.Fatal(err)
	}
	if img.Bounds() != image.Rect(0, 0, 400, 300) {
		t.Fatalf("bounds %v", img.Bounds())
	}
	if in, out := img.GrayAt(125, 75).Y, img.GrayAt(200, 75).Y; in > 100 || out != 255 {
		t.Errorf("gray %d in the square and %d beside it", in, out)
	}
	rgba, err := d.RenderRGBA(1, 144, &model.Rect{X0: 90, Y0: 40, X1: 160, Y1: 110})
	if err != nil {
		t.Fatal(err)
	}
	if rgba.Bounds() != image.Rect(0, 0, 140, 140) {
		t.Fatalf("bounds of the crop %v", rgba.Bounds())
	}
	red, paper := color.RGBA{R: 255, A: 255}, color.RGBA{R: 255, G: 255, B: 255, A: 255}
	for _, c := range []struct {
		x, y int
		want color.RGBA
	}{{15, 15, paper}, {25, 25, red}, {115, 115, red}, {125, 125, paper}} {
		if got := rgba.RGBAAt(c.x, c.y); got != c.want {
			t.Errorf("pixel %d %d is %v, want %v", c.x, c.y, got, c.want)
		}
	}
}

// A page of 5 m is drawn with as many pixels as are allowed, whatever the resolution.
func TestRenderHugePage(t *testing.T) {
	d := openTest(t, buildPDF("<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[3 0 R]/Count 1>>",
		"<</Type/Page/Parent 2 0 R/MediaBox[0 0 14400 14400]/Contents 4 0 R>>", stream("", "0 0 7200 14400 re f")))
	img, err := d.Render(1, 300, nil)
	if err != nil {
		t.Fatal(err)
	}
	w, h := img.Bounds().Dx(), img.Bounds().Dy()
	if w*h > MaxPixels || w*h < MaxPixels*98/100 || img.GrayAt(w/4, h/2).Y != 0 || img.GrayAt(3*w/4, h/2).Y != 255 {
		t.Errorf("%d × %d pixels", w, h)
	}
	for _, dpi := range []float64{0, -1} {
		if _, err := d.Render(1, dpi, nil); err == nil {
			t.Errorf("drawn at %v dpi", dpi)
		}
	}
	if _, err := d.Render(1, 72, &model.Rect{X0: 5, X1: 5, Y1: 10}); err == nil {
		t.Error("an empty crop was drawn")
	}
	if _, err := d.Render(2, 72, nil); err == nil {
		t.Error("page 2 of 1 was drawn")
	}
}

func TestPictures(t *testing.T) {
	var photo bytes.Buffer
	gradient := image.NewGray(image.Rect(0, 0, 32, 16))
	for i := range gradient.Pix {
		gradient.Pix[i] = uint8(i % 32 * 8)
	}
	if err := jpeg.Encode(&photo, gradient, &jpeg.Options{Quality: 100}); err != nil {
		t.Fatal(err)
	}
	const imageDict = "/Type/XObject/Subtype/Image"
	objects := []string{
		stream(imageDict+"/Width 32/Height 16/ColorSpace/DeviceGray/BitsPerComponent 8/Filter/DCTDecode", photo.String()),
		stream(imageDict+"/Width 2/Height 1/ColorSpace/DeviceRGB/BitsPerComponent 8/Filter/ASCIIHexDecode", "FF000000FF00>"),
		stream(imageDict+"/Width 8/Height 1/ImageMask true/BitsPerComponent 1/Filter/ASCIIHexDecode", "0F>"),
		stream(imageDict+"/Width 8/Height 2/ColorSpace/DeviceGray/BitsPerComponent 1/Filter/CCITTFaxDecode"+
			"/DecodeParms<</K -1/Columns 8/Rows 2>>", "\xC0\x01\x00\x10"),
	}
	d := openTest(t, onePage("", "/XObject<</A 12 0 R/B 13 0 R/C 14 0 R/D 15 0 R>>",
		"q 100 0 0 50 10 20 cm /A Do Q q 0 20 -20 0 200 100 cm /B Do Q q 8 0 0 1 0 0 cm /C Do Q q 8 0 0 1 0 9 cm /D Do Q "+
			"q 100 0 0 50 10 200 cm /A Do Q", objects...))
	p := d.Page(1)
	if p.Err != nil || len(p.Pictures) != 5 {
		t.Fatalf("%v, %+v", p.Err, p.Pictures)
	}
	a := &p.Pictures[0]
	if !nearRect(a.Box, model.Rect{X0: 10, Y0: 230, X1: 110, Y1: 280}) || a.Width != 32 || a.Height != 16 || a.Filter != "DCTDecode" || a.Mask {
		t.Errorf("picture %+v", a)
	}
	if corner := a.Matrix.Apply(0, 1); !near1(corner.X, 10) || !near1(corner.Y, 230) {
		t.Errorf("upper left corner at %v", corner)
	}
	if a.Object == "" || a.Object != p.Pictures[4].Object || a.Object == p.Pictures[1].Object {
		t.Errorf("identities %q %q %q", a.Object, p.Pictures[4].Object, p.Pictures[1].Object)
	}
	if c := &p.Pictures[2]; !c.Mask || c.Width != 8 {
		t.Errorf("mask %+v", c)
	}
	wants := []struct {
		size   image.Point
		pixels map[image.Point]color.Gray
	}{
		{image.Pt(32, 16), map[image.Point]color.Gray{{0, 0}: {0}, {16, 8}: {128}, {31, 15}: {248}}},
		{image.Pt(2, 1), map[image.Point]color.Gray{{0, 0}: {76}, {1, 0}: {150}}},
		{image.Pt(8, 1), map[image.Point]color.Gray{{0, 0}: {0}, {7, 0}: {255}}},
		{image.Pt(8, 2), map[image.Point]color.Gray{{0, 0}: {255}, {7, 1}: {255}}},
	}
	for i, want := range wants {
		img, err := d.Image(1, i)
		if err != nil {
			t.Errorf("picture %d: %v", i, err)
			continue
		}
		if img.Bounds().Size() != want.size {
			t.Errorf("picture %d: %v pixels, want %v", i, img.Bounds().Size(), want.size)
			continue
		}
		for at, c := range want.pixels {
			got := color.GrayModel.Convert(img.At(at.X, at.Y)).(color.Gray)
			if int(got.Y)-int(c.Y) > 6 || int(c.Y)-int(got.Y) > 6 {
				t.Errorf("picture %d: pixel %v is %d, want %d", i, at, got.Y, c.Y)
			}
		}
	}
	if _, err := d.Image(1, 5); err == nil {
		t.Error("the sixth of five pictures was decoded")
	}
}
