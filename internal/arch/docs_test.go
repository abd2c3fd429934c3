package arch

import (
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"
)

// named are words between backticks in the documentation that look like paths of the repository: they begin with one of its
// folders.
var named = regexp.MustCompile("`((?:bench|cmd|docs|extract|internal|normalize|samples|schema|tests|\\.ci|\\.github)/[^`\\s:*]*)`")

// links are those of Markdown, with the heading that they may lead to.
var links = regexp.MustCompile(`\]\(([^)\s]+)\)`)

var headings = regexp.MustCompile(`(?m)^#{1,6} (.+)$`)

// tests are names of tests, each of which must be a test of the module.
var (
	tests       = regexp.MustCompile("`(Test[A-Z]\\w*)`")
	declaration = regexp.MustCompile(`(?m)^func (Test[A-Z]\w*)\(`)
)

// TestDocs follows the links, paths and names of tests in the project's Markdown files. Pages elsewhere are not looked at.
func TestDocs(t *testing.T) {
	root := filepath.Join("..", "..")
	pages, declared := repository(t, root)
	if len(pages) < 10 || len(declared) < 100 {
		t.Fatalf("%d pages and %d tests found: the test looks in the wrong place", len(pages), len(declared))
	}
	for _, page := range pages {
		text := read(t, page)
		for _, m := range links.FindAllStringSubmatch(code.ReplaceAllString(text, ""), -1) {
			if problem := follow(t, page, m[1]); problem != "" {
				t.Errorf("%s: %s: %s", page, m[1], problem)
			}
		}
		for _, m := range named.FindAllStringSubmatch(text, -1) {
			if _, err := os.Stat(filepath.Join(root, filepath.FromSlash(strings.TrimSuffix(m[1], "/...")))); err != nil && !made(m[1]) {
				t.Errorf("%s: there is no %s", page, m[1])
			}
		}
		for _, m := range tests.FindAllStringSubmatch(text, -1) {
			if !declared[m[1]] {
				t.Errorf("%s: there is no test %s", page, m[1])
			}
		}
	}
}

// code are blocks of code, in which nothing is a link or a heading.
var code = regexp.MustCompile("(?ms)^ *```.*?^ *```")

// made reports a path that a run makes, not the repository has.
func made(path string) bool {
	return strings.HasPrefix(path, "bench/build") || path == "extract/wazero"
}

// repository lists the Markdown files of the project and the names of its tests.
func repository(t *testing.T, root string) (pages []string, declared map[string]bool) {
	t.Helper()
	declared = map[string]bool{}
	err := filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		name := entry.Name()
		switch {
		case entry.IsDir() && path != root && (strings.HasPrefix(name, ".") && name != ".github" || slices.Contains([]string{"testdata", "node_modules", "build"}, name)):
			return filepath.SkipDir
		case strings.HasSuffix(name, ".md"):
			pages = append(pages, path)
		case strings.HasSuffix(name, "_test.go"):
			for _, m := range declaration.FindAllStringSubmatch(read(t, path), -1) {
				declared[m[1]] = true
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return pages, declared
}

func read(t *testing.T, path string) string {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// follow says what is wrong with a link.
func follow(t *testing.T, page, link string) string {
	to, err := url.Parse(link)
	switch {
	case err != nil:
		return err.Error()
	case to.IsAbs():
		return ""
	}
	path := page
	if to.Path != "" {
		path = filepath.Join(filepath.Dir(page), filepath.FromSlash(to.Path))
	}
	if _, err := os.Stat(path); err != nil {
		return "there is no such file"
	}
	if to.Fragment == "" {
		return ""
	}
	for _, m := range headings.FindAllStringSubmatch(code.ReplaceAllString(read(t, path), ""), -1) {
		if anchor(m[1]) == to.Fragment {
			return ""
		}
	}
	return "there is no such heading"
}

// anchor is the name that GitHub gives a heading.
func anchor(heading string) string {
	var b strings.Builder
	for _, r := range strings.ToLower(heading) {
		switch {
		case r == ' ':
			b.WriteRune('-')
		case r == '-', r == '_', unicode.IsLetter(r), unicode.IsDigit(r):
			b.WriteRune(r)
		}
	}
	return b.String()
}
