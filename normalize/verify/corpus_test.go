package verify

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"sort"
	"strconv"
	"strings"
	"testing"

	"github.com/shopspring/decimal"

	"github.com/countybudget/extract/schema"
)

// The corpus lies beside the repository, and is not part of it.
const corpusRoot = "../../../shared/corpus"

// loadCorpus reads the truth of every document of a folder; it skips the test where the corpus is absent.
func loadCorpus(t testing.TB, folder string) map[string]*schema.Disclosure {
	t.Helper()
	files, _ := filepath.Glob(filepath.Join(corpusRoot, folder, "*.truth.csv"))
	if len(files) == 0 {
		t.Skip("needs the shared corpus, which is not beside the repository")
	}
	docs := map[string]*schema.Disclosure{}
	for _, file := range files {
		d, err := loadTruth(file)
		if err != nil {
			t.Fatal(err)
		}
		if len(d.BudgetLines) > 0 {
			docs[strings.TrimSuffix(filepath.Base(file), ".truth.csv")] = d
		}
	}
	return docs
}

func names(docs map[string]*schema.Disclosure) []string {
	list := make([]string, 0, len(docs))
	for n := range docs {
		list = append(list, n)
	}
	sort.Strings(list)
	return list
}

// truthRow gives access to a truth file's columns by name.
type truthRow map[string]string

func readTruth(file string) ([]truthRow, error) {
	f, err := os.Open(file)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	records, err := csv.NewReader(f).ReadAll()
	if err != nil {
		return nil, err
	}
	var rows []truthRow
	for _, rec := range records[1:] {
		r := truthRow{}
		for n, name := range records[0] {
			r[strings.TrimPrefix(name, "\ufeff")] = rec[n]
		}
		rows = append(rows, r)
	}
	return rows, nil
}

// loadTruth makes a disclosure of a truth file. Its rows are in table order: a new statement opens a table, and so does a
// second title row of the same statement on another page.
func loadTruth(file string) (*schema.Disclosure, error) {
	rows, err := readTruth(file)
	if err != nil {
		return nil, err
	}
	var doc struct {
		DocumentType   string `json:"document_type"`
		EntityLevel    string `json:"entity_level"`
		DepartmentName string `json:"department_name"`
		FiscalYear     int32  `json:"fiscal_year"`
		Unit           string `json:"unit"`
	}
	raw, err := os.ReadFile(strings.TrimSuffix(file, ".truth.csv") + ".doc.json")
	if err != nil {
		return nil, err
	}
	if err := json.Unmarshal(raw, &doc); err != nil {
		return nil, err
	}
	d := &schema.Disclosure{Document: schema.DocumentRow{DocumentID: filepath.Base(file), DocumentType: schema.DocumentType(doc.DocumentType),
		EntityLevel: schema.EntityLevel(doc.EntityLevel), DepartmentName: doc.DepartmentName, FiscalYear: doc.FiscalYear}}
	t := truthTables{cols: map[string]int32{}}
	for n, r := range rows {
		line, err := r.line()
		if err != nil {
			return nil, fmt.Errorf("%s row %d: %w", file, n+2, err)
		}
		line.LineID = strconv.Itoa(n)
		t.place(&line, r)
		d.BudgetLines = append(d.BudgetLines, line)
	}
	printUnits(d, doc.Unit)
	return d, nil
}

func (r truthRow) line() (schema.BudgetLine, error) {
	amount, err := decimal.NewFromString(r["amount"])
	if err != nil {
		return schema.BudgetLine{}, err
	}
	year, _ := strconv.Atoi(r["fiscal_year"])
	page, _ := strconv.Atoi(r["page"])
	line := schema.BudgetLine{Statement: schema.Statement(r["statement"]), Direction: schema.Direction(r["direction"]),
		Classification: schema.Classification(r["classification"]), ItemCode: r["item_code"], ItemName: r["item_name"],
		CounterpartName: r["counterpart_name"], FundSource: schema.FundSource(r["fund_source"]), Spending: schema.Spending(r["spending"]),
		Period: schema.Period(r["period"]), Phase: schema.Phase(r["phase"]), FiscalYear: int32(year), Page: int32(page), Amount: amount}
	if line.ItemCode != "" {
		line.ItemCodeOrigin = schema.CodePrinted
	}
	return line, nil
}

// truthTables numbers tables, rows and columns as it goes.
type truthTables struct {
	table, row int32
	statement  string
	title      string
	item       string
	cols       map[string]int32
}

