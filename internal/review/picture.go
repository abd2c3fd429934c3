package review

import (
	"encoding/base64"
	"math"

	"github.com/countybudget/extract/extract/model"
)

// Picture is a page as it looks.
type Picture struct {
	Number int    `json:"n"`
	Size   [2]int `json:"size"` // points, rounded up
	Image  string `json:"src,omitempty"`
	Text   []Run  `json:"text,omitempty"` // what the picture lacks
}

// Run is text that the picture lacks: characters on one baseline, each with its place.
type Run struct {
	Y     float64   `json:"y"`
	Size  float64   `json:"s"`
	Angle float64   `json:"a,omitempty"`
	X     []float64 `json:"x"`
	Text  []string  `json:"t"`
}

// NewPicture converts a drawing. A drawing comes from a worker, which is not trusted, so its image type must be one of two.
func NewPicture(d *model.Drawing) Picture {
	p := Picture{Number: d.Number, Size: [2]int{int(math.Ceil(d.Width)), int(math.Ceil(d.Height))}}
	if d.Type == "image/png" || d.Type == "image/jpeg" {
		p.Image = "data:" + d.Type + ";base64," + base64.StdEncoding.EncodeToString(d.Image)
	}
	for _, r := range d.Text {
		p.Text = append(p.Text, Run(r))
	}
	return p
}
