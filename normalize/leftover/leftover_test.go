package leftover

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/countybudget/extract/normalize/lexicon"
	"github.com/countybudget/extract/schema"
	"github.com/countybudget/extract/schema/codebook"
)

func reader(t *testing.T) *Reader {
	books, err := codebook.Load()
	if err != nil {
		t.Fatal(err)
	}
	r, err := NewReader(lexicon.Embedded(), books)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// TestUnderstanding: words, items and regions are understood; what is left over is given.
func TestUnderstanding(t *testing.T) {
	r := reader(t)
	for text, want := range map[string]string{
		"保运转支出":  "保运转",
		"教育支出":   "",
		"杭州市":    "",
		"预算数":    "",
		"保 运转支出": "保运转",
	} {
		if got := strings.Join(r.Header(text).LeftOver, " "); got != want {
			t.Errorf("%s leaves %q, want %q", text, got, want)
		}
	}
	if !r.Header("教育支出").Item || r.Header("预算数").Item {
		t.Error("the names of items are not told from words")
	}
	for text, want := range map[string]schema.Statement{
		"2025年一般公共预算支出表": schema.GeneralPublicExpenditure,
		"项目支出绩效目标表":      schema.OtherStatement,
		"2025年绿水青山":      "",
	} {
		if got := r.Title(text).Statement; got != want {
			t.Errorf("%s is %q, want %q", text, got, want)
		}
	}
	if u := r.HeaderWith("保运转", "合计 / 保运转支出 / 预算数"); u.Text != "保运转支出" {
		t.Errorf("the word is sought in %s", u.Text)
	}
	if u := r.HeaderWith("转支", "保运 / 数"); u.Text != "保运/数" {
		t.Errorf("a word of no cell is sought in %s", u.Text)
	}
}

// TestRead: what a report says is found again, whatever stands in titles and headers.
func TestRead(t *testing.T) {
	for _, want := range []Report{
		{Words: []string{"甲", "乙"}, Table: 3, Title: "支出表"},
		{Words: []string{"甲"}, Table: 12, Title: `表(一): "乙" of the header "丙" was not understood`, Heading: `合计 / 甲"a\b"`},
		{Words: []string{`"甲"`}, Table: 1, Heading: "甲\n乙"},
		{Words: []string{"甲"}, Table: 1, Title: `表): "x" of the title was not understood`},
	} {
		d := schema.DiagnosticRow{Code: schema.DiagUnknownTitle, Message: fmt.Sprintf("table %d (%s): %s", want.Table, want.Title, Title(want.Words))}
		if want.Heading != "" {
			d = schema.DiagnosticRow{Code: schema.DiagUnknownHeading, Message: Header(int(want.Table), want.Title, want.Words, want.Heading)}
		}
		got, ok := Read(&d)
		if !ok || !slices.Equal(got.Words, want.Words) || got.Table != want.Table || got.Title != want.Title || got.Heading != want.Heading {
			t.Errorf("%s\n gives %+v, %v", d.Message, got, ok)
		}
	}
	if _, ok := Read(&schema.DiagnosticRow{Code: schema.DiagUnknownTable, Message: "table 1 (甲): " + Title([]string{"甲"})}); ok {
		t.Error("another diagnostic is read as a report")
	}
	if _, ok := Read(&schema.DiagnosticRow{Code: schema.DiagUnknownTitle, Message: "read by hand"}); ok {
		t.Error("another message is read as a report")
	}
}
