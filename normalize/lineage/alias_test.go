package lineage_test

import (
	"strings"
	"testing"

	"github.com/countybudget/extract/normalize/lineage"
)

func TestAliasErrors(t *testing.T) {
	for text, want := range map[string]string{
		"":                                     "empty",
		"name\nA\n":                            "current_name",
		"name,current_name,colour\n":           `"colour"`,
		"name,published_name,current_name\n":   "already",
		"name,current_name,kind\nA,B,split\n":  "split",
		"name,current_name,kind\nA,A,merged\n": "itself",
		"name,current_name\n,B\n":              "line 2: no name",
		"name,current_name,from_year,to_year\nA,B,2024,2020\n": "2024 to 2020",
		"name,current_name,from_year\nA,B,soon\n":              "not a year",
	} {
		if _, err := lineage.ReadAliases(strings.NewReader(text)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v, want %q", text, err, want)
		}
	}
}
