package sentence

import (
	"slices"
	"testing"

	"github.com/shopspring/decimal"

	"github.com/countybudget/extract/normalize/lexicon"
	"github.com/countybudget/extract/normalize/verify/ledger"
	"github.com/countybudget/extract/normalize/verify/rules"
	"github.com/countybudget/extract/schema"
)

func words(t *testing.T) *Words {
	t.Helper()
	lines, err := ledger.NewWords(lexicon.Embedded())
	if err != nil {
		t.Fatal(err)
	}
	return NewWords(lexicon.Embedded(), lines)
}

// findings tests a disclosure of 2024 with one section, and lines that its sentences gave.
func findings(t *testing.T, text string, lines ...schema.BudgetLine) []Finding {
	t.Helper()
	w := words(t)
	d := &schema.Disclosure{
		Document: schema.DocumentRow{FiscalYear: 2024}, BudgetLines: lines, Sections: []schema.SectionRow{{SectionNo: 1, Text: text}},
	}
	return w.Findings(ledger.New(d, w.lines))
}

// check tests that every finding of a text has a rule and that the worst has a status, "" where there is none.
func check(t *testing.T, text, rule string, want schema.CheckStatus) {
	t.Helper()
	var worst schema.CheckStatus
	for _, f := range findings(t, text) {
		if f.Rule != rule {
			t.Errorf("%s: a finding of %s", text, f.Rule)
		}
		if worst == "" || f.Status == schema.CheckFail {
			worst = f.Status
		}
	}
	if worst != want {
		t.Errorf("%s: %q, want %q", text, worst, want)
	}
}

func TestPercentages(t *testing.T) {
	for _, c := range []struct {
		name, text, rule string
		want             schema.CheckStatus
	}{
		{"share", "本年收入合计200.00万元，其中：财政拨款收入150.00万元，占75.00%；其他收入50.00万元，占25.00%", rules.Share, schema.CheckPass},
		{"share, rounded", "本年收入合计300.00万元，其中：财政拨款收入200.00万元，占66.67%；其他收入100.00万元，占33.33%", rules.Share, schema.CheckPass},
		{"share out", "本年收入合计200.00万元，其中：财政拨款收入150.00万元，占75.00%；其他收入50.00万元，占26.00%", rules.Share, schema.CheckFail},
		{"share of something else", "本年收入合计200.00万元，其中：财政拨款收入150.00万元，占57.00%", rules.Share, schema.CheckSkipped},
		{"rate", "机关运行经费支出110.00万元，比上年增加10.00万元，增长10.00%", rules.Change, schema.CheckPass},
		{"rate out", "机关运行经费支出110.00万元，比上年增加10.00万元，增长12.00%", rules.Change, schema.CheckFail},
		{"rate, words disagree", "机关运行经费支出110.00万元，比上年增加10.00万元，下降10.00%", rules.Change, schema.CheckFail},
		{"share of a part", "本年收入合计200.00万元，其中：甲150.00万元，占75.00%；乙30.00万元，占20.00%", rules.Share, schema.CheckPass},
		{"parts of two", "本年收入合计200.00万元，其中：甲150.00万元，占75.00%，其中：乙50.00万元，占26.00%", rules.Share, ""},
		{"more than the whole", "本年收入合计100.00万元，其中：甲60.00万元，占60.00%；乙150.00万元，占10.00%", rules.Share, schema.CheckPass},
		{"rate of a decrease", "机关运行经费支出90.00万元，比上年减少10.00万元，下降10.00%", rules.Change, schema.CheckPass},
		{"rate on nothing", "机关运行经费支出10.00万元，比上年增加10.00万元，增长100.00%", rules.Change, schema.CheckSkipped},
		{"rate of a part", "机关运行经费支出110.00万元，其中：办公费比上年增加10.00万元，增长12.00%", rules.Change, schema.CheckSkipped},
		{"rate of what follows", "机关运行经费支出110.00万元；办公费比上年增加10.00万元，增长12.00%", rules.Change, schema.CheckSkipped},
		{"rate of something else", "比上年增加10.00万元，增长7.00%", rules.Change, schema.CheckSkipped},
	} {
		t.Run(c.name, func(t *testing.T) { check(t, c.text, c.rule, c.want) })
	}
}

// A finding names the lines that its amount gave, of its own section alone.
func TestLinesOfFindings(t *testing.T) {
	line := func(section int32, yuan int64) schema.BudgetLine {
		return schema.BudgetLine{Statement: schema.Narrative, SectionNo: section, Row: -1, Col: -1, Amount: decimal.NewFromInt(yuan), RawUnit: "万元"}
	}
	got := findings(t, "机关运行经费支出110.00万元，比上年增加10.00万元，增长10.00%", line(1, 1100000), line(1, 100000), line(2, 100000))
	if len(got) != 1 || !slices.Equal(got[0].Lines, []int{1}) || got[0].Column != "narrative" {
		t.Errorf("got %+v", got)
	}
}
