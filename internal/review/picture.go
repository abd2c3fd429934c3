package review

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"math"
	"slices"

	"github.com/countybudget/extract/extract/model"
)

// Picture is a page as one sees it.
type Picture struct {
	Number        int     `json:"n"`
	Width, Height float64 `json:"-"`
	Size          [2]int  `json:"size"` // points, rounded up
	Image         string  `json:"src,omitempty"`
	Text          []Run   `json:"text,omitempty"` // what the picture lacks
}

// Run is text that the picture lacks: characters on one baseline, each with its place.
type Run struct {
	Y     float64   `json:"y"`
	Size  float64   `json:"s"`
	Angle float64   `json:"a,omitempty"`
	X     []float64 `json:"x"`
	Text  []string  `json:"t"`
}

// NewPicture makes the picture of a page that was drawn at some resolution.
func NewPicture(page *model.Page, img *image.Gray) (Picture, error) {
	p := Picture{Number: page.Number, Width: page.Width, Height: page.Height,
		Size: [2]int{int(math.Ceil(page.Width)), int(math.Ceil(page.Height))}}
	if img == nil {
		return p, nil
	}
	p.Text = missing(page, img)
	var err error
	p.Image, err = encode(img, page.PictureShare() > 0.4)
	return p, err
}

const (
	grays       = 16 // of a page of text: four bits a pixel
	jpegQuality = 50
)

// encode makes a data URL: photographs as JPEG, text in a few grays.
func encode(img *image.Gray, photograph bool) (string, error) {
	var b bytes.Buffer
	if photograph {
		if err := jpeg.Encode(&b, img, &jpeg.Options{Quality: jpegQuality}); err != nil {
			return "", err
		}
		return "data:image/jpeg;base64," + base64.StdEncoding.EncodeToString(b.Bytes()), nil
	}
	palette := make(color.Palette, grays)
	for i := range palette {
		palette[i] = color.Gray{Y: uint8(i * 255 / (grays - 1))}
	}
	few := image.NewPaletted(img.Bounds(), palette)
	for y := range img.Bounds().Dy() {
		from, to := img.Pix[y*img.Stride:], few.Pix[y*few.Stride:]
		for x := range img.Bounds().Dx() {
			to[x] = uint8((int(from[x])*(grays-1) + 127) / 255)
		}
	}
	encoder := png.Encoder{CompressionLevel: png.BestCompression}
	if err := encoder.Encode(&b, few); err != nil {
		return "", err
	}
	return "data:image/png;base64," + base64.StdEncoding.EncodeToString(b.Bytes()), nil
}

// missing are the characters whose place on the picture is blank.
func missing(page *model.Page, img *image.Gray) []Run {
	var runs []Run
	at := map[string]int{}
	for i := range page.Glyphs {
		g := &page.Glyphs[i]
		if g.Is(model.FlagInvisible|model.FlagClipped|model.FlagUndecoded|model.FlagHidden) || blankText(g.Text) || inked(page, img, g.Box) {
			continue
		}
		key := fmt.Sprintf("%.1f %.1f %.0f", g.Origin.Y, g.Size, g.Angle)
		n, ok := at[key]
		if !ok || g.Angle != 0 {
			n = len(runs)
			at[key] = n
			runs = append(runs, Run{Y: tenth(g.Origin.Y), Size: tenth(g.Size), Angle: math.Round(g.Angle)})
		}
		runs[n].X = append(runs[n].X, tenth(g.Origin.X))
		runs[n].Text = append(runs[n].Text, g.Text)
	}
	return slices.Clip(runs)
}

func tenth(v float64) float64 { return math.Round(v*10) / 10 }

func blankText(s string) bool {
	for _, r := range s {
		if r > ' ' && r != '\u00a0' && r != '\u3000' && r != '\ufffd' {
			return false
		}
	}
	return true
}

const inkContrast = 48 // between the lightest and the darkest dot of a character

// inked says whether something is drawn in the middle of a box; its rim may be crossed by the lines of a table.
func inked(page *model.Page, img *image.Gray, box model.Rect) bool {
	kx, ky := float64(img.Bounds().Dx())/page.Width, float64(img.Bounds().Dy())/page.Height
	dx, dy := 0.12*box.Width(), 0.22*box.Height()
	x0, x1 := clamp((box.X0+dx)*kx, img.Bounds().Dx()), clamp((box.X1-dx)*kx+1, img.Bounds().Dx())
	y0, y1 := clamp((box.Y0+dy)*ky, img.Bounds().Dy()), clamp((box.Y1-dy)*ky+1, img.Bounds().Dy())
	low, high := uint8(255), uint8(0)
	for y := y0; y < y1; y++ {
		for _, v := range img.Pix[y*img.Stride+x0 : y*img.Stride+max(x0, x1)] {
			low, high = min(low, v), max(high, v)
		}
	}
	return high > low && high-low >= inkContrast
}

func clamp(v float64, limit int) int { return min(limit, max(0, int(v))) }
