package app

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/countybudget/extract/extract"
	"github.com/countybudget/extract/extract/model"
	"github.com/countybudget/extract/internal/batch"
	"github.com/countybudget/extract/internal/bytesize"
	"github.com/countybudget/extract/internal/input"
	"github.com/countybudget/extract/internal/review"
	"github.com/countybudget/extract/internal/wholefile"
	"github.com/countybudget/extract/schema"
)

// ReviewOptions say what is to be reviewed, and how.
type ReviewOptions struct {
	Reading
	Input     string   // a PDF file, or a converted output
	Page      string   // the HTML file to write
	Documents []string // of an output: only documents with one of these in their name, or at the head of their id
	All       bool     // of an output: also documents without contradicted or unclaimed figures
	Most      int      // documents on the page
	DPI       float64  // of the pictures
}

// Review writes a page that shows each figure beside the page it was read from. It gives how many documents are on it, and how
// many more would be without the limit. The page is written whole or not at all.
func Review(ctx context.Context, o ReviewOptions) (shown, left int, err error) {
	sources, left, err := reviewSources(ctx, o)
	if err != nil {
		return 0, 0, err
	}
	err = wholefile.Write(o.Page, 0o644, func(w io.Writer) error {
		return review.Write(w, sources, review.Options{Left: left, Pictures: func(s *review.Source) error { return addPictures(ctx, o, s) }})
	})
	return len(sources), left, err
}

// reviewSources reads the rows: those of an output, or those that a file converts to.
func reviewSources(ctx context.Context, o ReviewOptions) ([]review.Source, int, error) {
	info, err := os.Stat(o.Input)
	if err != nil {
		return nil, 0, err
	}
	if !info.IsDir() {
		result, err := Inspect(ctx, o.Input, o.Reading, func(opt *batch.Options) { opt.WithDocument = true })
		if err != nil {
			return nil, 0, err
		}
		return []review.Source{{Disclosure: result.Disclosure, Document: result.Document}}, 0, nil
	}
	chosen, left, err := chooseDocuments(ctx, o)
	if err != nil {
		return nil, 0, err
	}
	disclosures, err := readDisclosures(ctx, o.Input, chosen)
	if err != nil {
		return nil, 0, err
	}
	sources := make([]review.Source, len(disclosures))
	for i, d := range disclosures {
		sources[i].Disclosure = d
	}
	return sources, left, nil
}

// chooseDocuments finds the documents of an output that are to be reviewed, the most doubtful first.
func chooseDocuments(ctx context.Context, o ReviewOptions) (chosen []schema.DocumentRow, left int, err error) {
	doubts := map[string]int{}
	err = each(ctx, o.Input, func(l *schema.BudgetLine) {
		if l.Verification == schema.Contradicted {
			doubts[l.DocumentID]++
		}
	})
	if err != nil {
		return nil, 0, err
	}
	lost := map[string]bool{} // figures, not the dates and counts that every text has
	err = each(ctx, o.Input, func(x *schema.DiagnosticRow) {
		if x.Code == schema.DiagUnclaimedNumber && x.Severity != schema.SeverityInfo {
			lost[x.DocumentID] = true
		}
	})
	if err != nil {
		return nil, 0, err
	}
	err = each(ctx, o.Input, func(d *schema.DocumentRow) {
		if lost[d.DocumentID] {
			doubts[d.DocumentID] += int(d.NumbersTotal - d.NumbersClaimed)
		}
		if named(d, o.Documents) && (o.All || len(o.Documents) > 0 || doubts[d.DocumentID] > 0) {
			chosen = append(chosen, *d)
		}
	})
	if err != nil {
		return nil, 0, err
	}
	if len(chosen) == 0 {
		return nil, 0, errors.New("no document to review: none has contradicted or unclaimed figures, or none has that name; see --all")
	}
	slices.SortFunc(chosen, func(a, b schema.DocumentRow) int {
		return cmp.Or(-cmp.Compare(doubts[a.DocumentID], doubts[b.DocumentID]), cmp.Compare(a.FileName, b.FileName), cmp.Compare(a.DocumentID, b.DocumentID))
	})
	n := min(len(chosen), o.Most)
	return chosen[:n], len(chosen) - n, nil
}

