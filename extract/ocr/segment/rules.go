package segment

import (
	"image"
	"math"
	"sort"

	pix "github.com/countybudget/extract/extract/ocr/image"
)

// A rule is a long, thin run of dark pixels. Runs are searched in rows dilated by one pixel up and down, so that a rule may
// drift from row to row; short gaps are bridged, so that it may be faint or broken; runs of neighbouring rows make one rule.
// Short rules count only where they reach from one rule to another: the strokes of large print do not.

// Rule is a horizontal or vertical line in the pixels of a sheet.
type Rule struct {
	X0, Y0, X1, Y1 float64 // Y0 == Y1 for a horizontal rule, X0 == X1 for a vertical one
	Width          float64

	mended bool // of pieces, some of which may be strokes in line with it
}

// Vertical reports whether the rule is vertical.
func (l *Rule) Vertical() bool { return l.X0 == l.X1 }

// ruleSettings are lengths in pixels.
type ruleSettings struct {
	em    int  // height of characters
	dark  byte // pixels darker than this belong to rules
	least int  // the shortest run
	free  int  // rules shorter than this must end at other rules
	tall  int  // the shortest vertical rule: in a row as high as its text, a stroke reaches from rule to rule
	gap   int  // the widest gap within a run
	thick int  // the widest rule
}

func settingsOf(s *pix.Sheet) ruleSettings {
	em := s.TextHeight()
	if em == 0 {
		em = max(12, min(s.Width, s.Height)/90)
	}
	return ruleSettings{
		em: em, dark: s.Paper(), least: max(16, em*6/5), free: em * 8, tall: em * 9 / 5, gap: max(3, em/7), thick: max(7, em/3),
	}
}

// Rules finds the rules on a sheet. Tiny sheets have none: image.Prepare gives them no paper, so nothing is darker than it.
func Rules(s *pix.Sheet) []Rule {
	set := settingsOf(s)
	across := s.Page.Transposed()
	hor, ver := straight(s.Page, set), straight(across, set)
	if s.Bilevel {
		em := float64(set.em)
		gaps := breaks{slip: math.Max(2, em/10), far: 6 * em, near: em * 0.9, share: chainShare, dash: em / 2}
		hor = mended(s.Page, hor, set, gaps)
		gaps.far, gaps.dash = em, 0 // digits that stand above each other are farther apart
		ver = mended(across, ver, set, gaps)
		gaps.far, gaps.dash = 6*em, 2*em
		ver = mended(across, ver, set, gaps)
	}
	for i := range ver {
		l := &ver[i]
		l.X0, l.Y0, l.X1, l.Y1 = l.Y0, l.X0, l.Y1, l.X1
	}
	return append(anchored(s.Page, hor, ver, set), anchored(across, ver, hor, set)...)
}

// straight finds the horizontal rules of a raster.
func straight(r *pix.Raster, set ruleSettings) []Rule {
	mask := pix.Blank(r.W, r.H)
	wide := make([]byte, r.W)
	for y := range r.H {
		up, row, down := r.Row(max(y-1, 0)), r.Row(y), r.Row(min(y+1, r.H-1))
		if !pix.DarkerThan(set.dark).Widen(wide, up, row, down) {
			continue
		}
		eachRun(wide, set, func(x0, x1 int) {
			if slimShare(r, y, x0, x1, set) >= 0.7 {
				mask.Fill(image.Rect(x0, y, x1, y+1), 0)
			}
		})
	}
	var out []Rule
	for _, b := range pix.Blobs(mask, r.Bounds(), 128) {
		if b.Box.Dy() > set.thick+6 || b.Box.Dx() < set.least {
			continue
		}
		y := float64(b.Box.Min.Y+b.Box.Max.Y) / 2
		width := math.Max(1, float64(b.Area)/float64(b.Box.Dx())-2)
		out = append(out, Rule{X0: float64(b.Box.Min.X), Y0: y, X1: float64(b.Box.Max.X), Y1: y, Width: width})
	}
	return out
}

