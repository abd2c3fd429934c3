package main

import (
	"encoding/csv"
	"os"
	"strconv"
	"testing"

	"github.com/countybudget/extract/schema"
)

// truthKey is what must be right of every printed amount.
type truthKey struct {
	statement, direction, classification, code, name, fund, spending, period, phase, year, amount, page string
}

// compareTruth wants every line of a text layer right. Of recognized lines nearly all must be, and none that is not may
// pass for verified.
func compareTruth(t *testing.T, out, name string, d schema.DocumentRow) {
	want := readTruth(t, "../../samples/"+name+".truth.csv")
	printed, wrong := 0, 0
	for _, n := range want {
		printed += n
	}
	for _, l := range read[schema.BudgetLine](t, out) {
		if l.DocumentID != d.DocumentID || l.Statement == schema.Narrative {
			continue
		}
		k := keyOf(l)
		if want[k]--; want[k] >= 0 {
			continue
		}
		wrong++
		if l.Source == schema.FromText || l.Verification == schema.Verified {
			t.Errorf("not printed, and %s: %+v", l.Verification, k)
		}
	}
	missing := 0
	for k, n := range want {
		if missing += max(n, 0); n > 0 && d.OCRPages == 0 {
			t.Errorf("missing: %+v", k)
		}
	}
	t.Logf("%d printed, %d missing, %d wrong", printed, missing, wrong)
	if limit := printed / 20; missing > limit || wrong > limit {
		t.Errorf("%d missing and %d wrong of %d", missing, wrong, printed)
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
