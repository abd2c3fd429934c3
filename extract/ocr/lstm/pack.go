//go:build cgo && !noocr

package lstm

// Weights are packed once into the order in which the kernel reads them.

const (
	lanes = 16        // outputs that the kernel computes in parallel
	group = 4 * lanes // outputs that lie together
	unit  = 127.0     // the activation 1 as a byte
)

// kind is the instruction set that the kernel uses (KERNEL_… in kernel.h).
type kind int

// packed is a matrix in groups of outputs. An output is the sum of the products times its scale plus its bias.
type packed struct {
	weights     []int8
	scale, bias []float32
}

// newPacked returns a matrix of zeros; outputs is a multiple of lanes.
func newPacked(inputs, outputs int) packed {
	return packed{make([]int8, inputs*outputs), make([]float32, outputs), make([]float32, outputs)}
}

// set makes a row of a matrix the weights of an output.
func (p *packed) set(k kind, output int, m *matrix, row int) {
	weights := m.weights[row*(m.inputs+1) : (row+1)*(m.inputs+1)]
	flipped := int8(0) // bits of a weight that are flipped: see tile_vnni
	if k == vnni {
		flipped = -128
	}
	at := output / group * group * m.inputs
	for i, w := range weights[:m.inputs] {
		p.weights[at+i/4*4*group+output%group*4+i%4] = w ^ flipped
	}
	p.scale[output] = float32(m.scales[row] / unit)
	p.bias[output] = float32(m.scales[row] * float64(weights[m.inputs]))
}

// recurrent is an LSTM layer.
type recurrent struct {
	packed
	inputs, states int
	reverse        bool // the last time step first
}

func packRecurrent(l *layer, k kind, reverse bool) recurrent {
	r := recurrent{newPacked(l.inputs+l.outputs, 4*l.outputs), l.inputs, l.outputs, reverse}
	for g := range l.gates {
		for i := range l.outputs {
			r.set(k, i/lanes*group+g*lanes+i%lanes, &l.gates[g], i)
		}
	}
	return r
}

// dense is the softmax layer.
type dense struct {
	packed
	inputs  int
	outputs int // labels and the blank
	width   int // of a row of outputs with their padding
}

// packDense packs the softmax layer. The outputs that pad its last group get the probability 0.
func packDense(m *matrix, k kind) dense {
	const never = -1e30
	d := dense{inputs: m.inputs, outputs: m.outputs, width: (m.outputs + group - 1) / group * group}
	d.packed = newPacked(m.inputs, d.width)
	for i := range d.width {
		if i < m.outputs {
			d.set(k, i, m, i)
		} else {
			d.bias[i] = never
		}
	}
	return d
}

// front is the first layer: a convolution of 3 × 3 pixels to features, tanh and 3 × 3 max pooling.
type front struct {
	packed
	offset []int32 // corrects the sums for the 128 that is added to all pixels
}

// packFront packs the weights column by column, each column padded with a fourth weight of zero.
func packFront(m *matrix) front {
	f := front{newPacked(12, lanes), make([]int32, lanes)}
	for i := range lanes {
		row := m.weights[i*10 : i*10+10]
		for k, w := range row[:9] {
			f.weights[k/3*4*lanes+4*i+k%3] = w
			f.offset[i] -= 128 * int32(w)
		}
		f.scale[i], f.bias[i] = float32(m.scales[i]/unit), float32(m.scales[i]*float64(row[9]))
	}
	return f
}
