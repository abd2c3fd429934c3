package main

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/countybudget/extract/extract/pdfium"
	"github.com/countybudget/extract/internal/batch"
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
	engine := pdfium.New(pdfium.Options{})
	defer engine.Close()
	for i := range sources {
		if err := addPictures(ctx, engine, o, &sources[i]); err != nil {
			return err
		}
	}
	if err := writeWhole(o.page, func(w io.Writer) error { return review.Write(w, sources, review.Options{Left: left}) }); err != nil {
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
		result, err := inspect(ctx, showOptions{file: o.input, timeout: o.timeout, version: o.version})
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
	for l, err := range schema.Rows[schema.BudgetLine](o.input) {
		if err = cmp.Or(err, ctx.Err()); err != nil {
			return nil, 0, err
		}
		if l.Verification == schema.Contradicted {
			doubts[l.DocumentID]++
		}
	}
	lost := map[string]bool{} // figures, not the dates and counts that every text has
	for x, err := range schema.Rows[schema.DiagnosticRow](o.input) {
		if err = cmp.Or(err, ctx.Err()); err != nil {
			return nil, 0, err
		}
		if x.Code == schema.DiagUnclaimedNumber && x.Severity != schema.SeverityInfo {
			lost[x.DocumentID] = true
		}
	}
	for d, err := range schema.Rows[schema.DocumentRow](o.input) {
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
	for row, err := range schema.Rows[T](out) {
		if err = cmp.Or(err, ctx.Err()); err != nil {
			return err
		}
		take(row)
	}
	return nil
}

// addPictures draws the pages of a document. A file that is not there any more, or has changed, or cannot be drawn costs its
// pictures alone.
func addPictures(ctx context.Context, engine *pdfium.Engine, o reviewOptions, s *review.Source) error {
	path := s.Disclosure.Document.SourceURI
	if s.Document != nil || path == "" {
		path = o.input
	}
	type drawing struct {
		pages []review.Picture
		err   error
	}
	done := make(chan drawing, 1)
	go func() {
		pages, err := drawPages(engine, path, s.Disclosure.Document.DocumentID, o.dpi)
		done <- drawing{pages, err}
	}()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-time.After(o.timeout):
		return fmt.Errorf("%s: its pages were not drawn within %s", printable(path), o.timeout)
	case d := <-done:
		s.Pages = d.pages
		if d.err != nil {
			s.Note = d.err.Error()
		}
		return nil
	}
}

func drawPages(engine *pdfium.Engine, path, id string, dpi float64) ([]review.Picture, error) {
	data, err := os.ReadFile(batch.PathOf(path))
	if err != nil {
		return nil, errors.New("the file is not where it was: " + filepath.Base(path))
	}
	if sum := sha256.Sum256(data); hex.EncodeToString(sum[:]) != id {
		return nil, errors.New("the file has changed since it was read: " + filepath.Base(path))
	}
	doc, err := engine.Open(data, "")
	if err != nil {
		return nil, err
	}
	defer doc.Close()
	var pages []review.Picture
	for n := 1; n <= doc.NumPages(); n++ {
		page := doc.Page(n)
		img, err := doc.Render(n, dpi, nil)
		if err != nil {
			img = nil // the page is shown without its picture
		}
		picture, err := review.NewPicture(page, img)
		if err != nil {
			return pages, err
		}
		pages = append(pages, picture)
	}
	return pages, nil
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
