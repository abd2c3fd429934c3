package verify

import (
	"slices"
	"strings"
	"testing"

	"github.com/countybudget/extract/normalize/verify/rules"
	"github.com/countybudget/extract/schema"
)

const (
	pass = schema.CheckPass
	fail = schema.CheckFail
	skp  = schema.CheckSkipped
)

// hierarchyTable has a branch to 项, one to 款, and its total above.
func hierarchyTable(leaf string) *builder {
	return newBuilder().open(schema.Expenditure).
		add("t - 合计", "=30.00").
		add("f 201 一般公共服务支出", "=20.00").add("f 20106 财政事务", "=20.00").add("f 2010601 行政运行", "="+leaf).add("f 2010602 其他", "=5.00").
		add("f 208 社会保障和就业支出", "=10.00").add("f 20805 养老", "=10.00")
}

// summaryPair is a summary with one table against it.
func summaryPair(st schema.Statement, total, cell string) *builder {
	b := newBuilder().open(schema.RevenueExpenditureSummary).
		add("r - 一般公共预算", "rev:=90.00").add("r - 事业收入", "rev:=10.00").add("f - 教育支出", "=100.00").
		add("t - 本年收入合计", "rev:=100.00").add("t - 本年支出合计", "=100.00").
		add("t - 收入总计", "rev:=100.00").add("t - 支出总计", "=100.00")
	return b.open(st).add("f 205 教育支出", cell+"="+total).add("t - 合计", cell+"="+total)
}

func basicPair(total string) *builder {
	return newBuilder().open(schema.GeneralPublicExpenditure).
		add("t - 合计", "gpb=9.00", "gpb/basic=6.00", "gpb/project=3.00").add("f 205 教育支出", "gpb=9.00", "gpb/basic=6.00", "gpb/project=3.00").
		open(schema.GeneralPublicBasicExpenditure).
		add("e 301 工资福利支出", "gpb/basic="+total, "gpb/personnel="+total).add("t - 合计", "gpb/basic="+total, "gpb/personnel="+total)
}

func threePublic(running string) *builder {
	return newBuilder().open(schema.ThreePublic).add("t - 合计", "=9.00").add("3 - 因公出国（境）费", "=1.00").add("3 - 公务接待费", "=2.00").
		add("3 - 公务用车购置及运行费", "=6.00").add("3 - 公务用车购置费", "=0.00").add("3 - 公务用车运行维护费", "="+running)
}

func prose(amount, item string) *builder {
	b := newBuilder().open(schema.AgencyOperating).add("t - 部门合计", "=120.75")
	b.open(schema.Narrative).add("t - "+item, "="+amount)
	return b
}

func saying(text string) *builder {
	b := newBuilder()
	b.d.Sections = []schema.SectionRow{{SectionNo: 1, Text: text}}
	return b
}

