package pdfium

import (
	"errors"
	"path/filepath"
	"testing"

	"github.com/countybudget/extract/internal/testfiles"
)

// Every broken file gives an error or a page with what could be read.
func TestBrokenFiles(t *testing.T) {
	wants := map[string]error{ // those that must not open, and why
		"empty.pdf": ErrNotPDF, "html_error.pdf": ErrNotPDF, "jpeg_renamed.pdf": ErrNotPDF, "text_named.pdf": ErrNotPDF,
		"truncated.pdf": ErrDamaged, "user_password.pdf": ErrEncrypted,
	}
	check := func(t *testing.T, base string, data []byte) {
		t.Run(base, func(t *testing.T) {
			d, err := testEngine().Open(data, "")
			if want := wants[base]; want != nil {
				if !errors.Is(err, want) {
					t.Errorf("%v, want %v", err, want)
				}
				return
			}
			if err != nil {
				t.Logf("not opened: %v", err)
				return
			}
			defer d.Close()
			for n := 1; n <= d.NumPages(); n++ {
				p := d.Page(n)
				img, err := d.Render(n, 200, nil)
				if err == nil && img.Bounds().Empty() {
					t.Error("drawn without pixels")
				}
				t.Logf("page %d: %d glyphs, %d rules, %d pictures, %v; drawn: %v", n, len(p.Glyphs), len(p.Rules), len(p.Pictures), p.Err, err)
			}
		})
	}
	for name, data := range testfiles.Broken() {
		check(t, name, data)
	}
	t.Run("corpus", func(t *testing.T) {
		for _, name := range corpus(t, "broken") {
			check(t, filepath.Base(name), readFile(t, name))
		}
	})
}

// A page that PDFium crashes on does not cost the others: the file is opened again.
func TestAfterTrap(t *testing.T) {
	d := openTest(t, onePage("", "", "BT /F 20 Tf 50 50 Td (ok) Tj ET"))
	err := d.use(func(g *guest) error {
		g.bytes(1<<31, 1)
		return nil
	})
	if err == nil || d.guest != nil {
		t.Fatalf("trap: %v", err)
	}
	if p := d.Page(1); p.Err != nil || textOf(p) != "ok" {
		t.Errorf("after the trap: %v, %q", p.Err, textOf(p))
	}
	if err := d.use(func(*guest) error { panic("bug") }); err == nil {
		t.Error("a panic went unnoticed")
	}
}

func TestPassword(t *testing.T) {
	for _, data := range [][]byte{testfiles.Broken()["user_password.pdf"], readFile(t, "../pdf/cos/testdata/password_256.pdf")} {
		if _, err := testEngine().Open(data, "wrong"); !errors.Is(err, ErrEncrypted) {
			t.Errorf("wrong password: %v", err)
		}
	}
	d := openTest(t, readFile(t, "../pdf/cos/testdata/aes_256.pdf"))
	if d.NumPages() != 1 || len(d.Page(1).Glyphs) == 0 {
		t.Error("a file with an owner password only was not read")
	}
}

// Pixels of scans come in their own size.
func TestScans(t *testing.T) {
	d := openTest(t, readFile(t, "../../samples/unit_scanned.pdf"))
	p := d.Page(3)
	if p.Err != nil || p.PictureShare() < 0.99 {
		t.Fatalf("%v, picture share %v", p.Err, p.PictureShare())
	}
	img, err := d.Image(3, 0)
	if err != nil {
		t.Fatal(err)
	}
	if size := img.Bounds().Size(); size.X != p.Pictures[0].Width || size.Y != p.Pictures[0].Height {
		t.Errorf("%v pixels of a picture %d × %d", size, p.Pictures[0].Width, p.Pictures[0].Height)
	}
}
