package schema_test

import (
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"github.com/shopspring/decimal"

	"github.com/countybudget/extract/internal/output"
	"github.com/countybudget/extract/schema"
	"github.com/countybudget/extract/schema/schematest"
)

// whole is a disclosure whose references all lead somewhere.
func whole(n, lines int) *schema.Disclosure {
	d := schematest.Disclosure(n, lines)
	for i := range d.BudgetLines {
		if d.BudgetLines[i].SectionNo != 0 {
			d.BudgetLines[i].SectionNo = 1
		}
	}
	d.Checks[0].LineIDs = []string{d.BudgetLines[0].LineID, d.BudgetLines[1].LineID}
	return d
}

// TestConformChangesNothing: rows that keep the contract stay as they are.
func TestConformChangesNothing(t *testing.T) {
	d, want := whole(1, 20), whole(1, 20)
	if schema.Conform(d) || !reflect.DeepEqual(d, want) {
		t.Errorf("changed: %+v", d.Diagnostics)
	}
}

// TestConformAmount: an amount that the column cannot hold costs its line, and the checks that used it.
func TestConformAmount(t *testing.T) {
	for _, s := range []string{"123456789012340000", "1.005", "1e9999", "-99999999999999999"} {
		d := whole(1, 20)
		bad := d.BudgetLines[1].LineID
		d.BudgetLines[1].Amount, d.BudgetLines[1].RawText = decimal.RequireFromString(s), "12345678901234"
		if !schema.Conform(d) {
			t.Fatalf("%s: nothing changed", s)
		}
		accepted(t, d)
		if len(d.BudgetLines) != 19 || d.Document.LineCount != 19 || len(d.Cells) != 20 {
			t.Errorf("%s: %d lines, %d counted, %d cells", s, len(d.BudgetLines), d.Document.LineCount, len(d.Cells))
		}
		if c := d.Checks[0]; c.Status != schema.CheckSkipped || len(c.LineIDs) != 1 || c.LineIDs[0] == bad || d.Document.ChecksPassed != 0 {
			t.Errorf("%s: check %+v", s, c)
		}
		n := d.Diagnostics[1]
		if n.Code != schema.DiagAmountRange || n.Page != 1 || n.X1 != 3 || n.RawText != "12345678901234" {
			t.Errorf("%s: diagnostic %+v", s, n)
		}
	}
}

// TestConformProject: a project goes with its indicators; a figure of it that does not fit goes alone.
func TestConformProject(t *testing.T) {
	d := whole(1, 2)
	d.Projects[0].TotalFunds.Decimal = decimal.RequireFromString("1e20")
	schema.Conform(d)
	if len(d.Projects) != 1 || d.Projects[0].TotalFunds.Valid || !d.Projects[0].AnnualFunds.Valid || len(d.Indicators) != 2 {
		t.Errorf("%+v", d.Projects)
	}
	d.Projects[0].Source = "hearsay"
	schema.Conform(d)
	if len(d.Projects) != 0 || len(d.Indicators) != 0 || len(d.Diagnostics) != 5 {
		t.Errorf("%d projects, %d indicators, %d diagnostics", len(d.Projects), len(d.Indicators), len(d.Diagnostics))
	}
	accepted(t, d)
}

// TestConformFlood: many faults of one kind are told by a few examples and their number.
func TestConformFlood(t *testing.T) {
	d := whole(1, 500)
	for i := range d.BudgetLines {
		d.BudgetLines[i].Amount = decimal.New(1, 30)
	}
	schema.Conform(d)
	if n := len(d.Diagnostics); len(d.BudgetLines) != 0 || n > 30 {
		t.Errorf("%d diagnostics", n)
	}
	told := false
	for _, x := range d.Diagnostics {
		told = told || strings.Contains(x.Message, "480 more")
	}
	if !told {
		t.Errorf("the others are not counted: %+v", d.Diagnostics[len(d.Diagnostics)-1])
	}
}

