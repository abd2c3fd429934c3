package imagedata

import (
	"bytes"
	"image"
	"image/color"
	"image/jpeg"
	"math/rand/v2"
	"testing"
)

func drawnJPEG(t *testing.T, gray bool, w, h int) []byte {
	t.Helper()
	r := rand.New(rand.NewPCG(1, 2))
	var img image.Image
	if gray {
		g := image.NewGray(image.Rect(0, 0, w, h))
		for i := range g.Pix {
			g.Pix[i] = byte(248 + r.IntN(8)) // paper
		}
		for k := range 400 {
			for x := range 12 {
				g.SetGray((k*17+x)%w, (k*11)%h, color.Gray{})
			}
		}
		img = g
	} else {
		c := image.NewRGBA(image.Rect(0, 0, w, h))
		for i := range c.Pix {
			c.Pix[i] = byte(r.Uint32())
		}
		img = c
	}
	var b bytes.Buffer
	if err := jpeg.Encode(&b, img, &jpeg.Options{Quality: 70}); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestCheckJPEG(t *testing.T) {
	for name, data := range map[string][]byte{
		"gray": drawnJPEG(t, true, 333, 217), "colour, 4:2:0": drawnJPEG(t, false, 133, 90), "one block": drawnJPEG(t, true, 8, 8),
		"no JPEG": []byte("hello"), "nothing": nil,
	} {
		if err := checkJPEG(data); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// Of bytes changed in the codes most are found. The others give as many blocks in as many bits: a spot is wrong, and what
// follows a little darker.
func TestCheckJPEGChanged(t *testing.T) {
	for name, data := range map[string][]byte{"gray": drawnJPEG(t, true, 333, 217), "colour": drawnJPEG(t, false, 133, 90)} {
		start := bytes.Index(data, []byte{0xFF, 0xDA}) + 20
		r := rand.New(rand.NewPCG(3, 4))
		found, all := 0, 400
		for range all {
			broken := bytes.Clone(data)
			at := start + r.IntN(len(data)-start-40)
			for i := range 16 {
				broken[at+i] = byte(r.Uint32())
			}
			if checkJPEG(broken) != nil {
				found++
			}
		}
		if found < all*85/100 {
			t.Errorf("%s: %d of %d changed pictures were found", name, found, all)
		}
		if checkJPEG(data[:len(data)-len(data)/3]) == nil {
			t.Errorf("%s: a picture that is cut off was not found", name)
		}
	}
}

func FuzzCheckJPEG(f *testing.F) {
	f.Add([]byte("\xff\xd8\xff\xc0\x00\x0b\x08\x00\x08\x00\x08\x01\x01\x11\x00\xff\xda\x00\x08\x01\x01\x00\x00\x3f\x00abc"))
	f.Fuzz(func(_ *testing.T, data []byte) { _ = checkJPEG(data) })
}