func named(d *schema.DocumentRow, names []string) bool {
	return len(names) == 0 || slices.ContainsFunc(names, func(name string) bool {
		return strings.Contains(d.FileName, name) || strings.HasPrefix(d.DocumentID, name)
	})
}

// readDisclosures collects the rows of some documents from an output.
func readDisclosures(ctx context.Context, out string, documents []schema.DocumentRow) ([]*schema.Disclosure, error) {
	all := make([]*schema.Disclosure, len(documents))
	byID := map[string]*schema.Disclosure{}
	for i := range documents {
		all[i] = &schema.Disclosure{Document: documents[i]}
		byID[documents[i].DocumentID] = all[i]
	}
	for _, read := range []func() error{
		func() error {
			return each(ctx, out, func(r *schema.BudgetLine) {
				if d := byID[r.DocumentID]; d != nil {
					d.BudgetLines = append(d.BudgetLines, *r)
				}
			})
		},
		func() error {
			return each(ctx, out, func(r *schema.TableRow) {
				if d := byID[r.DocumentID]; d != nil {
					d.Tables = append(d.Tables, *r)
				}
			})
		},
		func() error {
			return each(ctx, out, func(r *schema.CellRow) {
				if d := byID[r.DocumentID]; d != nil {
					d.Cells = append(d.Cells, *r)
				}
			})
		},
		func() error {
			return each(ctx, out, func(r *schema.CheckRow) {
				if d := byID[r.DocumentID]; d != nil {
					row := *r
					row.LineIDs = slices.Clone(r.LineIDs)
					d.Checks = append(d.Checks, row)
				}
			})
		},
		func() error {
			return each(ctx, out, func(r *schema.DiagnosticRow) {
				if d := byID[r.DocumentID]; d != nil {
					d.Diagnostics = append(d.Diagnostics, *r)
				}
			})
		},
	} {
		if err := read(); err != nil {
			return nil, err
		}
	}
	return all, nil
}

// pictureBytes bounds the pictures of one document, and so the memory of a review: some 500 pages of text.
const pictureBytes = 32 << 20

// addPictures draws the pages of a document, in a worker. Without its file, or if that has changed or cannot be drawn, the
// document has a note in place of pictures.
func addPictures(ctx context.Context, o ReviewOptions, s *review.Source) error {
	path := s.Disclosure.Document.SourceURI
	if s.Document != nil || path == "" {
		path = o.Input
	}
	docs, err := input.Identify(ctx, []input.Input{input.New(input.PathOf(path))}, 1)
	switch {
	case err != nil:
		return err
	case docs[0].Unread != nil:
		s.Note = "the file is not where it was: " + filepath.Base(path)
		return nil
	case docs[0].ID != s.Disclosure.Document.DocumentID:
		s.Note = "the file has changed since it was read: " + filepath.Base(path)
		return nil
	}
	opt := o.options(1)
	opt.Draw = &extract.DrawOptions{DPI: o.DPI, MaxBytes: pictureBytes}
	_, err = batch.Run(ctx, docs, opt, func(outcome batch.Outcome) error {
		s.Note = outcome.Disclosure.Document.Error
		if outcome.Document != nil {
			s.Pages, s.Note = pictures(outcome.Document.Drawings), cmp.Or(s.Note, missingPictures(outcome.Document))
		}
		return nil
	})
	return err
}

func pictures(drawings []model.Drawing) []review.Picture {
	all := make([]review.Picture, len(drawings))
	for i := range drawings {
		all[i] = review.NewPicture(&drawings[i])
	}
	return all
}

// missingPictures says how many pages have no picture.
func missingPictures(d *model.Document) string {
	n := d.PageCount
	for i := range d.Drawings {
		if len(d.Drawings[i].Image) > 0 {
			n--
		}
	}
	if n == 0 {
		return ""
	}
	return fmt.Sprintf("%d of %d pages have no picture: they could not be drawn within the time, or all pictures take more than %s",
		n, d.PageCount, bytesize.Format(pictureBytes))
}
