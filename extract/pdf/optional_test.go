package pdf

import (
	"testing"

	"github.com/countybudget/extract/extract/model"
)

// Groups 20 (on), 21 (off) and what the default configuration and membership dictionaries make of them.
func TestOptionalContent(t *testing.T) {
	const off = "/OFF[21 0 R]"
	for _, c := range []struct {
		name, config, groups, content string
		shown                         bool
	}{
		{"on", off, "20 0 R", "", true},
		{"off", off, "21 0 R", "", false},
		{"all off but one", "/BaseState/OFF/ON[20 0 R]", "20 0 R", "", true},
		{"all off", "/BaseState/OFF/ON[20 0 R]", "21 0 R", "", false},
		{"usage turns off for viewing", "/AS[<</Event/View/Category[/View]/OCGs[22 0 R]>>]", "22 0 R", "", false},
		{"usage for printing", "/AS[<</Event/Print/Category[/Print]/OCGs[22 0 R]>>]", "22 0 R", "", true},
		{"not for viewing", "/OFF[23 0 R]", "23 0 R", "", true},
		{"any on", off, "<</Type/OCMD/OCGs[20 0 R 21 0 R]>>", "", true},
		{"all on", off, "<</Type/OCMD/OCGs[20 0 R 21 0 R]/P/AllOn>>", "", false},
		{"any off", off, "<</Type/OCMD/OCGs[20 0 R 21 0 R]/P/AnyOff>>", "", true},
		{"all off, one is on", off, "<</Type/OCMD/OCGs[20 0 R 21 0 R]/P/AllOff>>", "", false},
		{"all off, no group is off", "", "<</Type/OCMD/OCGs[20 0 R]/P/AllOff>>", "", false},
		{"one group, any off", off, "<</Type/OCMD/OCGs 20 0 R/P/AnyOff>>", "", false},
		{"a group that is missing", off, "<</Type/OCMD/OCGs[99 0 R]/P/AllOn>>", "", true},
		{"expression", off, "<</Type/OCMD/VE[/And 20 0 R[/Not 21 0 R]]>>", "", true},
		{"expression, off", off, "<</Type/OCMD/OCGs[20 0 R]/VE[/Not[/Or 21 0 R 20 0 R]]>>", "", false},
		{"around a group that is on", off, "21 0 R", "/OC /G BDC /OC /On BDC BT /F1 10 Tf 20 50 Td (A) Tj ET EMC EMC", false},
		{"after a group that is off", off, "21 0 R", "/OC /G BDC EMC BT /F1 10 Tf 20 50 Td (A) Tj ET", true},
		{"a form", off, "21 0 R", "/Fm1 Do", false},
		{"a form in it", off, "21 0 R", "/OC /G BDC /Fm2 Do EMC", false},
	} {
		content := c.content
		if content == "" {
			content = "/OC /G BDC BT /F1 10 Tf 20 50 Td (A) Tj ET EMC"
		}
		b := newPDF(content, helvetica+"/XObject<</Fm1 11 0 R/Fm2 12 0 R>>/Properties<</On 20 0 R/G "+c.groups+">>").withHelvetica()
		b.Objects[1] = "<</Type/Catalog/Pages 2 0 R/OCProperties<</OCGs[20 0 R 21 0 R 22 0 R 23 0 R]/D<<" + c.config + ">>>>>>"
		b.Objects[20] = "<</Type/OCG/Name(A)>>"
		b.Objects[21] = "<</Type/OCG/Name(B)>>"
		b.Objects[22] = "<</Type/OCG/Name(C)/Usage<</View<</ViewState/OFF>>/Print<</PrintState/OFF>>>>>>"
		b.Objects[23] = "<</Type/OCG/Name(D)/Intent/Design>>"
		b.Stream(11, "/Subtype/Form/BBox[0 0 200 100]/OC 21 0 R", "BT /F1 10 Tf 20 50 Td (A) Tj ET")
		b.Stream(12, "/Subtype/Form/BBox[0 0 200 100]", "BT /F1 10 Tf 20 50 Td (A) Tj ET")
		p := b.page(t)
		if len(p.Glyphs) != 1 || p.Glyphs[0].Is(model.FlagOff) == c.shown {
			t.Errorf("%s: want shown %v, got %+v", c.name, c.shown, p.Glyphs)
		}
	}
}
