package review

import (
	"bytes"
	"strings"
	"testing"

	"github.com/shopspring/decimal"

	"github.com/countybudget/extract/extract/model"
	"github.com/countybudget/extract/schema"
)

// TestPicture: only what is a picture becomes an address.
func TestPicture(t *testing.T) {
	for kind, want := range map[string]string{"image/png": "data:image/png;base64,QUI=", "image/jpeg": "data:image/jpeg;base64,QUI=", `text/html"><script>`: "", "": ""} {
		if p := NewPicture(&model.Drawing{Number: 2, Width: 9.5, Height: 10, Type: kind, Image: []byte("AB")}); p.Image != want || p.Size != [2]int{10, 10} {
			t.Errorf("%s: %+v", kind, p)
		}
	}
}

// TestHostile: what a document says cannot leave the data of the page, and the page is the same each time.
func TestHostile(t *testing.T) {
	evil := `</script><script>alert(1)</script><!--`
	d := &schema.Disclosure{
		Document:    schema.DocumentRow{DocumentID: strings.Repeat("a", 64), FileName: evil, DepartmentName: evil},
		BudgetLines: []schema.BudgetLine{{LineID: "x", ItemName: evil, RawText: evil, Amount: decimal.New(1, 0), Page: 1}},
		Tables:      []schema.TableRow{{TableNo: 1, Title: evil, FirstPage: 1, LastPage: 1}},
		Cells:       []schema.CellRow{{TableNo: 1, Text: evil, Page: 1}},
		Checks:      []schema.CheckRow{{Description: evil, Status: schema.CheckFail, LineIDs: []string{"x", "gone"}}},
	}
	var pages [2]bytes.Buffer
	for i := range pages {
		if err := Write(&pages[i], []Source{{Disclosure: d, Note: evil}}, Options{}); err != nil {
			t.Fatal(err)
		}
	}
	if n := strings.Count(pages[0].String(), "</script"); n != 2 {
		t.Errorf("%d script elements end, want 2", n)
	}
	if strings.Contains(pages[0].String(), "alert(1)<") || strings.Contains(pages[0].String(), "<!--") {
		t.Error("markup of the document is in the page")
	}
	if !bytes.Equal(pages[0].Bytes(), pages[1].Bytes()) {
		t.Error("the page differs from one writing to the next")
	}
}

// TestChecks: what passed or failed is shown with its lines and figures; what was skipped, or has no line, is not.
func TestChecks(t *testing.T) {
	yuan := func(s string) decimal.NullDecimal { return decimal.NewNullDecimal(decimal.RequireFromString(s)) }
	doc := newDocument(&Source{Disclosure: &schema.Disclosure{
		BudgetLines: []schema.BudgetLine{{LineID: "x", Page: 2}, {LineID: "y", Page: 1}},
		Checks: []schema.CheckRow{
			{Rule: "a", Status: schema.CheckPass, LineIDs: []string{"x"}},
			{Rule: "b", Status: schema.CheckSkipped, LineIDs: []string{"x"}},
			{Rule: "c", Status: schema.CheckFail, LineIDs: []string{"y"}, Expected: yuan("3"), Actual: yuan("1.5")},
			{Rule: "d", Status: schema.CheckFail, LineIDs: []string{"gone"}},
		},
	}})
	if n := len(doc.Checks); n != 2 {
		t.Fatalf("%d checks, want 2: %+v", n, doc.Checks)
	}
	if c := doc.Checks[0]; c.Rule != "a" || len(c.Lines) != 1 || c.Lines[0] != 1 {
		t.Errorf("%+v", c)
	}
	if c := doc.Checks[1]; c.Rule != "c" || c.Lines[0] != 0 || c.Expected != "3.00" || c.Actual != "1.50" || c.Difference != "-1.50" {
		t.Errorf("%+v", c)
	}
}