func TestRules(t *testing.T) {
	fundTable := func(closing string) *builder {
		return newBuilder().open(schema.GovernmentFundExpenditure).
			add("t - 合计", "rev:gf/carry=1.00", "rev:gf/cy=5.00", "gf/cy=4.00", "bal:gf="+closing).
			add("f 212 城乡社区支出", "rev:gf/carry=1.00", "rev:gf/cy=5.00", "gf/cy=4.00", "bal:gf="+closing)
	}
	appropriation := func(column string) *builder {
		return newBuilder().open(schema.AppropriationSummary).
			add("r - 一般公共预算", "rev:app=9.00").add("f - 教育支出", "app=9.00", "gpb=9.00").
			add("t - 收入总计", "rev:app=9.00").add("t - 支出总计", "app=9.00", "gpb=9.00").
			open(schema.GeneralPublicExpenditure).add("t - 合计", "gpb="+column).add("f 205 教育支出", "gpb="+column)
	}
	projects := func(own string) *builder {
		return newBuilder().open(schema.Expenditure).add("t - 合计", "=9.00", "basic=6.00", "project=3.00").add("f 205 教育支出", "=9.00", "basic=6.00", "project=3.00").
			open(schema.ProjectExpenditure).add("u - 某局", "project="+own).add("p - 甲", "project=1.00").add("p - 乙", "project="+minusOne(own))
	}
	revenueRow := func(total, part string) *builder {
		return newBuilder().open(schema.Revenue).
			add("t - 合计", "rev:=9.00", "rev:gpb=6.00", "rev:other_income=3.00").
			add("f 205 教育支出", "rev:=5.00", "rev:gpb=4.00", "rev:other_income=1.00").
			add("f 208 社会保障和就业支出", "rev:="+total, "rev:gpb=2.00", "rev:other_income="+part)
	}
	cases := []struct {
		name string
		rule string
		b    *builder
		want schema.CheckStatus
	}{
		{"children", rules.Hierarchy, hierarchyTable("15.00"), pass},
		{"children, rounded", rules.Hierarchy, hierarchyTable("15.01"), pass},
		{"children, beyond rounding", rules.Hierarchy, hierarchyTable("15.02"), fail},
		{"total above", rules.ColumnTotal, hierarchyTable("15.00"), pass},
		{"revenue", rules.Revenue, summaryPair(schema.Revenue, "100.00", "rev:"), pass},
		{"revenue differs", rules.Revenue, summaryPair(schema.Revenue, "103.00", "rev:"), fail},
		{"expenditure", rules.Expenditure, summaryPair(schema.Expenditure, "100.00", ""), pass},
		{"expenditure differs", rules.Expenditure, summaryPair(schema.Expenditure, "97.00", ""), fail},
		{"same item", rules.SameItem, summaryPair(schema.Expenditure, "100.00", ""), pass},
		{"balance", rules.SummaryBalance, summaryPair(schema.Expenditure, "100.00", ""), pass},
		{"unit", rules.Unit, summaryPair(schema.Expenditure, "1000000.00", ""), fail},
		{"basic", rules.Basic, basicPair("6.00"), pass},
		{"basic differs", rules.Basic, basicPair("6.10"), fail},
		{"spending across", rules.RowSpending, basicPair("6.00"), pass},
		{"funds across", rules.RowFund, revenueRow("4.00", "2.00"), pass},
		{"funds across, one row out", rules.RowFund, revenueRow("4.10", "2.00"), fail},
		{"three public", rules.ThreePublic, threePublic("6.00"), pass},
		{"three public, part out", rules.ThreePublic, threePublic("5.00"), fail},
		{"three public, negative", rules.ThreePublicSign, threePublic("-6.00"), fail},
		{"three public, none negative", rules.ThreePublicSign, threePublic("6.00"), pass},
		{"fund balance by row", rules.AppropriationBalance, fundTable("2.00"), pass},
		{"fund balance by row, out", rules.AppropriationBalance, fundTable("3.00"), fail},
		{"appropriation column", rules.AppropriationParts, appropriation("9.00"), pass},
		{"appropriation column differs", rules.AppropriationParts, appropriation("8.00"), fail},
		{"part exceeds", rules.PartWithinWhole, newBuilder().open(schema.Expenditure).add("t - 合计", "=9.00").add("f 205 教育支出", "=9.00").
			open(schema.GeneralPublicExpenditure).add("t - 合计", "gpb=12.00").add("f 205 教育支出", "gpb=12.00"), fail},
		{"projects", rules.Project, projects("3.00"), pass},
		{"projects differ", rules.Project, projects("4.00"), fail},
		{"agency", rules.AgencyOperating, agency("1.50"), pass},
		{"agency counts other money", rules.AgencyOperating, agency("1.20"), skp},
		{"period across", rules.RowPeriod, newBuilder().open(schema.Expenditure).add("f 205 教育支出", "=9.00", "cy=6.00", "carry=3.00"), pass},
		{"period across, out", rules.RowPeriod, newBuilder().open(schema.Expenditure).add("f 205 教育支出", "=9.00", "cy=6.00", "carry=2.00"), fail},
		{"change", rules.Change, newBuilder().open(schema.ThreePublic).add("3 - 公务接待费", "y2023:=3.00", "=2.00", "change:=-1.00"), pass},
		{"change, sign", rules.Change, newBuilder().open(schema.ThreePublic).add("3 - 公务接待费", "y2023:=3.00", "=2.00", "change:=1.00"), fail},
		{"procurement", rules.Procurement, newBuilder().open(schema.GovernmentProcurement).add("t - 合计", "=6.00").add("g - 货物", "=1.00").add("g - 工程", "=2.00").add("g - 服务", "=3.00"), pass},
		{"procurement, out", rules.Procurement, newBuilder().open(schema.GovernmentProcurement).add("t - 合计", "=7.00").add("g - 货物", "=1.00").add("g - 工程", "=2.00").add("g - 服务", "=3.00"), fail},
		{"more than the budget", rules.ThreePublicExecution, newBuilder().open(schema.ThreePublic).add("t - 合计", "=1.00", "ex:=2.00"), skp},
		{"prose", rules.Prose, prose("120.75", "机关运行经费"), pass},
		{"prose differs", rules.Prose, prose("120.57", "机关运行经费"), fail},
		{"share out", rules.Share, saying("本年收入合计200.00万元，其中：财政拨款收入150.00万元，占75.00%；其他收入50.00万元，占26.00%"), fail},
		{"a year of the text", rules.Metadata, saying("2024年收入预算10万元。2021年收入预算9万元。"), fail},
		{"one year", rules.Metadata, titled("2024年收支总表"), ""},
		{"another year", rules.Metadata, titled("2021年收支总表"), fail},
		{"says it is empty", rules.EmptyTable, emptyFund("本表无数据", "0.00"), pass},
		{"blank and silent", rules.EmptyTable, emptyFund("", "0.00"), skp},
		{"says it is empty and is not", rules.EmptyTable, emptyFund("本表无数据", "5.00"), fail},
		{"presence, an excerpt", rules.Presence, hierarchyTable("15.00"), skp},
		{"presence", rules.Presence, complete(0), pass},
		{"presence, one missing", rules.Presence, complete(1), fail},
		{"misplaced class", rules.BasicClasses, newBuilder().open(schema.GeneralPublicBasicExpenditure).add("e 302 商品和服务支出", "gpb/basic=2.00", "gpb/personnel=2.00"), fail},
		{"column without its total", rules.TotalMissing, newBuilder().open(schema.Expenditure).add("t - 合计", "=3.00", "basic=3.00").add("f 205 教育支出", "=3.00", "basic=3.00", "project=1.00"), fail},
		{"lost 款", rules.HierarchyGap, newBuilder().open(schema.Expenditure).add("f 201 一般公共服务支出", "=3.00").add("f 2010601 行政运行", "=3.00").
			add("f 205 教育支出", "=3.00").add("f 20501 教育管理", "=3.00").add("f 2050101 行政运行", "=3.00"), fail},
		{"a table of 款 only", rules.HierarchyGap, newBuilder().open(schema.GeneralPublicBasicExpenditure).add("e 30101 基本工资", "gpb=3.00").add("e 30201 办公费", "gpb=3.00"), ""},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			verifyIn(&c.b.d)
			got := outcomes(&c.b.d, c.rule)
			switch {
			case c.want == "":
				if got[fail] > 0 {
					t.Errorf("fails: %v", failures(&c.b.d))
				}
			case got[c.want] == 0, c.want != fail && got[fail] > 0:
				t.Errorf("%s: %v, want %s\n%v", c.rule, got, c.want, failures(&c.b.d))
			}
		})
	}
}

