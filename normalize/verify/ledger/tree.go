package ledger

// The tree of a block's rows. Rows are read from the last to the first, so that what follows a row is whole subtrees: the row
// includes as many of them as add up to it in nearly all columns, where its signs allow it. Totals below their parts are read
// afterwards, from the first to the last. Several readings are tried; the printed totals judge between them (package file
// judge.go).

// reading is how freely the amounts may nest rows of which no sign says anything.
type reading struct {
	indent bool // the indentation is a sign
	loose  int  // 0: two columns agree; 1: one, over two rows or more; 2: a single row that has parts, too; 3: any row
	partly bool // rows deeper than one that they do not add up to are some of its parts, and set apart
}

// tree is what includes what, by row.
type tree struct {
	parent []int32
	apart  []bool
	whole  []bool // rows that include others
}

// maxSteps bounds the rows that one row is compared with, and stepsEach how many on average.
const (
	maxSteps  = 400
	stepsEach = 96
)

// telling is how many units of its last place an amount has for which a sum that is off by its rounding is evidence.
const telling = 100

// reader reads the tree of one block.
type reader struct {
	l *Ledger
	b *block
	reading
	tree
	end      []int32 // the row behind a row's subtree
	value    []int64 // by row and column: the row's amount, or where it has none that of its parts
	has      []bool
	negative []bool // by column: it has negative amounts
	sum      []int64
	units    []int64
	seen     []bool
	steps    int
}

func (l *Ledger) readTree(b *block, how reading) tree {
	n, k := len(b.rows), len(b.cols)
	r := &reader{l: l, b: b, reading: how, tree: tree{make([]int32, n), make([]bool, n), make([]bool, n)}, end: make([]int32, n),
		value: make([]int64, n*k), has: make([]bool, n*k), negative: make([]bool, k),
		sum: make([]int64, k), units: make([]int64, k), seen: make([]bool, k), steps: stepsEach * n}
	for i := range r.parent {
		r.parent[i] = -1
	}
	for s, i := range b.at {
		if i >= 0 {
			r.value[s], r.has[s] = l.Figures[i].Fen, true
			r.negative[s%k] = r.negative[s%k] || l.Figures[i].Fen < 0
		}
	}
	for i := n - 1; i >= 0; i-- {
		r.nestBelow(i)
		r.fillBlank(i)
	}
	r.nestAbove()
	return r.tree
}

func (r *reader) isTotal(i int) bool { return r.l.isTotal(r.b.rows[i].line) }

// fillBlank gives a row without an amount, in a column, what its parts add up to.
func (r *reader) fillBlank(i int) {
	k := len(r.b.cols)
	for j := i + 1; j < int(r.end[i]); j = int(r.end[j]) {
		if r.apart[j] {
			continue
		}
		for c := range k {
			if r.has[j*k+c] && r.b.at[i*k+c] < 0 {
				r.value[i*k+c] += r.value[j*k+c]
				r.has[i*k+c] = true
			}
		}
	}
}

func (r *reader) clear() {
	for c := range r.sum {
		r.sum[c], r.units[c], r.seen[c] = 0, 0, false
	}
}

// count adds row j to the sums.
func (r *reader) count(j int) {
	k := len(r.b.cols)
	for c := range k {
		if !r.has[j*k+c] || r.apart[j] {
			continue
		}
		r.seen[c] = true
		if v := r.value[j*k+c]; v != 0 {
			r.sum[c] += v
			if i := r.b.at[j*k+c]; i >= 0 {
				r.units[c] += r.l.Figures[i].Unit
			}
		}
	}
}

// fit is how the sums compare with a row, over the columns: those that say nothing (blank, all 0) are in neither.
type fit struct {
	hits, misses int
	over         int  // columns without negative amounts of which the sum is too large already
	within       bool // in no column too large
}

func (f fit) good() bool { return f.hits > 0 && 3*f.misses <= f.hits }

// likely is good enough where a sign or the name of a total says the same.
func (f fit) likely() bool { return f.hits > 0 && f.misses <= f.hits }

// better orders fits: by what holds less what does not.
func (f fit) better(g fit) bool { return f.hits-3*f.misses > g.hits-3*g.misses }

