package app

import (
	"fmt"
	"slices"
	"testing"

	"github.com/countybudget/extract/normalize/leftover"
	"github.com/countybudget/extract/schema"
)

// TestUnknownWordsOfRows: each header or title counts once for a word, each document once, and the amounts below them once; the
// most frequent word comes first, and of each the most frequent reading.
func TestUnknownWordsOfRows(t *testing.T) {
	reader, err := phraseReader(nil)
	if err != nil {
		t.Fatal(err)
	}
	w := newUnknownWords(reader)
	w.files["a"], w.files["b"] = "a.pdf", "b.pdf"
	header := func(document string, table int, heading string, words ...string) {
		w.diagnostic(&schema.DiagnosticRow{DocumentID: document, Page: 7, Code: schema.DiagUnknownHeading, Message: leftover.Header(table, "支出表", words, heading)})
	}
	header("a", 1, "丙丁支出", "丙丁")
	header("a", 1, "甲乙 / 戊己", "甲乙", "戊己", "甲乙") // twice in one path
	header("a", 2, "甲乙支出", "甲乙")
	header("a", 2, "甲乙支出", "甲乙") // of two columns
	header("b", 1, "甲乙支出", "甲乙")
	w.diagnostic(&schema.DiagnosticRow{DocumentID: "b", Code: schema.DiagUnknownTitle, Message: "table 1 (庚辛表): " + leftover.Title([]string{"庚辛"})})
	w.diagnostic(&schema.DiagnosticRow{DocumentID: "b", Code: schema.DiagUnclaimedNumber, Message: "a number"})

	line := func(document string, table int32, heading string, phase schema.Phase) {
		w.line(&schema.BudgetLine{DocumentID: document, TableNo: table, Heading: heading, Meaning: schema.Guessed, Phase: phase})
	}
	line("a", 2, "甲乙支出", schema.Approved)
	line("b", 1, "甲乙支出", schema.Executed)
	line("b", 1, "甲乙支出", schema.Executed)
	line("b", 1, "合计", schema.Executed) // below the title only
	line("b", 1, "", schema.Executed)
	line("a", 2, "合计", schema.Executed)   // below nothing
	line("b", 0, "甲乙支出", schema.Executed) // of a sentence

	var got []string
	for _, u := range w.sorted() {
		said := fmt.Sprintf("%s %s %d/%d %s %d %s:", u.Word, u.Where, u.Times, u.Documents, u.Example.FileName, u.Example.Page, u.Example.Text)
		for _, taken := range u.Taken {
			said += fmt.Sprintf(" %d %s", taken.Lines, taken.Phase)
		}
		got = append(got, said)
	}
	want := []string{
		"甲乙 header 4/2 a.pdf 7 甲乙 / 戊己: 2 executed 1 approved",
		"丙丁 header 1/1 a.pdf 7 丙丁支出:",
		"庚辛 title 1/1 b.pdf 0 庚辛表: 4 executed",
		"戊己 header 1/1 a.pdf 7 甲乙 / 戊己:",
	}
	if !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}
