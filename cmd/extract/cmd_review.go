package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"time"

	"github.com/spf13/cobra"

	"github.com/countybudget/extract/internal/app"
	"github.com/countybudget/extract/internal/batch"
)

type reviewOptions struct {
	page      string
	documents []string
	all       bool
	limit     int
	dpi       float64
	timeout   time.Duration
	lexicon   []string
	quiet     bool

	input   string
	version string
}

func (p *program) reviewCommand() *cobra.Command {
	o := reviewOptions{version: p.version}
	c := &cobra.Command{
		Use:   "review FILE|OUT -o PAGE",
		Short: "Make a page that shows each figure beside the page it was read from",
		Long: `Review writes one HTML file with the picture of each page beside the tables rebuilt from it. A figure shows its box on
the page, its readings and the identities that use it; the page steps through contradicted, unchecked and unclaimed figures.
Corrections that you enter are saved from the page as corrections.csv, which "extract convert --corrections" applies.

The input is a PDF file, or a converted output. Of an output, documents with contradicted or unclaimed figures are shown,
those with the most of them first; the PDF files must be where they were when it was written.

` + exitCodesHelp,
		Example: `  extract review budget.pdf -o review.html
  extract review out -o review.html
  extract review out -o review.html --document 水利局
  extract convert -o out --corrections corrections.csv budgets/`,
		Args: cobra.ExactArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			o.input = args[0]
			if err := o.validate(); err != nil {
				return usageError("%w", err)
			}
			return ran(runReview(c.Context(), o, p.stdout))
		},
	}
	f := c.Flags()
	f.SortFlags = false
	f.StringVarP(&o.page, "output", "o", "", "the HTML file to write (required)")
	f.StringArrayVar(&o.documents, "document", nil, "of an output: only documents with this text in their name, or at the start of their id; may be repeated")
	f.BoolVar(&o.all, "all", false, "of an output: also documents without contradicted or unclaimed figures")
	f.IntVar(&o.limit, "max-documents", 20, "show at most this many documents")
	f.Float64Var(&o.dpi, "dpi", 100, "resolution of the page images, in dots per inch")
	f.DurationVar(&o.timeout, "timeout", batch.DefaultLimits().Document, "give up on a document after this long")
	addLexicon(f, &o.lexicon)
	f.BoolVar(&o.quiet, "quiet", false, "print errors only")
	c.MarkFlagRequired("output")
	return c
}

func (o *reviewOptions) validate() error {
	switch {
	case o.page == "":
		return errors.New("--output must name a file")
	case o.limit < 1 || o.dpi < 30 || o.dpi > 300 || o.timeout <= 0:
		return errors.New("--max-documents and --timeout must be positive, --dpi from 30 to 300")
	}
	return nil
}

func runReview(ctx context.Context, o reviewOptions, stdout io.Writer) error {
	reading := app.Reading{Limits: batch.DefaultLimits(), Lexicon: o.lexicon, Version: o.version}
	reading.Limits.Document = o.timeout
	shown, left, err := app.Review(ctx, app.ReviewOptions{
		Reading: reading, Input: o.input, Page: o.page, Documents: o.documents, All: o.all, Most: o.limit, DPI: o.dpi,
	})
	if err != nil || o.quiet {
		return err
	}
	note := ""
	if left > 0 {
		note = fmt.Sprintf(" (%d more are not on it; see --document and --max-documents)", left)
	}
	_, err = fmt.Fprintf(stdout, "%d documents%s: %s\n", shown, note, o.page)
	return err
}