func (r *reader) compare(i int) fit {
	out := fit{within: true}
	k := len(r.b.cols)
	for c := range k {
		line := r.b.at[i*k+c]
		if line < 0 || !r.seen[c] {
			continue
		}
		own := &r.l.Figures[line]
		diff := r.sum[c] - own.Fen
		switch {
		case own.Fen == 0 && r.sum[c] == 0:
		case diff == 0, Within(diff, r.units[c]) && (own.Fen > telling*own.Unit || own.Fen < -telling*own.Unit):
			out.hits++
		default:
			out.misses++
			if diff > 0 && own.Fen >= 0 {
				out.within = false
				if !r.negative[c] {
					out.over++
				}
			}
		}
	}
	return out
}

// nestBelow finds the subtrees behind row i that it includes.
func (r *reader) nestBelow(i int) {
	n := len(r.b.rows)
	r.end[i] = int32(i + 1)
	if i+1 == n {
		return
	}
	first := r.l.hintOf(r.b, i, i+1, r.indent)
	if first == hintNever {
		return
	}
	total := r.isTotal(i)
	r.clear()
	var best, sure fit
	bestEnd, bestRows, sureEnd := 0, 0, 0
	structural := first > hintNone
	limit := maxSteps
	if total {
		limit = n
	}
	for j, rows := i+1, 1; j < n && rows <= limit; j, rows = int(r.end[j]), rows+1 {
		h := r.l.hintOf(r.b, i, j, r.indent)
		if h == hintNever {
			break
		}
		if r.steps--; r.steps < 0 || r.openTotal(j) {
			break
		}
		r.count(j)
		f := r.compare(i)
		if structural = structural && h > hintNone; structural {
			sure, sureEnd = f, int(r.end[j])
		}
		if (f.good() || total && f.likely()) && (bestEnd == 0 || f.better(best)) {
			best, bestEnd, bestRows = f, int(r.end[j]), rows
		}
		if f.over > (f.hits+f.misses)/2 && !structural {
			break
		}
	}
	among := r.l.Figures[r.b.rows[i+1].line].among
	switch {
	case sureEnd == 0 && bestEnd == 0: // nothing was compared
	case among && bestEnd > 0 && best.misses > 0 && best.within: // 其中 lists some parts: in other columns these happen to be all
		r.setApart(i, bestEnd)
	case first > hintNone && sure.likely():
		r.adopt(i, sureEnd)
	case bestEnd > 0 && (first > hintNone || total || r.trusts(best, bestRows, i)):
		r.adopt(i, bestEnd)
	case sureEnd > 0 && (first == hintCode || first > hintNone && sure.hits+sure.misses == 0):
		r.adopt(i, sureEnd)
	case sureEnd > 0 && (r.partly && sure.within || among):
		r.setApart(i, sureEnd)
	}
}

// trusts reports whether amounts alone may nest rows.
func (r *reader) trusts(f fit, rows, i int) bool {
	switch {
	case f.misses > 0:
		return false
	case rows == 1:
		return r.loose > 2 || r.loose == 2 && r.whole[i+1]
	}
	return f.hits > 1 || r.loose > 0
}

// adopt puts the subtrees up to end under row i.
func (r *reader) adopt(i, end int) {
	for j := i + 1; j < end; j = int(r.end[j]) {
		if !r.apart[j] {
			r.parent[j] = int32(i)
			r.whole[i] = true
		}
	}
	r.end[i] = int32(end)
}

// openTotal reports a total without parts below it: those that it has are above it, and no total counts it with what follows.
func (r *reader) openTotal(i int) bool { return r.isTotal(i) && !r.whole[i] }

// setApart sets aside the subtrees up to end, which are some of row i's parts.
func (r *reader) setApart(i, end int) {
	for j := i + 1; j < end; j++ {
		r.apart[j], r.parent[j] = true, -1
	}
	r.end[i] = int32(end)
}

// nestAbove puts under each total that has no rows below it the rows above it that add up to it, and under those that have
// neither, what follows them.
func (r *reader) nestAbove() {
	var roots []int
	for i := 0; i < len(r.b.rows); i = int(r.end[i]) {
		if r.apart[i] {
			continue
		}
		if r.openTotal(i) || r.loose > 0 && !r.whole[i] {
			kept, aside, from := roots, []int(nil), r.suffix(roots, i)
			if from < 0 && r.openTotal(i) {
				kept, aside, from = r.leaveOut(roots, func(kept []int) int { return r.suffix(kept, i) })
			}
			if from >= 0 {
				r.setAside(aside)
				r.include(i, kept[from:])
				roots = kept[:from]
			}
		}
		roots = append(roots, i)
	}
	for n := len(roots) - 1; n >= 0; n-- {
		i, below := roots[n], roots[n+1:]
		if !r.openTotal(i) {
			continue
		}
		kept, aside, last := below, []int(nil), r.prefix(below, i)
		if last < 0 {
			kept, aside, last = r.leaveOut(below, func(kept []int) int { return r.prefix(kept, i) })
		}
		if last >= 0 {
			r.setAside(aside) // of the roots, which are rearranged now
			r.include(i, kept[:last+1])
			roots = append(roots[:n+1], kept[last+1:]...)
		}
	}
	r.setBeside(roots)
}

