package table

import (
	"math"
	"sort"
	"strings"

	"github.com/countybudget/extract/extract/model"
	"github.com/countybudget/extract/extract/table/lattice"
	"github.com/countybudget/extract/extract/wording"
)

// endColumns are the columns' borders that the ends of the drawn pieces give: positions at which pieces end on at least
// half of the stack's rules. A stack whose rules were drawn in one piece has only its sides.
func endColumns(st *stack, pieces []lattice.Span, s Settings) []float64 {
	top, bottom := st.rules[0].At-s.Snap, st.rules[len(st.rules)-1].At+s.Snap
	type end struct{ x, y float64 }
	var ends []end
	heights := map[int]bool{}
	for _, p := range pieces {
		if p.At < top || p.At > bottom || p.Hi < st.lo-6 || p.Lo > st.hi+6 {
			continue
		}
		heights[int(math.Round(p.At/s.Snap))] = true
		ends = append(ends, end{p.Lo, p.At}, end{p.Hi, p.At})
	}
	sort.Slice(ends, func(i, j int) bool { return ends[i].x < ends[j].x || ends[i].x == ends[j].x && ends[i].y < ends[j].y })
	xs := []float64{st.lo}
	for i := 0; i < len(ends); {
		j, sum := i, 0.0
		at := map[int]bool{}
		for j < len(ends) && ends[j].x-ends[i].x <= s.Snap*1.5 {
			at[int(math.Round(ends[j].y/s.Snap))] = true
			sum += ends[j].x
			j++
		}
		x := sum / float64(j-i)
		if len(at)*2 >= len(heights) && x > xs[len(xs)-1]+1.6*s.Snap && x < st.hi-1.6*s.Snap {
			xs = append(xs, x)
		}
		i = j
	}
	return append(xs, st.hi)
}

// gapColumns finds the columns' borders in white space. The texts of the rows below data are projected on the x axis; a border
// runs where hardly any of them stands. Texts of the header that stand over no column are columns without data.
func gapColumns(lo, hi, data float64, lines [][]model.Word) []float64 {
	const least = 2 // points of white space between two columns
	n := int(math.Ceil(hi-lo)) + 1
	if n < 3 || n > 20000 {
		return nil
	}
	cover := make([]int, n)
	rows := 0
	size := 10.0
	var headers []model.Rect
	var names []model.Word
	for _, row := range lines {
		if row[0].Box.Center().Y < data {
			if !countsColumns(row) { // a column's number is set in its middle, away from both name and figures
				headers = append(headers, phrases(row)...)
				names = append(names, row...)
			}
			continue
		}
		rows++
		size = row[0].Em()
		for _, b := range phrases(row) {
			if b.Width() > 0.6*(hi-lo) {
				continue
			}
			for x := max(0, int(b.X0-lo)); x <= min(n-1, int(b.X1-lo)); x++ {
				cover[x]++
			}
		}
	}
	allow := rows / 20
	var cols []run
	for x := 0; x < n; x++ {
		if cover[x] <= allow {
			continue
		}
		v := lo + float64(x)
		if k := len(cols); k > 0 && v-cols[k-1].hi <= math.Max(least, 0.3*size) {
			cols[k-1].hi = v
			continue
		}
		cols = append(cols, run{v, v})
	}
	cols = underHeaders(cols, headers, 0.4*(hi-lo))
	if len(cols) < 2 || len(cols) > 60 {
		return nil
	}
	xs := []float64{math.Min(lo, cols[0].lo)}
	for i := 1; i < len(cols); i++ {
		x, ok := touching(lines, data, (cols[i-1].lo+cols[i-1].hi)/2, (cols[i].lo+cols[i].hi)/2)
		if !ok {
			x = quietest(cols[i-1].hi, cols[i].lo, names)
		}
		xs = append(xs, x)
	}
	return append(xs, math.Max(hi, cols[len(cols)-1].hi))
}

// touching is the place between lo and hi at which the amounts of two columns touch in most of the rows below data: no white
// space is left between such columns, and their names do not tell how wide their amounts are.
func touching(lines [][]model.Word, data, lo, hi float64) (x float64, ok bool) {
	const apart, slip = 0.3, 0.3 // ems: amounts this close touch; their borders differ by no more from row to row
	var at []float64
	size, rows := 0.0, 0
	for _, row := range lines {
		if row[0].Box.Center().Y < data {
			continue
		}
		rows++
		for i := 1; i < len(row); i++ {
			a, b := row[i-1].Box.X1, row[i].Box.X0
			if m := (a + b) / 2; m > lo && m < hi && b-a < apart*row[i].Em() && wholeAmount(row[i-1].Text) && wholeAmount(row[i].Text) {
				at, size = append(at, m), row[i].Em()
			}
		}
	}
	sort.Float64s(at)
	if len(at) < 2 || len(at)*2 <= rows || at[len(at)-1]-at[0] > slip*size {
		return 0, false
	}
	return at[len(at)/2], true
}

