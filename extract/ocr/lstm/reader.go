//go:build cgo && !noocr

package lstm

import (
	"encoding/binary"
	"errors"
	"math"
)

// reader reads little-endian values. After the first error all values are zero.
type reader struct {
	data []byte
	err  error
}

var errShort = errors.New("the data end too early")

func (r *reader) take(n int) []byte {
	if r.err == nil && (n < 0 || n > len(r.data)) {
		r.err = errShort
	}
	if r.err != nil {
		return nil
	}
	b := r.data[:n]
	r.data = r.data[n:]
	return b
}

func (r *reader) byte() byte {
	if b := r.take(1); b != nil {
		return b[0]
	}
	return 0
}

func (r *reader) uint32() uint32 {
	if b := r.take(4); b != nil {
		return binary.LittleEndian.Uint32(b)
	}
	return 0
}

func (r *reader) int32() int32 { return int32(r.uint32()) }

func (r *reader) uint64() uint64 {
	if b := r.take(8); b != nil {
		return binary.LittleEndian.Uint64(b)
	}
	return 0
}

func (r *reader) float64() float64 { return math.Float64frombits(r.uint64()) }

// count reads the number of items that follow, each of at least size bytes.
func (r *reader) count(size int) int {
	n := int64(r.uint32())
	if r.err == nil && n*int64(size) > int64(len(r.data)) {
		r.err = errShort
	}
	if r.err != nil {
		return 0
	}
	return int(n)
}

func (r *reader) string() string { return string(r.take(r.count(1))) }
