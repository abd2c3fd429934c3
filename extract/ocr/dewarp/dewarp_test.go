package dewarp

import (
	"image"
	"math"
	"math/rand/v2"
	"testing"

	pix "github.com/countybudget/extract/extract/ocr/image"
)

// form is a drawn page with a table, and the rules on it.
type form struct {
	*pix.Raster
	xs, ys []int
}

func newForm() form {
	f := form{Raster: pix.Blank(1000, 760), xs: []int{60, 300, 500, 720, 940}}
	for y := 80; y <= 680; y += 40 {
		f.ys = append(f.ys, y)
	}
	for _, y := range f.ys {
		f.Fill(image.Rect(60, y, 942, y+2), 40)
	}
	for _, x := range f.xs {
		f.Fill(image.Rect(x, 80, x+2, 682), 40)
	}
	return f
}

// lens maps places of a photograph to the page.
type lens func(x, y float64) (float64, float64)

// tilted is seen from one side, and its paper is curled by some pixels.
func tilted(g, h, curl float64) lens {
	return func(x, y float64) (float64, float64) {
		y += curl * math.Sin(math.Pi*x/1200*1.3)
		u, v := (x-600)/600, (y-450)/600
		d := 1 + g*u + h*v
		return 500 + 600*(u+0.03*v)/d, 380 + 600*(v-0.02*u)/d
	}
}

// photographed is the page as the lens shows it, on a desk, under light that falls off.
func (f form) photographed(l lens, desk float64) *pix.Raster {
	out := pix.NewRaster(1200, 900)
	random := rand.New(rand.NewPCG(1, 2))
	for y := range out.H {
		for x := range out.W {
			u, v := l(float64(x)+0.5, float64(y)+0.5)
			value := desk
			if u >= 0 && v >= 0 && u < float64(f.W) && v < float64(f.H) {
				paper, _ := cubic(f.Raster, u-0.5, v-0.5)
				value = float64(paper) * 0.9
			}
			light := 1 - 0.4*float64(x)/1200
			out.Row(y)[x] = byte(max(0, min(255, value*light+random.NormFloat64()*2)))
		}
	}
	return out
}

func TestFlatten(t *testing.T) {
	for _, c := range []struct {
		name string
		lens lens
		desk float64
	}{
		{"perspective", tilted(0.12, -0.08, 0), 90},
		{"curl", tilted(0, 0, 14), 90},
		{"both", tilted(-0.1, 0.1, 14), 60},
		{"no dark desk", tilted(0.1, 0.1, 10), 229},
	} {
		t.Run(c.name, func(t *testing.T) {
			page := newForm()
			flat := Flatten(page.photographed(c.lens, c.desk))
			if flat == nil {
				t.Fatal("not flattened")
			}
			along := func(count int, at func(i int) (float64, float64)) (worst float64) {
				var values []float64
				sum := 0.0
				for i := range count {
					v, ok := seen(flat, c.lens, at, i)
					if !ok {
						t.Fatalf("place %d is not in the flat picture", i)
					}
					values = append(values, v)
					sum += v
				}
				for _, v := range values {
					worst = max(worst, math.Abs(v-sum/float64(count)))
				}
				return worst
			}
			for _, y := range page.ys {
				if d := along(8, func(i int) (float64, float64) { return 70 + 120*float64(i), float64(y) + 1 }); d > 1.5 {
					t.Errorf("the rule at y = %d is off by %.1f pixels", y, d)
				}
			}
			if flat.Picture.W != 1200 || flat.Picture.H != 900 {
				t.Errorf("%d × %d pixels", flat.Picture.W, flat.Picture.H)
			}
			dark := 0
			for _, v := range flat.Picture.Pix {
				if v < 120 {
					dark++
				}
			}
			if dark > 60_000 {
				t.Errorf("%d dark pixels: the desk is still there", dark)
			}
		})
	}
}

