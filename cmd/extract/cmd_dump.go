package main

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"slices"

	"github.com/spf13/cobra"

	"github.com/countybudget/extract/internal/app"
	"github.com/countybudget/extract/internal/batch"
	"github.com/countybudget/extract/internal/bytesize"
	"github.com/countybudget/extract/internal/dump"
	"github.com/countybudget/extract/schema"
)

type dumpOptions struct {
	readOptions
	stage string
	page  int
}

// dumpBytes bounds what a worker sends of a document: about five hundred dense pages.
const dumpBytes = 128 << 20

func (p *program) dumpCommand() *cobra.Command {
	o := dumpOptions{readOptions: readOptions{version: p.version}}
	c := &cobra.Command{
		Use:   "dump FILE --stage STAGE",
		Short: "Print a stage between a document and its rows as JSON",
		Long: `Dump reads one PDF file and prints the result of one stage as JSON, without writing anything. The first stage in which a
figure is wrong is where it went wrong.

Stages:
  pages   what was read from each page, including recognized text: glyphs with their flags (watermark, covered, undecoded …),
          rules, pictures, covers; the reader, and the error of a page that could not be read
  lines   lines outside tables in reading order, with their words, and their role: body, caption, running, page_label, contents
  tables  rebuilt tables with their cells, and the statement that each was classified as
  rows    budget lines, performance projects and indicators, as convert would write them
  checks  tested identities, and diagnostics

The output is one JSON object a line, for jq. Its message_type is page, line, table, budget_line, performance_project,
performance_indicator, check or diagnostic. Fields are named after the columns of the output where there is one ("extract
schema"). Amounts are strings. Boxes are in points from the top left of the page. Invisible characters are escaped.

The stages pages, lines and tables print ` + bytesize.Format(dumpBytes) + ` at most. The rest is left out; a message on standard error
says how much, and the exit code is 3.

` + exitCodesHelp,
		Example: `  extract dump budget.pdf --stage pages --page 3 | jq -c '.glyphs[] | select(.flags != [])'
  extract dump budget.pdf --stage rows --page 5 | jq -r '[.item_name, .raw_text, .amount] | @tsv'`,
		Args: cobra.ExactArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			o.file = args[0]
			if err := o.validate(); err != nil {
				return usageError("%w", err)
			}
			return ran(runDump(c.Context(), o, p.stdout, p.stderr))
		},
	}
	f := c.Flags()
	f.SortFlags = false
	f.StringVar(&o.stage, "stage", "", "pages, lines, tables, rows or checks (required)")
	f.IntVar(&o.page, "page", 0, "only this page; a table that spans pages is printed whole; not for checks")
	o.add(f)
	c.MarkFlagRequired("stage")
	return c
}

func (o *dumpOptions) validate() error {
	switch {
	case !slices.Contains(dump.Stages(), dump.Stage(o.stage)):
		return fmt.Errorf("--stage must be pages, lines, tables, rows or checks, not %q", o.stage)
	case o.page < 0:
		return fmt.Errorf("--page must not be negative")
	case o.page > 0 && dump.Stage(o.stage) == dump.Checks:
		return fmt.Errorf("--page does not go with --stage checks: an identity may hold over several pages")
	}
	return o.readOptions.validate()
}

func runDump(ctx context.Context, o dumpOptions, stdout, stderr io.Writer) error {
	request := dump.Request{Stage: dump.Stage(o.stage), Page: o.page, MaxBytes: dumpBytes}
	result, err := inspect(ctx, o.readOptions, func(opt *batch.Options) { opt.Dump = &request })
	if err != nil {
		return err
	}
	d := &result.Disclosure.Document
	if d.Status != schema.StatusFailed && o.page > int(d.PageCount) {
		return fmt.Errorf("%s: there is no page %d; the document has %d", o.file, o.page, d.PageCount)
	}
	say, ok := &display{stderr: stderr}, d.Status == schema.StatusOK
	if !ok {
		say.message(app.Problem(d))
	}
	out := bufio.NewWriter(stdout)
	if err := dump.Write(out, request, result.Dump, result.Disclosure); err != nil {
		return err
	}
	if err := out.Flush(); err != nil {
		return err
	}
	if result.Dump != nil && result.Dump.Left > 0 {
		say.message(cutMessage(o, result.Dump))
		ok = false
	}
	if !ok {
		return errSomeFailed
	}
	return nil
}

// cutMessage says how much of a dump was left out.
func cutMessage(o dumpOptions, d *dump.Dump) string {
	advice := ""
	if o.page == 0 {
		advice = "; choose a page with --page"
	}
	return app.Printable(fmt.Sprintf("cut: %s: the last %d of %d %s are not printed, all take more than %s%s",
		o.file, d.Left, len(d.Messages)+d.Left, o.stage, bytesize.Format(dumpBytes), advice))
}
