package ledger

import (
	"fmt"
	"strconv"
	"strings"
	"testing"

	"github.com/shopspring/decimal"

	"github.com/countybudget/extract/normalize/lexicon"
	"github.com/countybudget/extract/schema"
)

func words(t *testing.T) *Words {
	t.Helper()
	w, err := NewWords(lexicon.Embedded())
	if err != nil {
		t.Fatal(err)
	}
	return w
}

var classes = map[string]schema.Classification{
	"f": schema.ByFunctional, "e": schema.ByEconomicDepartment, "r": schema.ByRevenueSource, "b": schema.ByBalance,
	"u": schema.ByEntity, "3": schema.ByThreePublic, "t": schema.ByTotal,
}

// arranged is the ledger of one table with one column. A row is "class code name amount"; a dash stands for no code.
func arranged(t *testing.T, st schema.Statement, rows ...string) *Ledger {
	t.Helper()
	d := &schema.Disclosure{}
	for i, r := range rows {
		f := strings.Fields(r)
		d.BudgetLines = append(d.BudgetLines, schema.BudgetLine{
			LineID: strconv.Itoa(i), TableNo: 1, Row: int32(i), Statement: st, Classification: classes[f[0]], ItemCode: strings.Trim(f[1], "-"), ItemName: f[2],
			Direction: schema.DirectionExpenditure, FundSource: schema.AllFunds, Spending: schema.AllSpending, Period: schema.AllPeriods,
			Amount: decimal.RequireFromString(f[3]).Shift(4), RawText: f[3], RawUnit: "万元",
		})
	}
	return New(d, words(t))
}

// parents are the lines' parents by index, as text.
func (l *Ledger) parents() string {
	var out []string
	for i := range l.Figures {
		out = append(out, strconv.Itoa(l.Figures[i].Parent))
	}
	return strings.Join(out, " ")
}

func TestNesting(t *testing.T) {
	for _, c := range []struct {
		name string
		st   schema.Statement
		rows []string
		want string
	}{
		{"codes", schema.Expenditure, []string{"t - 合计 7", "f 208 社会保障 3", "f 20805 养老 3", "f 2080505 缴费 3", "f 213 农林水 4"}, "-1 0 1 2 0"},
		{"a level is skipped", schema.Expenditure, []string{"t - 合计 3", "f 208 社会保障 3", "f 2080505 缴费 3"}, "-1 0 1"},
		{"a code is printed twice", schema.Expenditure, []string{"t - 合计 3", "f 208 甲 1", "f 20805 乙 1", "f 208 丙 2", "f 20805 丁 2"}, "-1 0 1 0 3"},
		{"the total stands below", schema.Expenditure, []string{"f 208 社会保障 3", "f 213 农林水 4", "t - 合计 7"}, "2 2 -1"},
		{"units", schema.Expenditure, []string{"t - 合计 9", "u - 甲局 5", "f 208 社会保障 5", "u - 乙站 4", "f 208 社会保障 4"}, "-1 0 1 0 3"},
		{"subtotals", schema.Expenditure, []string{"f 201 甲 1", "t - 小计 1", "f 208 乙 2", "t - 小计 2", "t - 合计 3"}, "1 4 3 4 -1"},
		{"summary", schema.RevenueExpenditureSummary, []string{"f 201 甲 1", "f 208 乙 2", "t - 本年支出合计 3", "b - 年末结转和结余 4", "t - 支出总计 7"}, "2 2 4 4 -1"},
		{"three public", schema.ThreePublic, []string{"t - 合计 6", "3 - 因公出国（境）费 1", "3 - 公务用车购置及运行费 5", "3 - 公务用车购置费 2", "3 - 公务用车运行费 3"}, "-1 0 0 2 2"},
		{"three public in other words", schema.ThreePublic, []string{"3 - 公务用车购置和运维费 5", "3 - 其中：公务用车运维费 3", "3 - 公务用车购置 2", "3 - 公务接待费 1", "t - 合计 6"}, "4 0 0 4 -1"},
	} {
		if got := arranged(t, c.st, c.rows...).parents(); got != c.want {
			t.Errorf("%s: the parents are %s, want %s", c.name, got, c.want)
		}
	}
}

