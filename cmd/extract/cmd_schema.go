package main

import (
	"context"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"github.com/countybudget/extract/internal/warehouse"
)

// schemaOptions are the flags of schema.
type schemaOptions struct {
	format string
	from   string
}

func (p *program) schemaCommand() *cobra.Command {
	var opt schemaOptions
	formats := strings.Join(warehouse.Formats(), ", ")
	c := &cobra.Command{
		Use:   "schema",
		Short: "Print the data dictionary, or the script that loads an output into a warehouse",
		Long: `Schema prints the meaning of every dataset and column (markdown, json), or a SQL script that creates tables in a warehouse,
loads an output into them and creates views for common questions. Loading twice changes nothing.

--from is where the warehouse finds the output: a folder, or an address such as gs://BUCKET/out. For postgresql it is the
folder of the CSV files that "extract export --format csv --for postgresql" writes.`,
		Example: `  extract schema > dictionary.md
  extract schema --format duckdb --from out | duckdb budget.duckdb
  extract schema --format bigquery --from gs://BUCKET/out > bigquery.sql`,
		Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			if !warehouse.Known(opt.format) {
				return usageError("--format is one of %s, not %q", formats, opt.format)
			}
			return ran(runSchema(c.Context(), opt, p.stdout))
		},
	}
	c.Flags().StringVar(&opt.format, "format", "markdown", formats)
	c.Flags().StringVar(&opt.from, "from", "out", "location of the output that the script loads")
	return c
}

func runSchema(_ context.Context, opt schemaOptions, stdout io.Writer) error {
	return warehouse.Write(stdout, opt.format, opt.from)
}
