package verify

import (
	"fmt"
	"strings"
	"testing"

	"github.com/shopspring/decimal"

	"github.com/countybudget/extract/normalize/verify/rules"
	"github.com/countybudget/extract/schema"
)

// printedRow is one row of a table without codes: its label as printed, how far in it stands, and its amounts.
type printedRow struct {
	label   string // "numbering name"
	indent  int32
	amounts string
}

// printedTable makes a disclosure of one table whose columns are years.
func printedTable(st schema.Statement, rows []printedRow) *schema.Disclosure {
	b := newBuilder().open(st)
	for _, r := range rows {
		numbering, name, ok := strings.Cut(r.label, " ")
		if !ok {
			numbering, name = "", r.label
		}
		class := "f"
		if strings.HasSuffix(name, "计") {
			class = "t"
		}
		var cells []string
		for n, a := range strings.Fields(r.amounts) {
			cells = append(cells, []string{"gpb=", "y2023:gpb=", "ex:y2023:gpb="}[n]+a)
		}
		b.add(class+" - "+name, cells...)
		b.d.Labels = append(b.d.Labels, schema.RowLabel{TableNo: 1, Row: b.row, Col: -1, Numbering: numbering, Name: name, Indent: r.indent})
		if strings.HasPrefix(numbering, "其中") {
			b.d.Cells = append(b.d.Cells, schema.CellRow{TableNo: 1, Row: b.row, Text: numbering + name})
		}
	}
	return &b.d
}

// trees are tables of governments of which nothing but the signs of their rows and their amounts say what includes what.
var trees = []struct {
	name       string
	rows       []printedRow
	aggregates string
}{
	{"indented taxes, a total below, transfers and a grand total", []printedRow{
		{"税收收入", 0, "5132 4811"}, {"增值税收入", 1, "3021 2907"}, {"契税收入", 1, "2111 1904"}, {"非税收入", 0, "1418 1223"}, {"专项收入", 1, "1007 801"},
		{"罚没所得", 1, "411 422"}, {"全省收入合计", 0, "6550 6034"}, {"返还所得", 0, "777 613"}, {"调入所得", 0, "318 209"}, {"全省收入总计", 0, "7645 6856"},
	}, "税收收入 非税收入 全省收入合计 全省收入总计"},
	{"numbered rows of a balance sheet", []printedRow{
		{"一、 本级所得", 0, "4117 3908"}, {"二、 转移所得", 0, "9031 8212"}, {"（一） 返还所得", 0, "2511 2217"}, {"1. 增值税返还", 0, "1401 1103"}, {"2. 所得税返还", 0, "1110 1114"},
		{"（二） 补助所得", 0, "6520 5995"}, {"三、 调入所得", 0, "371 287"}, {"收入总计", 0, "13519 12407"},
	}, "转移所得 返还所得 收入总计"},
	{"regions below cities below all, with nothing but amounts", []printedRow{
		{"市县合计", 0, "15234 1389"}, {"甲城", 0, "9113 818"}, {"甲城本级", 0, "5013 415"}, {"子县", 0, "2914 312"}, {"丑县", 0, "1186 91"},
		{"乙城", 0, "6121 571"}, {"乙城本级", 0, "4017 317"}, {"寅县", 0, "2104 254"},
	}, "市县合计 甲城 乙城"},
	{"a subtotal without the word", []printedRow{
		{"土地出让所得", 0, "3175 3054"}, {"污水处理所得", 0, "1128 573"}, {"基金所得", 0, "4303 3627"}, {"转移所得", 0, "1509 1110"}, {"补助所得", 1, "1017 703"},
		{"调入所得", 1, "492 407"}, {"总计", 0, "5812 4737"},
	}, "基金所得 转移所得 总计"},
	{"some of a row, and what follows the total", []printedRow{
		{"甲类", 0, "3175 3054"}, {"其中： 乙款", 0, "1128 573"}, {"丙类", 0, "2017 1811"}, {"合计", 0, "5192 4865"}, {"另列所得", 0, "711 605"},
	}, "乙款 合计 另列所得"},
	{"one breakdown after the other", []printedRow{
		{"合计", 0, "5192 4865 4001"}, {"甲类", 0, "3175 3054 2017"}, {"丙类", 0, "2017 1811 1984"}, {"东区", 0, "4081 3771 3003"}, {"西区", 0, "1111 1094 998"},
	}, "合计 东区 西区"},
}

// TestTrees: what includes what is found, in every column, and the lines that include nothing add up to every total.
func TestTrees(t *testing.T) {
	for _, c := range trees {
		for _, st := range []schema.Statement{schema.OtherStatement, schema.GeneralPublicExpenditure} {
			t.Run(c.name+" "+string(st), func(t *testing.T) {
				d := printedTable(st, c.rows)
				verifyIn(d)
				if d.Document.ChecksFailed > 0 {
					t.Error(failures(d))
				}
				promises := 0
				for i := range d.Checks {
					if d.Checks[i].Rule == rules.LeavesAddUp {
						if promises++; d.Checks[i].Status != schema.CheckPass {
							t.Errorf("%s: %s", d.Checks[i].Status, d.Checks[i].Description)
						}
					}
				}
				if want := len(strings.Fields(c.rows[0].amounts)); promises != want {
					t.Errorf("%d columns are tested, want %d", promises, want)
				}
				for year := int32(2023); year <= 2024; year++ {
					var got []string
					for i := range d.BudgetLines {
						if l := &d.BudgetLines[i]; l.IsAggregate && l.FiscalYear == year && l.Phase == schema.Approved {
							got = append(got, l.ItemName)
						}
					}
					if s := strings.Join(got, " "); s != c.aggregates {
						t.Errorf("%d: the aggregates are %s, want %s", year, s, c.aggregates)
					}
				}
			})
		}
	}
}