// seen is the y at which a place of the page is in the flat picture: Place, inverted by search.
func seen(flat *Flat, l lens, at func(int) (float64, float64), i int) (float64, bool) {
	wantX, wantY := at(i)
	x, y := 600.0, 450.0
	for range 60 {
		px, py := flat.Place(x, y)
		u, v := l(px, py)
		x, y = x+0.7*(wantX-u), y+0.7*(wantY-v)
	}
	px, py := flat.Place(x, y)
	u, v := l(px, py)
	return y, math.Hypot(u-wantX, v-wantY) < 0.01
}

// The ink of the flat picture is where Place says that it comes from.
func TestPlacesAreThoseOfTheInk(t *testing.T) {
	page, l := newForm(), tilted(0.1, 0.08, 12)
	flat := Flatten(page.photographed(l, 80))
	if flat == nil {
		t.Fatal("not flattened")
	}
	on, all := 0, 0
	for y := range flat.Picture.H {
		for x, v := range flat.Picture.Row(y) {
			if v > 110 {
				continue
			}
			px, py := flat.Place(float64(x)+0.5, float64(y)+0.5)
			u, w := l(px, py)
			all++
			for _, k := range page.xs {
				if math.Abs(u-float64(k)-1) < 3 {
					on++
					break
				}
			}
			for _, k := range page.ys {
				if math.Abs(w-float64(k)-1) < 3 {
					on++
					break
				}
			}
		}
	}
	if all < 10_000 || on < all*98/100 {
		t.Errorf("%d of %d dark pixels come from rules", on, all)
	}
}

func TestStraightPicturesStay(t *testing.T) {
	page := newForm()
	skew := func(x, y float64) (float64, float64) { return x - 100 + 0.03*y, y - 70 - 0.03*x }
	level := func(x, y float64) (float64, float64) { return x - 100, y - 70 }
	for name, c := range map[string]struct {
		lens lens
		desk float64
	}{"level": {level, 229}, "skewed": {skew, 229}, "on a desk": {skew, 60}} {
		if Flatten(page.photographed(c.lens, c.desk)) != nil {
			t.Errorf("%s: flattened", name)
		}
	}
}

func TestHostilePictures(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 4))
	noise := pix.NewRaster(500, 400)
	for i := range noise.Pix {
		noise.Pix[i] = byte(random.UintN(256))
	}
	stripes := pix.Blank(700, 500)
	for y := 0; y < 500; y += 9 {
		stripes.Fill(image.Rect(0, y, 700, y+2), 0)
	}
	half := pix.NewRaster(600, 600)
	half.Fill(image.Rect(0, 0, 600, 301), 255)
	for name, r := range map[string]*pix.Raster{
		"no pixel": pix.NewRaster(0, 0), "one pixel": pix.NewRaster(1, 1), "a line": pix.Blank(3000, 1), "a column": pix.Blank(1, 3000),
		"black": pix.NewRaster(640, 480), "white": pix.Blank(640, 480), "thin": pix.Blank(201, 4000), "noise": noise, "stripes": stripes,
		"half": half,
	} {
		if Flatten(r) != nil {
			t.Errorf("%s: flattened", name)
		}
	}
}

func TestHomographyInverts(t *testing.T) {
	m := homography{b: 0.1, d: -0.05, g: 0.2, h: -0.15}
	for _, p := range []point{{0, 0}, {0.9, -0.7}, {-1, 0.4}} {
		if q := m.invert(m.apply(p)); math.Hypot(q.x-p.x, q.y-p.y) > 1e-9 {
			t.Errorf("%v comes back as %v", p, q)
		}
	}
}

func TestRulesAndShadowsAreNoEdges(t *testing.T) {
	rule := pix.Blank(400, 300)
	rule.Fill(image.Rect(0, 90, 400, 93), 0)
	shade := pix.NewRaster(400, 300)
	for y := range shade.H {
		shade.Fill(image.Rect(0, y, 400, y+1), byte(min(230, 60+y)))
	}
	for name, r := range map[string]*pix.Raster{"rule": rule, "shade": shade} {
		for side, e := range edges(r) {
			if len(e.points) > 0 {
				t.Errorf("%s: an edge on side %d", name, side)
			}
		}
	}
}
