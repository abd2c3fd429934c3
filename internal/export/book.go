package export

import (
	"cmp"
	"io"
	"maps"
	"slices"

	"github.com/countybudget/extract/schema"
)

// writeBook writes one workbook: the documents, a sheet for each statement, the failed checks. It returns the number of
// lines.
func (s *source) writeBook(w io.Writer, b book, limit int) (int64, error) {
	wb, err := newWorkbook(limit)
	if err != nil {
		return 0, err
	}
	defer wb.file.Close()
	if err := s.documentSheet(wb, b); err != nil {
		return 0, err
	}
	rows, err := s.statementSheets(wb, b)
	if err != nil {
		return 0, err
	}
	if err := s.checkSheet(wb, b); err != nil {
		return 0, err
	}
	return rows, wb.write(w)
}

func (s *source) documentSheet(wb *workbook, b book) error {
	var chosen []*document
	for _, d := range s.order {
		if slices.Contains(b.years, d.year) {
			chosen = append(chosen, d)
		}
	}
	sheet, err := wb.sheet(datasetOf(schema.DatasetDocuments).Label, columnsNamed(documentColumns), int64(len(chosen)))
	if err != nil {
		return err
	}
	for _, d := range chosen {
		if err := sheet.add(s.values(d.values, documentColumns)); err != nil {
			return err
		}
	}
	return nil
}

func (s *source) values(row map[string]any, columns []string) []any {
	values := make([]any, len(columns))
	for i, c := range columns {
		values[i] = s.value(row, c)
	}
	return values
}

// statementSheets writes the lines, one sheet for each statement that has any.
func (s *source) statementSheets(wb *workbook, b book) (int64, error) {
	counts := map[string]int64{}
	var all int64
	for _, year := range b.years {
		for statement, n := range s.lines[year] {
			counts[statement] += n
			all += n
		}
	}
	columns := columnsNamed(lineColumns, schema.DatasetBudgetLines)
	sheets := map[string]*sheet{}
	for _, v := range statements() {
		if counts[v.Value] == 0 {
			continue
		}
		sheet, err := wb.sheet(v.Label, columns, counts[v.Value])
		if err != nil {
			return 0, err
		}
		sheets[v.Value] = sheet
	}
	err := s.eachDocument(b, all <= sortedLines, func(lines []bookLine) error {
		slices.SortStableFunc(lines, func(a, b bookLine) int { return slices.Compare(a.place[:], b.place[:]) })
		for _, line := range lines {
			if err := sheets[line.statement].add(line.values); err != nil {
				return err
			}
		}
		return nil
	})
	return all, err
}

func statements() []schema.EnumValue {
	for _, c := range datasetOf(schema.DatasetBudgetLines).Columns {
		if c.Name == "statement" {
			return c.Values
		}
	}
	return nil
}

// bookLine is a line of a workbook. Hundreds of thousands of them may be held in memory at once.
type bookLine struct {
	statement string
	place     [4]int64 // page, table, row and column: the reading order of a document
	values    []any    // in the order of lineColumns
}

// bookLine makes a line of a row of budget_lines. Equal texts are stored once: most texts of a line also occur in others.
func (s *source) bookLine(row map[string]any, texts map[string]any) bookLine {
	l := bookLine{statement: text(row["statement"]), values: s.values(row, lineColumns)}
	for i, column := range []string{"page", "table_no", "row", "col"} {
		l.place[i], _ = row[column].(int64)
	}
	for i, v := range l.values {
		t, ok := v.(string)
		if !ok || lineColumns[i] == "line_id" {
			continue
		}
		same, ok := texts[t]
		if !ok {
			same, texts[t] = v, v
		}
		l.values[i] = same
	}
	return l
}

// eachDocument calls next with the lines of the book's years, document by document. To sort them, all are held in memory;
// otherwise documents come in the order of the output, once for each year.
func (s *source) eachDocument(b book, sorted bool, next func([]bookLine) error) error {
	byDocument := map[string][]bookLine{}
	texts := map[string]any{}
	var last string
	flush := func() error {
		lines := byDocument[last]
		delete(byDocument, last)
		clear(texts)
		return next(lines)
	}
	err := s.named(schema.DatasetBudgetLines, func(row map[string]any) error {
		if !slices.Contains(b.years, yearOf(row["fiscal_year"])) {
			return nil
		}
		id := text(row["document_id"])
		if !sorted && id != last {
			if err := flush(); err != nil {
				return err
			}
		}
		last = id
		byDocument[id] = append(byDocument[id], s.bookLine(row, texts))
		return nil
	})
	if err != nil {
		return err
	}
	if !sorted {
		return flush()
	}
	ids := slices.SortedFunc(maps.Keys(byDocument), func(x, y string) int { return cmp.Compare(s.rank(x), s.rank(y)) })
	for _, id := range ids {
		if err := next(byDocument[id]); err != nil {
			return err
		}
	}
	return nil
}

func (s *source) rank(id string) int {
	if d := s.documents[id]; d != nil {
		return d.rank
	}
	return len(s.order)
}

func (s *source) checkSheet(wb *workbook, b book) error {
	var rows int64
	for _, year := range b.years {
		rows += s.failed[year]
	}
	sheet, err := wb.sheet(failedChecksSheet, columnsNamed(checkColumns, schema.DatasetChecks), rows)
	if err != nil {
		return err
	}
	return s.named(schema.DatasetChecks, func(row map[string]any) error {
		if row["status"] != string(schema.CheckFail) || !slices.Contains(b.years, yearOf(row["fiscal_year"])) {
			return nil
		}
		return sheet.add(s.values(row, checkColumns))
	})
}