// TestAmong: 其中 rows that are all of the row above are its parts; those that are only some stand apart.
func TestAmong(t *testing.T) {
	d := func(first, second string) *Ledger {
		l := arranged(t, schema.Revenue, "t - 合计 7", "r - 事业收入 7", "r - 学费 "+first, "r - 杂费 "+second)
		l.Disclosure.Cells = []schema.CellRow{{TableNo: 1, Row: 2, Text: "其中：学费"}, {TableNo: 1, Row: 3, Text: "杂费"}}
		return New(l.Disclosure, words(t))
	}
	if l := d("3", "4"); l.Figures[2].Parent != 1 || l.Figures[3].Parent != 1 || l.Figures[2].Apart {
		t.Errorf("all of the row: %s", l.parents())
	}
	if l := d("2", "4"); l.Figures[2].Parent >= 0 || !l.Figures[2].Apart {
		t.Errorf("some of the row: %s, apart %v", l.parents(), l.Figures[2].Apart)
	}
}

func TestBlocksAndColumns(t *testing.T) {
	l := arranged(t, schema.Expenditure, "t - 合计 7", "f 208 社会保障 7")
	if len(l.Tables) != 1 || len(l.Tables[0].Columns) != 1 || len(l.Tables[0].Rows) != 2 {
		t.Fatalf("%d tables", len(l.Tables))
	}
	c := l.Tables[0].Columns[0]
	if c.Grand != 0 || c.Text != "expenditure, 0" || fmt.Sprint(c.Lines) != "[0 1]" {
		t.Errorf("%+v", c)
	}
	if got := l.ColumnsOf(schema.Expenditure, c.Dims); len(got) != 1 || got[0] != c {
		t.Error("the column is not found by its dimensions")
	}
	if l.NameCodes["社会保障"] != "208" {
		t.Errorf("%v", l.NameCodes)
	}
}

// TestTolerance: half a unit of the last place for each addend, but equal figures must be equal, and zeros are exact.
func TestTolerance(t *testing.T) {
	l := arranged(t, schema.Expenditure, "t - 合计 7.00", "f 208 甲 3.00", "f 213 乙 4.00", "f 214 丙 0.00")
	const unit = 10_000 // fen: 0.01 万元
	for _, c := range []struct {
		parts []int
		want  int64 // half units
	}{{[]int{1}, 1}, {[]int{1, 2}, 2}, {[]int{1, 2, 3}, 2}} {
		if got := l.Tolerance(c.parts, []int{0}); got != c.want*unit {
			t.Errorf("%v: %d half fen, want %d", c.parts, got, c.want*unit)
		}
		if got := l.ToleranceAcross(c.parts, []int{0}); got != (c.want+1)*unit {
			t.Errorf("%v across tables: %d half fen", c.parts, got)
		}
	}
}

func TestNames(t *testing.T) {
	w := words(t)
	for printed, want := range map[string]int64{"万元": 1_000_000, "人民币万元": 1_000_000, "亿": 10_000_000_000, "元": 100, "打": 100} {
		if got := w.UnitFen(printed); got != want {
			t.Errorf("%s is %d fen, want %d", printed, got, want)
		}
	}
	if got := plainName("合　计："); got != "合计" {
		t.Errorf("plain: %s", got)
	}
	f := w.newFigure(&schema.BudgetLine{ItemName: "公用经费增减额"}, nil)
	if !f.Change || f.Name != "公用经费" {
		t.Errorf("%+v", f)
	}
	if fen, ok := fenOf(decimal.RequireFromString("12345.67")); fen != 1_234_567 || !ok {
		t.Errorf("%d fen", fen)
	}
	if _, ok := fenOf(decimal.RequireFromString("12345678901234567")); ok {
		t.Error("an amount beyond any county takes part")
	}
}

func TestPrintedPlaces(t *testing.T) {
	for raw, want := range map[string]int{"3,784.62": 2, "3784": 0, "": -1, "（1.00）": 2, "１２．５": 1, "△1.500": 3} {
		if got := PrintedPlaces(raw); got != want {
			t.Errorf("%q: %d places, want %d", raw, got, want)
		}
	}
	if u := words(t).printedUnit(2, "万元"); u != 10_000 {
		t.Errorf("0.01 万元 is %d fen", u)
	}
	if u := words(t).printedUnit(6, "万元"); u != 1 {
		t.Errorf("0.000001 万元 is %d fen", u)
	}
}
