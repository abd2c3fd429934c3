package extract

import (
	"cmp"
	"context"
	"slices"

	"github.com/countybudget/extract/extract/model"
)

// Pages that were scanned together have the same orientation: those taller than wide one, those wider than tall another. The
// text of most pages shows which way is up. A sparse page (a year and a seal, or numbers only) takes the orientation of the
// majority of pages of its shape, if there is one; there is none if wide tables were put on upright pages. Pages vote when
// all have been recognized, so that the order does not matter.

// orientedPage is a scanned page as it was recognized, with its orientation.
type orientedPage struct {
	job   scanJob
	found *model.Page
	turn  int   // clockwise quarter turns by which it was rotated for recognition
	sure  bool  // its text was recognized well in this orientation
	poor  error // why it was not recognized well
}

func (w *orientedPage) wide() bool { return w.job.page.Width > w.job.page.Height }

// agree merges the recognized pages, and recognizes those again whose orientation differs from the majority's.
func (r *recognizer) agree(ctx context.Context) error {
	slices.SortFunc(r.read, func(a, b orientedPage) int { return cmp.Compare(a.job.page.Number, b.job.page.Number) })
	turns := [2]int{vote(r.read, false), vote(r.read, true)}
	var again []scanJob
	for i := range r.read {
		w := &r.read[i]
		turn := turns[0]
		if w.wide() {
			turn = turns[1]
		}
		if w.sure || turn < 0 || turn == w.turn || r.opt.late() {
			merge(&w.job, w.found)
			r.note(w.job.page, w.poor)
			continue
		}
		w.job.turn = &turn
		again = append(again, w.job)
	}
	for i := range again {
		if err := ctx.Err(); err != nil {
			return err
		}
		if err := r.start(ctx, &again[i], r.file.Page(again[i].page.Number)); err != nil {
			r.wait.Wait()
			return err
		}
	}
	r.wait.Wait()
	return nil
}

// vote is the turn of the well-recognized pages of one shape; -1 if fewer than three quarters of them agree.
func vote(pages []orientedPage, wide bool) int {
	var count [4]int
	all := 0
	for i := range pages {
		if w := &pages[i]; w.sure && w.wide() == wide {
			count[w.turn&3]++
			all++
		}
	}
	for turn, n := range count {
		if n > 0 && 4*n >= 3*all {
			return turn
		}
	}
	return -1
}
