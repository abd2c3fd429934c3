package ocr

import (
	"context"
	"image"

	"github.com/countybudget/extract/extract/model"
	"github.com/countybudget/extract/extract/ocr/dewarp"
	pix "github.com/countybudget/extract/extract/ocr/image"
	"github.com/countybudget/extract/extract/ocr/segment"
)

// Grid finds the cells that the rules of a page enclose, in points.
type Grid func(*model.Page) []model.Rect

// Options are what a caller knows about his pages. All but Grid may be nil.
type Options struct {
	Grid  Grid
	Known func(text string) bool     // whether a text is a known name; other texts of cells are read again
	Near  func(text string) []string // the known names that a text may be if it was misread; nil: each text may be one
	Label func(text string) string   // corrects the punctuation of a label, such as 单位；万元
	// Witness makes a recognizer with other weights than the first one's, which reads beside it (witness.go); called only where
	// something is in question.
	Witness func() (Recognizer, error)
	// Second makes a recognizer that reads what is in doubt after the first; called only where something is.
	Second func() (Recognizer, error)
	// Flatten says that the picture is all of the page, so that it may be flattened if it is a photograph of one.
	Flatten bool
	Turn    *int // quarters of a circle, clockwise, by which to turn the page; nil to find out
}

// Result is a recognized page.
type Result struct {
	// Page has the size of the page once its text stands upright; its Rotate says by how many degrees, clockwise, it was turned
	// for that. Its glyphs are in their places after levelling; its Bend says where those of a flattened picture are.
	Page *model.Page
	// Turn is that turn in quarters of a circle.
	Turn int
	// Upright says that text was read well in this orientation.
	Upright bool
	// Unwitnessed is why the witness did not read what is in question; nil where it did, or nothing is.
	Unwitnessed error
	// Unsecond is why the second recognizer did not read what is in doubt; nil where it did, or nothing is.
	Unsecond error
}

// Page recognizes a picture. The error is that of the recognizer, or of ctx when it is done.
func Page(ctx context.Context, r Recognizer, scan Scan, opt Options) (Result, error) {
	picture := scan.asSeen()
	var flat *dewarp.Flat
	if opt.Flatten {
		picture = pix.Limited(picture)
		if flat = dewarp.Flatten(picture); flat != nil {
			picture = flat.Picture
		}
	}
	s := pix.Prepare(picture)
	var a attempt
	p := opener{ctx, r, &scan, opt.Grid}
	if opt.Turn != nil {
		a = p.facing(s, *opt.Turn)
	} else {
		var err error
		if a, err = p.upright(s); err != nil {
			return Result{}, err
		}
	}
	a.n.known, a.n.near = opt.Known, opt.Near
	unwitnessed, err := a.n.runWith(opt.Witness)
	if err != nil {
		return Result{}, err
	}
	var unsecond error
	if opt.Second != nil {
		unsecond = a.n.readDoubts(opt.Second)
		if err := ctx.Err(); err != nil {
			return Result{}, err
		}
	}
	f := newFrame(&scan, a.sheet)
	for i := range a.n.entries {
		p := &a.n.entries[i]
		if opt.Label != nil && !p.Number {
			p.best.Text = opt.Label(p.best.Text)
		}
		f.put(a.page, p)
	}
	if flat != nil {
		a.page.Bend = bendOf(&scan, a.sheet, flat)
	}
	return Result{Page: a.page, Turn: a.sheet.Turn, Upright: a.sure >= sensible, Unwitnessed: unwitnessed, Unsecond: unsecond}, nil
}

// opener starts sessions for a picture in one orientation or another.
type opener struct {
	ctx        context.Context
	recognizer Recognizer
	scan       *Scan
	grid       Grid
}

// open makes the page with its rules and starts the session for it.
func (o *opener) open(s *pix.Sheet) (*session, *model.Page) {
	f := newFrame(o.scan, s)
	rules := segment.Rules(s)
	page := &model.Page{Width: f.width, Height: f.height, Rotate: 90 * s.Turn, Rules: f.rules(rules)}
	var cells []image.Rectangle
	for _, b := range o.grid(page) {
		cells = append(cells, f.pixels(b))
	}
	return newSession(o.ctx, o.recognizer, s, rules, cells), page
}
