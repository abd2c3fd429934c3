//go:build !noocr

package ocr

import (
	"bytes"
	"image"
	"image/jpeg"
	"os"
	"strings"
	"testing"
)

// scan is a page of the scanned sample: the n-th JPEG of the file.
func scan(t *testing.T, n int) []byte {
	t.Helper()
	pdf, err := os.ReadFile("../../samples/unit_scanned.pdf")
	if err != nil {
		t.Fatal(err)
	}
	for range n {
		start := bytes.Index(pdf, []byte("\xff\xd8\xff"))
		if start < 0 {
			t.Fatalf("the sample has no picture %d", n)
		}
		pdf = pdf[start+1:]
	}
	end := bytes.Index(pdf, []byte("endstream"))
	return append([]byte{0xff}, pdf[:end]...)
}

func TestText(t *testing.T) {
	e, err := New()
	if err != nil {
		t.Fatal(err)
	}
	defer e.Close()
	page, err := jpeg.Decode(bytes.NewReader(scan(t, 3)))
	if err != nil {
		t.Fatal(err)
	}
	amount := page.(*image.Gray).SubImage(image.Rect(920, 350, 1088, 388)).(*image.Gray)
	var gray []byte
	for y := amount.Rect.Min.Y; y < amount.Rect.Max.Y; y++ {
		gray = append(gray, amount.Pix[amount.PixOffset(amount.Rect.Min.X, y):][:amount.Rect.Dx()]...)
	}
	for _, c := range []struct {
		name, want, whitelist string
		picture               []byte
		layout                Layout
	}{
		{"cover", "青禾县第二幼儿园|2025年单位预算", "", scan(t, 1), Block},
		{"amount", "4085132.00", Digits, PGM(amount.Rect.Dx(), amount.Rect.Dy(), gray), Line},
		{"cover again", "青禾县第二幼儿园|2025年单位预算", "", scan(t, 1), Block}, // the whitelist does not stick
	} {
		got, err := e.Text(c.picture, c.layout, c.whitelist)
		if err != nil {
			t.Fatalf("%s: %v", c.name, err)
		}
		got = strings.ReplaceAll(strings.Join(strings.Fields(strings.ReplaceAll(got, "\n", "|")), ""), "||", "|")
		if got != c.want {
			t.Errorf("%s: read %q, want %q", c.name, got, c.want)
		}
	}
}

func TestErrors(t *testing.T) {
	if e, err := New("klingon"); err == nil {
		if _, err = e.Text(PGM(2, 2, []byte{0, 255, 0, 255}), Line, ""); err == nil {
			t.Error("a language that is not installed: no error")
		}
		e.Close()
	}
	e, err := New("eng")
	if err != nil {
		t.Fatal(err)
	}
	defer e.Close()
	if text, err := e.Text([]byte("no picture"), Line, ""); err == nil {
		t.Errorf("no picture: read %q", text)
	}
}
