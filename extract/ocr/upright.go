package ocr

import (
	"github.com/countybudget/extract/extract/model"
	pix "github.com/countybudget/extract/extract/ocr/image"
	"github.com/countybudget/extract/extract/ocr/segment"
)

// Which way is up only shows when text is read. A few lines are read as they stand; if they make little sense, turned by half
// a circle, then by a quarter both ways. Chinese text that is upside down or lies on its side is never read surely. Lines of
// vertical text, as on covers, are not read surely in any orientation, and the page stays as it is. The layout alone tells
// less: the gaps between the columns of a table are as wide and as straight as those between lines.

const (
	sensible = 0.50 // a sample read more surely than this stands upright
	clearly  = 0.60 // half of the sample must be read more surely than this
	better   = 0.15 // another orientation must be surer by this much
	certain  = 2    // lines; a smaller sample proves nothing, because some characters look like others by chance
	longest  = 6    // the part of a line that is read, in heights of a character
)

// attempt is a sheet opened in one orientation.
type attempt struct {
	sheet *pix.Sheet
	n     *session
	page  *model.Page
	sure  float32 // how surely a sample of its text was read; -1 where there is too little text to tell
	lines int     // in the sample
}

// certain reports whether the sample proves that the sheet stands upright.
func (a *attempt) certain() bool { return a.sure >= sensible && a.lines >= certain }

// upright opens a sheet so that its text stands upright: as it is, unless it reads better turned.
func (o *opener) upright(s *pix.Sheet) (attempt, error) {
	best, err := o.attempt(s)
	if err != nil || best.certain() || len(best.n.entries) == 0 {
		return best, err
	}
	other, err := o.attempt(s.Across())
	if err == nil && (other.certain() || other.sure >= sensible && other.sure >= best.sure+better) {
		return other, nil
	}
	return best, err
}

// facing opens a sheet turned by quarters of a circle, whatever it reads like.
func (o *opener) facing(s *pix.Sheet, quarters int) attempt {
	if quarters&1 == 1 {
		s = s.Across()
	}
	if quarters&2 == 2 {
		s = s.UpsideDown()
	}
	a := attempt{sheet: s, sure: -1}
	a.n, a.page = o.open(s)
	return a
}

// attempt opens a sheet as it is or turned by half a circle.
func (o *opener) attempt(s *pix.Sheet) (attempt, error) {
	a := attempt{sheet: s, sure: -1}
	if err := o.ctx.Err(); err != nil {
		return a, err
	}
	a.n, a.page = o.open(s)
	sample := a.n.sample()
	if a.lines = len(sample); a.lines == 0 {
		return a, nil
	}
	height := o.recognizer.LineHeight(AnyText)
	var upside float32 // how surely the sample was read upside down
	for _, look := range []struct {
		lines []*entry
		sure  float32
	}{{sample[:(len(sample)+1)/2], clearly}, {sample, sensible}} {
		var lines []Line
		for _, p := range look.lines {
			lines = append(lines, lineOf(pass{s.Read, textSize, AnyText}, p, a.n.em, height))
		}
		var err error
		if a.sure, err = o.sureOf(lines); err != nil || a.sure >= look.sure {
			return a, err
		}
		for i := range lines {
			lines[i] = lines[i].turned()
		}
		if upside, err = o.sureOf(lines); err != nil {
			return a, err
		}
		if upside >= clearly && a.sure < sensible {
			break
		}
	}
	if upside > a.sure+better {
		a.sheet, a.sure = s.UpsideDown(), upside
		a.n, a.page = o.open(a.sheet)
	}
	return a, nil
}

// sample picks a few lines from all over the sheet, and of long ones the beginnings. The first half of the sample is from all over
// the sheet too.
func (n *session) sample() []*entry {
	const most = 6
	var all []*entry
	for i := range n.entries {
		p := &n.entries[i]
		if b := p.Box; !p.Number && p.Text == "" && b.Dx() > 3*n.em && b.Dy() < 2*n.em && b.Dy()*3 > n.em*2 {
			all = append(all, p)
		}
	}
	few := min(most, len(all))
	out := make([]*entry, 0, few)
	for _, first := range [2]int{0, 1} {
		for i := first; i < few; i += 2 {
			out = append(out, all[i*len(all)/few].beginning(longest*n.em))
		}
	}
	return out
}

// beginning is a segment without the characters beyond a width in pixels.
func (p *entry) beginning(width int) *entry {
	out := &entry{Segment: segment.Segment{Box: p.Box, Cell: p.Cell}}
	for _, b := range p.Parts {
		if b.Max.X > p.Box.Min.X+width {
			break
		}
		out.Box.Max.X = b.Max.X
	}
	if out.Box.Dx() > width {
		out.Box.Max.X = out.Box.Min.X + width
	}
	return out
}

// sureOf is how surely lines are read: the share of characters with a high probability. Upside down, few have one.
func (o *opener) sureOf(lines []Line) (float32, error) {
	const high = 0.95
	read, err := recognize(o.ctx, o.recognizer, lines, AnyText, nil)
	if err != nil {
		return 0, err
	}
	sure, all := 0, 0
	for _, found := range read {
		if len(found) == 0 {
			continue
		}
		for _, l := range apart(found[0].Characters) {
			all++
			if l.Probability > high {
				sure++
			}
		}
	}
	if all == 0 {
		return 0, nil
	}
	return float32(sure) / float32(all), nil
}
