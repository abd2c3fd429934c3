package layer

import (
	"testing"

	"github.com/countybudget/extract/extract/pdf/cos"
	"github.com/countybudget/extract/internal/testfiles"
)

// TestState has groups 20 (a watermark), 21 (off), 22 (on), 23 (off in views by its usage), and 24, which is off but not for
// viewing.
func TestState(t *testing.T) {
	b := testfiles.NewPDF("", "")
	b.Objects[1] = "<</Type/Catalog/Pages 2 0 R/OCProperties<</OCGs[20 0 R 21 0 R 22 0 R 23 0 R 24 0 R]" +
		"/D<</OFF[21 0 R 24 0 R]/AS[<</Event/View/OCGs[23 0 R]>>]>>>>/X[" +
		"20 0 R 21 0 R 22 0 R 23 0 R 24 0 R 30 0 R 31 0 R 32 0 R 33 0 R 34 0 R 35 0 R 36 0 R]>>"
	for n, dict := range map[int]string{
		20: "/Name(Watermark)", 21: "/Name(Draft)", 22: "/Name(Text)", 23: "/Name(Screen)/Usage<</View<</ViewState/OFF>>>>", 24: "/Name(Plan)/Intent/Design",
	} {
		b.Objects[n] = "<</Type/OCG" + dict + ">>"
	}
	for n, dict := range map[int]string{
		30: "/OCGs[21 0 R 22 0 R]", 31: "/OCGs[21 0 R 22 0 R]/P/AllOn", 32: "/OCGs[21 0 R 22 0 R]/P/AnyOff", 33: "/OCGs[21 0 R 22 0 R]/P/AllOff",
		34: "/OCGs 20 0 R", 35: "/VE[/And 22 0 R[/Not 21 0 R]]/OCGs 21 0 R", 36: "/VE[/Or 21 0 R 23 0 R]",
	} {
		b.Objects[n] = "<</Type/OCMD" + dict + ">>"
	}
	f, err := cos.Open(b.Bytes(), 0)
	if err != nil {
		t.Fatal(err)
	}
	groups := Read(f.Root().Key("OCProperties"))
	list := f.Root().Key("X")
	for i, want := range []State{Watermark, Off, On, Off, On, On, Off, On, Off, Watermark, On, Off} {
		for range 2 { // the second time from the cache
			if got := groups.State(list.Index(i)); got != want {
				t.Errorf("element %d: state %d, want %d", i, got, want)
			}
		}
	}
	if got := groups.State(cos.Object{}); got != On {
		t.Errorf("content of no group: state %d", got)
	}
}
