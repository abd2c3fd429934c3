package export

import (
	"archive/zip"
	"bytes"
	"cmp"
	"fmt"
	"io"
	"slices"

	"github.com/shopspring/decimal"
	"github.com/xuri/excelize/v2"

	"github.com/countybudget/extract/schema"
)

// sheetColumn is a column of a sheet: one of a dataset, by its Chinese label.
type sheetColumn struct {
	schema.Column
	width  float64
	labels map[string]string // of the values of a closed list
}

// newSheetColumn chooses a width by the type of the column.
func newSheetColumn(c schema.Column) sheetColumn {
	s := sheetColumn{Column: c, width: max(10, 2*float64(len([]rune(c.Label)))+4)}
	switch {
	case c.Type == schema.TypeDecimal:
		s.width = 18
	case c.Values != nil:
		s.width = max(s.width, 14)
		s.labels = map[string]string{}
		for _, v := range c.Values {
			s.labels[v.Value] = v.Label
		}
	case slices.Contains([]string{"item_name", "department_name", "file_name", "counterpart_name", "description", "parent_department"}, c.Name):
		s.width = 32
	}
	return s
}

// cell converts a value to that of a cell.
func (c *sheetColumn) cell(v any, s *styles) any {
	switch v := v.(type) {
	case nil:
		return nil
	case string:
		if label, ok := c.labels[v]; ok {
			return label
		}
		return v
	case bool:
		if v {
			return labelYes
		}
		return labelNo
	case decimal.Decimal:
		return excelize.Cell{StyleID: s.money, Value: v.Round(2).InexactFloat64()}
	case []string:
		return fmt.Sprint(len(v))
	}
	return v
}

// styles are the formats that a workbook's cells have.
type styles struct{ head, money int }

func newStyles(f *excelize.File) (*styles, error) {
	head, err := f.NewStyle(&excelize.Style{
		Font:      &excelize.Font{Bold: true},
		Fill:      excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"DDE6EE"}},
		Alignment: &excelize.Alignment{Vertical: "center", WrapText: true},
	})
	if err != nil {
		return nil, err
	}
	const thousandsAndTwoDecimals = 4 // a built-in format: #,##0.00
	money, err := f.NewStyle(&excelize.Style{NumFmt: thousandsAndTwoDecimals})
	return &styles{head, money}, err
}

// sheet is a sheet that is written row by row, and continued on another one after Excel's last row.
type sheet struct {
	book    *workbook
	name    string
	columns []sheetColumn
	rows    int64 // that will come in all
	stream  *excelize.StreamWriter
	part    int
	row     int // the last one written
}

// workbook is one file with its sheets.
type workbook struct {
	file   *excelize.File
	styles *styles
	limit  int
	sheets []*sheet
}

func newWorkbook(limit int) (*workbook, error) {
	f := excelize.NewFile()
	s, err := newStyles(f)
	return &workbook{file: f, styles: s, limit: limit}, err
}

// sheet adds a sheet for the given number of rows.
func (b *workbook) sheet(name string, columns []sheetColumn, rows int64) (*sheet, error) {
	s := &sheet{book: b, name: name, columns: columns, rows: rows}
	b.sheets = append(b.sheets, s)
	return s, s.open()
}

// open begins the sheet or its continuation: headings, widths, filter, and the first row frozen.
func (s *sheet) open() error {
	f, name := s.book.file, s.name
	if s.part++; s.part > 1 {
		if err := s.stream.Flush(); err != nil {
			return err
		}
		name = fmt.Sprintf("%s（%d）", s.name, s.part)
	}
	if _, err := f.NewSheet(name); err != nil {
		return err
	}
	rows := min(s.rows, int64(s.book.limit)) + 1
	s.rows -= rows - 1
	corner, err := excelize.CoordinatesToCellName(len(s.columns), int(rows))
	if err != nil {
		return err
	}
	if err := f.AutoFilter(name, "A1:"+corner, nil); err != nil {
		return err
	}
	if s.stream, err = f.NewStreamWriter(name); err != nil {
		return err
	}
	if err := s.stream.SetPanes(&excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"}); err != nil {
		return err
	}
	head := make([]any, 0, len(s.columns))
	for i, c := range s.columns {
		if err := s.stream.SetColWidth(i+1, i+1, c.width); err != nil {
			return err
		}
		head = append(head, excelize.Cell{StyleID: s.book.styles.head, Value: c.Label})
	}
	s.row = 1
	return s.stream.SetRow("A1", head)
}

// add writes a row, its values in the order of the columns.
func (s *sheet) add(values []any) error {
	if s.row > s.book.limit {
		if err := s.open(); err != nil {
			return err
		}
	}
	cells := make([]any, len(values))
	for i, v := range values {
		cells[i] = s.columns[i].cell(v, s.book.styles)
	}
	s.row++
	return s.stream.SetRow(fmt.Sprintf("A%d", s.row), cells)
}

// write ends the sheets and writes the file.
func (b *workbook) write(w io.Writer) error {
	for _, s := range b.sheets {
		if err := s.stream.Flush(); err != nil {
			return err
		}
	}
	if err := b.file.DeleteSheet("Sheet1"); err != nil { // the one that every new file has
		return err
	}
	b.file.SetActiveSheet(0)
	var packed bytes.Buffer
	if err := b.file.Write(&packed); err != nil {
		return err
	}
	return repack(w, packed.Bytes())
}

// repack writes the parts of the file in the order of their names and without times: the same rows give the same bytes.
func repack(w io.Writer, data []byte) error {
	r, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return err
	}
	slices.SortFunc(r.File, func(a, b *zip.File) int { return cmp.Compare(a.Name, b.Name) })
	out := zip.NewWriter(w)
	for _, part := range r.File {
		raw, err := part.OpenRaw()
		if err != nil {
			return err
		}
		target, err := out.CreateRaw(&zip.FileHeader{
			Name: part.Name, Method: part.Method, CRC32: part.CRC32,
			CompressedSize64: part.CompressedSize64, UncompressedSize64: part.UncompressedSize64,
		})
		if err != nil {
			return err
		}
		if _, err := io.Copy(target, raw); err != nil {
			return err
		}
	}
	return out.Close()
}
