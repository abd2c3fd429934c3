package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"github.com/countybudget/extract/internal/batch"
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

Departments are followed through changes of name as the output has them (dataset departments). With --aliases they are
derived again, with this file in place of the one that convert was given.

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
	files := sources{site: o.site, known: map[string]string{}}
	opt := sitereport.Options{Source: files.path}
	var err error
	if opt.Aliases, err = readAliases(o.aliases); err != nil {
		return err
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
	_, err = fmt.Fprintf(stdout, "%d departments, %d documents, %d failed checks: %s\n%s",
		summary.Departments, summary.Documents, summary.Findings, filepath.Join(o.site, "index.html"), files.missing())
	return err
}

// sources finds the files of documents from the folder of a site.
type sources struct {
	site  string
	known map[string]string // the way to each file asked for; "" where it is not to be found
}

func (s *sources) path(uri string) string {
	path, ok := s.known[uri]
	if !ok {
		path = relativeTo(s.site, batch.PathOf(uri))
		s.known[uri] = path
	}
	return path
}

// missing tells of files that were not found; with a review page none is asked for but those of the documents themselves.
func (s *sources) missing() string {
	n := 0
	for _, path := range s.known {
		if path == "" {
			n++
		}
	}
	if n == 0 {
		return ""
	}
	return fmt.Sprintf("%d PDF files are not where they were, seen from this folder: nothing leads to them; run report where convert was run\n", n)
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
