package extract_test

import (
	"context"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/shopspring/decimal"

	"github.com/countybudget/extract/extract"
)

// TestCorpus reads the documents of the shared corpus that have a text layer: every amount of their truth must stand in a
// cell of its page or in a section, and no watermark in either.
func TestCorpus(t *testing.T) {
	files, _ := filepath.Glob("../../shared/corpus/*/*.truth.csv")
	if len(files) == 0 {
		t.Skip("needs the shared corpus, which is not beside the repository")
	}
	for _, truth := range files {
		name := strings.TrimSuffix(truth, ".truth.csv")
		var about struct {
			Scanned    []int    `json:"scanned_pages"`
			Watermarks []string `json:"watermarks"`
		}
		if data, err := os.ReadFile(name + ".doc.json"); err == nil {
			if err := json.Unmarshal(data, &about); err != nil {
				t.Fatal(err)
			}
		}
		t.Run(filepath.Base(name), func(t *testing.T) {
			data, err := os.ReadFile(name + ".pdf")
			if err != nil {
				t.Fatal(err)
			}
			d, err := extract.Extract(context.Background(), data, extract.Options{OCR: extract.OCRNever})
			if err != nil {
				t.Fatal(err)
			}
			unread := map[int]bool{}
			for _, p := range d.Pages {
				unread[p.Number] = p.NeedsOCR
			}
			for _, n := range about.Scanned { // whatever text lies on them: it may be wrong
				unread[n] = true
			}
			gone, all := missing(t, d, truth, unread)
			if len(gone) > 0 {
				t.Errorf("%d of %d amounts are nowhere: %s", len(gone), all, strings.Join(gone[:min(len(gone), 20)], "; "))
			}
			clean(t, d, about.Watermarks)
		})
	}
}

// missing lists the amounts of a truth file that are on no cell or section of their page, and counts all of them.
func missing(t *testing.T, d *extract.Document, truth string, unread map[int]bool) (gone []string, all int) {
	t.Helper()
	type place struct {
		page   int
		amount string
	}
	seen := map[place]bool{}
	add := func(page int, text string) {
		text = strings.NewReplacer(",", "", "，", "", " ", "").Replace(text)
		v, err := decimal.NewFromString(text)
		if err != nil {
			return
		}
		for _, unit := range []int64{1, 10000} {
			seen[place{page, v.Mul(decimal.NewFromInt(unit)).Round(2).Abs().StringFixed(2)}] = true
		}
	}
	for i := range d.Tables {
		for _, c := range d.Tables[i].Cells {
			add(c.Page, strings.Trim(c.Text, "（）()△"))
		}
	}
	for _, n := range d.Numbers {
		if n.Held {
			add(n.Page, n.Text)
		}
	}
	f, err := os.Open(truth)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	col := map[string]int{}
	for i, h := range rows[0] {
		col[strings.TrimPrefix(h, "\ufeff")] = i
	}
	for _, row := range rows[1:] {
		page, _ := strconv.Atoi(row[col["page"]])
		v, err := decimal.NewFromString(row[col["amount"]])
		if err != nil || unread[page] {
			continue
		}
		all++
		if !seen[place{page, v.Abs().StringFixed(2)}] {
			gone = append(gone, fmt.Sprintf("page %d, %s %s", page, row[col["item_name"]], row[col["amount"]]))
		}
	}
	return gone, all
}

// clean reports texts of watermarks, or parts of them, that are left in cells and sections.
func clean(t *testing.T, d *extract.Document, marks []string) {
	t.Helper()
	for _, m := range marks {
		r := []rune(m)
		for i := range d.Tables {
			for _, c := range d.Tables[i].Cells {
				if strings.Contains(c.Text, string(r[:min(3, len(r))])) || strings.Contains(c.Text, string(r[max(0, len(r)-3):])) {
					t.Errorf("page %d: a cell holds %q", c.Page, c.Text)
				}
			}
		}
		for _, s := range d.Sections {
			if strings.Contains(s.Title+s.Text, m) {
				t.Errorf("page %d: section %q holds %s", s.FirstPage, s.Title, m)
			}
		}
	}
}
