package table_test

import (
	"testing"

	"github.com/countybudget/extract/extract/table/internal/sheet"
)

// TestFrameAndSeal: a frame round a word of the last row ends near the rule below it, a date stands below the table, and arcs of
// a seal are horizontal strokes further down.
func TestFrameAndSeal(t *testing.T) {
	for name, draw := range map[string]func(*sheet.Sheet){"frame": frame, "seal": seal} {
		s := sheet.New(1)
		withDate(s)
		draw(s)
		want := `horizontal, 1 of 4 rows are header
|项目|2024年|2025年
|增值税|5,791|8,746
|契税|8,168|2,892
|收入合计|13,959|11,638
`
		if got := grids(s); got != want {
			t.Errorf("%s: %s, not\n%s", name, got, want)
		}
	}
}

func frame(s *sheet.Sheet) {
	s.HLine(50.5, 85.5, 157.5)
	s.HLine(50.5, 85.5, 168.9)
	s.VLine(50.5, 157.5, 168.9)
	s.VLine(85.5, 157.5, 168.9)
}

func seal(s *sheet.Sheet) { s.HLine(330, 342.5, 220) }

func withDate(s *sheet.Sheet) {
	s.Open(sheet.Frame{X: 50, Y: 100, Widths: []float64{150, 100, 100}, Row: 18}, [][]sheet.Cell{
		{sheet.One("项目"), sheet.One("2024年"), sheet.One("2025年")},
		{sheet.One("增值税"), sheet.One("5,791"), sheet.One("8,746")},
		{sheet.One("契税"), sheet.One("8,168"), sheet.One("2,892")},
		{sheet.One("收入合计"), sheet.One("13,959"), sheet.One("11,638")},
	}, func(r int) bool { return r == 0 || r == 1 || r == 4 })
	s.Text(210, 190, 8, "2025年1月18日")
}
