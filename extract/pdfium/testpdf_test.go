package pdfium

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"github.com/countybudget/extract/extract/model"
)

// testEngine is shared by the tests, because compiling the module takes seconds where it is not cached.
var testEngine = sync.OnceValue(func() *Engine { return New(Options{}) })

// buildPDF writes a file of the given objects, numbered from 1; the first is the catalog.
func buildPDF(objects ...string) []byte {
	var b bytes.Buffer
	b.WriteString("%PDF-1.7\n")
	offsets := make([]int, len(objects))
	for i, o := range objects {
		offsets[i] = b.Len()
		fmt.Fprintf(&b, "%d 0 obj\n%s\nendobj\n", i+1, o)
	}
	xref := b.Len()
	fmt.Fprintf(&b, "xref\n0 %d\n0000000000 65535 f \n", len(objects)+1)
	for _, o := range offsets {
		fmt.Fprintf(&b, "%010d 00000 n \n", o)
	}
	fmt.Fprintf(&b, "trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n", len(objects)+1, xref)
	return b.Bytes()
}

func stream(dict, data string) string {
	return fmt.Sprintf("<<%s/Length %d>>\nstream\n%s\nendstream", dict, len(data), data)
}

// Objects of every onePage file, for resources to refer to.
const (
	helvetica = "5 0 R" // a standard font
	songH     = "6 0 R" // SimSun, not embedded, UniGB-UCS2-H, without ToUnicode
	songV     = "7 0 R" // the same, vertical
	unmapped  = "8 0 R" // Identity-H without ToUnicode
)

// onePage is a file with one page of 400 × 300 points. Page holds more entries of the page's dictionary and resources
// those of its resources; extra objects are numbered from 12.
func onePage(page, resources, content string, extra ...string) []byte {
	objects := []string{
		"<</Type/Catalog/Pages 2 0 R>>",
		"<</Type/Pages/Kids[3 0 R]/Count 1>>",
		"<</Type/Page/Parent 2 0 R/MediaBox[0 0 400 300]/Contents 4 0 R/Resources<</Font<</F " + helvetica + "/S " + songH +
			"/V " + songV + "/U " + unmapped + ">>" + resources + ">>" + page + ">>",
		stream("", content),
		"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
		"<</Type/Font/Subtype/Type0/BaseFont/SimSun/Encoding/UniGB-UCS2-H/DescendantFonts[9 0 R]>>",
		"<</Type/Font/Subtype/Type0/BaseFont/SimSun/Encoding/UniGB-UCS2-V/DescendantFonts[9 0 R]>>",
		"<</Type/Font/Subtype/Type0/BaseFont/ABCDEF+Unknown/Encoding/Identity-H/DescendantFonts[11 0 R]>>",
		"<</Type/Font/Subtype/CIDFontType2/BaseFont/SimSun/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 2>>" +
			"/FontDescriptor 10 0 R/DW 1000/W[1 95 500]>>",
		"<</Type/FontDescriptor/FontName/SimSun/Flags 4/FontBBox[-8 -145 1000 859]/ItalicAngle 0/Ascent 859/Descent -141" +
			"/CapHeight 683/StemV 80>>",
		"<</Type/Font/Subtype/CIDFontType2/BaseFont/ABCDEF+Unknown/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)" +
			"/Supplement 0>>/FontDescriptor 10 0 R/DW 500>>",
	}
	return buildPDF(append(objects, extra...)...)
}

func openTest(t testing.TB, data []byte) *Document {
	t.Helper()
	d, err := testEngine().Open(data, "")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { d.Close() })
	return d
}

// readTest reads the first page of a file.
func readTest(t *testing.T, data []byte) *model.Page {
	t.Helper()
	p := openTest(t, data).Page(1)
	if p.Err != nil {
		t.Fatal(p.Err)
	}
	return p
}

// corpus lists the files of a folder of the corpus, or skips the test.
func corpus(t testing.TB, folder string) []string {
	t.Helper()
	files, _ := filepath.Glob(filepath.Join("..", "..", "..", "shared", "corpus", folder, "*.pdf"))
	if len(files) == 0 {
		t.Skip("needs the shared corpus, which is not beside the repository")
	}
	return files
}

func readFile(t testing.TB, name string) []byte {
	t.Helper()
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func near1(a, b float64) bool { return a-b < 0.1 && b-a < 0.1 }

func nearRect(a, b model.Rect) bool {
	return near1(a.X0, b.X0) && near1(a.Y0, b.Y0) && near1(a.X1, b.X1) && near1(a.Y1, b.Y1)
}
