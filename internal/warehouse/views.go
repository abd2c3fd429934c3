package warehouse

import (
	"embed"
	"fmt"
	"path"
	"strings"
	"sync"
	"text/template"

	"github.com/countybudget/extract/schema"
)

//go:embed views/*.sql
var viewFiles embed.FS

// view is one file of views/: the number orders them, for one may stand on those before; the first line says what it is.
type view struct{ name, doc, body string }

// views are read once; a file that is not as they should be is a bug of this package, found by any test.
var views = sync.OnceValue(func() []view {
	entries, err := viewFiles.ReadDir("views")
	if err != nil {
		panic(err)
	}
	all := make([]view, 0, len(entries))
	for _, e := range entries {
		data, err := viewFiles.ReadFile(path.Join("views", e.Name()))
		if err != nil {
			panic(err)
		}
		doc, body, _ := strings.Cut(string(data), "\n")
		_, name, ok := strings.Cut(strings.TrimSuffix(e.Name(), ".sql"), "_")
		if !ok || !strings.HasPrefix(doc, "-- ") {
			panic("warehouse: views/" + e.Name() + " has no number or no first line")
		}
		all = append(all, view{name, strings.TrimPrefix(doc, "-- "), strings.TrimSpace(body)})
	}
	return all
})

// render gives the view's text in a dialect.
func (v view) render(q *dialect) (string, error) {
	t, err := template.New(v.name).Funcs(template.FuncMap{
		"from":    func(dataset, alias string) string { return q.from(q, dataset, alias) },
		"columns": func(dataset, alias string) (string, error) { return selected(q, dataset, alias) },
	}).Parse(v.body)
	if err != nil {
		return "", err
	}
	var b strings.Builder
	err = t.Execute(&b, nil)
	return b.String(), err
}

// selected lists all columns of a dataset for a SELECT.
func selected(q *dialect, dataset, alias string) (string, error) {
	for _, d := range schema.Datasets() {
		if d.Name != dataset {
			continue
		}
		lines := make([]string, 0, len(d.Columns))
		for _, c := range d.Columns {
			lines = append(lines, fmt.Sprintf("%s.%s AS %[2]s", alias, q.name(c.Name)))
		}
		return indented(lines) + ",", nil
	}
	return "", fmt.Errorf("no dataset %s", dataset)
}

// views writes the views in their order.
func (s *script) views(q *dialect) error {
	for _, v := range views() {
		body, err := v.render(q)
		if err != nil {
			return err
		}
		s.comment(v.doc)
		s.printf("CREATE OR REPLACE VIEW %s AS\n%s%s;\n\n", q.name(v.name), body, q.viewEnd)
	}
	return nil
}
