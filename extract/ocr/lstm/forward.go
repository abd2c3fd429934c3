//go:build cgo && !noocr

package lstm

import "slices"

// Lines of like width are read side by side: at a step of a layer along the columns, each line has its column there. The
// widest come first, so that those that reach a column are always the first ones.

const (
	sideBySide = 24 // lines read at once at the most
	pool       = 3  // pixels of a column
)

// forward is what a network makes of some lines.
type forward struct {
	net  *network
	kind kind
	memory

	picture    []byte
	features   []int8
	from, to   []int8
	rows, deep []int32
	odds       []float32
}

// run reads lines, the widest first, and calls done for each with the probabilities of its columns, one after the other,
// row bytes apart in the sense of net.last.width. They are valid until done returns.
func (f *forward) run(lines []Line, done func(line int, odds func(column int) []float32)) {
	n := f.net
	columns := func(l *Line) int { return l.Width / pool }
	steps := columns(&lines[0])
	if steps == 0 {
		return
	}
	f.rows = f.rows[:0]
	for t := range steps {
		at, _ := slices.BinarySearchFunc(lines, t, func(l Line, t int) int {
			if columns(&l) > t {
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
		if columns(&lines[i]) > 0 {
			f.columns(&lines[i], series{f.from[i*n.down.states:], 0, batch * n.down.states})
		}
	}
	width := n.down.states
	for i := range n.along {
		l := &n.along[i]
		l.run(f.kind, &f.memory, series{f.from, batch * width, width}, series{f.to, batch * l.states, l.states}, f.rows, batch)
		f.from, f.to = f.to, f.from
		width = l.states
	}
	f.odds = sized(f.odds, steps*batch*n.last.width)
	for t, rows := range f.rows {
		at := t * batch
		n.last.run(f.kind, &f.memory, f.from[at*width:], int(rows), f.odds[at*n.last.width:])
	}
	for i := range lines {
		done(i, func(t int) []float32 {
			at := (t*batch + i) * n.last.width
			return f.odds[at : at+n.last.outputs]
		})
	}
}

// columns brings one line to the features of its columns: its rows are the columns, its steps go down.
func (f *forward) columns(l *Line, out series) {
	n, height, count := f.net, f.net.height, l.Width/pool
	f.draw(l)
	f.features = sized(f.features, count*(height/pool)*lanes)
	n.front.run(f.kind, f.picture, height, l.Width, f.features)
	steps := height / pool
	f.deep = f.deep[:0]
	for range steps {
		f.deep = append(f.deep, int32(count))
	}
	n.down.run(f.kind, &f.memory, series{f.features, lanes, steps * lanes}, out, f.deep, count)
}

// draw lays a line out column by column, its ink and its paper brought to -1 and 1, with a pixel of paper around it.
func (f *forward) draw(l *Line) {
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

// levelsOf brings grays to activations, 128 added. What is ink and what is paper is told by the row in the middle: ink is
// darker than all but a quarter of its darkest places, paper lighter than three quarters of its lightest.
func levelsOf(l *Line, height int) (levels [256]byte) {
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

// quantile is the value below which the part q of what was counted lies.
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
