package color

import (
	"math"
	"testing"

	"github.com/countybudget/extract/extract/pdf/cos"
)

func TestSpaces(t *testing.T) {
	for _, c := range []struct {
		space      string
		components []float64
		r, g, b    float64
	}{
		{"/DeviceGray", []float64{.5}, .5, .5, .5},
		{"/DeviceRGB", []float64{1, .5, 0}, 1, .5, 0},
		{"/DeviceCMYK", []float64{0, 1, 1, .5}, .5, 0, 0},
		{"[/CalRGB<<>>]", []float64{0, 1, 0}, 0, 1, 0},
		{"[/Lab<<>>]", []float64{50, 10, 10}, .5, .5, .5},
		{"[/ICCBased<</N 3>>]", []float64{0, 0, 1}, 0, 0, 1},
		{"[/ICCBased<</N 4>>]", []float64{0, 0, 0, 1}, 0, 0, 0},
		{"[/Indexed/DeviceRGB 1<000000 00FF00>]", []float64{1}, 0, 1, 0},
		{"[/Indexed/DeviceRGB 1<000000 00FF00>]", []float64{9}, 0, 0, 0},
		{"[/Separation/Red/DeviceRGB<</FunctionType 2/C0[1 1 1]/C1[1 0 0]>>]", []float64{.5}, 1, .5, .5},
		{"[/Separation/Spot/DeviceRGB<</FunctionType 4>>]", []float64{.25}, .75, .75, .75},
		{"[/DeviceN[/A/B]/DeviceCMYK<</FunctionType 4>>]", []float64{.25, .5}, .5, .5, .5},
		{"/Pattern", []float64{0}, .5, .5, .5},
		{"/Unknown", []float64{1}, 1, 1, 1},
	} {
		v, err := cos.NewLexer([]byte(c.space), nil).Next()
		if err != nil {
			t.Fatal(err)
		}
		r, g, b := New(v).ToRGB(c.components)
		if math.Abs(r-c.r)+math.Abs(g-c.g)+math.Abs(b-c.b) > 1e-9 {
			t.Errorf("%s %v: got %g %g %g, want %g %g %g", c.space, c.components, r, g, b, c.r, c.g, c.b)
		}
	}
}

func TestFitting(t *testing.T) {
	if Gray.Fitting(3) != RGB || Gray.Fitting(4) != CMYK || Gray.Fitting(1) != Gray || RGB.Fitting(4) != RGB {
		t.Error("only an unknown space, which counts as gray, goes by the number of components")
	}
}
