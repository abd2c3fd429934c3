//go:build cgo && !noocr

package ppocr

import (
	"fmt"

	"github.com/countybudget/extract/extract/ocr"
)

const (
	height   = 48 // of the network's pictures, pixels
	channels = 3
	step     = 8  // pixels of a time step
	narrow   = 32 // pixels; narrower lines are widened to that
	margin   = 6  // pixels of paper before a line; without them a first character of one stroke is lost
)

// check reports a line that is no picture of the given height.
func check(l *ocr.Line, height int) error {
	if l.Width < 0 || l.Height != height || len(l.Pix) != l.Width*l.Height {
		return fmt.Errorf("a line of %d × %d pixels with %d bytes, where the network reads lines %d high", l.Width, l.Height, len(l.Pix), height)
	}
	return nil
}

// widthOf is the width of the picture of a line: whole time steps.
func widthOf(l *ocr.Line) int { return max(narrow, (margin+l.Width+step-1)/step*step) }

// picture draws the middle rows of a line as the network wants them, and returns its values, those of into if there are enough.
// What is right of the line has the value 0, as in the training.
func picture(l *ocr.Line, into []float32) []float32 {
	width := widthOf(l)
	size := width * height
	out := sized(into, channels*size)
	above := (l.Height - height) / 2
	for y := range height {
		row := out[y*width : (y+1)*width]
		for x := range margin {
			row[x] = 1
		}
		for x, v := range l.Pix[(above+y)*l.Width : (above+y+1)*l.Width] {
			row[margin+x] = float32(v)/127.5 - 1
		}
		clear(row[margin+l.Width:])
	}
	for c := 1; c < channels; c++ {
		copy(out[c*size:], out[:size])
	}
	return out
}

// sized returns a slice of n elements, that of s if it is long enough.
func sized(s []float32, n int) []float32 {
	if cap(s) < n {
		return make([]float32, n)
	}
	return s[:n]
}
