package extract

import (
	"bytes"
	"context"
	"fmt"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"math"
	"slices"

	"github.com/countybudget/extract/extract/model"
)

// DrawOptions say how pages are drawn.
type DrawOptions struct {
	DPI      float64 `json:"dpi"`
	MaxBytes int     `json:"max_bytes"` // bound of all pictures of a document; further pages have none
}

// Draw renders the pages of a PDF held in memory with PDFium, in gray; the Document has nothing else. Of opt only the limits
// apply: pages beyond them are missing. A page that cannot be rendered, or exceeds MaxBytes, is there without its picture.
func Draw(ctx context.Context, data []byte, opt Options, how DrawOptions) (*Document, error) {
	s := &secondReader{data: data}
	defer s.close()
	done := opt.engineCall()
	doc, err := s.open()
	done()
	if err != nil {
		return nil, err
	}
	d := &Document{PageCount: doc.NumPages()}
	n := d.PageCount
	if opt.MaxPages > 0 {
		n = min(n, opt.MaxPages)
	}
	room := how.MaxBytes
	for i := 1; i <= n; i++ {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		if opt.ReadPages > 0 && i > opt.ReadPages || opt.late() {
			break
		}
		done := opt.engineCall()
		page := doc.Page(i)
		var img *image.Gray
		if room > 0 {
			img, _ = doc.Render(i, how.DPI, nil) // on an error the page has no picture
		}
		done()
		p, err := drawing(page, img)
		if err != nil {
			return nil, err
		}
		if room -= drawingBytes(&p); room < 0 {
			p = model.Drawing{Number: i, Width: p.Width, Height: p.Height}
		}
		d.Drawings = append(d.Drawings, p)
		if opt.Progress != nil {
			opt.Progress()
		}
	}
	return d, nil
}

// drawingBytes estimates the size of a drawing when it is sent.
func drawingBytes(d *model.Drawing) int {
	n := len(d.Image)
	for i := range d.Text {
		n += 16 * len(d.Text[i].Text)
	}
	return n
}

// drawing makes the picture of a page from an image of it at any resolution.
func drawing(page *model.Page, img *image.Gray) (model.Drawing, error) {
	d := model.Drawing{Number: page.Number}
	if !finite(page.Width, page.Height) {
		return d, nil
	}
	d.Width, d.Height = page.Width, page.Height
	if img == nil {
		return d, nil
	}
	d.Text = missing(page, img)
	var err error
	d.Type, d.Image, err = encode(img, page.PictureShare() > photographShare)
	return d, err
}

const (
	photographShare = 0.4 // part of a page that pictures cover, from which it counts as a photograph

	grays       = 16 // gray levels of a page of text: four bits a pixel
	jpegQuality = 50
)

// encode encodes a picture: photographs as JPEG, text as PNG with few gray levels.
func encode(img *image.Gray, photograph bool) (kind string, file []byte, err error) {
	var b bytes.Buffer
	if photograph {
		if err := jpeg.Encode(&b, img, &jpeg.Options{Quality: jpegQuality}); err != nil {
			return "", nil, err
		}
		return "image/jpeg", b.Bytes(), nil
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
		return "", nil, err
	}
	return "image/png", b.Bytes(), nil
}

// missing are the characters at whose places the picture is blank.
func missing(page *model.Page, img *image.Gray) []model.Run {
	var runs []model.Run
	at := map[string]int{}
	for i := range page.Glyphs {
		g := &page.Glyphs[i]
		if g.Is(model.FlagInvisible|model.FlagClipped|model.FlagUndecoded|model.FlagHidden) || blankText(g.Text) || !finite(g.Origin.X, g.Origin.Y, g.Size, g.Angle) || inked(page, img, g.Box) {
			continue
		}
		key := fmt.Sprintf("%.1f %.1f %.0f", g.Origin.Y, g.Size, g.Angle)
		n, ok := at[key]
		if !ok || g.Angle != 0 {
			n = len(runs)
			at[key] = n
			runs = append(runs, model.Run{Y: tenth(g.Origin.Y), Size: tenth(g.Size), Angle: math.Round(g.Angle)})
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

const inkContrast = 48 // difference between the lightest and the darkest pixel of a character

// inked reports whether something is drawn in the middle of a box; lines of a table may cross its border.
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
