//go:build cgo && !noocr

package ppocr

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"os"
	goruntime "runtime"

	ort "github.com/yalue/onnxruntime_go"

	"github.com/countybudget/extract/extract/ocr/ctc"
)

// The names of the model's input and output.
const input, output = "x", "fetch_name_0"

// network is a loaded model. It does not change and serves any number of goroutines: the runtime computes in the thread that
// calls it.
type network struct {
	session  *ort.DynamicAdvancedSession
	alphabet *ctc.Alphabet
	han      []int  // the labels of Chinese characters
	labels   int    // outputs of a time step
	sum      string // the first digits of the file's SHA-256
}

// loadNetwork loads a model.
func loadNetwork(path string) (*network, error) {
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	options, err := sessionOptions()
	if err != nil {
		return nil, err
	}
	defer options.Destroy()
	n := &network{sum: fmt.Sprintf("%.4x", sha256.Sum256(data))}
	if n.session, err = ort.NewDynamicAdvancedSessionWithONNXData(data, []string{input}, []string{output}, options); err != nil {
		return nil, err
	}
	if err := n.describe(); err != nil {
		return nil, errors.Join(err, n.session.Destroy())
	}
	return n, nil
}

// sessionOptions are for one thread, whose results are the same each time, and for memory that is given back after each line:
// their widths differ.
func sessionOptions() (*ort.SessionOptions, error) {
	o, err := ort.NewSessionOptions()
	if err != nil {
		return nil, err
	}
	err = errors.Join(o.SetIntraOpNumThreads(1), o.SetInterOpNumThreads(1), o.SetCpuMemArena(false), o.SetMemPattern(false),
		o.SetGraphOptimizationLevel(ort.GraphOptimizationLevelEnableAll), o.SetLogSeverityLevel(ort.LoggingLevelFatal))
	if err != nil {
		return nil, errors.Join(err, o.Destroy())
	}
	return o, nil
}

// describe finds out what the network's outputs are, and compares that with its list of characters.
func (n *network) describe() error {
	const steps = narrow / step
	outputs := []ort.Value{nil}
	err := n.call(make([]float32, channels*height*narrow), func(in ort.Value) error { return n.session.Run([]ort.Value{in}, outputs) })
	if err != nil {
		return err
	}
	defer outputs[0].Destroy()
	shape := outputs[0].GetShape()
	if _, ok := outputs[0].(*ort.Tensor[float32]); !ok || len(shape) != 3 || shape[1] != steps || shape[2] < 3 || shape[2] > mostCharacters+2 {
		return fmt.Errorf("its output is %T %v, not that of a model of lines", outputs[0], shape)
	}
	n.labels = int(shape[2])
	meta, err := n.session.GetModelMetadata()
	if err != nil {
		return err
	}
	defer meta.Destroy()
	text, ok, err := meta.LookupCustomMetadataMap("character")
	if err != nil || !ok {
		return errors.Join(errors.New("it has no list of characters"), err)
	}
	n.han = hanLabels(text)
	n.alphabet, err = readDictionary(text, n.labels)
	return err
}

// run computes the probabilities of the labels in each time step of a picture, one step after the other, into a slice that is
// large enough for them.
func (n *network) run(picture, probabilities []float32) error {
	steps := len(picture) / (channels * height * step)
	var pinner goruntime.Pinner
	defer pinner.Unpin()
	pinner.Pin(&probabilities[0])
	out, err := ort.NewTensor(ort.NewShape(1, int64(steps), int64(n.labels)), probabilities)
	if err != nil {
		return err
	}
	defer out.Destroy()
	return n.call(picture, func(in ort.Value) error { return n.session.Run([]ort.Value{in}, []ort.Value{out}) })
}

// call calls f with a picture. The runtime reads it in place, so that it must not move.
func (n *network) call(picture []float32, f func(ort.Value) error) error {
	var pinner goruntime.Pinner
	defer pinner.Unpin()
	pinner.Pin(&picture[0])
	in, err := ort.NewTensor(ort.NewShape(1, channels, height, int64(len(picture)/(channels*height))), picture)
	if err != nil {
		return err
	}
	defer in.Destroy()
	return f(in)
}
