package main

import (
	"context"
	"fmt"
	"io"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"github.com/countybudget/extract/internal/app"
	"github.com/countybudget/extract/internal/export"
)

// exportOptions are the flags of export.
type exportOptions struct {
	format string
	reader string
	dest   string
	force  bool
}

func (p *program) exportCommand() *cobra.Command {
	var opt exportOptions
	c := &cobra.Command{
		Use:   "export OUT",
		Short: "Write a converted output as Excel workbooks, CSV or JSON lines",
		Long: `Export writes what convert has written to OUT in another form.

Formats:
  xlsx   one workbook with Chinese headings: the documents, a sheet for each statement, the failed checks; amounts are
         numbers. If a statement has more rows than a sheet can hold, there is one workbook for each year.
  csv    one file for each dataset. For Excel (the default) files begin with a byte order mark, and a text that begins
         with = + - or @ is preceded by an apostrophe, so that no spreadsheet takes it for a formula. With
         --for postgresql every value is unchanged, for the script of "extract schema --format postgresql".
  jsonl  one file for each dataset, one object a line`,
		Example: `  extract export out --format xlsx -o budget.xlsx
  extract export out --format csv -o csv`,
		Args: cobra.ExactArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			if err := opt.validate(); err != nil {
				return usageError("%w", err)
			}
			return ran(runExport(c.Context(), opt, args[0], p.stdout))
		},
	}
	f := c.Flags()
	f.SortFlags = false
	f.StringVar(&opt.format, "format", "", "xlsx, csv or jsonl (required)")
	f.StringVarP(&opt.dest, "output", "o", "", "folder to write to, or file for xlsx (required)")
	f.StringVar(&opt.reader, "for", string(export.ForExcel), "program that reads the CSV files: excel or postgresql")
	f.BoolVar(&opt.force, "force", false, "replace existing files")
	return c
}

func (o *exportOptions) validate() error {
	switch {
	case o.format != export.XLSX && o.format != export.CSV && o.format != export.JSONL:
		return fmt.Errorf("--format must be xlsx, csv or jsonl")
	case o.dest == "":
		return fmt.Errorf("--output is missing: where to write to")
	case o.format == export.XLSX && !strings.EqualFold(filepath.Ext(o.dest), ".xlsx"):
		return fmt.Errorf("--output must end in .xlsx for a workbook")
	case o.reader != string(export.ForExcel) && o.reader != string(export.ForPostgreSQL):
		return fmt.Errorf("--for must be excel or postgresql")
	}
	return nil
}

func runExport(ctx context.Context, opt exportOptions, out string, stdout io.Writer) error {
	files, err := export.Run(ctx, out, export.Options{
		Format: opt.format, For: export.Reader(opt.reader), Dest: opt.dest, Force: opt.force,
	})
	for _, f := range files {
		fmt.Fprintf(stdout, "%s: %d rows\n", app.Printable(f.Path), f.Rows)
	}
	return err
}
