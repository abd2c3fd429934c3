package verify

import (
	"testing"

	"github.com/countybudget/extract/schema"
)

// TestLayouts: tables that print the same sums in other ways are consistent, and what is an aggregate is seen.
func TestLayouts(t *testing.T) {
	cases := []struct {
		name       string
		b          *builder
		aggregates []string
	}{
		{"total below", newBuilder().open(schema.Expenditure).add("f 205 教育支出", "=3.00").add("f 208 社会保障和就业支出", "=4.00").add("t - 合计", "=7.00"),
			[]string{"合计"}},
		{"subtotals below their parts", newBuilder().open(schema.ProjectExpenditure).
			add("p - 甲", "project=1.00").add("p - 乙", "project=2.00").add("t - 小计", "project=3.00").
			add("p - 丙", "project=4.00").add("p - 丁", "project=5.00").add("t - 小计", "project=9.00").add("t - 合计", "project=12.00"),
			[]string{"小计", "小计", "合计"}},
		{"subtotals above their parts", newBuilder().open(schema.ProjectExpenditure).add("t - 合计", "project=12.00").
			add("t - 小计", "project=3.00").add("p - 甲", "project=1.00").add("p - 乙", "project=2.00").
			add("t - 小计", "project=9.00").add("p - 丙", "project=4.00").add("p - 丁", "project=5.00"),
			[]string{"合计", "小计", "小计"}},
		{"sources without codes", newBuilder().open(schema.Revenue).
			add("r - 税收收入", "rev:=5.00").add("r - 增值税", "rev:=2.00").add("r - 企业所得税", "rev:=3.00").add("r - 非税收入", "rev:=4.00").add("t - 收入合计", "rev:=9.00"),
			[]string{"税收收入", "收入合计"}},
		{"sources that tell nothing", newBuilder().open(schema.Revenue).
			add("r - 税收收入", "rev:=5.00").add("r - 增值税", "rev:=2.00").add("r - 非税收入", "rev:=4.00").add("t - 收入合计", "rev:=9.00"),
			[]string{"收入合计"}},
		{"blank parent", newBuilder().open(schema.Expenditure).add("t - 合计", "=3.00", "basic=3.00").add("f 205 教育支出", "=3.00").
			add("f 20501 教育管理", "=3.00", "basic=3.00"), []string{"合计", "合计", "教育支出"}},
		{"two-table economic table", newBuilder().open(schema.GeneralPublicBasicExpenditure).
			add("e 301 工资福利支出", "gpb/personnel=5.00").add("e 302 商品和服务支出", "gpb/operating=2.00").
			add("e 30101 基本工资", "gpb/personnel=5.00").add("e 30201 办公费", "gpb/operating=2.00").
			add("t - 人员经费合计", "gpb/personnel=5.00").add("t - 公用经费合计", "gpb/operating=2.00"),
			[]string{"工资福利支出", "商品和服务支出", "人员经费合计", "公用经费合计"}},
		{"economic names without codes", newBuilder().open(schema.GeneralPublicBasicExpenditure).add("t - 合计", "gpb/basic=7.00").
			add("e - 工资福利支出", "gpb/basic=5.00").add("e - 基本工资", "gpb/basic=5.00").add("e - 商品和服务支出", "gpb/basic=2.00").add("e - 办公费", "gpb/basic=2.00"),
			[]string{"合计", "工资福利支出", "商品和服务支出"}},
		{"summary with balances", newBuilder().open(schema.RevenueExpenditureSummary).
			add("r - 财政拨款收入", "rev:=8.00").add("r - 一般公共预算资金", "rev:=6.00").add("r - 政府性基金", "rev:=2.00").add("f - 教育支出", "=9.00").
			add("t - 本年收入合计", "rev:=8.00").add("t - 本年支出合计", "=9.00").add("b - 上年结转", "rev:=3.00").add("b - 年终结转", "=2.00").
			add("t - 收入总计", "rev:=11.00").add("t - 支出总计", "=11.00"),
			[]string{"财政拨款收入", "本年收入合计", "本年支出合计", "收入总计", "支出总计"}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			verifyIn(&c.b.d)
			if c.b.d.Document.ChecksFailed > 0 {
				t.Error(failures(&c.b.d))
			}
			var got []string
			for i := range c.b.d.BudgetLines {
				if l := &c.b.d.BudgetLines[i]; l.IsAggregate {
					got = append(got, l.ItemName)
				}
			}
			if len(got) != len(c.aggregates) {
				t.Fatalf("aggregates %v, want %v", got, c.aggregates)
			}
			for n := range got {
				if got[n] != c.aggregates[n] {
					t.Fatalf("aggregates %v, want %v", got, c.aggregates)
				}
			}
		})
	}
}

// TestAmong: 其中 rows that are only part of the row above are not counted again, by the total or by a reader.
func TestAmong(t *testing.T) {
	b := newBuilder().open(schema.ProjectExpenditure).add("t - 合计", "project=9.00").
		add("p - 甲", "project=5.00").add("p - 设备", "project=2.00").add("p - 乙", "project=4.00")
	b.d.Cells = []schema.CellRow{{TableNo: 1, Row: 3, Text: "其中：设备"}}
	verifyIn(&b.d)
	if b.d.Document.ChecksFailed > 0 {
		t.Error(failures(&b.d))
	}
	if !b.line(t, "设备", "2.00").IsAggregate || b.line(t, "甲", "5.00").IsAggregate {
		t.Error("the part counts beside its whole")
	}
}

// TestColumnsTakenForEachOther: the sums of two exchanged columns come out, and prove nothing.
func TestColumnsTakenForEachOther(t *testing.T) {
	b := newBuilder().open(schema.Expenditure).
		add("t - 合计", "=9.00", "basic=3.00", "project=6.00").add("f 205 教育支出", "=9.00", "basic=3.00", "project=6.00").
		open(schema.GeneralPublicExpenditure).
		add("t - 合计", "gpb=9.00", "gpb/basic=6.00", "gpb/project=3.00").add("f 205 教育支出", "gpb=9.00", "gpb/basic=6.00", "gpb/project=3.00")
	verifyIn(&b.d)
	if b.d.Document.ChecksFailed == 0 {
		t.Error("nothing fails")
	}
	for i := range b.d.BudgetLines {
		if l := &b.d.BudgetLines[i]; l.Spending == schema.Basic && l.Verification == schema.Verified {
			t.Errorf("%s %s of %s is verified", l.ItemName, l.RawText, l.Statement)
		}
	}
}

// TestNothingToVerify: an empty disclosure gives no failure.
func TestNothingToVerify(t *testing.T) {
	d := &schema.Disclosure{}
	verifyIn(d)
	if d.Document.ChecksFailed != 0 || len(d.Diagnostics) != 0 {
		t.Errorf("%+v", d)
	}
}
