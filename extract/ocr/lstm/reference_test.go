//go:build cgo && !noocr

package lstm

import (
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/countybudget/extract/extract/ocr"
)

// The network computed as its definition says, in float64, one line, one time step and one output at a time. It shares
// nothing with the kernel but the stored layers and the normalized picture.

func logistic(x float64) float64 { return 1 / (1 + math.Exp(-x)) }

// quantized rounds an activation to a multiple of 1/127, half away from zero, as the network's are stored.
func quantized(x float64) float64 { return math.Round(x*127) / 127 }

// sum is an output of a matrix before its activation.
func (m *matrix) sum(output int, in ...[]float64) float64 {
	row := m.weights[output*(m.inputs+1) : (output+1)*(m.inputs+1)]
	s, i := float64(row[m.inputs]), 0
	for _, v := range slices.Concat(in...) {
		s += float64(row[i]) * v
		i++
	}
	return s * m.scales[output]
}

// lstmOf runs an LSTM layer over a sequence (Hochreiter and Schmidhuber 1997, with forget gates).
func lstmOf(l *layer, in [][]float64) [][]float64 {
	cellInput, inputGate, forgetGate, outputGate := &l.gates[0], &l.gates[1], &l.gates[2], &l.gates[3]
	state, hidden := make([]float64, l.outputs), make([]float64, l.outputs)
	var out [][]float64
	for _, x := range in {
		now := make([]float64, l.outputs)
		for i := range now {
			state[i] = state[i]*logistic(forgetGate.sum(i, x, hidden)) + math.Tanh(cellInput.sum(i, x, hidden))*logistic(inputGate.sum(i, x, hidden))
			now[i] = quantized(math.Tanh(state[i]) * logistic(outputGate.sum(i, x, hidden)))
		}
		hidden = now
		out = append(out, now)
	}
	return out
}

// reference computes the probabilities of a line's time steps, given its normalized picture.
func reference(net *layer, picture []byte, width, height int) [][]float64 {
	convolution, down, softmax := &net.layers[1].layers[1].gates[0], &net.layers[3].layers[0], &net.layers[len(net.layers)-1].gates[0]
	pixel := func(x, y int) float64 { return float64(int8(picture[(x+1)*(height+2)+y+1]-128)) / 127 }
	var steps [][]float64
	for x := 0; x+3 <= width; x += 3 {
		var column [][]float64
		for y := 0; y+3 <= height; y += 3 {
			features := make([]float64, convolution.outputs)
			for i := range features {
				features[i] = math.Inf(-1)
				for k := range 9 { // max pooling
					var around []float64
					for n := range 9 {
						around = append(around, pixel(x+k/3+n/3-1, y+k%3+n%3-1))
					}
					features[i] = max(features[i], quantized(math.Tanh(convolution.sum(i, around))))
				}
			}
			column = append(column, features)
		}
		summary := lstmOf(down, column)
		steps = append(steps, summary[len(summary)-1])
	}
	for i := range net.layers[4 : len(net.layers)-1] {
		l := &net.layers[4+i]
		if l.kind == "RTLReversed" {
			slices.Reverse(steps)
			steps = lstmOf(&l.layers[0], steps)
			slices.Reverse(steps)
		} else {
			steps = lstmOf(l, steps)
		}
	}
	var out [][]float64
	for _, x := range steps {
		p, all := make([]float64, softmax.outputs), 0.0
		for i := range p {
			p[i] = math.Exp(softmax.sum(i, x))
			all += p[i]
		}
		for i := range p {
			p[i] /= all
		}
		out = append(out, p)
	}
	return out
}

// The kernel computes what the definition of the network says. Roundings that fall the other way change a probability a
// little, a swapped gate, another activation or a reversed direction changes them all.
func TestForwardIsTheNetworksDefinition(t *testing.T) {
	const height = 36
	net := randomNetwork(height, 7)
	for _, k := range kinds() {
		built, err := net.build(k)
		if err != nil {
			t.Fatal(err)
		}
		for _, line := range randomLines(height, 60, 33) {
			f := forward{net: built, kind: k}
			var got [][]float32
			f.run([]ocr.Line{line}, func(_ int, probabilities func(int) []float32) {
				for s := range line.Width / pool {
					got = append(got, slices.Clone(probabilities(s)))
				}
			})
			want := reference(net, f.picture, line.Width, height)
			off, n := 0.0, 0
			for s := range want {
				for i := range want[s] {
					d := math.Abs(float64(got[s][i]) - want[s][i])
					off += d
					n++
					if d > 0.1 {
						t.Errorf("instruction set %d, step %d, output %d: %.3f, want %.3f", k, s, i, got[s][i], want[s][i])
					}
				}
			}
			if off/float64(n) > 0.005 {
				t.Errorf("instruction set %d: the probabilities are off by %.4f on average", k, off/float64(n))
			}
		}
	}
}