// quietest is the place between two columns where a border disturbs the header least: the middle if no name stands there,
// otherwise the widest gap between letters of the names there.
func quietest(lo, hi float64, names []model.Word) float64 {
	middle := (lo + hi) / 2
	best, widest := middle, 0.0
	for i := range names {
		w := &names[i]
		if w.Box.X0 > hi || w.Box.X1 < lo || len(names) > 500 {
			continue
		}
		for k := 1; k < len(w.Glyphs); k++ {
			a, b := w.Glyphs[k-1].Box.X1, w.Glyphs[k].Box.X0
			if x := (a + b) / 2; x > lo && x < hi && b-a > widest+0.05*w.Em() {
				best, widest = x, b-a
			}
		}
		for _, x := range []float64{w.Box.X0 - 0.5, w.Box.X1 + 0.5} { // beside a name is better than through it
			if x > lo && x < hi && widest < 0.3*w.Em() && !reaches(names, x) {
				best, widest = x, 0.3*w.Em()
			}
		}
	}
	if !reaches(names, middle) {
		return middle
	}
	return best
}

// reaches reports whether some word extends across x.
func reaches(words []model.Word, x float64) bool {
	for i := range words {
		if words[i].Box.X0 < x && words[i].Box.X1 > x {
			return true
		}
	}
	return false
}

// run is the extent of a column's texts.
type run struct{ lo, hi float64 }

func (r run) meets(b model.Rect) bool { return b.X0 < r.hi+1 && r.lo-1 < b.X1 }

// underHeaders adds the texts of the header that stand over no column's data. A text near a column without a name is its name
// (names are often set to the left and figures to the right); elsewhere it is a column without data. Texts wider than widest
// name several columns and are left out.
func underHeaders(cols []run, headers []model.Rect, widest float64) []run {
	if len(headers) > 500 {
		return cols
	}
	for _, h := range headers {
		if h.Width() > widest || over(cols, h) >= 0 {
			continue
		}
		right := sort.Search(len(cols), func(i int) bool { return cols[i].lo > h.X0 })
		best, gap := -1, math.Inf(1)
		for _, i := range []int{right - 1, right} {
			if i < 0 || i >= len(cols) || named(cols[i], headers) {
				continue
			}
			if d := math.Max(cols[i].lo-h.X1, h.X0-cols[i].hi); d < gap {
				best, gap = i, d
			}
		}
		if best >= 0 && gap < 60 {
			cols[best] = run{math.Min(cols[best].lo, h.X0), math.Max(cols[best].hi, h.X1)}
			continue
		}
		cols = append(cols, run{})
		copy(cols[right+1:], cols[right:])
		cols[right] = run{h.X0, h.X1}
	}
	return cols
}

// over is the first column whose texts stand under a header's text, -1 for none.
func over(cols []run, h model.Rect) int {
	for i := range cols {
		if cols[i].meets(h) {
			return i
		}
	}
	return -1
}

func named(c run, headers []model.Rect) bool {
	for _, h := range headers {
		if c.meets(h) {
			return true
		}
	}
	return false
}

// wholeAmount reports whether a text is a number with its decimals: a number after it is in another cell.
func wholeAmount(text string) bool { return wording.IsNumber(text) && strings.Contains(text, ".") }

// phrases joins the words of a line that are as close as words of one cell, such as spaced letters. The limit is lower between
// a number and a name, and after an amount with decimals.
func phrases(row []model.Word) []model.Rect {
	var out []model.Rect
	for i := range row {
		b := row[i].Box
		near := 0.8
		if i > 0 && (wording.IsNumber(row[i-1].Text) != wording.IsNumber(row[i].Text) || wholeAmount(row[i-1].Text) && wording.IsNumber(row[i].Text)) {
			near = 0.3
		}
		if n := len(out); n > 0 && b.X0-out[n-1].X1 < near*row[i].Em() && b.X0 >= out[n-1].X0 {
			out[n-1] = out[n-1].Union(b)
			continue
		}
		out = append(out, b)
	}
	return out
}
