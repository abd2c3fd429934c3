//go:build cgo && !noocr

package lstm

import (
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/countybudget/extract/extract/ocr"
)

// randomMatrix is weights of outputs × (inputs + 1).
func randomMatrix(r *rand.Rand, inputs, outputs int) matrix {
	m := matrix{outputs: outputs, inputs: inputs, weights: make([]int8, outputs*(inputs+1)), scales: make([]float64, outputs)}
	for i := range m.weights {
		m.weights[i] = int8(r.IntN(255) - 127)
		if r.IntN(50) == 0 {
			m.weights[i] = int8(127 - 254*r.IntN(2))
		}
	}
	for i := range m.scales {
		m.scales[i] = 0.001 + 0.02*r.Float64()
	}
	return m
}

// randomNetwork is a recognizer of the usual form, with random weights, as a file describes it.
func randomNetwork(height, labels int) *layer {
	r := rand.New(rand.NewPCG(3, 4))
	recurrent := func(kind string, inputs, states int) layer {
		l := layer{kind: kind, inputs: inputs, outputs: states}
		for range 4 {
			l.gates = append(l.gates, randomMatrix(r, inputs+states, states))
		}
		return l
	}
	return &layer{kind: "Series", layers: []layer{
		{kind: "Input", shape: [5]int32{1, int32(height), 0, 1, 0}},
		{kind: "Series", layers: []layer{
			{kind: "Convolve", inputs: 1, outputs: 9, size: [2]int32{1, 1}},
			{kind: "Tanh", inputs: 9, outputs: lanes, gates: []matrix{randomMatrix(r, 9, lanes)}},
		}},
		{kind: "Maxpool", inputs: lanes, outputs: lanes, size: [2]int32{3, 3}},
		{kind: "XYTranspose", layers: []layer{recurrent("SummLSTM", lanes, 48)}},
		recurrent("LSTM", 48, 96),
		{kind: "RTLReversed", layers: []layer{recurrent("LSTM", 96, 96)}},
		recurrent("LSTM", 96, 32),
		{kind: "Softmax", inputs: 32, outputs: labels, gates: []matrix{randomMatrix(r, 32, labels)}},
	}}
}

// randomLines are pictures of noise, the widest first.
func randomLines(height int, widths ...int) []ocr.Line {
	r := rand.New(rand.NewPCG(5, 6))
	var out []ocr.Line
	for _, w := range widths {
		l := ocr.Line{Width: w, Height: height, Pix: make([]byte, w*height)}
		for i := range l.Pix {
			l.Pix[i] = byte(r.IntN(256))
		}
		out = append(out, l)
	}
	return out
}

// kinds are the instruction sets that this processor has.
func kinds() []kind {
	out := []kind{plain}
	for _, k := range []kind{avx2, vnni} {
		if k <= bestKind() {
			out = append(out, k)
		}
	}
	return out
}

// probabilities runs lines through a network.
func probabilities(t *testing.T, k kind, lines []ocr.Line) [][]float32 {
	t.Helper()
	n, err := randomNetwork(36, 111).build(k)
	if err != nil {
		t.Fatal(err)
	}
	f := forward{net: n, kind: k}
	out := make([][]float32, len(lines))
	f.run(lines, func(i int, probabilities func(int) []float32) {
		for c := range lines[i].Width / pool {
			out[i] = append(out[i], probabilities(c)...)
		}
	})
	return out
}

func TestKindsAgree(t *testing.T) {
	if len(kinds()) == 1 {
		t.Skip("this processor has neither AVX2 nor AVX-512")
	}
	lines := randomLines(36, 200, 200, 190, 100, 64, 50, 33, 30, 12, 5, 3)
	want := probabilities(t, plain, lines)
	for _, k := range kinds()[1:] {
		for i, got := range probabilities(t, k, lines) {
			if !slices.Equal(got, want[i]) {
				t.Errorf("kind %d: line %d has other probabilities than with the plain code", k, i)
			}
		}
	}
}

// A line has the same probabilities whatever is in its batch.
func TestBatches(t *testing.T) {
	lines := randomLines(36, 200, 120, 119, 60, 9)
	together := probabilities(t, bestKind(), lines)
	for i, l := range lines {
		if alone := probabilities(t, bestKind(), []ocr.Line{l}); !slices.Equal(alone[0], together[i]) {
			t.Errorf("line %d by itself has other probabilities", i)
		}
	}
}

func TestProbabilitiesSumToOne(t *testing.T) {
	for i, line := range probabilities(t, bestKind(), randomLines(36, 90, 30)) {
		for c := range len(line) / 111 {
			sum := float32(0)
			for _, p := range line[c*111 : (c+1)*111] {
				sum += p
			}
			if sum < 0.999 || sum > 1.001 {
				t.Errorf("line %d, time step %d: the probabilities add up to %v", i, c, sum)
			}
		}
	}
}

func BenchmarkForward(b *testing.B) {
	lines := randomLines(36, slices.Repeat([]int{90}, batchSize)...)
	for _, k := range kinds() {
		b.Run([]string{"plain", "avx2", "vnni"}[k], func(b *testing.B) {
			n, err := randomNetwork(36, 111).build(k)
			if err != nil {
				b.Fatal(err)
			}
			f := forward{net: n, kind: k}
			for b.Loop() {
				f.run(lines, func(int, func(int) []float32) {})
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*len(lines)*30), "ns/step")
		})
	}
}
