package prose_test

import (
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/countybudget/extract/extract"
	"github.com/countybudget/extract/extract/model"
	"github.com/countybudget/extract/normalize/lexicon"
	"github.com/countybudget/extract/normalize/prose"
	"github.com/countybudget/extract/schema"
	"github.com/shopspring/decimal"
)

// document is one document of the corpus with what it is.
type document struct {
	name     string
	sections []model.Section
	ctx      prose.Context
}

func words(t *testing.T) *prose.Words {
	t.Helper()
	return prose.NewWords(lexicon.Embedded())
}

// corpus reads the documents that have text. It skips where the corpus is not beside the project.
func corpus(t *testing.T) []document {
	t.Helper()
	var out []document
	for _, dir := range []string{"seed", "real", "synth", "trend"} {
		files, _ := filepath.Glob(filepath.Join("..", "..", "..", "shared", "corpus", dir, "*.pdf"))
		for _, name := range files {
			data, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			d, err := extract.Extract(context.Background(), data, extract.Options{OCR: extract.OCRNever})
			if err != nil {
				t.Errorf("%s: %v", name, err)
				continue
			}
			var is struct {
				Year int32               `json:"fiscal_year"`
				Type schema.DocumentType `json:"document_type"`
				Name string              `json:"department_name"`
			}
			if about, err := os.ReadFile(strings.TrimSuffix(name, ".pdf") + ".doc.json"); err == nil {
				if err := json.Unmarshal(about, &is); err != nil {
					t.Fatal(err)
				}
			}
			out = append(out, document{filepath.Base(name), d.Sections, prose.Context{Year: is.Year, DocumentType: is.Type, Names: []string{is.Name}}})
		}
	}
	if len(out) == 0 {
		t.Skip("needs the shared corpus, which is not beside the repository")
	}
	return out
}

// money is a number with a unit of money that is no threshold and no price.
var money = regexp.MustCompile(`[0-9０-９][0-9０-９,，.．\s]*[万亿千]?元(/|[（(][^（）()]{1,6}[)）]以上|以上)?`)

func TestCorpusCoverage(t *testing.T) {
	stated, found := 0, 0
	for _, d := range corpus(t) {
		n := words(t).Read(d.sections, d.ctx)
		want := 0
		for i := range d.sections {
			for _, m := range money.FindAllStringSubmatch(d.sections[i].Text, -1) {
				if m[1] == "" {
					want++
				}
			}
		}
		if len(n.Lines) < want*9/10 {
			t.Errorf("%s: %d of %d amounts", d.name, len(n.Lines), want)
		}
		stated, found = stated+want, found+len(n.Lines)
		for _, l := range n.Lines {
			if l.FiscalYear != d.ctx.Year && l.FiscalYear != d.ctx.Year-1 {
				t.Errorf("%s: %s of %d", d.name, l.ItemName, l.FiscalYear)
			}
			if l.ItemName == "金额" || len([]rune(l.ItemName)) > 40 {
				t.Errorf("%s: item %q", d.name, l.ItemName)
			}
			if l.X1 <= l.X0 || l.Page == 0 {
				t.Errorf("%s: %s has no place", d.name, l.ItemName)
			}
		}
	}
	t.Logf("%d of %d amounts of money", found, stated)
	if found < stated*9/10 {
		t.Errorf("%d of %d amounts of money", found, stated)
	}
}

// What the corpus says of its amounts in per cent holds for the lines it was read as; a wrong sign, subject or unit would
// show here.
func TestCorpusFacts(t *testing.T) {
	tested, held := map[prose.FactKind]int{}, map[prose.FactKind]int{}
	for _, d := range corpus(t) {
		n := words(t).Read(d.sections, d.ctx)
		for _, f := range n.Facts {
			got, ok := percent(n.Lines, f)
			if !ok {
				continue
			}
			tested[f.Kind]++
			if got.Sub(f.Percent.Decimal).Abs().Cmp(decimal.New(1, -f.Places)) <= 0 {
				held[f.Kind]++
			} else {
				t.Logf("%s, page %d: %s of %s is %s %%, not %s", d.name, f.Page, f.Kind, n.Lines[f.Line].ItemName, got.StringFixed(2), f.RawText)
			}
		}
	}
	for k := range tested {
		t.Logf("%s: %d of %d hold", k, held[k], tested[k])
		if held[k]*100 < tested[k]*97 {
			t.Errorf("%s: %d of %d hold", k, held[k], tested[k])
		}
	}
}

// percent is what the percentage of a fact should be.
func percent(lines []schema.BudgetLine, f prose.Fact) (decimal.Decimal, bool) {
	part, whole := decimal.Decimal{}, decimal.Decimal{}
	switch {
	case !f.Percent.Valid:
		return part, false
	case f.Kind == prose.Change && f.Change >= 0:
		part = lines[f.Change].Amount
		whole = lines[f.Line].Amount.Sub(part)
	case f.Of >= 0:
		part, whole = lines[f.Line].Amount, lines[f.Of].Amount
	}
	if whole.IsZero() {
		return part, false
	}
	return part.Shift(2).DivRound(whole, 6), true
}
