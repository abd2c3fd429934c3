package report

import (
	"bytes"
	"context"
	"embed"
	"errors"
	"fmt"
	"html/template"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/countybudget/extract/normalize/lineage"
)

//go:embed templates assets/*.js assets/*.css assets/*.txt
var files embed.FS

// Options are the settings of a site.
type Options struct {
	// Aliases replace those that the output was converted with; nil leaves the departments as the output has them.
	Aliases []lineage.Alias
	// Review is a page made by the command review, relative to the site's folder; figures lead to it.
	Review string
	// Source gives a document's file, relative to the site's folder; "" when it is not to be found. Without a review page
	// figures lead to its page. It may be nil.
	Source func(sourceURI string) string
}

// Summary says what a site shows.
type Summary struct {
	Departments, Documents, Findings int
}

type site struct {
	model   *Model
	options Options
	dir     string
	pages   *template.Template
}

// marker tells a folder that this program wrote, and may replace, from another one.
const marker = "assets/site.js"

// Write makes the site for an output. A site that stands in dir is replaced when the new one is complete.
func Write(ctx context.Context, out, dir string, opt Options) (Summary, error) {
	if err := checkFolder(dir); err != nil {
		return Summary{}, err
	}
	model, err := Build(ctx, out, opt.Aliases)
	if err != nil {
		return Summary{}, err
	}
	dir = filepath.Clean(dir)
	if err := os.MkdirAll(filepath.Dir(dir), 0o777); err != nil {
		return Summary{}, err
	}
	next, err := os.MkdirTemp(filepath.Dir(dir), "."+filepath.Base(dir)+"-")
	if err != nil {
		return Summary{}, err
	}
	defer os.RemoveAll(next)
	s := &site{model: model, options: opt, dir: next}
	if s.pages, err = template.New("").Funcs(functions).ParseFS(files, "templates/*.html"); err != nil {
		return Summary{}, err
	}
	if err := s.write(ctx); err != nil {
		return Summary{}, err
	}
	return Summary{len(model.Departments), len(model.Documents), len(model.Findings) + model.Omitted}, replace(next, dir)
}

// checkFolder refuses a folder whose content is not a site.
func checkFolder(dir string) error {
	entries, err := os.ReadDir(dir)
	if errors.Is(err, fs.ErrNotExist) || err == nil && len(entries) == 0 {
		return nil
	}
	if err != nil {
		return err
	}
	if _, err := os.Stat(filepath.Join(dir, filepath.FromSlash(marker))); err != nil {
		return fmt.Errorf("the folder %s is not empty and holds no site of this program; choose a new or empty folder", dir)
	}
	return nil
}

// ownFiles are the parts of a site, all that is replaced.
var ownFiles = []string{"assets", "data", "departments", "index.html", "changes.html", "checks.html"}

// replace puts the new site's parts in the place of the old one's; other files in the folder stay.
func replace(next, dir string) error {
	if err := os.MkdirAll(dir, 0o777); err != nil {
		return err
	}
	for _, name := range ownFiles {
		if err := os.RemoveAll(filepath.Join(dir, name)); err != nil {
			return err
		}
		if err := os.Rename(filepath.Join(next, name), filepath.Join(dir, name)); err != nil {
			return err
		}
	}
	return nil
}

func (s *site) write(ctx context.Context) error {
	if err := s.assets(); err != nil {
		return err
	}
	for name, data := range map[string]any{"index": s.index(), "changes": s.changes(), "checks": s.checks()} {
		if err := s.render(name, name+".html", data); err != nil {
			return err
		}
	}
	if err := s.script("search", "data/search.js", s.model.searchData()); err != nil {
		return err
	}
	for _, d := range s.model.Departments {
		if err := ctx.Err(); err != nil {
			return err
		}
		if err := s.render("department", "departments/"+d.ID+".html", s.department(d)); err != nil {
			return err
		}
		if err := s.script("department", "data/"+d.ID+".js", d.chartData()); err != nil {
			return err
		}
	}
	return nil
}

func (s *site) assets() error {
	return fs.WalkDir(files, "assets", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		data, err := files.ReadFile(name)
		if err != nil {
			return err
		}
		return s.put(name, data)
	})
}

func (s *site) render(name, file string, data any) error {
	var b bytes.Buffer
	if err := s.pages.ExecuteTemplate(&b, name, data); err != nil {
		return err
	}
	return s.put(file, b.Bytes())
}

func (s *site) script(name, file string, v any) error {
	data, err := script(name, v)
	if err != nil {
		return err
	}
	return s.put(file, data)
}

func (s *site) put(file string, data []byte) error {
	path := filepath.Join(s.dir, filepath.FromSlash(file))
	if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
		return err
	}
	return os.WriteFile(path, data, 0o666)
}

// link is the way from a page to a figure, or to a document when the page number is 0; "" where there is none.
func (s *site) link(root string, d *Document, page int32, lineID string) template.URL {
	if s.options.Review != "" && lineID != "" {
		return template.URL(root + escapePath(s.options.Review) + "#" + url.PathEscape(d.DocumentID[:min(8, len(d.DocumentID))]+"-"+lineID))
	}
	if s.options.Source == nil {
		return ""
	}
	file := s.options.Source(d.SourceURI)
	if file == "" {
		return ""
	}
	target := root + escapePath(file)
	if page > 0 {
		target += "#page=" + strconv.Itoa(int(page))
	}
	return template.URL(target)
}

// escapePath makes a relative path a URL; a first part with a colon must not become a scheme.
func escapePath(path string) string {
	parts := strings.Split(filepath.ToSlash(path), "/")
	for i, part := range parts {
		parts[i] = url.PathEscape(part)
	}
	return "./" + strings.Join(parts, "/")
}

var functions = template.FuncMap{
	"t": text, "attr": attribute, "wan": wan, "signedWan": signedWan, "percent": percent, "share": share, "count": count,
	"mark": mark, "tip": tip, "status": statusWord, "short": short, "base": baseName, "identity": identity,
	"int": func(n int32) int { return int(n) },
}
