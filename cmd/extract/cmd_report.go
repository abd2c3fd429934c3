package main

import (
	"context"
	"fmt"
	"io"
	"path/filepath"

	"github.com/spf13/cobra"

	"github.com/countybudget/extract/internal/app"
)

type reportOptions struct {
	site    string
	aliases string
	review  string
	quiet   bool

	out string
}

func (p *program) reportCommand() *cobra.Command {
	var o reportOptions
	c := &cobra.Command{
		Use:   "report OUT -o SITE",
		Short: "Make a web site of the trends in a converted output",
		Long: `Report reads a converted output and writes a static web site: what each department published, how its budget and
accounts changed over the years, what changed most, and which identities fail. Open SITE/index.html in a browser; it needs
no server and no network. An existing site in SITE is replaced.

Changes of departments' names are taken from the dataset departments. With --aliases they are derived again, with this file
in place of the one given to convert.

` + aliasesHelp + `
` + exitCodesHelp,
		Example: `  extract report out -o site
  extract report out -o site --aliases departments.csv
  extract review out -o review.html && extract report out -o site --review review.html`,
		Args: cobra.ExactArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			o.out = args[0]
			if o.site == "" {
				return usageError("--output must name a folder")
			}
			return ran(runReport(c.Context(), o, p.stdout))
		},
	}
	f := c.Flags()
	f.SortFlags = false
	f.StringVarP(&o.site, "output", "o", "", "folder of the site (required)")
	f.StringVar(&o.aliases, "aliases", "", "CSV file of renamed and merged departments")
	f.StringVar(&o.review, "review", "", "page made by extract review that figures link to, in place of the PDF files")
	f.BoolVar(&o.quiet, "quiet", false, "print errors only")
	c.MarkFlagRequired("output")
	return c
}

func runReport(ctx context.Context, o reportOptions, stdout io.Writer) error {
	site, err := app.Report(ctx, app.ReportOptions{Output: o.out, Site: o.site, Aliases: o.aliases, Review: o.review})
	if err != nil || o.quiet {
		return err
	}
	missing := ""
	if n := site.MissingFiles; n > 0 {
		missing = fmt.Sprintf("%d PDF files were not found from this folder, so nothing links to them: run report in the folder where convert was run\n", n)
	}
	_, err = fmt.Fprintf(stdout, "%d departments, %d documents, %d failed checks: %s\n%s",
		site.Departments, site.Documents, site.Findings, filepath.Join(o.site, "index.html"), missing)
	return err
}
