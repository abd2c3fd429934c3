//go:build cgo && !noocr

package lstm

import (
	"slices"

	"github.com/countybudget/extract/extract/ocr"
)

// A batch of lines goes through the network together: in each time step, every line that is long enough has a row of inputs.
// The widest lines come first, so that those that reach a time step are always the first ones.

const (
	batchSize = 24 // lines of a batch at most
	pool      = 3  // pixels of a time step
)

// forward computes the probabilities of labels for batches of lines.
type forward struct {
	net  *network
	kind kind
	memory

	picture       []byte
	pooled        []int8
	from, to      []int8
	rows, deep    []int32
	probabilities []float32
}

// run computes a batch of lines, the widest first, and calls done for each with the probabilities of its time steps, which are
// overwritten after done returns.
func (f *forward) run(lines []ocr.Line, done func(line int, probabilities func(step int) []float32)) {
	n := f.net
	stepsOf := func(l *ocr.Line) int { return l.Width / pool }
	steps := stepsOf(&lines[0])
	if steps == 0 {
		return
	}
	f.rows = f.rows[:0]
	for t := range steps {
		at, _ := slices.BinarySearchFunc(lines, t, func(l ocr.Line, t int) int {
			if stepsOf(&l) > t {
				return -1
			}
			return 1
		})
		f.rows = append(f.rows, int32(at))
	}
	batch := len(lines)
	wide := n.down.states
	for i := range n.along {
		wide = max(wide, n.along[i].states)
	}
	f.from, f.to = sized(f.from, steps*batch*wide), sized(f.to, steps*batch*wide)
	for i := range lines {
		if stepsOf(&lines[i]) > 0 {
			f.features(&lines[i], series{f.from[i*n.down.states:], 0, batch * n.down.states})
		}
	}
	width := n.down.states
	for i := range n.along {
		l := &n.along[i]
		l.run(f.kind, &f.memory, series{f.from, batch * width, width}, series{f.to, batch * l.states, l.states}, f.rows, batch)
		f.from, f.to = f.to, f.from
		width = l.states
	}
	f.probabilities = sized(f.probabilities, steps*batch*n.last.width)
	for t, rows := range f.rows {
		at := t * batch
		n.last.run(f.kind, &f.memory, f.from[at*width:], int(rows), f.probabilities[at*n.last.width:])
	}
	for i := range lines {
		done(i, func(t int) []float32 {
			at := (t*batch + i) * n.last.width
			return f.probabilities[at : at+n.last.outputs]
		})
	}
}

// features computes the layers that work on each line alone, up to the LSTM that runs down the columns of the picture: for that
// one, the columns are the rows and the steps go down.
func (f *forward) features(l *ocr.Line, out series) {
	n, height, count := f.net, f.net.height, l.Width/pool
	f.draw(l)
	f.pooled = sized(f.pooled, count*(height/pool)*lanes)
	n.front.run(f.kind, f.picture, height, l.Width, f.pooled)
	steps := height / pool
	f.deep = f.deep[:0]
	for range steps {
		f.deep = append(f.deep, int32(count))
	}
	n.down.run(f.kind, &f.memory, series{f.pooled, lanes, steps * lanes}, out, f.deep, count)
}

// draw writes a line's pixels column by column, ink scaled to -1 and paper to 1, with a margin of one pixel of noise, which is what
// Tesseract trains and reads with.
func (f *forward) draw(l *ocr.Line) {
	height := f.net.height
	column := height + 2
	f.picture = sized(f.picture, column*(l.Width+2)+4)
	seed := uint64(1)
	for i := range f.picture {
		seed = seed*6364136223846793005 + 1442695040888963407
		f.picture[i] = byte(1 + (seed>>33)%255)
	}
	levels := levelsOf(l, height)
	for y := range height {
		for x, v := range l.Pix[y*l.Width : (y+1)*l.Width] {
			f.picture[(x+1)*column+y+1] = levels[v]
		}
	}
}

// levelsOf maps gray values to activations plus 128. The value of ink is the first quartile of the local minima of the middle row,
// that of paper the third quartile of its local maxima (as Tesseract's NormalizedPix does).
func levelsOf(l *ocr.Line, height int) (levels [256]byte) {
	row := l.Pix[height/2*l.Width : (height/2+1)*l.Width]
	var dark, light [256]int
	for x := 1; x+1 < len(row); x++ {
		before, v, after := row[x-1], row[x], row[x+1]
		if v < before && v <= after || v <= before && v < after {
			dark[v]++
		}
		if v > before && v >= after || v >= before && v > after {
			light[v]++
		}
	}
	ink, paper := quantile(&dark, 0.25, 0), quantile(&light, 0.75, 255)
	contrast := (paper - ink) / 2
	if contrast <= 0 {
		contrast = 1
	}
	for v := range levels {
		x := (float64(v)-ink)/contrast - 1
		levels[v] = byte(128 + int(max(-127, min(127, 128*x))))
	}
	return levels
}

// quantile is the interpolated q-quantile of counted values; none where nothing was counted.
func quantile(counts *[256]int, q float64, none float64) float64 {
	all := 0
	for _, n := range counts {
		all += n
	}
	if all == 0 {
		return none
	}
	target := max(1, q*float64(all))
	sum := 0
	for v, n := range counts {
		if sum += n; float64(sum) >= target {
			return float64(v) + 1 - (float64(sum)-target)/float64(n)
		}
	}
	return none
}