// TestWrongDigitsInTrees changes every digit of every amount, one at a time: no changed amount is verified, and nearly all changes
// beyond the last digit show.
func TestWrongDigitsInTrees(t *testing.T) {
	planted, seen := 0, 0
	for _, c := range trees {
		whole := printedTable(schema.OtherStatement, c.rows)
		for i := range whole.BudgetLines {
			raw := whole.BudgetLines[i].RawText
			for n := range len(raw) - 1 { // the last digit is within the rounding of a sum
				for _, step := range []byte{1, 5} {
					d := clone(whole)
					wrong := []byte(raw)
					wrong[n] = '0' + (wrong[n]-'0'+step)%10
					setAmount(&d.BudgetLines[i], string(wrong))
					verifyIn(d)
					planted++
					if v := d.BudgetLines[i].Verification; v == schema.Verified {
						t.Errorf("%s: %s %s printed as %s is verified", c.name, d.BudgetLines[i].ItemName, raw, wrong)
					}
					if shows(d) {
						seen++
					}
				}
			}
		}
	}
	t.Logf("%d wrong digits, %d seen", planted, seen)
	if 100*seen < 95*planted { // what no total counts shows nowhere
		t.Errorf("of %d wrong digits %d are seen", planted, seen)
	}
}

// shows reports whether a check fails, or a total is left without its leaves.
func shows(d *schema.Disclosure) bool {
	for i := range d.Checks {
		if c := &d.Checks[i]; c.Status == schema.CheckFail || c.Rule == rules.LeavesAddUp && c.Status != schema.CheckPass {
			return true
		}
	}
	return false
}

// TestUnknownNesting: a total that no nesting explains fails nothing and verifies nothing.
func TestUnknownNesting(t *testing.T) {
	d := printedTable(schema.OtherStatement, []printedRow{{"合计", 0, "9000"}, {"甲类", 0, "3175"}, {"乙类", 0, "2017"}, {"丙类", 0, "1233"}})
	verifyIn(d)
	if d.Document.ChecksFailed > 0 {
		t.Error(failures(d))
	}
	for i := range d.BudgetLines {
		if v := d.BudgetLines[i].Verification; v != schema.Unchecked {
			t.Errorf("%s is %s", d.BudgetLines[i].ItemName, v)
		}
	}
}

// TestGovernmentYears: a government compares the year before with the one before that, plans the next one, and prints series of
// years under their names; a department does none of it.
func TestGovernmentYears(t *testing.T) {
	const pass, fail = schema.CheckPass, schema.CheckFail
	for _, c := range []struct {
		year                   int32 // of the lines; the document is of 2024
		heading                string
		government, department schema.CheckStatus
	}{
		{2024, "", pass, pass}, {2023, "", pass, pass}, {2022, "", pass, fail}, {2021, "", fail, fail},
		{2021, "2021年", pass, fail}, {2025, "", pass, fail}, {2026, "", fail, fail},
	} {
		for level, want := range map[schema.EntityLevel]schema.CheckStatus{schema.Government: c.government, schema.Department: c.department} {
			d := printedTable(schema.OtherStatement, []printedRow{{"甲类", 0, "3175"}, {"合计", 0, "3175"}})
			d.Document.EntityLevel, d.Document.DepartmentName = level, "甲"
			for i := range d.BudgetLines {
				l := &d.BudgetLines[i]
				l.FiscalYear, l.Heading, l.Amount = c.year, c.heading, decimal.NewFromInt(1)
			}
			verifyIn(d)
			for i := range d.Checks {
				if got := &d.Checks[i]; got.Rule == rules.Metadata && got.Status != want {
					t.Errorf("%s, %d, heading %q: %s, want %s", level, c.year, c.heading, got.Status, want)
				}
			}
		}
	}
}

// TestExcerpt: rows printed as 其中 may leave others out, so they need not add up to the row above; without the word they do.
func TestExcerpt(t *testing.T) {
	for printed, want := range map[string]schema.CheckStatus{"行政运行": schema.CheckFail, "其中：行政运行": schema.CheckSkipped} {
		b := hierarchyTable("14.00")
		b.d.Cells = []schema.CellRow{{TableNo: 1, Row: 4, Text: printed}}
		verifyIn(&b.d)
		if n := outcomes(&b.d, rules.Hierarchy); n[want] == 0 {
			t.Errorf("%s: %v", printed, n)
		}
	}
}

// TestFewDecimals: a table of rounded amounts may print a few decimals; its sums are still those of rounded amounts. Where a fifth
// of the amounts have decimals the others have lost zeros, and a sum that is off by one is wrong.
func TestFewDecimals(t *testing.T) {
	for _, c := range []struct {
		second, third string
		fails         bool
	}{{"2017", "1128", false}, {"2017.5", "1127.5", true}} {
		b := newBuilder().open(schema.GeneralPublicExpenditure).add("t - 合计", "gpb=15296")
		for n, raw := range []string{"3175", c.second, c.third, "4081", "3771", "1111", "12.5"} {
			b.add(fmt.Sprintf("f 2%02d 类%d", n+1, n), "gpb="+raw)
		}
		if verifyIn(&b.d); (b.d.Document.ChecksFailed > 0) != c.fails {
			t.Errorf("with %s: %d checks fail: %s", c.second, b.d.Document.ChecksFailed, failures(&b.d))
		}
	}
}
