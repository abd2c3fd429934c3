package dataset_test

import (
	"path/filepath"
	"strings"
	"testing"

	"github.com/shopspring/decimal"

	"github.com/countybudget/extract/internal/output"
	"github.com/countybudget/extract/schema"
)

// TestAddRefuses: a row that breaks the contract is named, the document is not kept, and the writer goes on.
func TestAddRefuses(t *testing.T) {
	amount := func(s string) func(*schema.Disclosure) {
		return func(d *schema.Disclosure) { d.BudgetLines[3].Amount = decimal.RequireFromString(s) }
	}
	for name, c := range map[string]struct {
		break_ func(*schema.Disclosure)
		want   string
	}{
		"fraction of a fen":  {amount("1.005"), "1.005 has more than 2 decimals"},
		"too large":          {amount("12345678901234567.89"), "more than the 18 digits"},
		"absurd exponent":    {amount("1e9999"), "exponent 9999"},
		"tiny exponent":      {amount("1e-9999"), "exponent -9999"},
		"unknown enum value": {func(d *schema.Disclosure) { d.BudgetLines[3].Phase = "guessed" }, `phase: "guessed" is not one of its values`},
		"missing enum value": {func(d *schema.Disclosure) { d.BudgetLines[3].Statement = "" }, `statement: ""`},
		"unknown diagnostic": {func(d *schema.Disclosure) { d.Diagnostics[0].Code = "odd" }, `"odd"`},
		"same key twice":     {func(d *schema.Disclosure) { d.BudgetLines[3].LineID = d.BudgetLines[4].LineID }, "the same key line_id="},
		"foreign row":        {func(d *schema.Disclosure) { d.Cells[0].DocumentID = "x" }, `document_id is "x"`},
		"impossible year":    {func(d *schema.Disclosure) { d.BudgetLines[3].FiscalYear = 20244 }, "20244"},
		"no id":              {func(d *schema.Disclosure) { d.Document.DocumentID = "" }, "without document_id"},
	} {
		t.Run(name, func(t *testing.T) {
			out := filepath.Join(t.TempDir(), "out")
			w, err := output.NewWriter(out, output.Options{})
			if err != nil {
				t.Fatal(err)
			}
			defer w.Abort()
			bad := disclosure(1, 10)
			line := bad.BudgetLines[3].LineID
			c.break_(bad)
			err = w.Add(bad)
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Fatalf("Add = %v, want %q", err, c.want)
			}
			if strings.HasPrefix(c.want, "1.005") && !strings.Contains(err.Error(), line) {
				t.Errorf("%v does not name the line %s", err, line)
			}
			for _, d := range []*schema.Disclosure{disclosure(1, 10), disclosure(2, 10)} {
				if err := w.Add(d); err != nil {
					t.Fatal(err)
				}
			}
			if err := w.Add(disclosure(2, 10)); err == nil || !strings.Contains(err.Error(), "already added") {
				t.Errorf("the same document again: %v", err)
			}
			if err := w.Commit(); err != nil {
				t.Fatal(err)
			}
			if n := len(readAll[schema.BudgetLine](t, out)); n != 20 {
				t.Errorf("%d lines, want 20", n)
			}
		})
	}
}

// TestAmounts: every way to write an exact amount is kept, to the limits of DECIMAL(18,2).
func TestAmounts(t *testing.T) {
	amounts := []string{
		"0", "-0.01", "0.10", "1.50000000", "37846200", "9999999999999999.99", "-9999999999999999.99",
		"1234567890.120000000000000000000000", "3e5", "-12e-1",
	}
	d := disclosure(1, len(amounts))
	for i, s := range amounts {
		d.BudgetLines[i].Amount, d.BudgetLines[i].RawText = decimal.RequireFromString(s), s
		d.BudgetLines[i].FiscalYear = 2024
	}
	d.BudgetLines[0].Amount = decimal.NewFromBigInt(decimal.RequireFromString("100").Coefficient(), 4).Div(decimal.NewFromInt(3)).Round(2)
	d.BudgetLines[0].RawText = "333333.33"
	out := filepath.Join(t.TempDir(), "out")
	write(t, out, output.Options{}, d)
	for _, l := range readAll[schema.BudgetLine](t, out) {
		if want := decimal.RequireFromString(l.RawText); !l.Amount.Equal(want) {
			t.Errorf("%s was written as %s", l.RawText, l.Amount)
		}
	}
}

// TestOtherDecimals: what is not money is rounded to the column's scale, and null where the digits do not fit.
func TestOtherDecimals(t *testing.T) {
	d := disclosure(1, 1)
	third := decimal.NewFromInt(1).Div(decimal.NewFromInt(3))
	d.Checks[0].Expected = decimal.NewNullDecimal(third)
	d.Indicators[0].Value = decimal.NewNullDecimal(decimal.RequireFromString("123456789012345678"))
	d.Indicators[1].Value = decimal.NewNullDecimal(decimal.RequireFromString("0.0000005"))
	out := filepath.Join(t.TempDir(), "out")
	write(t, out, output.Options{}, d)
	if got := readAll[schema.CheckRow](t, out)[0].Expected.Decimal.String(); got != "0.3333" {
		t.Errorf("expected = %s", got)
	}
	indicators := readAll[schema.PerformanceIndicator](t, out)
	if got := indicators[0].Value.Decimal.String(); got != "0.000001" {
		t.Errorf("value = %s", got)
	}
	if indicators[1].Value.Valid {
		t.Errorf("value = %s, want null", indicators[1].Value.Decimal)
	}
}

// TestBrokenText: bytes that are no text become replacement characters; Parquet strings must be UTF-8.
func TestBrokenText(t *testing.T) {
	d := disclosure(1, 1)
	d.Document.FileName = "\xb2\xc6\xd5\xfe.pdf"
	out := filepath.Join(t.TempDir(), "out")
	write(t, out, output.Options{}, d)
	if got := readAll[schema.DocumentRow](t, out)[0].FileName; got != "\ufffd.pdf" {
		t.Errorf("file_name = %q", got)
	}
}
