package main

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
	"time"

	"github.com/spf13/cobra"

	"github.com/countybudget/extract/extract"
	"github.com/countybudget/extract/extract/model"
	"github.com/countybudget/extract/internal/batch"
	"github.com/countybudget/extract/internal/dataset"
	"github.com/countybudget/extract/internal/review"
	"github.com/countybudget/extract/schema"
)

type reviewOptions struct {
	page      string
	documents []string
	all       bool
	limit     int
	dpi       float64
	timeout   time.Duration
	quiet     bool

	input   string
	version string
}

func (a *app) reviewCommand() *cobra.Command {
	o := reviewOptions{version: a.version}
	c := &cobra.Command{
		Use:   "review FILE|OUT -o PAGE",
		Short: "Make a page that shows each figure beside the page it was read from",
		Long: `Review writes one HTML file with the picture of each page beside the tables rebuilt from it. A figure shows its box on
the page, its readings and the identities it takes part in; the contradicted, unchecked and unclaimed ones can be gone through
one by one. Corrections typed in are saved from the page as corrections.csv, which "extract convert --corrections" applies.

The input is one PDF file, or a converted output, of which the documents with contradicted or unclaimed figures are shown, the
most doubtful first. The PDF files of an output must be where they were when it was written.

` + exitCodesHelp,
		Example: `  extract review budget.pdf -o review.html
  extract review out -o review.html
  extract review out -o review.html --document 水利局
  extract convert -o out --corrections corrections.csv budgets/`,
		Args: cobra.ExactArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			o.input = args[0]
			switch {
			case o.page == "":
				return usageError("--output must name a file")
			case o.limit < 1 || o.dpi < 30 || o.dpi > 300 || o.timeout <= 0:
				return usageError("--max-documents and --timeout must be positive, --dpi from 30 to 300")
			}
			return ran(runReview(c.Context(), o, a.stdout))
		},
	}
	f := c.Flags()
	f.SortFlags = false
	f.StringVarP(&o.page, "output", "o", "", "the HTML file to write (required)")
	f.StringArrayVar(&o.documents, "document", nil, "of an output: only documents with this in their name or id; may be given more than once")
	f.BoolVar(&o.all, "all", false, "of an output: also documents without contradicted or unclaimed figures")
	f.IntVar(&o.limit, "max-documents", 20, "documents on the page")
	f.Float64Var(&o.dpi, "dpi", 100, "resolution of the pictures")
	f.DurationVar(&o.timeout, "timeout", batch.DefaultLimits().Document, "time for one document")
	f.BoolVar(&o.quiet, "quiet", false, "print errors only")
	c.MarkFlagRequired("output")
	return c
}

func runReview(ctx context.Context, o reviewOptions, stdout io.Writer) error {
	sources, left, err := reviewSources(ctx, o)
	if err != nil {
		return err
	}
	err = writeWhole(o.page, func(w io.Writer) error {
		return review.Write(w, sources, review.Options{Left: left, Pictures: func(s *review.Source) error { return addPictures(ctx, o, s) }})
	})
	if err != nil {
		return err
	}
	if o.quiet {
		return nil
	}
	note := ""
	if left > 0 {
		note = fmt.Sprintf(" (%d more are not on it; see --document and --max-documents)", left)
	}
	_, err = fmt.Fprintf(stdout, "%d documents%s: %s\n", len(sources), note, o.page)
	return err
}