// TestConformAnything: whatever any field of any row holds, the writer accepts the document and the other rows are kept.
func TestConformAnything(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	for range 3000 {
		d, want := whole(1, 12), whole(1, 12)
		broken := breakField(rng, d)
		schema.Conform(d)
		if err := pack(d); err != nil {
			t.Fatalf("%s: %v", broken, err)
		}
		lost := len(want.BudgetLines) - len(d.BudgetLines) + len(want.Sections) - len(d.Sections) + len(want.Checks) - len(d.Checks)
		if len(d.Tables) == len(want.Tables) { // a table takes its cells with it
			lost += len(want.Cells) - len(d.Cells)
		}
		if len(d.Projects) == len(want.Projects) {
			lost += len(want.Indicators) - len(d.Indicators)
		}
		if lost > 1 || len(d.Diagnostics) == 0 {
			t.Fatalf("%s: %d rows lost: %+v", broken, lost, d.Diagnostics)
		}
	}
	d := whole(1, 12)
	for range 200 { // all at once, and on top of each other
		breakField(rng, d)
	}
	schema.Conform(d)
	accepted(t, d)
}

// breakField puts something odd into one field of one row and says where.
func breakField(rng *rand.Rand, d *schema.Disclosure) string {
	v := reflect.ValueOf(d).Elem()
	for {
		f := v.Type().Field(rng.IntN(v.NumField()))
		rows := v.FieldByIndex(f.Index)
		row := rows
		if rows.Kind() == reflect.Slice {
			if rows.Len() == 0 || f.Name == "Contents" {
				continue
			}
			row = rows.Index(rng.IntN(rows.Len()))
		}
		k := rng.IntN(row.NumField())
		if name := row.Type().Field(k).Name; f.Name == "Document" && name == "DocumentID" {
			continue // without it there is no document
		}
		breakValue(rng, row.Field(k))
		return f.Name + "." + row.Type().Field(k).Name + "=" + fmt.Sprint(row.Field(k))
	}
}

func breakValue(rng *rand.Rand, v reflect.Value) {
	numbers := []string{"1e300", "-1e17", "0.001", "1e-300", "12345678901234567890.123456789"}
	n := decimal.RequireFromString(numbers[rng.IntN(len(numbers))])
	switch x := v.Addr().Interface().(type) {
	case *decimal.Decimal:
		*x = n
	case *decimal.NullDecimal:
		*x = decimal.NewNullDecimal(n)
	case *float32:
		*x = []float32{float32(math.NaN()), float32(math.Inf(1)), -1e30}[rng.IntN(3)]
	case *[]string:
		*x = []string{"\xff\xfe", ""}
	default:
		switch v.Kind() {
		case reflect.String:
			v.SetString([]string{"", "\xb2\xc6", "odd", strings.Repeat("长", 5000), "\x00"}[rng.IntN(5)])
		case reflect.Int32, reflect.Int64:
			v.SetInt([]int64{0, 1, 2, -1, 20244, math.MinInt32, math.MaxInt32}[rng.IntN(7)])
		}
	}
}

func pack(d *schema.Disclosure) error {
	var p output.Packer
	_, err := p.Pack(d)
	return err
}

// accepted writes a disclosure, its own row too.
func accepted(t *testing.T, d *schema.Disclosure) {
	t.Helper()
	w, err := output.NewWriter(filepath.Join(t.TempDir(), "out"), output.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(w.Add(d), w.Commit()); err != nil {
		t.Fatal(err)
	}
}

// TestConformKey: of two rows with one key the first stays.
func TestConformKey(t *testing.T) {
	d := whole(1, 20)
	first := d.BudgetLines[3]
	again := first
	again.Amount = first.Amount.Add(decimal.NewFromInt(1))
	d.BudgetLines = append(d.BudgetLines, again)
	if !schema.Conform(d) {
		t.Fatal("nothing changed")
	}
	accepted(t, d)
	if len(d.BudgetLines) != 20 || !d.BudgetLines[3].Amount.Equal(first.Amount) {
		t.Errorf("%d lines, the amount is %s, want %s", len(d.BudgetLines), d.BudgetLines[3].Amount, first.Amount)
	}
}