// leaveOut looks for a run of roots without which the others fit: one that begins with 其中, a breakdown, complete or not, of the
// total above it (其中：保险费收入, 利息收入 below 收入小计), or a balance that the next one counts. fits gives a place among the roots
// that are kept, or -1. leaveOut returns these, the run, and that place; -1 where there is no such run.
func (r *reader) leaveOut(roots []int, fits func(kept []int) int) (kept, run []int, at int) {
	const most = 12 // rows of a run
	for a, i := range roots {
		longest := most
		switch {
		case r.kindOf(i) == KindBalance && a > 0: // 本年收支结余, which 年末滚存结余 counts
			longest = 1
		case !r.l.Figures[r.b.rows[i].line].among:
			continue
		}
		for b := a + 1; b <= min(a+longest, len(roots)) && r.steps > 0; b++ {
			if b < len(roots) && r.isTotal(roots[b-1]) {
				break
			}
			kept = append(append([]int(nil), roots[:a]...), roots[b:]...)
			if at = fits(kept); at >= 0 {
				return kept, roots[a:b], at
			}
		}
	}
	return nil, nil, -1
}

// setAside sets whole subtrees apart.
func (r *reader) setAside(roots []int) {
	for _, i := range roots {
		for j := i; j < int(r.end[i]); j++ {
			r.apart[j], r.parent[j] = true, -1
		}
	}
}

// setBeside sets apart what follows the only total and is not in it: below its parts 另外 and 附, and in any place another
// breakdown of the same total.
func (r *reader) setBeside(roots []int) {
	if len(roots) < 2 || !r.whole[roots[0]] || !r.isTotal(roots[0]) || r.kindOf(roots[0]) == kindYear {
		return
	}
	r.clear()
	balances := 0
	for _, i := range roots[1:] {
		if r.isTotal(i) {
			return
		}
		if r.kindOf(i) == KindBalance {
			balances++
		}
		r.count(i)
	}
	if balances == len(roots)-1 && roots[0] > 0 && r.parent[0] >= 0 { // 年末滚存结余 below the total of the year
		r.setAside(roots[1:])
		return
	}
	if balances > 0 {
		return
	}
	if again := r.compare(roots[0]); r.parent[0] < 0 && !(again.hits > 1 && again.misses == 0) {
		return
	}
	r.setAside(roots[1:])
}

func (r *reader) kindOf(i int) Kind { return r.l.Figures[r.b.rows[i].line].Kind }

// include puts rows under row i.
func (r *reader) include(i int, rows []int) {
	for _, j := range rows {
		r.parent[j] = int32(i)
	}
	r.whole[i] = true
}

// suffix gives where the last of the roots begin that add up to row i, or -1. A row that is not named a total (政府性基金收入 below
// its sources) needs two rows and two columns without exception.
func (r *reader) suffix(roots []int, i int) int {
	r.clear()
	total := r.isTotal(i)
	var best fit
	from := -1
	for n := len(roots) - 1; n >= 0; n-- {
		if r.steps--; r.steps < 0 {
			break
		}
		r.count(roots[n])
		f := r.compare(i)
		enough := total || f.hits > 1 && f.misses == 0 && n < len(roots)-1
		if enough && (f.good() || total && f.likely()) && (from < 0 || f.better(best)) {
			best, from = f, n
		}
		if f.over > (f.hits+f.misses)/2 {
			break
		}
	}
	return from
}

// prefix gives where the first of the roots end that add up to row i, or -1.
func (r *reader) prefix(roots []int, i int) int {
	r.clear()
	var best fit
	last := -1
	for n, j := range roots {
		if r.steps--; r.steps < 0 {
			break
		}
		r.count(j)
		f := r.compare(i)
		if f.likely() && (last < 0 || f.better(best)) && !(n == 0 && r.isTotal(j)) {
			best, last = f, n
		}
		if f.over > (f.hits+f.misses)/2 {
			break
		}
	}
	return last
}
