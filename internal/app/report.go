package app

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/countybudget/extract/internal/input"
	"github.com/countybudget/extract/internal/report"
)

// ReportOptions say what a site is made of.
type ReportOptions struct {
	Output  string // converted
	Site    string // folder to write
	Aliases string // CSV file of renamed departments, in place of that of the conversion; may be empty
	Review  string // page that figures link to, in place of the PDF files; may be empty
}

// Site says what a site shows.
type Site struct {
	report.Summary
	MissingFiles int // PDF files that are not where they were, so that nothing links to them
}

// Report writes a static web site of the trends in a converted output.
func Report(ctx context.Context, o ReportOptions) (*Site, error) {
	files := sources{site: o.Site, known: map[string]string{}}
	opt := report.Options{Source: files.path}
	var err error
	if opt.Aliases, err = ReadAliases(o.Aliases); err != nil {
		return nil, err
	}
	if o.Review != "" {
		opt.Review = relativeTo(o.Site, o.Review)
		if opt.Review == "" {
			return nil, fmt.Errorf("--review: there is no file %s", o.Review)
		}
	}
	summary, err := report.Write(ctx, o.Output, o.Site, opt)
	if err != nil {
		return nil, err
	}
	return &Site{summary, files.missing()}, nil
}

// sources finds the files of documents from the folder of a site.
type sources struct {
	site  string
	known map[string]string // the relative path of each file asked for; "" where there is no such file
}

func (s *sources) path(uri string) string {
	path, ok := s.known[uri]
	if !ok {
		path = relativeTo(s.site, input.PathOf(uri))
		s.known[uri] = path
	}
	return path
}

// missing counts the files that were not found. With a review page none is asked for but those of the documents themselves.
func (s *sources) missing() int {
	n := 0
	for _, path := range s.known {
		if path == "" {
			n++
		}
	}
	return n
}

// relativeTo is the relative path from a folder to a file, or "" where there is no such file.
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
