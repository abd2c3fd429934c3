//go:build cgo && !noocr

package lstm

import (
	"encoding/binary"
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/countybudget/extract/extract/ocr"
	"github.com/countybudget/extract/extract/ocr/ctc"
	"github.com/countybudget/extract/extract/ocr/traineddata"
)

// writer writes what reader reads.
type writer struct{ data []byte }

func (w *writer) byte(v byte) { w.data = append(w.data, v) }

func (w *writer) int32(v int) { w.data = binary.LittleEndian.AppendUint32(w.data, uint32(v)) }

func (w *writer) uint64(v uint64) { w.data = binary.LittleEndian.AppendUint64(w.data, v) }

func (w *writer) string(s string) {
	w.int32(len(s))
	w.data = append(w.data, s...)
}

func (w *writer) matrix(m *matrix) {
	w.byte(modeBytes | modeDoubles)
	w.int32(m.outputs)
	w.int32(m.inputs + 1)
	w.byte(0)
	for _, v := range m.weights {
		w.byte(byte(v))
	}
	w.int32(len(m.scales))
	for _, s := range m.scales {
		w.uint64(math.Float64bits(s))
	}
}

func (w *writer) layer(l *layer) {
	w.byte(0)
	w.string(l.kind)
	w.byte(0)
	w.byte(0)
	w.int32(0)
	w.int32(l.inputs)
	w.int32(l.outputs)
	w.int32(0)
	w.string("")
	switch l.kind {
	case "Series", "XYTranspose", "RTLReversed":
		w.int32(len(l.layers))
		for i := range l.layers {
			w.layer(&l.layers[i])
		}
	case "Input":
		for _, v := range l.shape {
			w.int32(int(v))
		}
	case "Convolve", "Maxpool":
		w.int32(int(l.size[0]))
		w.int32(int(l.size[1]))
	case "LSTM", "SummLSTM":
		w.int32(l.inputs + l.outputs)
		fallthrough
	default:
		for i := range l.gates {
			w.matrix(&l.gates[i])
		}
	}
}

// modelFile is a file with a network and an alphabet of three characters, encoded by the labels 0, 1 and 2 3; the blank is 4.
func modelFile(l *layer) []byte { return modelFileWith(l, [][]int{{0}, {1}, {2, 3}}, 4) }

func parseFile(data []byte) (*model, error) {
	f, err := traineddata.Parse(data)
	if err != nil {
		return nil, err
	}
	return parse(f, bestKind())
}

// modelFileWith has other labels and another blank.
func modelFileWith(l *layer, encodings [][]int, blank int) []byte {
	const version = 23 // the component
	var net, recoder, file writer
	net.layer(l)
	net.string("")
	net.data = append(net.data, make([]byte, 3*4)...)
	net.int32(blank)
	recoder.int32(3)
	for _, encoding := range encodings {
		recoder.byte(1)
		recoder.int32(len(encoding))
		for _, label := range encoding {
			recoder.int32(label)
		}
	}
	parts := map[int][]byte{
		traineddata.Network: net.data, traineddata.Unicharset: []byte("3\nNULL 0\na 3\n万 1\n"), traineddata.Recoder: recoder.data, version: []byte("4.00:x\n"),
	}
	file.int32(version + 1)
	at := 4 + 8*(version+1)
	for i := range version + 1 {
		if parts[i] == nil {
			file.uint64(math.MaxUint64)
			continue
		}
		file.uint64(uint64(at))
		at += len(parts[i])
	}
	for i := range version + 1 {
		file.data = append(file.data, parts[i]...)
	}
	return file.data
}

func TestParse(t *testing.T) {
	m, err := parseFile(modelFile(randomNetwork(36, 5)))
	if err != nil {
		t.Fatal(err)
	}
	if m.height() != 36 || m.name != "4.00:x" {
		t.Errorf("height %d, name %q", m.height(), m.name)
	}
	if c := m.alphabet.Labels("万"); !slices.Equal(c, ctc.LabelSet{false, false, true, true}) {
		t.Errorf("万 is encoded by %v", c)
	}
	lines := randomLines(36, 90, 30, 2)
	read, err := m.newRunner().read(t.Context(), lines, nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	for i, found := range read {
		for _, c := range found {
			for _, l := range c.Characters {
				if l.X < 0 || int(l.X) >= lines[i].Width || l.Probability < 0 || l.Probability > 1 || !strings.Contains(" a万", l.Text) {
					t.Errorf("line %d: %+v", i, l)
				}
			}
		}
	}
}

func TestParseRefuses(t *testing.T) {
	changed := func(change func(*layer)) []byte {
		l := randomNetwork(36, 5)
		change(l)
		return modelFile(l)
	}
	good := modelFile(randomNetwork(36, 5))
	for _, c := range []struct {
		name, want string
		data       []byte
	}{
		{"nothing", "not a traineddata file", nil},
		{"text", "not a traineddata file", []byte(strings.Repeat("no such thing ", 20))},
		{"half a file", "outside the file", good[:len(good)/2]},
		{"height", "another way", changed(func(l *layer) { l.layers[0].shape[1] = 37 })},
		{"color", "another way", changed(func(l *layer) { l.layers[0].shape[3] = 3 })},
		{"unknown layer", `"Maxout"`, changed(func(l *layer) { l.layers[2].kind = "Maxout" })},
		{"order", "another way", changed(func(l *layer) { l.layers[2], l.layers[3] = l.layers[3], l.layers[2] })},
		{"layers that do not fit", "another way", changed(func(l *layer) { l.layers[4] = l.layers[6] })},
		{"scale", "a scale of", changed(func(l *layer) { l.layers[4].gates[1].scales[3] = math.NaN() })},
		{"weight", "a weight of -128", changed(func(l *layer) { l.layers[4].gates[1].weights[3] = -128 })},
		{"labels", "the CTC blank", changed(func(l *layer) { *l = *randomNetwork(36, 3) })},
	} {
		if _, err := parseFile(c.data); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v", c.name, err)
		}
	}
}

func FuzzParse(f *testing.F) {
	good := modelFile(randomNetwork(36, 5))
	f.Add(good)
	f.Add(good[:300])
	f.Add([]byte{})
	f.Fuzz(func(t *testing.T, data []byte) {
		m, err := parseFile(data)
		if err != nil {
			return
		}
		m.newRunner().read(t.Context(), []ocr.Line{{Width: 31, Height: m.height(), Pix: make([]byte, 31*m.height())}}, nil, func(int, string) []string { return []string{"a", "万a", "x"} })
	})
}
