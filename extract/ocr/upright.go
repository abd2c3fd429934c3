package ocr

import (
	"context"

	"github.com/countybudget/extract/extract/model"
)

// Which way up a sheet is shows only in the reading: a few lines are read as they stand, and where they make little sense
// turned by half a circle, then by a quarter both ways.

const (
	sensible = 0.55 // a sample read more surely than this stands upright
	better   = 0.15 // another way must be surer by this much
)

// attempt is a sheet opened one way up.
type attempt struct {
	sheet *Sheet
	n     *session
	page  *model.Page
	sure  float32 // how surely a sample of its text was read; -1 where there is too little text to tell
}

// upright opens a sheet the way its text stands upright: as it lies, unless it reads better turned.
func (e *Engine) upright(ctx context.Context, scan *Scan, s *Sheet, grid Grid) (attempt, error) {
	best, err := e.oneWay(ctx, scan, s, grid)
	if err != nil || best.sure >= sensible || best.sure < 0 && !s.sideways() {
		return best, err
	}
	other, err := e.oneWay(ctx, scan, s.across(), grid)
	if err != nil || other.sure < best.sure+better {
		return best, err
	}
	return other, nil
}

// oneWay opens a sheet as it is or on its head.
func (e *Engine) oneWay(ctx context.Context, scan *Scan, s *Sheet, grid Grid) (attempt, error) {
	a := attempt{sheet: s, sure: -1}
	if err := ctx.Err(); err != nil {
		return a, err
	}
	a.n, a.page = e.open(ctx, scan, s, grid)
	sample := a.n.sample()
	if len(sample) == 0 {
		return a, nil
	}
	var err error
	strip := compose(s.read, sample, a.n.em, textHeightRead)
	if a.sure, err = a.n.sureness(strip.r); err != nil || a.sure >= sensible {
		return a, err
	}
	turned, err := a.n.sureness(strip.r.turned(2))
	if err == nil && turned > a.sure+better {
		a.sheet, a.sure = s.upsideDown(), turned
		a.n, a.page = e.open(ctx, scan, a.sheet, grid)
	}
	return a, err
}

// sample picks a few lines of middling length.
func (n *session) sample() []*piece {
	var all []*piece
	for i := range n.pieces {
		b := n.pieces[i].box
		if !n.pieces[i].number && b.Dx() > 3*n.em && b.Dx() < 24*n.em && b.Dy() < 2*n.em && b.Dy()*3 > n.em*2 {
			all = append(all, &n.pieces[i])
		}
	}
	few := min(5, len(all))
	out := make([]*piece, few)
	for i := range out {
		out[i] = all[i*len(all)/few]
	}
	return out
}

func (n *session) sureness(r *raster) (float32, error) {
	words, err := n.engine.read(r, asBlock, false)
	return joined(words).Confidence, err
}
