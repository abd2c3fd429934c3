package codebook_test

import (
	"encoding/csv"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/countybudget/extract/schema"
	"github.com/countybudget/extract/schema/codebook"
)

// TestCodebooksKnowPublishedCodes: every code that a published disclosure prints with a name is in the codebook, under
// that name in that year, and the name leads back to the code.
func TestCodebooksKnowPublishedCodes(t *testing.T) {
	var files []string
	for _, folder := range []string{"seed", "real"} {
		found, err := filepath.Glob(filepath.Join("..", "..", "..", "shared", "corpus", folder, "*.truth.csv"))
		if err != nil {
			t.Fatal(err)
		}
		files = append(files, found...)
	}
	if len(files) == 0 {
		t.Skip("needs the shared corpus, which is not beside the repository")
	}
	books := codebooks(t)
	rows, err := books.Rows()
	if err != nil {
		t.Fatal(err)
	}
	checked := map[string]bool{}
	for _, file := range files {
		for _, r := range readTruth(t, file) {
			code, name := r["item_code"], r["item_name"]
			year, err := strconv.Atoi(r["fiscal_year"])
			if err != nil {
				t.Fatal(err)
			}
			byName := books.FunctionalByName
			switch r["classification"] {
			case "functional":
			case "economic_department":
				byName = books.EconomicDepartmentByName
			case "economic_government":
				byName = books.EconomicGovernmentByName
			default:
				continue
			}
			if strings.Trim(code, "0123456789") != "" || code == "" || checked[code+name+r["fiscal_year"]] {
				continue
			}
			checked[code+name+r["fiscal_year"]] = true
			if names := namesOf(rows, r["classification"], code, int32(year)); !slices.Contains(names, halfWidth(name)) {
				t.Errorf("%s: %s of %d is %q in the codebook, %q in print", filepath.Base(file), code, year, names, name)
			}
			level := int(codebook.CodeLevel(code))
			if row, ok := byName(name, level, codebook.ParentCode(code), year); !ok || row.Code != code {
				t.Errorf("%s: %s under %s leads to %q, want %s", filepath.Base(file), name, codebook.ParentCode(code), row.Code, code)
			}
		}
	}
	t.Logf("%d codes", len(checked))
}

// namesOf are the names of a code in a year; in all years, if it was none in this one.
func namesOf(rows []schema.CodeRow, book, code string, year int32) []string {
	var valid, all []string
	for _, row := range rows {
		if row.Codebook != book || row.Code != code {
			continue
		}
		all = append(all, halfWidth(row.Name))
		if row.ValidFrom <= year && (row.ValidTo == 0 || year <= row.ValidTo) {
			valid = append(valid, halfWidth(row.Name))
		}
	}
	if valid != nil {
		return valid
	}
	return all
}

func readTruth(t *testing.T, file string) []map[string]string {
	t.Helper()
	f, err := os.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	records, err := csv.NewReader(f).ReadAll()
	if err != nil || len(records) == 0 {
		t.Fatal(file, err)
	}
	rows := make([]map[string]string, 0, len(records))
	for _, record := range records[1:] {
		row := map[string]string{}
		for i, name := range records[0] {
			row[name] = record[i]
		}
		rows = append(rows, row)
	}
	return rows
}

func halfWidth(s string) string {
	return strings.NewReplacer("（", "(", "）", ")", " ", "").Replace(s)
}
