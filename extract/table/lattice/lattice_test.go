package lattice

import (
	"math"
	"slices"
	"testing"

	"github.com/countybudget/extract/extract/model"
)

var usual = Settings{Snap: 2.2, Join: 4, MinRule: 4, EdgeCover: 0.7, OpenSide: 8, MaxBoxes: 10_000}

func TestSnapAndJoin(t *testing.T) {
	got := Join(snap([]Span{{10, 0, 20}, {11, 22, 40}, {30, 0, 10}, {30.5, 50, 60}, {12.5, 0, 2}}, 2), 4, 4)
	want := []Span{{0, 0, 40}, {30.25, 0, 10}, {30.25, 50, 60}}
	if len(got) != len(want) {
		t.Fatalf("got %v", got)
	}
	for i := range want {
		if i > 0 && math.Abs(got[i].At-want[i].At) > 1e-9 || got[i].Lo != want[i].Lo || got[i].Hi != want[i].Hi {
			t.Errorf("%d: %v, want %v", i, got[i], want[i])
		}
	}
}

func TestRegionsThatAreNoRectangles(t *testing.T) {
	// An L of three boxes, a stub of a rule missing: two cells, none over the other.
	g := Grid{Xs: []float64{0, 10, 20}, Ys: []float64{0, 10, 20}}
	g.Hor = [][]bool{{true, true}, {false, true}, {true, true}}
	g.Ver = [][]bool{{true, false, true}, {true, true, true}}
	got := Cells(&g, func(r, c int) bool { return false })
	want := []Area{{0, 0, 1, 2}, {1, 0, 2, 1}, {1, 1, 2, 2}}
	if len(got) != len(want) {
		t.Fatalf("got %v", got)
	}
	for i := range want {
		if got[i] != want[i] {
			t.Errorf("%d: %v, want %v", i, got[i], want[i])
		}
	}
}

// ruled is a page with rules between the given ends.
func ruled(ends ...[4]float64) *model.Page {
	p := &model.Page{Width: 600, Height: 800}
	for _, e := range ends {
		p.Rules = append(p.Rules, model.Rule{Rect: model.Rect{X0: e[0], Y0: e[1], X1: e[2], Y1: e[3]}, Width: 0.5, Color: model.Black})
	}
	return p
}

// gridOf is the one grid on a page.
func gridOf(t *testing.T, p *model.Page, s Settings) Grid {
	t.Helper()
	hor, ver := Drawn(p)
	components := Components(Lines(hor, s), Lines(ver, s), s.Join)
	if len(components) != 1 {
		t.Fatalf("%d components", len(components))
	}
	g, ok := Of(components[0], s)
	if !ok {
		t.Fatal("no grid")
	}
	return g
}

// Rules drawn twice, in pieces and with gaps at the crossings make a grid; a box that spans two columns has no edge in it.
func TestGrid(t *testing.T) {
	p := ruled(
		[4]float64{100, 100, 300, 100}, [4]float64{100, 101, 300, 101}, // drawn twice
		[4]float64{100, 150, 198, 150}, [4]float64{202, 150, 300, 150}, // in two pieces
		[4]float64{100, 200, 300, 200},
		[4]float64{100, 100, 100, 200}, [4]float64{300, 100, 300, 200},
		[4]float64{200, 150, 200, 200}, // in the lower row only
	)
	g := gridOf(t, p, usual)
	if g.Rows() != 2 || g.Cols() != 2 || !slices.Equal(g.Xs, []float64{100, 200, 300}) {
		t.Fatalf("%+v", g)
	}
	want := []Area{{0, 0, 1, 2}, {1, 0, 2, 1}, {1, 1, 2, 2}}
	if got := Cells(&g, func(int, int) bool { return false }); !slices.Equal(got, want) {
		t.Errorf("cells %v, want %v", got, want)
	}
	if b := g.Rect(want[2]); b.X0 != 200 || b.X1 != 300 || b.Y0 != 150 || b.Y1 != 200 {
		t.Errorf("the last cell is at %v", b)
	}
}

