package main

import (
	"encoding/csv"
	"os"
	"strconv"
	"strings"
	"testing"

	"github.com/countybudget/extract/schema"
)

// truthKey is what must be right of every printed amount.
type truthKey struct {
	statement, direction, classification, code, name, fund, spending, period, phase, year, amount, page string
}

// TestSamplesTruth compares every amount of the samples with what the script that made them printed.
func TestSamplesTruth(t *testing.T) {
	out := convertSamples(t)
	documents := read[schema.DocumentRow](t, out)
	lines := read[schema.BudgetLine](t, out)
	for _, d := range documents {
		name := strings.TrimSuffix(d.FileName, ".pdf")
		t.Run(name, func(t *testing.T) {
			if d.TextPages < d.PageCount && d.OCRPages == 0 {
				t.Skip("a scan, and no text recognition was made (noocr)")
			}
			want := readTruth(t, "../../samples/"+name+".truth.csv")
			for _, l := range lines {
				if l.DocumentID != d.DocumentID || l.Statement == schema.Narrative {
					continue
				}
				k := keyOf(l)
				if want[k]--; want[k] < 0 {
					t.Errorf("not printed: %+v", k)
				}
			}
			for k, n := range want {
				if n > 0 {
					t.Errorf("missing: %+v", k)
				}
			}
		})
	}
}

func keyOf(l schema.BudgetLine) truthKey {
	code := l.ItemCode
	if l.ItemCodeOrigin != schema.CodePrinted {
		code = ""
	}
	return truthKey{
		string(l.Statement), string(l.Direction), string(l.Classification), code, l.ItemName, string(l.FundSource), string(l.Spending),
		string(l.Period), string(l.Phase), strconv.Itoa(int(l.FiscalYear)), l.Amount.StringFixed(2), strconv.Itoa(int(l.Page)),
	}
}

func readTruth(t *testing.T, path string) map[truthKey]int {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	records, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	truth := map[truthKey]int{}
	for _, record := range records[1:] {
		v := map[string]string{}
		for i, name := range records[0] {
			v[name] = record[i]
		}
		truth[truthKey{
			v["statement"], v["direction"], v["classification"], v["item_code"], v["item_name"], v["fund_source"], v["spending"],
			v["period"], v["phase"], v["fiscal_year"], v["amount"], v["page"],
		}]++
	}
	return truth
}