func (t *truthTables) place(line *schema.BudgetLine, r truthRow) {
	if r["statement"] != t.statement {
		t.table, t.row, t.statement, t.item = t.table+1, 0, r["statement"], ""
		t.cols = map[string]int32{}
	}
	item := strings.Join([]string{r["item_code"], strings.TrimSuffix(r["item_name"], "增减额"), r["counterpart_name"], r["page"]}, "|")
	col := strings.Join([]string{r["direction"], r["classification"][:3], r["fund_source"], r["spending"], r["period"], r["phase"], r["fiscal_year"], strconv.FormatBool(strings.HasSuffix(r["item_name"], "增减额"))}, "|")
	if r["classification"] != "balance" {
		col = strings.Replace(col, r["classification"][:3], "", 1)
	}
	if _, ok := t.cols[col]; !ok {
		t.cols[col] = int32(len(t.cols)) + 2
	}
	repeated := item == t.item && t.title != "" && strings.Contains(t.title, ";"+col+";")
	if item != t.item || repeated {
		t.row++
		t.item, t.title = item, ";"
	}
	t.title += col + ";"
	line.TableNo, line.Row, line.Col = t.table, t.row, t.cols[col]
}

// printUnits writes every amount as the table prints it: in the document's unit, to as many places as its table needs; without a
// unit, in the largest that loses nothing.
func printUnits(d *schema.Disclosure, unit string) {
	tables := map[int32][]int{}
	for i := range d.BudgetLines {
		tables[d.BudgetLines[i].TableNo] = append(tables[d.BudgetLines[i].TableNo], i)
	}
	for _, lines := range tables {
		u := unit
		if u == "" {
			u = "万元"
			for _, i := range lines {
				if !d.BudgetLines[i].Amount.Mod(decimal.NewFromInt(100)).IsZero() {
					u = "元"
				}
			}
		}
		shift, places := int32(0), int32(0)
		if u == "万元" {
			shift, places = -4, 2
		}
		for _, i := range lines {
			for a := d.BudgetLines[i].Amount.Shift(shift); !a.Equal(a.Round(places)); {
				places++
			}
		}
		for _, i := range lines {
			d.BudgetLines[i].RawUnit = u
			d.BudgetLines[i].RawText = d.BudgetLines[i].Amount.Shift(shift).StringFixed(places)
		}
	}
}

// clone copies what Verify changes.
func clone(d *schema.Disclosure) *schema.Disclosure {
	c := *d
	c.BudgetLines = append([]schema.BudgetLine(nil), d.BudgetLines...)
	return &c
}

func TestCorpusIsConsistent(t *testing.T) {
	for _, folder := range []string{"synth", "trend", "real", "seed"} {
		t.Run(folder, func(t *testing.T) {
			docs := loadCorpus(t, folder)
			lines, verified, contradicted, failed, checks := 0, 0, 0, 0, 0
			for _, name := range names(docs) {
				d := docs[name]
				verifyIn(d)
				checks += len(d.Checks)
				failed += int(d.Document.ChecksFailed)
				for _, c := range d.Checks {
					if c.Status == schema.CheckFail {
						t.Logf("%s: %s: %s: expected %s, printed %s", name, c.Rule, c.Description, c.Expected.Decimal, c.Actual.Decimal)
					}
				}
				own := 0
				for i := range d.BudgetLines {
					lines++
					switch d.BudgetLines[i].Verification {
					case schema.Verified:
						own++
					case schema.Contradicted:
						contradicted++
					default:
						if testing.Verbose() {
							l := &d.BudgetLines[i]
							t.Logf("unchecked %s: %s %s %s %s %s/%s/%s %s %d", name, l.Statement, l.Direction, l.ItemCode, l.ItemName, l.FundSource, l.Spending, l.Period, l.Amount, l.FiscalYear)
						}
					}
				}
				verified += own
			}
			share := float64(verified) / float64(lines)
			t.Logf("%s: %d documents, %d lines, %d checks, %d failed, %.2f%% verified, %d contradicted", folder, len(docs), lines, checks, failed, 100*share, contradicted)
			if failed > 0 {
				t.Errorf("%d checks fail over consistent documents", failed)
			}
			if share < 0.95 {
				t.Errorf("%.2f%% of the lines are verified, want 95%%", 100*share)
			}
		})
	}
}
