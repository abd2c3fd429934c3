package shape

import (
	"image"
	"math"

	pix "github.com/countybudget/extract/extract/ocr/image"
)

const shapeSide = 16 // pixels of a normalized shape: the height of its number, and as wide

// shape is a normalized picture of a character in the box of its number, row by row, a byte a pixel: 0 paper, 255 ink.
type shape [shapeSide * shapeSide / wordBytes]uint64

const wordBytes = 8 // pixels of a shape that are compared at once

// normalize scales a part of a number to a shape: the number's height fills it, and the part stands in its center.
func normalize(r *pix.Raster, part, number image.Rectangle) shape {
	var s shape
	h := number.Dy()
	left := float64(part.Min.X+part.Max.X)/2 - float64(h)/2
	k := float64(h) / shapeSide
	for j := range shapeSide {
		for i := range shapeSide {
			at := j*shapeSide + i
			ink := inkIn(r, part, left+float64(i)*k, float64(number.Min.Y)+float64(j)*k, k)
			s[at/wordBytes] |= uint64(255*ink+0.5) << (8 * (at % wordBytes))
		}
	}
	return s
}

// inkIn is the share of ink in the square whose top left corner is x, y; only the part's own columns count.
func inkIn(r *pix.Raster, part image.Rectangle, x, y, side float64) float32 {
	x0, x1 := int(math.Floor(x)), int(math.Ceil(x+side))
	y0, y1 := int(math.Floor(y)), int(math.Ceil(y+side))
	sum, n := 0.0, 0.0
	for v := y0; v < y1; v++ {
		wy := math.Min(float64(v+1), y+side) - math.Max(float64(v), y)
		for u := x0; u < x1; u++ {
			w := wy * (math.Min(float64(u+1), x+side) - math.Max(float64(u), x))
			n += w
			if u >= part.Min.X && u < part.Max.X && v >= part.Min.Y-1 && v <= part.Max.Y && v >= 0 && v < r.H {
				sum += w * float64(255-r.Pix[v*r.W+u]) / 255
			}
		}
	}
	if n <= 0 {
		return 0
	}
	return float32(sum / n)
}

// distance is the mean difference from the nearest samples of a character: 0 for equal shapes, 1 for ink against paper.
func distance(s *shape, samples []shape) float32 {
	const most = 255 * shapeSide * shapeSide
	nearest := [neighbours]int{} // in descending order
	for i := range nearest {
		nearest[i] = most
	}
	for k := range samples {
		sum := 0
		for from := 0; from < len(s) && sum < nearest[0]; from += len(s) / 4 { // else it is not among the nearest
			sum += difference(s[from:from+len(s)/4], samples[k][from:from+len(s)/4])
		}
		if sum >= nearest[0] {
			continue
		}
		nearest[0] = sum
		for i := 1; i < neighbours && nearest[i-1] < nearest[i]; i++ {
			nearest[i-1], nearest[i] = nearest[i], nearest[i-1]
		}
	}
	sum := 0
	for _, v := range nearest {
		sum += v
	}
	return float32(sum) / (neighbours * most)
}

// difference is the sum of absolute differences of the pixels of at most 128 words. A word's pixels are taken four at a time,
// in lanes of 16 bits: in each lane, 256 + a - b has its ninth bit set where a is not less than b.
func difference(a, b []uint64) int {
	const (
		lanes = 0x0001_0001_0001_0001
		low   = 0x00ff * lanes
	)
	sum := uint64(0)
	for i, x := range a {
		y := b[i]
		even := (x&low | 0x0100*lanes) - y&low
		odd := (x>>8&low | 0x0100*lanes) - y>>8&low
		evenUp, oddUp := even>>8&lanes, odd>>8&lanes
		sum += even ^ (lanes-evenUp)*0x01ff - (0x00ff*lanes + evenUp)
		sum += odd ^ (lanes-oddUp)*0x01ff - (0x00ff*lanes + oddUp)
	}
	return int(sum&0xffff + sum>>16&0xffff + sum>>32&0xffff + sum>>48)
}
