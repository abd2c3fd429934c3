package ocr

import (
	"context"

	"github.com/countybudget/extract/extract/model"
)

// Which way up a sheet is shows only in the reading: a few lines are read as they stand, and where they make little sense
// turned by half a circle, then by a quarter both ways. Read the wrong way up, or lying, Chinese is never read surely. Lines
// that run down the page, as on covers, are not read surely any way, and stay as they are. Layout alone tells less: the gaps
// between the columns of a table are as wide and as straight as those between lines.

const (
	sensible = 0.50 // a sample read more surely than this stands upright
	clearly  = 0.60 // a glance at fewer lines must be read more surely than this
	better   = 0.15 // another way must be surer by this much
	certain  = 2    // lines without which a sample proves nothing: a few shapes may look like others by chance
	longest  = 6    // the part of a line that is read, in heights of a character
)

// attempt is a sheet opened one way up.
type attempt struct {
	sheet *Sheet
	n     *session
	page  *model.Page
	sure  float32 // how surely a sample of its text was read; -1 where there is too little text to tell
	lines int     // of the sample
}

// certain reports whether the sample proves that the sheet stands upright.
func (a *attempt) certain() bool { return a.sure >= sensible && a.lines >= certain }

// upright opens a sheet the way its text stands upright: as it lies, unless it reads better turned.
func (e *Engine) upright(ctx context.Context, scan *Scan, s *Sheet, grid Grid) (attempt, error) {
	best, err := e.oneWay(ctx, scan, s, grid)
	if err != nil || best.certain() || len(best.n.pieces) == 0 {
		return best, err
	}
	other, err := e.oneWay(ctx, scan, s.across(), grid)
	if err == nil && (other.certain() || other.sure >= sensible && other.sure >= best.sure+better) {
		return other, nil
	}
	return best, err
}

// facing opens a sheet turned by quarters of a circle, whatever it reads like.
func (e *Engine) facing(ctx context.Context, scan *Scan, s *Sheet, quarters int, grid Grid) attempt {
	if quarters&1 == 1 {
		s = s.across()
	}
	if quarters&2 == 2 {
		s = s.upsideDown()
	}
	a := attempt{sheet: s, sure: -1}
	a.n, a.page = e.open(ctx, scan, s, grid)
	return a
}

// oneWay opens a sheet as it is or on its head.
func (e *Engine) oneWay(ctx context.Context, scan *Scan, s *Sheet, grid Grid) (attempt, error) {
	a := attempt{sheet: s, sure: -1}
	if err := ctx.Err(); err != nil {
		return a, err
	}
	a.n, a.page = e.open(ctx, scan, s, grid)
	sample := a.n.sample()
	if a.lines = len(sample); a.lines == 0 {
		return a, nil
	}
	var upside float32 // how surely it was read on its head
	for _, look := range []struct {
		lines []*piece
		sure  float32
	}{{sample[:(len(sample)+1)/2], clearly}, {sample, sensible}} {
		var lines []picture
		for _, p := range look.lines {
			lines = append(lines, lineOf(way{s.read, textSize, false}, p, a.n.em, e.height(false)))
		}
		if a.sure = e.sureOf(lines); a.sure >= look.sure {
			return a, nil
		}
		for i := range lines {
			lines[i] = lines[i].turned()
		}
		upside = e.sureOf(lines)
		if upside >= clearly && a.sure < sensible {
			break
		}
	}
	if upside > a.sure+better {
		a.sheet, a.sure = s.upsideDown(), upside
		a.n, a.page = e.open(ctx, scan, a.sheet, grid)
	}
	return a, nil
}

// sample picks a few lines from all over the sheet, or the beginnings of long ones; the first half of them too are from all
// over it.
func (n *session) sample() []*piece {
	const most = 6
	var all []*piece
	for i := range n.pieces {
		p := &n.pieces[i]
		if b := p.box; !p.number && p.best.Text == "" && b.Dx() > 3*n.em && b.Dy() < 2*n.em && b.Dy()*3 > n.em*2 {
			all = append(all, p)
		}
	}
	few := min(most, len(all))
	out := make([]*piece, 0, few)
	for _, first := range [2]int{0, 1} {
		for i := first; i < few; i += 2 {
			out = append(out, all[i*len(all)/few].beginning(longest*n.em))
		}
	}
	return out
}

// beginning is a piece without the characters beyond a width, in pixels.
func (p *piece) beginning(width int) *piece {
	out := &piece{box: p.box, cell: p.cell}
	for _, b := range p.parts {
		if b.Max.X > p.box.Min.X+width {
			break
		}
		out.box.Max.X = b.Max.X
	}
	if out.box.Dx() > width {
		out.box.Max.X = out.box.Min.X + width
	}
	return out
}

// sureOf is how surely lines are read: the share of their characters that the engine hardly doubts. On its head a line has
// few of them.
func (e *Engine) sureOf(lines []picture) float32 {
	const hardlyDoubted = 0.95
	sure, all := 0, 0
	for _, found := range e.read(lines, false, nil) {
		if len(found) == 0 {
			continue
		}
		for _, l := range apart(found[0].letters) {
			all++
			if l.confidence > hardlyDoubted {
				sure++
			}
		}
	}
	if all == 0 {
		return 0
	}
	return float32(sure) / float32(all)
}
