package image

import (
	"encoding/binary"
	"math/bits"
)

// Most of a page is paper. Comparing eight pixels at a time with a threshold (SWAR: SIMD within a register) skips it fast.

const (
	eachOne  = 0x0101010101010101 // multiplied by a byte: that byte eight times
	eachHigh = 0x80 * eachOne
)

// Darker compares pixels with a threshold.
type Darker struct{ flip, add uint64 }

// DarkerThan returns the comparison with v: pixels below it are dark.
func DarkerThan(v byte) Darker {
	if v < 128 {
		return Darker{0, uint64(128-v) * eachOne}
	}
	return Darker{^uint64(0), uint64(v-128) * eachOne} // the complement is greater than 255 - v
}

// mask sets the high bit of each byte of x that is dark.
func (d Darker) mask(x uint64) uint64 {
	x ^= d.flip
	return (((x &^ eachHigh) + d.add) | x ^ ^d.flip) & eachHigh
}

// next is the index of the first dark pixel of a row from x on, len(row) when there is none.
func (d Darker) next(row []byte, x int) int {
	for ; x+8 <= len(row); x += 8 {
		if m := d.mask(binary.LittleEndian.Uint64(row[x:])); m != 0 {
			return x + bits.TrailingZeros64(m)>>3
		}
	}
	for ; x < len(row); x++ {
		if d.mask(uint64(row[x]))&0x80 != 0 {
			return x
		}
	}
	return x
}

// count is the number of dark pixels.
func (d Darker) count(pix []byte) int {
	n, x := 0, 0
	for ; x+8 <= len(pix); x += 8 {
		n += bits.OnesCount64(d.mask(binary.LittleEndian.Uint64(pix[x:])))
	}
	for ; x < len(pix); x++ {
		n += bits.OnesCount64(d.mask(uint64(pix[x])) & 0x80)
	}
	return n
}

// Widen sets each pixel of wide to 0 where it is dark in one of three rows, else to 255. It reports whether any is dark.
func (d Darker) Widen(wide, up, row, down []byte) bool {
	n := len(wide)
	up, row, down = up[:n], row[:n], down[:n]
	any := uint64(0)
	x := 0
	for ; x+8 <= n; x += 8 {
		a, b, c := binary.LittleEndian.Uint64(up[x:]), binary.LittleEndian.Uint64(row[x:]), binary.LittleEndian.Uint64(down[x:])
		m := d.mask(a) | d.mask(b) | d.mask(c)
		any |= m
		binary.LittleEndian.PutUint64(wide[x:], ^(m >> 7 * 255))
	}
	for ; x < n; x++ {
		m := (d.mask(uint64(up[x])) | d.mask(uint64(row[x])) | d.mask(uint64(down[x]))) & 0x80
		any |= m
		wide[x] = ^byte(m >> 7 * 255)
	}
	return any != 0
}
