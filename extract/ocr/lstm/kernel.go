//go:build cgo && !noocr

package lstm

// #cgo CFLAGS: -std=c11 -O3 -Wno-psabi
// #cgo LDFLAGS: -lm
// #include "kernel.h"
import "C"

// The instruction sets of the kernel.
const (
	plain kind = C.KERNEL_PLAIN
	avx2  kind = C.KERNEL_AVX2
	vnni  kind = C.KERNEL_VNNI
)

// bestKind is the fastest of them that this processor has.
func bestKind() kind { return kind(C.kernel_best()) }

// run computes the first layer. picture is width+2 columns of height+2 bytes, followed by four bytes; out is
// [width/3][height/3][lanes].
func (f *front) run(k kind, picture []byte, height, width int, out []int8) {
	C.kernel_front(C.int(k), bytesOf(f.weights), (*C.int32_t)(&f.offset[0]), floatsOf(f.scale), floatsOf(f.bias),
		(*C.uint8_t)(&picture[0]), C.int(height), C.int(width), bytesOf(out))
}

// series is a tensor of time steps × rows: the values of row r in step s begin at s*step + r*row.
type series struct {
	data      []int8
	step, row int
}

// memory is scratch memory of the layers.
type memory struct {
	state  []float32
	hidden []int8
	sums   []int32
}

// sized returns a slice of n elements, that of s if it is long enough.
func sized[T any](s []T, n int) []T {
	if cap(s) < n {
		return make([]T, n)
	}
	return s[:n]
}

// run computes an LSTM layer over len(rows) time steps. Step s has rows[s] rows, at most most.
func (l *recurrent) run(k kind, m *memory, in, out series, rows []int32, most int) {
	m.state, m.hidden, m.sums = sized(m.state, most*l.states), sized(m.hidden, 2*most*l.states), sized(m.sums, most)
	clear(m.state)
	clear(m.hidden)
	reverse := C.int(0)
	if l.reverse {
		reverse = 1
	}
	C.kernel_lstm(C.int(k), bytesOf(l.weights), floatsOf(l.scale), floatsOf(l.bias), C.int(l.inputs), C.int(l.states),
		bytesOf(in.data), C.ptrdiff_t(in.step), C.ptrdiff_t(in.row), bytesOf(out.data), C.ptrdiff_t(out.step), C.ptrdiff_t(out.row),
		(*C.int32_t)(&rows[0]), C.int(len(rows)), reverse, floatsOf(m.state), bytesOf(m.hidden), (*C.int32_t)(&m.sums[0]))
}

// run computes the probabilities of consecutive rows.
func (d *dense) run(k kind, m *memory, in []int8, rows int, out []float32) {
	m.sums = sized(m.sums, rows)
	C.kernel_softmax(C.int(k), bytesOf(d.weights), floatsOf(d.scale), floatsOf(d.bias), C.int(d.inputs), C.int(d.width), bytesOf(in), C.int(rows),
		floatsOf(out), (*C.int32_t)(&m.sums[0]))
}

func bytesOf(s []int8) *C.int8_t { return (*C.int8_t)(&s[0]) }

func floatsOf(s []float32) *C.float { return (*C.float)(&s[0]) }
