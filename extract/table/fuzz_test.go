package table_test

import (
	"encoding/binary"
	"math"
	"testing"
	"time"

	"github.com/countybudget/extract/extract/layout"
	"github.com/countybudget/extract/extract/model"
	"github.com/countybudget/extract/extract/table"
	"github.com/countybudget/extract/extract/table/internal/sheet"
	"github.com/countybudget/extract/extract/table/join"
)

// scatter makes a page of whatever the bytes say: rules and glyphs anywhere, also where no page is.
func scatter(data []byte) *model.Page {
	s := sheet.New(1)
	signs := []rune("0123456789.,一二三收支合计：元表")
	for len(data) >= 6 {
		a := float64(int16(binary.LittleEndian.Uint16(data[1:]))) / 16
		b := float64(int16(binary.LittleEndian.Uint16(data[3:]))) / 16
		n := float64(data[5])
		switch data[0] % 8 {
		case 0, 1:
			s.HLine(a, a+2*n, b)
		case 2, 3:
			s.VLine(a, b, b+2*n)
		case 4:
			s.HLine(math.NaN(), math.Inf(1), b)
			s.VLine(a, -1e300, 1e300)
		case 5:
			s.Text(a, b, math.Inf(1), "1")
			s.Text(1e9, math.NaN(), 10, "表")
		default:
			s.Text(a, b, 4+n/16, string(signs[int(data[5])%len(signs)])+"12.50")
		}
		data = data[6:]
	}
	return &s.Page
}

// checkTables fails when a table breaks what the model promises.
func checkTables(t *testing.T, ts []model.Table) {
	t.Helper()
	for i := range ts {
		seen := map[[2]int]bool{}
		for _, c := range ts[i].Cells {
			if !finiteBox(c.Box) || !finiteBox(c.TextBox) {
				t.Fatalf("cell %+v has no finite box", c)
			}
			if c.Row < 0 || c.Col < 0 || c.Row+c.RowSpan > ts[i].Rows || c.Col+c.ColSpan > ts[i].Cols {
				t.Fatalf("cell %+v is outside its table of %d x %d", c, ts[i].Rows, ts[i].Cols)
			}
			for r := c.Row; r < c.Row+c.RowSpan; r++ {
				for k := c.Col; k < c.Col+c.ColSpan; k++ {
					if seen[[2]int{r, k}] {
						t.Fatalf("two cells cover row %d, column %d of\n%s", r, k, sheet.Print(ts))
					}
					seen[[2]int{r, k}] = true
				}
			}
		}
	}
}

func FuzzFind(f *testing.F) {
	f.Add([]byte{})
	f.Add([]byte("\x00\x00\x01\x00\x02\x40\x02\x00\x01\x00\x02\x40\x00\x00\x01\x00\x08\x40\x02\x00\x08\x00\x02\x40\x07\x80\x01\x00\x03\x01"))
	f.Add([]byte("\x04\x00\x01\x00\x02\x40\x05\x00\x01\x00\x02\x40"))
	f.Fuzz(func(t *testing.T, data []byte) {
		if len(data) > 1<<14 {
			return
		}
		page := scatter(data)
		next := *page
		next.Number = 2
		var fs []table.Fragment
		var lines []model.Line
		for _, p := range []*model.Page{page, &next} {
			found, rest := table.Find(p, layout.Words(p, layout.Defaults()), table.Defaults())
			fs = append(fs, found...)
			lines = append(lines, layout.Lines(p.Number, rest, layout.Defaults())...)
		}
		ts, taken := join.Join(fs, lines, join.Defaults())
		if len(taken) != len(lines) {
			t.Fatal("not every line has an answer")
		}
		checkTables(t, ts)
	})
}

// Hostile pages: nothing may compare every glyph with every rule.
func TestManyGlyphsAndRules(t *testing.T) {
	if testing.Short() {
		t.Skip("takes seconds")
	}
	const n = 100_000
	for _, tt := range []struct {
		name string
		draw func(s *sheet.Sheet)
	}{
		{"short rules everywhere", func(s *sheet.Sheet) {
			for i := range n / 2 {
				x, y := float64(i%590), float64(i*7%840)
				s.HLine(x, x+9, y)
				s.VLine(x, y, y+9)
			}
		}},
		{"a fine screen", func(s *sheet.Sheet) {
			for i := range 10_000 {
				s.HLine(0, 595, float64(i)*842/10_000)
				s.VLine(float64(i)*595/10_000, 0, 842)
			}
		}},
		{"glyphs on one line", func(s *sheet.Sheet) {
			for i := range n {
				s.Text(float64(i%500)+float64(i)/1000, 100, 8, "1")
			}
		}},
		{"glyphs everywhere", func(s *sheet.Sheet) {
			for i := range n {
				s.Text(float64(i*13%590), float64(i*29%840), 4, "8")
			}
			for i := range 100 {
				s.HLine(0, 590, float64(i)*8)
			}
		}},
		{"glyphs everywhere on a grid", func(s *sheet.Sheet) {
			for i := range n {
				s.Text(float64(i*13%590), float64(i*29%840), 4, "8")
			}
			for i := range 100 {
				s.HLine(0, 590, float64(i)*8)
				s.VLine(float64(i)*5.9, 0, 800)
			}
		}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			s := sheet.New(1)
			tt.draw(s)
			start := time.Now()
			checkTables(t, sheet.Tables(s))
			if d := time.Since(start); d > 15*time.Second {
				t.Errorf("took %v", d)
			} else {
				t.Logf("took %v", d)
			}
		})
	}
}

// finiteBox keeps broken numbers out of the model.
func finiteBox(b model.Rect) bool {
	for _, v := range [4]float64{b.X0, b.Y0, b.X1, b.Y1} {
		if math.IsNaN(v) || math.IsInf(v, 0) {
			return false
		}
	}
	return true
}
