package export

import (
	"encoding/json"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/shopspring/decimal"

	"github.com/countybudget/extract/schema"
)

// csvWriter writes RFC 4180 records. encoding/csv does not do, because PostgreSQL tells an empty text, which must be quoted,
// from a null, which is an empty field.
type csvWriter struct {
	w       io.Writer
	columns []schema.Column
	reader  Reader
	line    strings.Builder
}

func csvEncoder(reader Reader) func(io.Writer, schema.Dataset) encoder {
	return func(w io.Writer, d schema.Dataset) encoder {
		return &csvWriter{w: w, columns: d.Columns, reader: reader}
	}
}

// byteOrderMark tells Excel that a file is UTF-8.
const byteOrderMark = "\ufeff"

func (c *csvWriter) begin() error {
	names := make([]string, 0, len(c.columns))
	for _, column := range c.columns {
		names = append(names, column.Name)
	}
	head := strings.Join(names, ",") + c.lineEnd()
	if c.reader == ForExcel {
		head = byteOrderMark + head
	}
	_, err := io.WriteString(c.w, head)
	return err
}

func (c *csvWriter) lineEnd() string {
	if c.reader == ForExcel {
		return "\r\n"
	}
	return "\n"
}

func (c *csvWriter) row(record []any) error {
	c.line.Reset()
	for i, v := range record {
		if i > 0 {
			c.line.WriteByte(',')
		}
		field, text, err := c.field(v, &c.columns[i])
		if err != nil {
			return err
		}
		c.write(field, text)
	}
	c.line.WriteString(c.lineEnd())
	_, err := io.WriteString(c.w, c.line.String())
	return err
}

// write quotes a field where it must be, or where an empty text must not be taken for a null.
func (c *csvWriter) write(field string, text bool) {
	if !text || c.reader == ForExcel && !strings.ContainsAny(field, "\",\r\n") {
		c.line.WriteString(field)
		return
	}
	c.line.WriteByte('"')
	c.line.WriteString(strings.ReplaceAll(field, `"`, `""`))
	c.line.WriteByte('"')
}

// field is a value as text, and whether it is text rather than a number, a boolean or null.
func (c *csvWriter) field(v any, column *schema.Column) (field string, text bool, err error) {
	switch v := v.(type) {
	case nil:
		return "", false, nil
	case string:
		return c.safe(v), true, nil
	case []string:
		return c.list(v), true, nil
	case []map[string]any:
		data, err := json.Marshal(v)
		return string(data), true, err
	}
	field, err = number(v, column)
	return field, false, err
}

// safe makes text harmless to its reader: no formula for a spreadsheet, no zero byte for PostgreSQL.
func (c *csvWriter) safe(s string) string {
	if c.reader == ForPostgreSQL {
		return strings.ReplaceAll(s, "\x00", "\ufffd")
	}
	if s != "" && strings.ContainsRune("=+-@\t\r＝＋－＠", firstRune(s)) {
		return "'" + s
	}
	return s
}

func firstRune(s string) rune {
	for _, r := range s {
		return r
	}
	return 0
}

// list is an array literal for PostgreSQL, else the elements with semicolons between.
func (c *csvWriter) list(elements []string) string {
	if c.reader != ForPostgreSQL {
		return c.safe(strings.Join(elements, "; "))
	}
	escape := strings.NewReplacer(`\`, `\\`, `"`, `\"`)
	quoted := make([]string, 0, len(elements))
	for _, e := range elements {
		quoted = append(quoted, `"`+escape.Replace(c.safe(e))+`"`)
	}
	return "{" + strings.Join(quoted, ",") + "}"
}

// number formats a value that is not text.
func number(v any, column *schema.Column) (string, error) {
	switch v := v.(type) {
	case int64:
		return strconv.FormatInt(v, 10), nil
	case float32:
		return strconv.FormatFloat(float64(v), 'g', -1, 32), nil
	case bool:
		return strconv.FormatBool(v), nil
	case decimal.Decimal:
		return v.StringFixed(column.Scale), nil
	}
	return "", fmt.Errorf("%s: no text for %T", column.Name, v)
}
