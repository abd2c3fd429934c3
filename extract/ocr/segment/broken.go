package segment

import (
	"cmp"
	"math"
	"slices"

	pix "github.com/countybudget/extract/extract/ocr/image"
)

// A thin rule that was copied too light is left as dashes and dots, with gaps that no run bridges. Pieces that are as thin as a
// rule and touch nothing are chained along a line: where they cover enough of it, it is a rule. Rules that are whole count as
// pieces, so what is left of a rule is joined to it.

// piece is what is left of a horizontal rule, or a whole one.
type piece struct {
	y, x0, x1 float64
	width     float64
	rule      int // index of the whole rule, -1 for a fragment
}

func (p *piece) length() float64 { return p.x1 - p.x0 }

// chain is pieces on one line, from the left.
type chain struct {
	pieces  []int
	covered float64 // pixels
}

const (
	chainShare = 0.4 // of a broken rule is left
	chainRest  = 0.2 // of one of many
	chainLeast = 4   // fragments of a rule with wide gaps
	chainMany  = 5   // broken rules on a page, after which less is enough for more
	slender    = 4   // a piece as thick as a rule may be is longer than thick by this factor
	chainDash  = 4   // one in this many pixels of what is left is in dashes
)

// breaks are the lengths in pixels that tell a broken rule from other pieces on a line.
type breaks struct {
	slip  float64 // between a piece and the line
	far   float64 // the widest gap between many fragments
	near  float64 // the widest gap between two long pieces: no cell is as small
	share float64 // of a rule that is left, at least
	dash  float64 // the least length of a dash: the dots of leaders are shorter
}

// mended returns the horizontal rules with broken ones joined.
func mended(r *pix.Raster, rules []Rule, set ruleSettings, gaps breaks) []Rule {
	pieces := piecesOf(r, rules, set)
	chains := chainsOf(pieces, gaps)
	slices.SortStableFunc(chains, func(a, b chain) int { return cmp.Compare(b.covered, a.covered) })
	used := make([]bool, len(pieces))
	gone := make([]bool, len(rules))
	var out []Rule
	found := 0
	for _, c := range chains {
		c.pieces = slices.DeleteFunc(c.pieces, func(i int) bool { return used[i] })
		c.trim(pieces)
		if !c.isRule(pieces, set, gaps) {
			continue
		}
		if found++; found == chainMany {
			gaps.dash, gaps.share = 0, chainRest
		}
		l := Rule{X0: pieces[c.pieces[0]].x0, mended: true}
		sum := 0.0
		for _, i := range c.pieces {
			p := &pieces[i]
			used[i] = true
			if p.rule >= 0 {
				gone[p.rule] = true
			}
			l.X1 = math.Max(l.X1, p.x1)
			l.Y0 += p.y * p.length()
			l.Width += p.width * p.length()
			sum += p.length()
		}
		l.Y0 /= sum
		l.Y1, l.Width = l.Y0, l.Width/sum
		out = append(out, l)
	}
	for i, l := range rules {
		if !gone[i] {
			out = append(out, l)
		}
	}
	return out
}

// piecesOf are the whole rules and the thin blobs of a raster, by their places from the top.
func piecesOf(r *pix.Raster, rules []Rule, set ruleSettings) []piece {
	var out []piece
	for i, l := range rules {
		out = append(out, piece{l.Y0, l.X0, l.X1, l.Width, i})
	}
	for _, b := range pix.Blobs(r, r.Bounds(), set.dark) {
		if h := b.Box.Dy(); h > set.gap+2 && (h > set.thick || h*slender > b.Box.Dx()) {
			continue
		}
		y := float64(b.Box.Min.Y+b.Box.Max.Y) / 2
		whole := slices.ContainsFunc(rules, func(l Rule) bool {
			return math.Abs(l.Y0-y) <= float64(set.gap) && l.X0 <= float64(b.Box.Max.X) && l.X1 >= float64(b.Box.Min.X)
		})
		if !whole {
			out = append(out, piece{y, float64(b.Box.Min.X), float64(b.Box.Max.X), float64(b.Box.Dy()), -1})
		}
	}
	slices.SortStableFunc(out, func(a, b piece) int { return cmp.Compare(a.y, b.y) })
	return out
}

// chainsOf finds chains of pieces along each piece's line.
func chainsOf(pieces []piece, gaps breaks) []chain {
	var out []chain
	from := 0
	last := math.Inf(-1)
	for i := range pieces {
		if pieces[i].y-last < 0.5 {
			continue
		}
		last = pieces[i].y
		for pieces[from].y < last-gaps.slip {
			from++
		}
		var on []int
		for k := from; k < len(pieces) && pieces[k].y <= last+gaps.slip; k++ {
			on = append(on, k)
		}
		slices.SortStableFunc(on, func(a, b int) int { return cmp.Compare(pieces[a].x0, pieces[b].x0) })
		var c chain
		end := 0.0
		for _, k := range on {
			if len(c.pieces) > 0 && pieces[k].x0-end > gaps.far {
				out = append(out, c)
				c = chain{}
			}
			if len(c.pieces) == 0 {
				end = pieces[k].x0
			}
			c.pieces = append(c.pieces, k)
			c.covered += math.Max(0, pieces[k].x1-math.Max(end, pieces[k].x0))
			end = math.Max(end, pieces[k].x1)
		}
		out = append(out, c)
	}
	return out
}

// trim drops what stands before and after the whole rules of a chain, where it is too little for a broken rule: specks.
func (c *chain) trim(pieces []piece) {
	whole := func(i int) bool { return pieces[i].rule >= 0 }
	first := slices.IndexFunc(c.pieces, whole)
	if first < 0 {
		return
	}
	sparse := func(part []int, edge, far float64) bool {
		sum := 0.0
		for _, i := range part {
			sum += pieces[i].length()
		}
		return sum < chainRest*math.Abs(edge-far)
	}
	last := len(c.pieces) - 1
	for !whole(c.pieces[last]) {
		last--
	}
	if after := c.pieces[last+1:]; len(after) > 0 && sparse(after, pieces[c.pieces[last]].x1, pieces[after[len(after)-1]].x1) {
		c.pieces = c.pieces[:last+1]
	}
	if before := c.pieces[:first]; len(before) > 0 && sparse(before, pieces[c.pieces[first]].x0, pieces[before[0]].x0) {
		c.pieces = c.pieces[first:]
	}
}

// isRule reports whether a chain is one rule in several pieces.
func (c *chain) isRule(pieces []piece, set ruleSettings, gaps breaks) bool {
	if len(c.pieces) < 2 {
		return false
	}
	fragments, dashes, covered, long, close := 0, 0.0, 0.0, true, true
	start := pieces[c.pieces[0]].x0
	end := start
	for _, i := range c.pieces {
		p := &pieces[i]
		if p.rule < 0 {
			fragments++
		}
		if p.length() >= gaps.dash {
			dashes += p.length()
		}
		long = long && p.length() >= float64(set.least)
		close = close && p.x0-end <= gaps.near
		covered += math.Max(0, p.x1-math.Max(end, p.x0))
		end = math.Max(end, p.x1)
	}
	if end-start < float64(set.free) {
		return false
	}
	return long && close || fragments >= chainLeast && covered >= gaps.share*(end-start) && dashes*chainDash >= covered
}