func failures(d *schema.Disclosure) string {
	var out []string
	for _, c := range d.Checks {
		if c.Status == fail {
			out = append(out, c.Rule+": "+c.Description)
		}
	}
	return strings.Join(out, "\n")
}

func minusOne(total string) string { return string(total[0]-1) + total[1:] }

func agency(amount string) *builder {
	return newBuilder().open(schema.GeneralPublicBasicExpenditure).add("t - 合计", "gpb/basic=6.00", "gpb/operating=1.50").add("e 302 商品和服务支出", "gpb/basic=1.50", "gpb/operating=1.50").
		open(schema.AgencyOperating).add("t - 机关运行经费", "="+amount)
}

func titled(title string) *builder {
	b := hierarchyTable("15.00")
	b.d.Tables[0].Title = title
	return b
}

// emptyFund has a fund table without amounts, and that fund's column in the appropriation summary.
func emptyFund(says, column string) *builder {
	b := newBuilder().open(schema.AppropriationSummary).add("f - 教育支出", "app=9.00", "gf="+column).add("t - 支出总计", "app=9.00", "gf="+column).
		open(schema.GovernmentFundExpenditure)
	b.d.Cells = []schema.CellRow{{TableNo: 2, Text: says}}
	return b
}

func complete(missing int) *builder {
	b := newBuilder()
	for _, st := range required[missing:] {
		b.open(st)
	}
	return b
}

func TestVerification(t *testing.T) {
	b := hierarchyTable("15.00")
	verifyIn(&b.d)
	for i := range b.d.BudgetLines {
		if l := &b.d.BudgetLines[i]; l.Verification != schema.Verified {
			t.Errorf("%s is %s", l.ItemName, l.Verification)
		}
	}
	if want := int32(4); b.d.Document.ChecksPassed < want || b.d.Document.ChecksFailed != 0 {
		t.Errorf("passed %d, failed %d", b.d.Document.ChecksPassed, b.d.Document.ChecksFailed)
	}

	b = hierarchyTable("15.01") // within the tolerance, which proves nothing
	verifyIn(&b.d)
	if l := b.line(t, "行政运行", "15.01"); l.Verification != schema.Unchecked {
		t.Errorf("a figure that needs the tolerance is %s", l.Verification)
	}

	b = hierarchyTable("51.00")
	verifyIn(&b.d)
	if l := b.line(t, "行政运行", "51.00"); l.Verification != schema.Contradicted {
		t.Errorf("a wrong figure is %s", l.Verification)
	}
	if len(b.d.Diagnostics) == 0 || b.d.Diagnostics[0].Code != schema.DiagCheckFailed || b.d.Diagnostics[0].Page != 1 {
		t.Errorf("diagnostics %+v", b.d.Diagnostics)
	}

	b = newBuilder().open(schema.AgencyOperating).add("t - 机关运行经费", "=1.00")
	verifyIn(&b.d)
	if l := &b.d.BudgetLines[0]; l.Verification != schema.Unchecked || l.IsAggregate {
		t.Errorf("a figure alone is %s, aggregate %v", l.Verification, l.IsAggregate)
	}
}