// constant is a network whose softmax gives one output nearly all of the probability in each time step, whatever the line.
func constant(outputs, which int) *layer {
	l := randomNetwork(36, outputs)
	softmax := &l.layers[len(l.layers)-1].gates[0]
	for i := range softmax.weights {
		softmax.weights[i] = 0
	}
	softmax.weights[which*(softmax.inputs+1)+softmax.inputs] = 100
	for i := range softmax.scales {
		softmax.scales[i] = 0.1
	}
	return l
}

// The blank is the output that the file names, not the last one: it separates characters and is none itself.
func TestBlankIsTheFiles(t *testing.T) {
	for which, want := range map[int]string{0: " ", 1: "", 2: "a", 3: "万", 4: ""} {
		m, err := parseFile(modelFileWith(constant(5, which), [][]int{{0}, {2}, {3}}, 1))
		if err != nil {
			t.Fatal(err)
		}
		found, err := m.newRunner().read(t.Context(), randomLines(36, 60), nil, nil)
		if err != nil {
			t.Fatal(err)
		}
		got := ""
		if len(found[0]) > 0 {
			got = textOf(found[0][0])
		}
		if got != want {
			t.Errorf("output %d in all time steps: %q, want %q", which, got, want)
		}
	}
}

// Between two equal characters there is a blank, so that a network which cannot decide between a label and the blank says more
// than one character only if the blank is the right output.
func TestBlankSeparatesEqualCharacters(t *testing.T) {
	l := constant(5, 2)
	softmax := &l.layers[len(l.layers)-1].gates[0]
	softmax.weights[1*(softmax.inputs+1)+softmax.inputs] = 100 // the blank, as probable as label 2
	m, err := parseFile(modelFileWith(l, [][]int{{0}, {2}, {3}}, 1))
	if err != nil {
		t.Fatal(err)
	}
	found, err := m.newRunner().read(t.Context(), randomLines(36, 60), nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	if got := textOf(found[0][0]); len(got) < 3 || strings.Trim(got, "a") != "" {
		t.Errorf("%q, want several a", got)
	}
}

// Ink and paper become -1 and 1, by the middle row, however gray they are.
func TestLevels(t *testing.T) {
	for _, c := range []struct{ ink, paper byte }{{0, 255}, {60, 200}, {100, 140}} {
		l := ocr.Line{Width: 40, Height: 9, Pix: make([]byte, 40*9)}
		for i := range l.Pix {
			l.Pix[i] = c.paper
			if i%4 == 2 {
				l.Pix[i] = c.ink
			}
		}
		levels := levelsOf(&l, 9)
		if ink, paper := int(levels[c.ink])-128, int(levels[c.paper])-128; ink > -115 || paper < 115 {
			t.Errorf("ink %d becomes %d, paper %d becomes %d", c.ink, ink, c.paper, paper)
		}
	}
}

func TestLinesOfAnotherHeightAreRefused(t *testing.T) {
	m, err := parseFile(modelFile(randomNetwork(36, 5)))
	if err != nil {
		t.Fatal(err)
	}
	for _, l := range []ocr.Line{{Width: 10, Height: 30, Pix: make([]byte, 300)}, {Width: 10, Height: 36, Pix: make([]byte, 10)}, {Width: -1, Height: 36}} {
		if _, err := m.newRunner().read(t.Context(), []ocr.Line{l}, nil, nil); err == nil {
			t.Errorf("a line of %d × %d with %d bytes: no error", l.Width, l.Height, len(l.Pix))
		}
	}
}

// Lines come back in their order whatever their widths are, and an empty one says nothing.
func TestOrderOfLines(t *testing.T) {
	m, err := parseFile(modelFile(randomNetwork(36, 5)))
	if err != nil {
		t.Fatal(err)
	}
	lines := randomLines(36, 90, 60, 45, 30, 12, 0)
	rand.New(rand.NewPCG(1, 2)).Shuffle(len(lines), func(i, j int) { lines[i], lines[j] = lines[j], lines[i] })
	together, err := m.newRunner().read(t.Context(), lines, nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	for i, l := range lines {
		alone, err := m.newRunner().read(t.Context(), []ocr.Line{l}, nil, nil)
		if err != nil {
			t.Fatal(err)
		}
		if l.Width > 0 && (len(alone[0]) != len(together[i]) || textOf(alone[0][0]) != textOf(together[i][0])) ||
			l.Width == 0 && slices.ContainsFunc(together[i], func(c ocr.Candidate) bool { return len(c.Characters) > 0 }) {
			t.Errorf("line %d, %d wide: %v by itself, %v among others", i, l.Width, alone[0], together[i])
		}
	}
}

func textOf(c ocr.Candidate) string {
	s := ""
	for _, l := range c.Characters {
		s += l.Text
	}
	return s
}