// reviewSources reads the rows: those of an output, or those that a file converts to.
func reviewSources(ctx context.Context, o reviewOptions) ([]review.Source, int, error) {
	info, err := os.Stat(o.input)
	if err != nil {
		return nil, 0, err
	}
	if !info.IsDir() {
		result, err := inspect(ctx, readOptions{file: o.input, timeout: o.timeout, version: o.version}, batch.Options{WithDocument: true})
		if err != nil {
			return nil, 0, err
		}
		return []review.Source{{Disclosure: result.Disclosure, Document: result.Document}}, 0, nil
	}
	chosen, left, err := chooseDocuments(ctx, o)
	if err != nil {
		return nil, 0, err
	}
	disclosures, err := readDisclosures(ctx, o.input, chosen)
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
func chooseDocuments(ctx context.Context, o reviewOptions) (chosen []schema.DocumentRow, left int, err error) {
	doubts := map[string]int{}
	for l, err := range dataset.Rows[schema.BudgetLine](o.input) {
		if err = cmp.Or(err, ctx.Err()); err != nil {
			return nil, 0, err
		}
		if l.Verification == schema.Contradicted {
			doubts[l.DocumentID]++
		}
	}
	lost := map[string]bool{} // figures, not the dates and counts that every text has
	for x, err := range dataset.Rows[schema.DiagnosticRow](o.input) {
		if err = cmp.Or(err, ctx.Err()); err != nil {
			return nil, 0, err
		}
		if x.Code == schema.DiagUnclaimedNumber && x.Severity != schema.SeverityInfo {
			lost[x.DocumentID] = true
		}
	}
	for d, err := range dataset.Rows[schema.DocumentRow](o.input) {
		if err = cmp.Or(err, ctx.Err()); err != nil {
			return nil, 0, err
		}
		if lost[d.DocumentID] {
			doubts[d.DocumentID] += int(d.NumbersTotal - d.NumbersClaimed)
		}
		if named(d, o.documents) && (o.all || len(o.documents) > 0 || doubts[d.DocumentID] > 0) {
			chosen = append(chosen, *d)
		}
	}
	if len(chosen) == 0 {
		return nil, 0, errors.New("no document to review: none has contradicted or unclaimed figures, or none has that name; see --all")
	}
	slices.SortFunc(chosen, func(a, b schema.DocumentRow) int {
		return cmp.Or(-cmp.Compare(doubts[a.DocumentID], doubts[b.DocumentID]), cmp.Compare(a.FileName, b.FileName), cmp.Compare(a.DocumentID, b.DocumentID))
	})
	n := min(len(chosen), o.limit)
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
	err := cmp.Or(
		collect(ctx, out, func(r *schema.BudgetLine) {
			if d := byID[r.DocumentID]; d != nil {
				d.BudgetLines = append(d.BudgetLines, *r)
			}
		}),
		collect(ctx, out, func(r *schema.TableRow) {
			if d := byID[r.DocumentID]; d != nil {
				d.Tables = append(d.Tables, *r)
			}
		}),
		collect(ctx, out, func(r *schema.CellRow) {
			if d := byID[r.DocumentID]; d != nil {
				d.Cells = append(d.Cells, *r)
			}
		}),
		collect(ctx, out, func(r *schema.CheckRow) {
			if d := byID[r.DocumentID]; d != nil {
				row := *r
				row.LineIDs = slices.Clone(r.LineIDs)
				d.Checks = append(d.Checks, row)
			}
		}),
		collect(ctx, out, func(r *schema.DiagnosticRow) {
			if d := byID[r.DocumentID]; d != nil {
				d.Diagnostics = append(d.Diagnostics, *r)
			}
		}),
	)
	return all, err
}

func collect[T any](ctx context.Context, out string, take func(*T)) error {
	for row, err := range dataset.Rows[T](out) {
		if err = cmp.Or(err, ctx.Err()); err != nil {
			return err
		}
		take(row)
	}
	return nil
}

// pictureBytes bounds the pictures of one document, and with them what review holds in memory: some 500 pages of text.
const pictureBytes = 32 << 20

// addPictures draws the pages of a document, in a worker. A file that is not there any more, or has changed, or cannot be drawn
// costs its pictures alone.
func addPictures(ctx context.Context, o reviewOptions, s *review.Source) error {
	path := s.Disclosure.Document.SourceURI
	if s.Document != nil || path == "" {
		path = o.input
	}
	docs, err := batch.Plan(ctx, []batch.Input{batch.NewInput(batch.PathOf(path))}, 1)
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
	limits := batch.DefaultLimits()
	limits.Document = o.timeout
	_, err = batch.Run(ctx, docs, batch.Options{
		Jobs: 1, Limits: limits, PipelineVersion: o.version, Draw: &extract.DrawOptions{DPI: o.dpi, MaxBytes: pictureBytes},
	}, func(outcome batch.Outcome) error {
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
		n, d.PageCount, batch.FormatSize(pictureBytes))
}

// writeWhole writes a file that is there whole or not at all.
func writeWhole(path string, write func(io.Writer) error) (err error) {
	f, err := os.CreateTemp(filepath.Dir(path), "."+filepath.Base(path)+"-*")
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			f.Close()
			os.Remove(f.Name())
		}
	}()
	if err = write(f); err != nil {
		return err
	}
	if err = cmp.Or(f.Chmod(0o644), f.Close()); err != nil {
		return err
	}
	return os.Rename(f.Name(), path)
}
