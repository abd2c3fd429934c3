package extract

import (
	"cmp"
	"context"
	"slices"

	"github.com/countybudget/extract/extract/model"
)

// Pages that were scanned together have the same orientation: those taller than wide one, those wider than tall another. The
// text of most pages shows which way is up. A sparse page, with a year and a seal or nothing but numbers, takes the majority
// orientation of the pages of its shape, if there is one: where wide tables were laid along tall paper there is none. The
// pages vote when all of them have been read, so that the order in which they were read does not matter.

// orientedPage is a scanned page as it was read, and its orientation.
type orientedPage struct {
	job   scanJob
	found *model.Page
	turn  int   // quarters of a circle, clockwise, by which it was turned for reading
	sure  bool  // its text was read well in this orientation
	poor  error // why it was not read well
}

func (w *orientedPage) wide() bool { return w.job.page.Width > w.job.page.Height }

// agree takes over the pages that were read, and reads again those that were turned otherwise than the majority.
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

// vote is the turn of the pages of one shape whose text was read well; -1 where fewer than three quarters of them agree.
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