// Horizontal rules that reach beyond the outermost vertical ones show open sides, which become borders.
func TestOpenSides(t *testing.T) {
	p := ruled([4]float64{50, 100, 350, 100}, [4]float64{50, 150, 350, 150}, [4]float64{150, 100, 150, 150}, [4]float64{250, 100, 250, 150})
	if g := gridOf(t, p, usual); !slices.Equal(g.Xs, []float64{50, 150, 250, 350}) {
		t.Errorf("borders at %v", g.Xs)
	}
}

// Boxes that lie open to the outside through a gap in a drawn side are no cells, unless there is text in them.
func TestBoxesOutside(t *testing.T) {
	p := ruled( // a step: the box at the top right is open above and at its right
		[4]float64{100, 100, 200, 100}, [4]float64{100, 150, 300, 150}, [4]float64{100, 200, 300, 200}, [4]float64{100, 250, 300, 250}, [4]float64{100, 300, 300, 300},
		[4]float64{100, 100, 100, 300}, [4]float64{200, 100, 200, 300}, [4]float64{300, 150, 300, 300},
	)
	g := gridOf(t, p, usual)
	if got := Cells(&g, func(int, int) bool { return false }); len(got) != 7 {
		t.Errorf("%d cells without text: %v", len(got), got)
	}
	if got := Cells(&g, func(r, c int) bool { return r == 0 && c == 1 }); len(got) != 8 {
		t.Errorf("%d cells with text in the open box: %v", len(got), got)
	}
}

// Two tables on a page are two components; a grid of too many boxes is a drawing.
func TestComponents(t *testing.T) {
	box := func(x, y float64) [][4]float64 {
		return [][4]float64{{x, y, x + 100, y}, {x, y + 50, x + 100, y + 50}, {x, y, x, y + 50}, {x + 100, y, x + 100, y + 50}}
	}
	p := ruled(append(box(50, 50), box(50, 300)...)...)
	hor, ver := Drawn(p)
	if n := len(Components(Lines(hor, usual), Lines(ver, usual), usual.Join)); n != 2 {
		t.Errorf("%d components of two boxes", n)
	}
	few := usual
	few.MaxBoxes = 1
	wide := ruled(append(box(50, 50), [4]float64{100, 50, 100, 100})...)
	hor, ver = Drawn(wide)
	if _, ok := Of(Components(Lines(hor, few), Lines(ver, few), few.Join)[0], few); ok {
		t.Error("a grid of more boxes than MaxBoxes")
	}
}

// White rules, bars and the strokes of letters are no rules.
func TestWhatIsNoRule(t *testing.T) {
	p := ruled([4]float64{100, 100, 300, 100}, [4]float64{100, 120, 300, 120}, [4]float64{100, 140, 300, 140}, [4]float64{101, 293, 105, 293})
	p.Rules[1].Color = model.Color{R: 255, G: 255, B: 255}
	p.Rules[2].Width = 20
	p.Glyphs = []model.Glyph{{Text: "A", Size: 10, Box: model.Rect{X0: 100, Y0: 290, X1: 108, Y1: 300}, Origin: model.Point{X: 100, Y: 299}, Source: model.SourceText}}
	if hor, ver := Drawn(p); len(hor) != 1 || len(ver) != 0 || hor[0].At != 100 {
		t.Errorf("%v %v", hor, ver)
	}
}

// A rule closes a side that it covers to the part EdgeCover, in one piece or several, and no other.
func TestEdges(t *testing.T) {
	spans := []Span{{At: 50, Lo: 100, Hi: 165}, {At: 50, Lo: 200, Hi: 240}, {At: 50.5, Lo: 250, Hi: 290}, {At: 50, Lo: 330, Hi: 395}}
	got := Edges([]float64{50, 90}, []float64{100, 200, 300, 390}, spans, usual)
	if want := []bool{false, true, false}; !slices.Equal(got[0], want) {
		t.Errorf("sides of which 65, 80 and 67 %% are covered are closed: %v, not %v", got[0], want)
	}
	if slices.Contains(got[1], true) {
		t.Errorf("rules close sides of another position: %v", got[1])
	}
}
