//go:build cgo && !noocr

package lstm

// Weights are packed once, as the kernel wants them.

const (
	lanes = 16        // outputs that the kernel counts side by side
	group = 4 * lanes // and that lie together
	unit  = 127.0     // the activation 1 as a byte
)

// kind is a kind of processor (the kernel's KERNEL_…).
type kind int

// packed is a matrix in groups of outputs; an output is the sum of the products times its scale plus its bias.
type packed struct {
	weights     []int8
	scale, bias []float32
}

// newPacked makes room for groups of outputs, whose probability or activation is none.
func newPacked(inputs, outputs int) packed {
	return packed{make([]int8, inputs*outputs), make([]float32, outputs), make([]float32, outputs)}
}

// set puts row of a matrix at an output.
func (p *packed) set(k kind, output int, m *matrix, row int) {
	weights := m.weights[row*(m.inputs+1) : (row+1)*(m.inputs+1)]
	turned := int8(0) // bits of a weight that are turned: see tile_vnni
	if k == vnni {
		turned = -128
	}
	at := output / group * group * m.inputs
	for i, w := range weights[:m.inputs] {
		p.weights[at+i/4*4*group+output%group*4+i%4] = w ^ turned
	}
	p.scale[output] = float32(m.scales[row] / unit)
	p.bias[output] = float32(m.scales[row] * float64(weights[m.inputs]))
}

// recurrent is a layer with memory.
type recurrent struct {
	packed
	inputs, states int
	reverse        bool // from right to left
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

// dense is the last layer.
type dense struct {
	packed
	inputs  int
	outputs int // that mean something
	width   int // of a row of outputs
}

// packDense packs the last layer; outputs that fill its last group have no probability.
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

// front is the first layer: 3 × 3 pixels to features.
type front struct {
	packed
	offset []int32 // what 128 added to all pixels adds to the sums, taken off
}

// packFront packs the weights column by column, with a fourth weight of zero for each.
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
