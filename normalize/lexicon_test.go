package normalize

import (
	"strings"
	"testing"

	"github.com/countybudget/extract/extract/model"
	"github.com/countybudget/extract/normalize/lexicon"
	"github.com/countybudget/extract/schema"
)

// TestUserPhrases: a county's own phrases, handed down once, are known like the program's.
func TestUserPhrases(t *testing.T) {
	mine := lexicon.Heading + "\ngrammar.spending\t保运转支出\tspending=basic\t\t\t\tmade up\n"
	book, err := lexicon.Embedded().Over("mine.tsv", strings.NewReader(mine))
	if err != nil {
		t.Fatal(err)
	}
	words, err := NewWords(book)
	if err != nil {
		t.Fatal(err)
	}
	table := drawTable("2025年部门支出总表", "万元", 1, `
		科目编码|科目名称|合计|保运转支出
		208|社会保障和就业支出|45.12|45.12`)
	doc := &model.Document{Lines: []model.Line{{Page: 1, Text: "青禾县水务局2025年部门预算"}}, Tables: []model.Table{table}, Pages: []model.PageInfo{{Number: 1}}}
	for _, c := range []struct {
		words *Words
		want  schema.Spending
	}{{nil, schema.AllSpending}, {words, schema.Basic}} {
		d := Normalize(doc, Input{DocumentID: "d", FileName: "a.pdf", Words: c.words})
		if len(d.BudgetLines) != 2 || d.BudgetLines[1].Spending != c.want {
			t.Errorf("want %s: %+v", c.want, d.BudgetLines)
		}
	}
}

// TestYearsOfHeaders: the difference in years is the phrase's value.
func TestYearsOfHeaders(t *testing.T) {
	book, err := lexicon.Embedded().Over("mine.tsv", strings.NewReader(lexicon.Heading+"\ngrammar.time\t前年数\tyear=-2\t\t\t\tmade up\n"))
	if err != nil {
		t.Fatal(err)
	}
	words, err := NewWords(book)
	if err != nil {
		t.Fatal(err)
	}
	for header, want := range map[string]int32{"前年数": -2, "上年预算数": -1} {
		var got dimensions
		if words.read(&got, header); got.yearShift != want {
			t.Errorf("%s is %d years off, want %d", header, got.yearShift, want)
		}
	}
}

// TestUserPhraseForm: a phrase that no folded text can equal is refused, with how it is written.
func TestUserPhraseForm(t *testing.T) {
	book, err := lexicon.Embedded().Over("mine.tsv", strings.NewReader(lexicon.Heading+"\ngrammar.time\t预算（草案）\tphase=proposed\t\t\t\tmade up\n"))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := NewWords(book); err == nil || !strings.Contains(err.Error(), `mine.tsv, line 2: the phrase "预算（草案）" must be written "预算(草案)"`) {
		t.Errorf("said %v", err)
	}
}
