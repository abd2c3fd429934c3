package ocr

import (
	"image"
	"math"
	"sort"
)

// A ruled line is a long run of dark pixels, thin across. Runs are looked for in rows widened by one pixel to both sides,
// so that a line may drift; small gaps are bridged, so that it may be faint or broken; runs in neighbouring rows are one
// line. Short lines count only where they reach from line to line: the strokes of large print do not.

// Line is a horizontal or vertical rule in the pixels of a sheet.
type Line struct {
	X0, Y0, X1, Y1 float64 // Y0 == Y1 for a horizontal line, X0 == X1 for a vertical one
	Width          float64
}

// lineSettings are lengths in pixels.
type lineSettings struct {
	dark  byte // pixels darker than this belong to lines
	least int  // the shortest run
	free  int  // lines shorter than this must end at other lines
	gap   int  // the widest gap within a run
	thick int  // the widest line
}

func (s *Sheet) lineSettings() lineSettings {
	em := s.textHeight()
	if em == 0 {
		em = max(12, min(s.Width, s.Height)/90)
	}
	return lineSettings{
		dark: byte(s.tone.paper), least: max(16, em*6/5), free: em * 8, gap: max(3, em/7), thick: max(7, em/3),
	}
}

// Lines returns the rules drawn on the sheet.
func (s *Sheet) Lines() []Line {
	if s.Width < 8 || s.Height < 8 {
		return nil
	}
	set := s.lineSettings()
	across := s.page.transposed()
	hor, ver := straight(s.page, set), straight(across, set)
	for i := range ver {
		l := &ver[i]
		l.X0, l.Y0, l.X1, l.Y1 = l.Y0, l.X0, l.Y1, l.X1
	}
	return append(anchored(s.page, hor, ver, set), anchored(across, ver, hor, set)...)
}

// transposed exchanges rows and columns.
func (r *raster) transposed() *raster {
	out := newRaster(r.h, r.w)
	const block = 32
	for y0 := 0; y0 < r.h; y0 += block {
		for x0 := 0; x0 < r.w; x0 += block {
			for y := y0; y < min(y0+block, r.h); y++ {
				for x := x0; x < min(x0+block, r.w); x++ {
					out.pix[x*out.w+y] = r.pix[y*r.w+x]
				}
			}
		}
	}
	return out
}

// straight finds the horizontal lines of a raster.
func straight(r *raster, set lineSettings) []Line {
	mask := blank(r.w, r.h)
	wide := make([]byte, r.w)
	for y := range r.h {
		up, row, down := r.row(max(y-1, 0)), r.row(y), r.row(min(y+1, r.h-1))
		if !darkerThan(set.dark).widen(wide, up, row, down) {
			continue
		}
		eachRun(wide, set, func(x0, x1 int) {
			if slimShare(r, y, x0, x1, set) >= 0.7 {
				mask.fill(image.Rect(x0, y, x1, y+1), 0)
			}
		})
	}
	var out []Line
	for _, b := range blobs(mask, image.Rect(0, 0, r.w, r.h), 128) {
		if b.box.Dy() > set.thick+6 || b.box.Dx() < set.least {
			continue
		}
		y := float64(b.box.Min.Y+b.box.Max.Y) / 2
		width := math.Max(1, float64(b.area)/float64(b.box.Dx())-2)
		out = append(out, Line{X0: float64(b.box.Min.X), Y0: y, X1: float64(b.box.Max.X), Y1: y, Width: width})
	}
	return out
}

// eachRun calls f for the dark runs of a row that are long enough; gaps are bridged where dark pixels prevail.
func eachRun(row []byte, set lineSettings, f func(x0, x1 int)) {
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

// slimShare is the part of a run along which the ink is no thicker than a line: that of text and shading is.
func slimShare(r *raster, y, x0, x1 int, set lineSettings) float64 {
	slim, seen := 0, 0
	for x := x0; x < x1; x++ {
		at := -1
		for _, v := range [3]int{y, y - 1, y + 1} {
			if v >= 0 && v < r.h && r.pix[v*r.w+x] < set.dark {
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

// extent is the number of dark pixels above and below a place, at most limit.
func extent(r *raster, x, y int, dark byte, limit int) int {
	n := 1
	for v := y - 1; v >= 0 && n < limit && r.pix[v*r.w+x] < dark; v-- {
		n++
	}
	for v := y + 1; v < r.h && n < limit && r.pix[v*r.w+x] < dark; v++ {
		n++
	}
	return n
}

// anchored ends lines at the outermost lines they cross, where they reach only a little further: there the strokes of
// characters prolong them. Short lines that do not run from one line to another, or that have strokes attached to them, are
// strokes themselves and dropped. r is the raster in which the lines are horizontal.
func anchored(r *raster, lines, across []Line, set lineSettings) []Line {
	var out []Line
	for _, l := range lines {
		lo, hi := &l.X0, &l.X1
		if l.vertical() {
			lo, hi = &l.Y0, &l.Y1
		}
		at := crossings(&l, across, set)
		reach := float64(set.least) * 1.3
		if *hi-*lo < float64(set.free) {
			if len(at) < 2 || at[0]-*lo > reach || *hi-at[len(at)-1] > reach || !bare(r, &l, at, set) {
				continue
			}
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

// crossings are the places where a line meets long lines of the other direction, in order.
func crossings(l *Line, across []Line, set lineSettings) []float64 {
	near := float64(set.gap + 3)
	var found []float64
	for i := range across {
		o := &across[i]
		if math.Max(o.X1-o.X0, o.Y1-o.Y0) < float64(set.free) {
			continue
		}
		at, from, to := o.X0, o.Y0, o.Y1
		mine, lo, hi := l.Y0, l.X0, l.X1
		if l.vertical() {
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

// bare reports whether nothing is attached to a line between the lines it crosses.
func bare(r *raster, l *Line, at []float64, set lineSettings) bool {
	y := int(l.Y0)
	if l.vertical() {
		y = int(l.X0)
	}
	margin := set.thick
	for i := 1; i < len(at); i++ {
		x0, x1 := int(at[i-1])+margin, int(at[i])-margin
		if x1-x0 < set.least/3 {
			continue
		}
		if slimShare(r, y, max(0, x0), min(r.w, x1), set) < 0.97 {
			return false
		}
	}
	return true
}
