package table_test

import (
	"strings"
	"testing"

	"github.com/countybudget/extract/extract/layout"
	"github.com/countybudget/extract/extract/table"
	"github.com/countybudget/extract/extract/table/internal/sheet"
)

// figureRows sets rows of a name at x and figures that end at the places of ends.
func figureRows(s *sheet.Sheet, x, y float64, ends ...float64) {
	for i, name := range []string{"东河镇", "西河镇", "南山乡", "北山乡"} {
		s.Text(x, y+18*float64(i), 9, name)
		for _, end := range ends {
			s.Text(end-sheet.Width(9, "1,234"), y+18*float64(i), 9, "1,234")
		}
	}
}

// middle sets a text with its middle at x.
func middle(s *sheet.Sheet, x, y float64, text string) {
	s.Text(x-sheet.Width(9, text)/2, y, 9, text)
}

// startsWith reports a page whose first lines of grids are not the wanted ones.
func startsWith(t *testing.T, s *sheet.Sheet, want string) {
	t.Helper()
	if got := grids(s); !strings.HasPrefix(got, want) {
		t.Errorf("%s, not\n%s", got, want)
	}
}

// TestWrappedNameWithoutRules: the lines of a wrapped name stand half a line above and below the other names.
func TestWrappedNameWithoutRules(t *testing.T) {
	s := sheet.New(1)
	middle(s, 70, 112, "乡镇")
	middle(s, 180, 106, "县级安排")
	middle(s, 180, 118, "合计")
	middle(s, 280, 112, "城建")
	figureRows(s, 60, 138, 195, 295)
	startsWith(t, s, "borderless, 1 of 5 rows are header\n|乡镇|县级安排合计|城建\n|东河镇|1,234|1,234\n")
}

// TestGroupBesideLoneNames: columns whose names stand in the middle of the header are in no group, although the group's name is
// in the middle of them and its own.
func TestGroupBesideLoneNames(t *testing.T) {
	s := sheet.New(1)
	for _, y := range []float64{95, 125, 210} {
		s.HLine(50, 550, y)
	}
	middle(s, 80, 114, "乡镇")
	middle(s, 180, 114, "合计")
	middle(s, 350, 106, "基本支出")
	for i, name := range []string{"小计", "人员", "公用"} {
		middle(s, 265+85*float64(i), 121, name)
	}
	middle(s, 520, 114, "项目支出")
	figureRows(s, 60, 140, 195, 280, 365, 450, 535)
	startsWith(t, s, "horizontal, 2 of 6 rows are header\n|乡镇|合计|基本支出|项目支出\n|小计|人员|公用\n|东河镇|1,234|1,234|1,234|1,234|1,234\n")
}

// TestPairWithoutRules: two units on a line show two tables beside each other.
func TestPairWithoutRules(t *testing.T) {
	s := sheet.New(1)
	for x, unit := range map[float64]string{50: "单位：万元", 350: "单位：元"} {
		s.Text(x+150-sheet.Width(9, unit), 90, 9, unit)
		middle(s, x+20, 110, "乡镇")
		middle(s, x+130, 110, "补助")
		figureRows(s, x, 128, x+150)
	}
	fragments, _ := table.Find(&s.Page, layout.Words(&s.Page, layout.Defaults()), table.Defaults())
	if len(fragments) != 2 {
		t.Errorf("%d tables, not 2", len(fragments))
	}
}

// TestLabelsOfBars: figures in one column of lines are the labels of a chart.
func TestLabelsOfBars(t *testing.T) {
	s := sheet.New(1)
	for i := range 5 {
		s.HLine(50, 400, 100+40*float64(i))
	}
	s.VLine(50, 100, 260)
	s.VLine(400, 100, 260)
	s.Text(100, 120, 9, "45,981")
	s.Text(200, 160, 9, "25,856")
	s.Text(300, 240, 9, "9,987")
	if got := grids(s); got != "" {
		t.Errorf("a table: %s", got)
	}
}
