package verify

import (
	"testing"

	"github.com/countybudget/extract/normalize/verify/rules"
	"github.com/countybudget/extract/schema"
)

// TestProseOfGovernments: a sentence is tested against the tables of what it speaks of. Where either does not say whose money it
// is, or they call their own level by other words, disagreement proves nothing.
func TestProseOfGovernments(t *testing.T) {
	for _, c := range []struct {
		name, entity, said string
		level              schema.EntityLevel
		titles             [2]string // of a table with 20.00 and one with 10.00
		want               schema.CheckStatus
	}{
		{"of the whole", "全市", "20.00", schema.Government, [2]string{"全市收支表", "市本级收支表"}, schema.CheckPass},
		{"of the own level", "市本级", "10.00", schema.Government, [2]string{"全市收支表", "市本级收支表"}, schema.CheckPass},
		{"the whole's amount for the own level", "市本级", "20.00", schema.Government, [2]string{"全市收支表", "市本级收支表"}, schema.CheckFail},
		{"other words for the own level", "市级", "11.00", schema.Government, [2]string{"全市收支表", "市本级收支表"}, schema.CheckSkipped},
		{"another body", "高新区", "3.00", schema.Government, [2]string{"全市收支表", "市本级收支表"}, ""},
		{"a sentence that does not say", "", "3.00", schema.Government, [2]string{"全市收支表", "市本级收支表"}, schema.CheckSkipped},
		{"tables that do not say", "全市", "3.00", schema.Government, [2]string{"收支表", "全市及市本级收支表"}, schema.CheckSkipped},
		{"a department", "", "3.00", schema.Department, [2]string{"全市收支表", "收支表"}, schema.CheckSkipped},
	} {
		b := newBuilder().open(schema.RevenueExpenditureSummary).add("r - 非税收入", "rev:=20.00").
			open(schema.RevenueExpenditureSummary).add("r - 非税收入", "rev:=10.00").open(schema.Narrative).add("r - 非税收入", "rev:="+c.said)
		b.d.Document.EntityLevel = c.level
		b.d.Tables[0].Title, b.d.Tables[1].Title = c.titles[0], c.titles[1]
		b.line(t, "非税收入", c.said) // exists
		b.d.BudgetLines[2].EntityName = c.entity
		verifyIn(&b.d)
		got := outcomes(&b.d, rules.Prose)
		if c.want == "" && len(got) > 0 || c.want != "" && got[c.want] != 1 {
			t.Errorf("%s: %v, want %s", c.name, got, c.want)
		}
		if bad := b.d.BudgetLines[2].Verification == schema.Contradicted; bad != (c.want == schema.CheckFail) {
			t.Errorf("%s: %s", c.name, b.d.BudgetLines[2].Verification)
		}
	}
}

// TestProseUndecided: what differs from a sentence does not contradict it where it is of another kind.
func TestProseUndecided(t *testing.T) {
	said := func(b *builder, item, cell string) map[schema.CheckStatus]int {
		b.open(schema.Narrative).add(item, cell)
		verifyIn(&b.d)
		return outcomes(&b.d, rules.Prose)
	}
	// “三公” of all money, and the part of it that basic expenditure pays.
	basic := func() *builder {
		return newBuilder().open(schema.GeneralPublicBasicExpenditure).add("e 30217 公务接待费", "gpb/basic=4.00")
	}
	if got := said(basic(), "3 - 公务接待费", "gpb=9.00"); got[schema.CheckSkipped] != 1 {
		t.Errorf("“三公” and basic expenditure: %v", got)
	}
	if got := said(basic(), "3 - 公务接待费", "gpb/basic=9.00"); got[schema.CheckFail] != 1 {
		t.Errorf("“三公” of basic expenditure: %v", got)
	}
	// A table that no statement describes.
	if got := said(newBuilder().open(schema.OtherStatement).add("f - 教育", "=0.00").add("f - 国防", "=1.00"), "f - 教育", "=9.00"); got[schema.CheckSkipped] != 1 {
		t.Errorf("a table of unknown kind: %v", got)
	}
	// The expenditure of a government's own, and the total with what it passes on.
	total := func(level schema.EntityLevel) *builder {
		b := newBuilder().open(schema.RevenueExpenditureSummary).add("t - 支出总计", "=9.00")
		b.d.Document.EntityLevel = level
		return b
	}
	if got := said(total(schema.Government), "t - 支出", "=4.00"); got[schema.CheckSkipped] != 1 {
		t.Errorf("expenditure of a government: %v", got)
	}
	if got := said(total(schema.Department), "t - 支出", "=4.00"); got[schema.CheckFail] != 1 {
		t.Errorf("expenditure of a department: %v", got)
	}
	// A total that is called by the name of its first part.
	fund := func() *builder {
		return newBuilder().open(schema.GovernmentFundRevenue).add("r - 政府性基金收入", "rev:gf=20.00").add("r - 专项收入", "rev:gf=3.00").
			add("t - 收入合计", "rev:gf=23.00")
	}
	if got := said(fund(), "r - 政府性基金收入", "rev:gf=23.00"); got[schema.CheckSkipped] != 1 {
		t.Errorf("a total by the name of its part: %v", got)
	}
	if got := said(fund(), "r - 政府性基金收入", "rev:gf=3.00"); got[schema.CheckFail] != 1 {
		t.Errorf("another part's amount: %v", got)
	}
}
