//go:build cgo && !noocr

package lstm

import (
	"errors"
	"fmt"
	"math"
)

// A network is stored as a tree of layers. All of Tesseract's line models begin with the same layers, [1,H,0,1 Ct3,3,16 Mp3,3
// Lfys.. …], then have LSTM layers in either direction and end with a softmax (O1c); see Tesseract's documentation of the
// "Variable-size Graph Specification Language".

// layer is a layer as it is stored.
type layer struct {
	kind            string
	inputs, outputs int
	shape           [5]int32 // Input: batch, height, width, depth, loss
	size            [2]int32 // Convolve: half width and half height; Maxpool: width and height
	gates           []matrix // LSTM: cell input, input gate, forget gate, output gate; Tanh and Softmax: one
	layers          []layer
}

// matrix is weights of outputs × (inputs + 1), the last input is the bias. An output is the sum of the products times its scale.
type matrix struct {
	outputs, inputs int
	weights         []int8
	scales          []float64
}

const (
	deepest     = 16
	mostLayers  = 64
	mostOutputs = 1 << 14
	flagRates   = 64  // of a group of layers: a learning rate for each layer follows
	modeBytes   = 1   // of a matrix: its weights are int8
	modeDoubles = 128 // of a matrix: its scales are float64
)

func (r *reader) fail(format string, args ...any) {
	if r.err == nil {
		r.err = fmt.Errorf(format, args...)
	}
}

// layer reads one layer and the layers inside it.
func (r *reader) layer(depth int) layer {
	var l layer
	if r.byte() != 0 {
		r.fail("a network in the form of Tesseract 3")
	}
	l.kind = r.string()
	r.take(2) // training flags
	flags := r.int32()
	l.inputs, l.outputs = int(r.int32()), int(r.int32())
	r.int32()  // number of weights
	r.string() // name
	if r.err != nil {
		return l
	}
	if l.inputs < 0 || l.inputs > mostOutputs || l.outputs < 0 || l.outputs > mostOutputs {
		r.fail("a layer %s of %d inputs and %d outputs", l.kind, l.inputs, l.outputs)
		return l
	}
	switch l.kind {
	case "Series", "XYTranspose", "RTLReversed":
		n := r.count(1)
		if n > mostLayers || depth >= deepest {
			r.fail("too many layers")
		}
		for range n {
			if r.err != nil {
				return l
			}
			l.layers = append(l.layers, r.layer(depth+1))
		}
		if flags&flagRates != 0 {
			r.take(4 * r.count(4))
		}
	case "Input":
		for i := range l.shape {
			l.shape[i] = r.int32()
		}
	case "Convolve", "Maxpool":
		l.size = [2]int32{r.int32(), r.int32()}
	case "Tanh", "Softmax":
		l.gates = []matrix{r.matrix(l.inputs, l.outputs)}
	case "LSTM", "SummLSTM":
		if n := int(r.int32()); n != l.inputs+l.outputs {
			r.fail("a layer %s with %d inputs in place of %d", l.kind, n, l.inputs+l.outputs)
		}
		for range 4 {
			l.gates = append(l.gates, r.matrix(l.inputs+l.outputs, l.outputs))
		}
	default:
		r.fail("a layer %q, which this program does not know", l.kind)
	}
	return l
}

func (r *reader) matrix(inputs, outputs int) matrix {
	m := matrix{outputs: outputs, inputs: inputs}
	mode := r.byte()
	if r.err == nil && mode&(modeBytes|modeDoubles) != modeBytes|modeDoubles {
		r.fail("weights that are not bytes (use the data of tessdata or tessdata_fast, not of tessdata_best)")
	}
	rows, columns := int(r.uint32()), int(r.uint32())
	r.byte() // the value of padding
	if r.err == nil && (rows != outputs || columns != inputs+1) {
		r.fail("weights of %d × %d in place of %d × %d", rows, columns, outputs, inputs+1)
	}
	if r.err != nil {
		return m
	}
	raw := r.take(rows * columns)
	m.weights = make([]int8, len(raw))
	for i, v := range raw {
		if m.weights[i] = int8(v); int8(v) == -128 { // the kernel negates weights
			r.fail("a weight of -128")
		}
	}
	n := r.count(8)
	if r.err == nil && n != outputs {
		r.fail("%d scales for %d outputs", n, outputs)
	}
	for range n {
		s := r.float64()
		if !(s > 0) || math.IsInf(s, 0) {
			r.fail("a scale of %v", s)
		}
		m.scales = append(m.scales, s)
	}
	return m
}

// network is a network as this package runs it.
type network struct {
	height int // of a line, pixels
	front  front
	down   recurrent   // along y, in each time step
	along  []recurrent // along x, one after the other
	last   dense
	blank  int // the index of the CTC blank
}

// readNetwork reads the component of the network.
func readNetwork(data []byte, k kind) (*network, error) {
	r := reader{data: data}
	top := r.layer(0)
	r.string() // its specification
	r.take(3 * 4)
	blank := int(r.int32())
	if r.err != nil {
		return nil, r.err
	}
	n, err := top.build(k)
	if err != nil {
		return nil, err
	}
	if n.blank = blank; blank < 0 || blank >= n.last.outputs {
		return nil, fmt.Errorf("the CTC blank is output %d of %d", blank, n.last.outputs)
	}
	return n, nil
}

var errBuilt = errors.New("a network that is built in another way than those for lines of text are")

// build packs the layers for the kernel.
func (l *layer) build(k kind) (*network, error) {
	all := l.layers
	if l.kind != "Series" || len(all) < 6 || all[0].kind != "Input" || all[1].kind != "Series" || len(all[1].layers) != 2 {
		return nil, errBuilt
	}
	in, convolve, tanh, pool, down, last := &all[0], &all[1].layers[0], &all[1].layers[1], &all[2], &all[3], &all[len(all)-1]
	n := &network{height: int(in.shape[1])}
	switch {
	case in.shape[3] != 1 || n.height < 9 || n.height > 96 || n.height%3 != 0,
		convolve.kind != "Convolve" || convolve.size != [2]int32{1, 1} || convolve.inputs != 1,
		tanh.kind != "Tanh" || tanh.inputs != 9 || tanh.outputs != lanes,
		pool.kind != "Maxpool" || pool.size != [2]int32{3, 3},
		down.kind != "XYTranspose" || len(down.layers) != 1 || down.layers[0].kind != "SummLSTM",
		last.kind != "Softmax":
		return nil, errBuilt
	}
	n.front = packFront(&tanh.gates[0])
	features := lanes
	add := func(l *layer, reverse bool) (recurrent, error) {
		if l.inputs != features || l.outputs == 0 || l.outputs%lanes != 0 {
			return recurrent{}, errBuilt
		}
		features = l.outputs
		return packRecurrent(l, k, reverse), nil
	}
	var err error
	if n.down, err = add(&down.layers[0], false); err != nil {
		return nil, err
	}
	for i := range all[4 : len(all)-1] {
		l, reverse := &all[4+i], false
		if l.kind == "RTLReversed" && len(l.layers) == 1 {
			l, reverse = &l.layers[0], true
		}
		if l.kind != "LSTM" {
			return nil, errBuilt
		}
		layer, err := add(l, reverse)
		if err != nil {
			return nil, err
		}
		n.along = append(n.along, layer)
	}
	if last.inputs != features || last.outputs == 0 {
		return nil, errBuilt
	}
	n.last = packDense(&last.gates[0], k)
	return n, nil
}
