package export

import (
	"encoding/json"
	"io"
	"strings"

	"github.com/shopspring/decimal"

	"github.com/countybudget/extract/schema"
)

// jsonWriter writes one object a line, its members in the order of the columns. Amounts are numbers with all their
// decimals; a null is null.
type jsonWriter struct {
	w       io.Writer
	columns []schema.Column
	line    strings.Builder
}

func jsonEncoder(w io.Writer, d schema.Dataset) encoder { return &jsonWriter{w: w, columns: d.Columns} }

func (j *jsonWriter) begin() error { return nil }

func (j *jsonWriter) row(record []any) error {
	j.line.Reset()
	for i, v := range record {
		separator := byte(',')
		if i == 0 {
			separator = '{'
		}
		j.line.WriteByte(separator)
		if d, ok := v.(decimal.Decimal); ok {
			v = json.Number(d.StringFixed(j.columns[i].Scale))
		}
		if err := j.member(j.columns[i].Name, v); err != nil {
			return err
		}
	}
	j.line.WriteString("}\n")
	_, err := io.WriteString(j.w, j.line.String())
	return err
}

func (j *jsonWriter) member(name string, v any) error {
	j.line.WriteString(`"` + name + `":`)
	var value strings.Builder
	enc := json.NewEncoder(&value)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(v); err != nil {
		return err
	}
	j.line.WriteString(strings.TrimSuffix(value.String(), "\n"))
	return nil
}
