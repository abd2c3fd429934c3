package extract

import (
	"cmp"
	"context"
	"slices"

	"github.com/countybudget/extract/extract/model"
)

// Pages that were scanned together lie the same way: those taller than wide one way, those wider than tall another. Most
// pages show by their text which way is up. A page that does not, because it bears a year and a seal or nothing but
// numbers, is turned like the others of its shape, if they agree: where wide tables were laid along tall paper they do not.
// The pages vote when all of them have been read, so that the order in which they were read does not matter.

// way is a scanned page as it was read, and how it lay.
type way struct {
	job   scanJob
	found *model.Page
	turn  int   // quarters of a circle, clockwise, by which it was turned
	sure  bool  // its text says so
	poor  error // why it was not read well
}

func (w *way) wide() bool { return w.job.page.Width > w.job.page.Height }

// agree takes over the pages that were read, and reads those again that lie otherwise than they seemed to.
func (r *recognizer) agree(ctx context.Context) error {
	slices.SortFunc(r.ways, func(a, b way) int { return cmp.Compare(a.job.page.Number, b.job.page.Number) })
	turns := [2]int{vote(r.ways, false), vote(r.ways, true)}
	var again []scanJob
	for i := range r.ways {
		w := &r.ways[i]
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

// vote is how the pages of a shape that are sure of it were turned; -1 where fewer than three quarters of them agree.
func vote(ways []way, wide bool) int {
	var count [4]int
	all := 0
	for i := range ways {
		if w := &ways[i]; w.sure && w.wide() == wide {
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
