package export

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"slices"
	"strconv"

	"github.com/countybudget/extract/internal/dataset"
	"github.com/countybudget/extract/internal/wholefile"
	"github.com/countybudget/extract/schema"
)

// excelRows is how many rows a sheet has below its headings.
const excelRows = 1_048_575

// sortedLines is the number of lines up to which a workbook is sorted by department; larger ones have the order of the output.
const sortedLines = 500_000

// lineColumns are the columns of a statement's sheet: what the amount is, then where it comes from. Those of documents
// and series are looked up by document_id.
var (
	lineColumns = []string{
		"region_name", "department_name", "fiscal_year", "document_type", "phase", "direction", "classification", "item_code", "item_name",
		"item_level", "parent_code", "counterpart_code", "counterpart_name", "entity_name", "heading", "fund_source", "spending", "period", "amount", "is_aggregate",
		"file_name", "page", "meaning", "verification", "is_current", "raw_text", "raw_unit", "source", "confidence", "table_no", "line_id",
	}
	documentColumns = []string{
		"region_name", "department_name", "fiscal_year", "document_type", "entity_level", "file_name", "is_current", "status", "error",
		"page_count", "ocr_pages", "failed_pages", "table_count", "line_count", "checks_passed", "checks_failed", "document_id",
	}
	checkColumns = []string{
		"department_name", "fiscal_year", "file_name", "statement", "rule", "description", "expected", "actual", "difference", "document_id",
	}
)

// source is an output seen by workbooks: its lines by year and statement, and what is known of each document.
type source struct {
	ctx       context.Context
	out       string
	documents map[string]*document
	order     []*document // by region, department, year, file name
	lines     map[string]map[string]int64
	failed    map[string]int64 // failed checks by year
}

type document struct {
	values map[string]any
	year   string
	rank   int
}

func yearOf(v any) string {
	if year, ok := v.(int64); ok {
		return strconv.FormatInt(year, 10)
	}
	return unknownYear
}

// named calls next with each row of a dataset, its values by column. The map is valid until the next row.
func (s *source) named(name string, next func(row map[string]any) error) error {
	d := datasetOf(name)
	row := make(map[string]any, len(d.Columns))
	for record, err := range dataset.Records(s.out, name) {
		if err == nil {
			err = s.ctx.Err()
		}
		if err != nil {
			return err
		}
		for i, v := range record {
			row[d.Columns[i].Name] = v
		}
		if err := next(row); err != nil {
			return err
		}
	}
	return nil
}

func datasetOf(name string) schema.Dataset {
	ds, err := schema.DatasetNamed(name)
	if err != nil {
		panic("export: " + err.Error())
	}
	return *ds
}

func openSource(ctx context.Context, out string) (*source, error) {
	s := &source{
		ctx: ctx, out: out, documents: map[string]*document{}, lines: map[string]map[string]int64{}, failed: map[string]int64{},
	}
	steps := []struct {
		dataset string
		row     func(map[string]any) error
	}{
		{schema.DatasetDocuments, s.addDocument}, {schema.DatasetSeries, s.addSeries},
		{schema.DatasetBudgetLines, s.countLine}, {schema.DatasetChecks, s.countCheck},
	}
	for _, step := range steps {
		if err := s.named(step.dataset, step.row); err != nil {
			return nil, err
		}
	}
	slices.SortFunc(s.order, func(a, b *document) int {
		for _, column := range []string{"region_name", "department_name"} {
			if c := cmp.Compare(text(a.values[column]), text(b.values[column])); c != 0 {
				return c
			}
		}
		return cmp.Or(cmp.Compare(a.year, b.year), cmp.Compare(text(a.values["file_name"]), text(b.values["file_name"])),
			cmp.Compare(text(a.values["document_id"]), text(b.values["document_id"])))
	})
	for i, d := range s.order {
		d.rank = i
	}
	return s, nil
}

func text(v any) string { s, _ := v.(string); return s }

func (s *source) addDocument(row map[string]any) error {
	d := &document{values: map[string]any{}, year: yearOf(row["fiscal_year"])}
	for _, c := range documentColumns {
		d.values[c] = row[c]
	}
	s.documents[text(row["document_id"])] = d
	s.order = append(s.order, d)
	return nil
}

func (s *source) addSeries(row map[string]any) error {
	if d := s.documents[text(row["document_id"])]; d != nil {
		d.values["is_current"] = row["is_current"]
	}
	return nil
}

func (s *source) countLine(row map[string]any) error {
	year := yearOf(row["fiscal_year"])
	if s.lines[year] == nil {
		s.lines[year] = map[string]int64{}
	}
	s.lines[year][text(row["statement"])]++
	return nil
}

func (s *source) countCheck(row map[string]any) error {
	if row["status"] == string(schema.CheckFail) {
		s.failed[yearOf(row["fiscal_year"])]++
	}
	return nil
}

// value finds a column in a row or with its document.
func (s *source) value(row map[string]any, column string) any {
	if v, ok := row[column]; ok {
		return v
	}
	if d := s.documents[text(row["document_id"])]; d != nil {
		return d.values[column]
	}
	return nil
}

// columnsNamed finds columns in the datasets of a sheet.
func columnsNamed(names []string, datasets ...string) []sheetColumn {
	var columns []sheetColumn
	for _, name := range names {
		for _, dataset := range append(datasets, schema.DatasetDocuments, schema.DatasetSeries) {
			d := datasetOf(dataset)
			i := slices.IndexFunc(d.Columns, func(c schema.Column) bool { return c.Name == name })
			if i >= 0 {
				columns = append(columns, newSheetColumn(d.Columns[i]))
				break
			}
		}
	}
	if len(columns) != len(names) {
		panic(fmt.Sprintf("export: a column of %v is in no dataset", names))
	}
	return columns
}

// workbooks writes one workbook, or one for each year where a statement has more rows than a sheet.
func workbooks(ctx context.Context, out string, opt Options) ([]File, error) {
	return writeWorkbooks(ctx, out, opt, excelRows)
}

func writeWorkbooks(ctx context.Context, out string, opt Options, limit int) ([]File, error) {
	s, err := openSource(ctx, out)
	if err != nil {
		return nil, err
	}
	books := s.plan(limit)
	paths := make([]string, len(books))
	for i, b := range books {
		paths[i] = opt.Dest
		if len(books) > 1 {
			paths[i] = withSuffix(opt.Dest, "-"+b.years[0])
		}
	}
	if err := checkFree(opt, paths...); err != nil {
		return nil, err
	}
	var files []File
	for i, b := range books {
		var rows int64
		err := wholefile.Write(paths[i], 0o644, func(w io.Writer) (err error) {
			rows, err = s.writeBook(w, b, limit)
			return err
		})
		if err != nil {
			return files, err
		}
		files = append(files, File{paths[i], rows})
	}
	return files, nil
}

// book is which years a workbook holds.
type book struct{ years []string }

func (s *source) plan(limit int) []book {
	years := map[string]bool{}
	for _, d := range s.order {
		years[d.year] = true
	}
	total := map[string]int64{}
	var most int64
	for year, statements := range s.lines {
		years[year] = true
		for statement, n := range statements {
			total[statement] += n
			most = max(most, total[statement])
		}
	}
	var all []string
	for year := range years {
		all = append(all, year)
	}
	slices.Sort(all)
	if most <= int64(limit) {
		return []book{{all}}
	}
	books := make([]book, 0, len(all))
	for _, year := range all {
		books = append(books, book{[]string{year}})
	}
	return books
}