// eachRun calls f for the dark runs of a row that are long enough; gaps are bridged where dark pixels prevail.
func eachRun(row []byte, set ruleSettings, f func(x0, x1 int)) {
	start, last, dark := -1, 0, 0
	flush := func() {
		if start >= 0 && last-start >= set.least && dark*10 >= (last-start)*8 {
			f(start, last)
		}
		start = -1
	}
	for x, v := range row {
		switch {
		case v < set.dark:
			if start < 0 {
				start, dark = x, 0
			}
			dark++
			last = x + 1
		case start >= 0 && x-last >= set.gap:
			flush()
		}
	}
	flush()
}

// slimShare is the part of a run along which the ink is no thicker than a rule; text and shading are thicker.
func slimShare(r *pix.Raster, y, x0, x1 int, set ruleSettings) float64 {
	slim, seen := 0, 0
	for x := x0; x < x1; x++ {
		at := -1
		for _, v := range [3]int{y, y - 1, y + 1} {
			if v >= 0 && v < r.H && r.Pix[v*r.W+x] < set.dark {
				at = v
				break
			}
		}
		if at < 0 {
			continue
		}
		seen++
		if extent(r, x, at, set.dark, set.thick+1) <= set.thick {
			slim++
		}
	}
	return float64(slim) / float64(max(1, seen))
}

// extent is the height of the dark run through a place, at most limit.
func extent(r *pix.Raster, x, y int, dark byte, limit int) int {
	n := 1
	for v := y - 1; v >= 0 && n < limit && r.Pix[v*r.W+x] < dark; v-- {
		n++
	}
	for v := y + 1; v < r.H && n < limit && r.Pix[v*r.W+x] < dark; v++ {
		n++
	}
	return n
}

// anchored clips rules at the outermost rules that they cross, where they end only a little beyond: strokes of characters
// prolong them there. Short rules that do not run from one rule to another, or have strokes attached, are strokes themselves
// and are dropped. r is the raster in which the rules are horizontal.
func anchored(r *pix.Raster, lines, across []Rule, set ruleSettings) []Rule {
	var out []Rule
	for _, l := range lines {
		lo, hi := &l.X0, &l.X1
		if l.Vertical() {
			lo, hi = &l.Y0, &l.Y1
		}
		at := crossings(&l, across, set)
		reach := float64(set.least) * 1.3
		if *hi-*lo < float64(set.free) {
			if l.Vertical() && *hi-*lo < float64(set.tall) || len(at) < 2 || at[0]-*lo > reach || *hi-at[len(at)-1] > reach || !bare(r, &l, at, set) {
				continue
			}
		}
		if l.mended && l.Vertical() && len(at) > 1 {
			*lo, *hi = math.Max(*lo, at[0]), math.Min(*hi, at[len(at)-1])
		}
		if len(at) > 1 {
			if first := at[0]; first-*lo < reach {
				*lo = math.Min(first, *lo+reach)
			}
			if last := at[len(at)-1]; *hi-last < reach {
				*hi = math.Max(last, *hi-reach)
			}
		}
		out = append(out, l)
	}
	return out
}

// crossings are the places where a rule meets long rules of the other direction, in ascending order.
func crossings(l *Rule, across []Rule, set ruleSettings) []float64 {
	near := float64(set.gap + 3)
	var found []float64
	for i := range across {
		o := &across[i]
		if math.Max(o.X1-o.X0, o.Y1-o.Y0) < float64(set.free) {
			continue
		}
		at, from, to := o.X0, o.Y0, o.Y1
		mine, lo, hi := l.Y0, l.X0, l.X1
		if l.Vertical() {
			at, from, to = o.Y0, o.X0, o.X1
			mine, lo, hi = l.X0, l.Y0, l.Y1
		}
		if at >= lo-near && at <= hi+near && mine >= from-near && mine <= to+near {
			found = append(found, at)
		}
	}
	sort.Float64s(found)
	return found
}

// bare reports whether nothing is attached to a rule between those that it crosses.
func bare(r *pix.Raster, l *Rule, at []float64, set ruleSettings) bool {
	y := int(l.Y0)
	if l.Vertical() {
		y = int(l.X0)
	}
	margin := set.thick
	for i := 1; i < len(at); i++ {
		x0, x1 := int(at[i-1])+margin, int(at[i])-margin
		if x1-x0 < set.least/3 {
			continue
		}
		if slimShare(r, y, max(0, x0), min(r.W, x1), set) < 0.97 {
			return false
		}
	}
	return true
}