func TestAggregates(t *testing.T) {
	b := newBuilder().open(schema.ProjectExpenditure).
		add("u - 某局", "project=10.00").add("u - 某局（本级）", "project=7.00").add("p - 甲", "project=3.00").add("p - 乙", "project=4.00").
		add("u - 中心", "project=3.00").add("p - 丙", "project=3.00")
	verifyIn(&b.d)
	for i := range b.d.BudgetLines {
		l := &b.d.BudgetLines[i]
		if want := l.Classification == schema.ByEntity; l.IsAggregate != want {
			t.Errorf("%s: aggregate %v, want %v", l.ItemName, l.IsAggregate, want)
		}
		if l.Verification != schema.Verified {
			t.Errorf("%s is %s", l.ItemName, l.Verification)
		}
	}
}

// TestUnitsRepeatCodes: the same codes under two units are not one item.
func TestUnitsRepeatCodes(t *testing.T) {
	b := newBuilder().open(schema.Expenditure).add("t - 合计", "=10.00").
		add("u - 甲单位", "=7.00").add("f 205 教育支出", "=7.00").add("f 20501 教育管理", "=7.00").
		add("u - 乙单位", "=3.00").add("f 205 教育支出", "=3.00").add("f 20501 教育管理", "=3.00")
	verifyIn(&b.d)
	if b.d.Document.ChecksFailed > 0 {
		t.Error(failures(&b.d))
	}
	if b.line(t, "教育管理", "3.00").IsAggregate {
		t.Error("a unit's lowest row is an aggregate")
	}
}

// TestHoldsOverOtherReadings: identities that are derived from one reading can be tested over another.
func TestHoldsOverOtherReadings(t *testing.T) {
	consistent := func(lines []schema.BudgetLine, ids []Identity) bool {
		return !slices.ContainsFunc(ids, func(id Identity) bool { return !id.Soft && !id.Holds(lines) })
	}
	b := hierarchyTable("51.00")
	ids := words().Identities(&b.d)
	if consistent(b.d.BudgetLines, ids) {
		t.Error("a wrong reading is consistent")
	}
	right := append([]schema.BudgetLine(nil), b.d.BudgetLines...)
	for i := range right {
		if right[i].RawText == "51.00" {
			setAmount(&right[i], "15.00")
		}
	}
	if !consistent(right, ids) {
		t.Error("the right reading is not consistent")
	}
}

// TestRulesHaveTexts: every rule has both languages and a basis, and the file is sorted.
func TestRulesHaveTexts(t *testing.T) {
	last := ""
	for _, r := range rules.Book() {
		if r.English == "" || r.Chinese == "" || r.Basis == "" || r.Name <= last {
			t.Errorf("rule %+v after %q", r, last)
		}
		last = r.Name
	}
	for _, name := range []string{rules.AgencyOperating, rules.Hierarchy, rules.Unit, rules.TotalMissing, rules.Share} {
		if rules.Index()[name].English == "" {
			t.Errorf("no text for %s", name)
		}
	}
}

// TestTolerance: a sum of two addends in 万元 with two decimals may be off by half a unit of the last place for each, which is
// 100 yuan. The check says so, and no reading beyond it holds.
func TestTolerance(t *testing.T) {
	b := hierarchyTable("15.00")
	ids := words().Identities(&b.d)
	for raw, want := range map[string]bool{"15.00": true, "15.01": true, "14.99": true, "15.02": false, "14.98": false} {
		lines := slices.Clone(b.d.BudgetLines)
		for i := range lines {
			if lines[i].RawText == "15.00" {
				setAmount(&lines[i], raw)
			}
		}
		holds := !slices.ContainsFunc(ids, func(id Identity) bool { return !id.Soft && !id.Holds(lines) })
		if holds != want {
			t.Errorf("20.00 = %s + 5.00 holds: %v, not %v", raw, holds, want)
		}
	}
	verifyIn(&b.d)
	if !slices.ContainsFunc(b.d.Checks, func(c schema.CheckRow) bool {
		return len(c.LineIDs) == 3 && c.Tolerance.Valid && c.Tolerance.Decimal.String() == "100"
	}) {
		t.Error("no check of two addends has a tolerance of 100 yuan")
	}
}
