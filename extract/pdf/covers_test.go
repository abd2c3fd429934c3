package pdf

import (
	"strings"
	"testing"

	"github.com/countybudget/extract/extract/model"
)

func TestCovers(t *testing.T) {
	paint, picture, veil := model.CoverPaint, model.CoverPicture, model.CoverVeil
	for _, c := range []struct {
		name, content string
		kinds         []model.CoverKind
	}{
		{"area", "10 40 60 30 re f", []model.CoverKind{paint}},
		{"area stroked only", "10 40 60 30 re S", nil},
		{"clipped away", "0 0 5 5 re W n 10 40 60 30 re f", nil},
		{"fully transparent", "/A0 gs 10 40 60 30 re f", nil},
		{"rounded area", "20 45 m 10 45 10 60 20 60 c 60 60 l 70 60 70 45 60 45 c h f", []model.CoverKind{veil, paint}},
		{"small shape", "20 45 m 22 45 l 21 48 l f", nil},
		{"border of two boxes", "10 10 80 40 re 11 11 78 38 re f*", nil},
		{"thick line", "30 w 10 55 m 80 55 l S", []model.CoverKind{paint}},
		{"thin line", "1 w 10 55 m 80 55 l S", nil},
		{"slanted thick line", "30 w 10 15 m 80 55 l S", []model.CoverKind{veil}},
		{"blend mode", "/Mul gs 10 40 60 30 re f", []model.CoverKind{veil}},
		{"list of blend modes", "/List gs 10 40 60 30 re f", []model.CoverKind{veil}},
		{"picture", "q 60 0 0 30 10 40 cm /Im Do Q", []model.CoverKind{picture}},
		{"picture with a soft mask", "q 60 0 0 30 10 40 cm /Soft Do Q", []model.CoverKind{veil}},
		{"picture with a colour key", "q 60 0 0 30 10 40 cm /Key Do Q", []model.CoverKind{veil}},
		{"image mask", "q 60 0 0 30 10 40 cm /Stencil Do Q", []model.CoverKind{veil}},
		{"picture of an unknown filter", "q 60 0 0 30 10 40 cm /Odd Do Q", []model.CoverKind{veil}},
		{"picture without pixels", "q 60 0 0 30 10 40 cm /None Do Q", nil},
	} {
		b := newPDF(c.content, "/XObject<</Im 11 0 R/Soft 12 0 R/Key 13 0 R/Stencil 14 0 R/Odd 15 0 R/None 16 0 R>>"+
			"/ExtGState<</A0<</ca 0>>/Mul<</BM/Multiply>>/List<</BM[/Darken/Normal]>>>>")
		const size = "/Subtype/Image/Width 1/Height 1/BitsPerComponent 8/ColorSpace/DeviceGray"
		b.Stream(11, size, "x")
		b.Stream(12, size+"/SMask 11 0 R", "x")
		b.Stream(13, size+"/Mask[0 1]", "x")
		b.Stream(14, "/Subtype/Image/Width 1/Height 1/ImageMask true", "x")
		b.Stream(15, size+"/Filter/OddDecode", "x")
		b.Stream(16, "/Subtype/Image", "x")
		p := b.page(t)
		var got []model.CoverKind
		last := 0
		for _, cover := range p.Covers {
			got = append(got, cover.Kind)
			if cover.Order <= last || cover.Box.Empty() {
				t.Errorf("%s: %+v", c.name, cover)
			}
			last = cover.Order
		}
		if string(kindBytes(got)) != string(kindBytes(c.kinds)) {
			t.Errorf("%s: got %v, want %v", c.name, got, c.kinds)
		}
	}
}

func kindBytes(kinds []model.CoverKind) (b []byte) {
	for _, k := range kinds {
		b = append(b, byte(k))
	}
	return b
}

// A highlight is multiplied with the page, whatever its appearance says; the ground of another annotation covers it.
func TestCoverOfAnnotation(t *testing.T) {
	for kind, want := range map[string]model.CoverKind{"Highlight": model.CoverVeil, "Square": model.CoverPaint} {
		b := newPDF("", "")
		b.Objects[3] = strings.Replace(b.Objects[3], "/Type/Page/", "/Type/Page/Annots[12 0 R]/", 1)
		b.Objects[12] = "<</Subtype/" + kind + "/Rect[10 40 70 70]/AP<</N 15 0 R>>>>"
		b.Stream(15, "/Subtype/Form/BBox[0 0 60 30]", "1 1 0 rg 0 0 60 30 re f")
		if p := b.page(t); len(p.Covers) != 1 || p.Covers[0].Kind != want {
			t.Errorf("%s: %+v", kind, p.Covers)
		}
	}
}
