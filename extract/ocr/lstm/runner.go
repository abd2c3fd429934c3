//go:build cgo && !noocr

package lstm

import (
	"context"
	"fmt"
	"slices"

	"github.com/countybudget/extract/extract/ocr"
	"github.com/countybudget/extract/extract/ocr/ctc"
)

// runner reads lines with one model. It is for one goroutine; its scratch memory grows with what it reads.
type runner struct {
	model *model
	forward
	decoder ctc.Decoder
}

func (m *model) newRunner() *runner {
	return &runner{model: m, forward: forward{net: m.net, kind: m.kind}, decoder: ctc.Decoder{Alphabet: m.alphabet, Step: pool}}
}

// read reads lines as ocr.Recognizer says, in batches of lines of similar width, the widest first.
func (r *runner) read(ctx context.Context, lines []ocr.Line, allowed ctc.LabelSet, suggest ocr.Suggest) ([][]ocr.Candidate, error) {
	const mostPixels = 36000 // of a batch: lines times the width of the widest
	out := make([][]ocr.Candidate, len(lines))
	order := make([]int, len(lines))
	for i := range order {
		order[i] = i
		if l := &lines[i]; l.Width < 0 || l.Height != r.model.height() || len(l.Pix) != l.Width*l.Height {
			return nil, fmt.Errorf("a line of %d × %d pixels with %d bytes, where the network reads lines %d high", l.Width, l.Height, len(l.Pix), r.model.height())
		}
	}
	slices.SortStableFunc(order, func(a, b int) int { return lines[b].Width - lines[a].Width })
	r.decoder.Allowed = allowed
	for len(order) > 0 {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		n := min(len(order), batchSize, max(1, mostPixels/max(1, lines[order[0]].Width)))
		batch := make([]ocr.Line, n)
		for i := range batch {
			batch[i] = lines[order[i]]
		}
		now := order[:n]
		r.forward.run(batch, func(i int, probabilities func(int) []float32) {
			steps := batch[i].Width / pool
			found := r.decoder.Decode(steps, probabilities)
			if suggest != nil && len(found) > 0 {
				found = r.decoder.Weigh(found, steps, probabilities, func(text string) []string { return suggest(now[i], text) })
			}
			out[now[i]] = found
		})
		order = order[n:]
	}
	return out, nil
}
