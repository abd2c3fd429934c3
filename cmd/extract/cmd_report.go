package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	sitereport "github.com/countybudget/extract/internal/report"
)

type reportOptions struct {
	site    string
	aliases string
	review  string
	quiet   bool

	out string
}

func (a *app) reportCommand() *cobra.Command {
	var o reportOptions
	c := &cobra.Command{
		Use:   "report OUT -o SITE",
		Short: "Make a web site of the trends in a converted output",
		Long: `Report reads a converted output and writes a static web site: which department published what, how its budget and
accounts went over the years, what changed most, and which identities fail. Open SITE/index.html in a browser; it needs no
server and no network. A site that is already in SITE is replaced.

Departments that were renamed or merged are joined by an alias file, a CSV file with the heading
  name,current_name,region,from_year,to_year,kind
where kind is renamed or merged (current_name is then the department it went into) and region and the years may be empty.
The file departments.csv of a county's own list may also say published_name, first_fiscal_year, last_fiscal_year, change.
Without it a change of name is seen only where the new documents print the old one's figures.

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
			return ran(runReport(c.Context(), o, a.stdout))
		},
	}
	f := c.Flags()
	f.SortFlags = false
	f.StringVarP(&o.site, "output", "o", "", "folder of the site (required)")
	f.StringVar(&o.aliases, "aliases", "", "CSV file of renamed and merged departments")
	f.StringVar(&o.review, "review", "", "page made by extract review that figures lead to; without it they lead to the PDF files")
	f.BoolVar(&o.quiet, "quiet", false, "print errors only")
	c.MarkFlagRequired("output")
	return c
}

func runReport(ctx context.Context, o reportOptions, stdout io.Writer) error {
	opt := sitereport.Options{Source: sourceFrom(o.site)}
	if o.aliases != "" {
		aliases, err := readAliases(o.aliases)
		if err != nil {
			return err
		}
		opt.Aliases = aliases
	}
	if o.review != "" {
		opt.Review = relativeTo(o.site, o.review)
		if opt.Review == "" {
			return fmt.Errorf("--review: there is no file %s", o.review)
		}
	}
	summary, err := sitereport.Write(ctx, o.out, o.site, opt)
	if err != nil || o.quiet {
		return err
	}
	_, err = fmt.Fprintf(stdout, "%d departments, %d documents, %d failed checks: %s\n",
		summary.Departments, summary.Documents, summary.Findings, filepath.Join(o.site, "index.html"))
	return err
}

func readAliases(path string) ([]sitereport.Alias, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	aliases, err := sitereport.ReadAliases(f)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return aliases, nil
}

// sourceFrom finds the file of a document from the folder of a site.
func sourceFrom(site string) func(string) string {
	known := map[string]string{}
	return func(uri string) string {
		path, ok := known[uri]
		if !ok {
			path = relativeTo(site, uri)
			known[uri] = path
		}
		return path
	}
}

// relativeTo is the way from a folder to a file, or "" where there is no such file.
func relativeTo(folder, file string) string {
	info, err := os.Stat(file)
	if err != nil || !info.Mode().IsRegular() {
		return ""
	}
	from, err := filepath.Abs(folder)
	to, err2 := filepath.Abs(file)
	if errors.Join(err, err2) != nil {
		return ""
	}
	path, err := filepath.Rel(from, to)
	if err != nil {
		return ""
	}
	return path
}
