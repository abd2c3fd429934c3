package main

import (
	"bytes"
	"context"
	"fmt"
	"slices"
	"testing"
	"unicode/utf16"

	"golang.org/x/text/encoding/simplifiedchinese"

	"github.com/countybudget/extract/extract"
	"github.com/countybudget/extract/normalize"
	"github.com/countybudget/extract/schema"
)

// Offices' typesetting systems write Chinese in the predefined encodings, with fonts that are not embedded and no ToUnicode.
// The same page in each of them must give the same rows.

// twinPage is a page with one ruled table; text writes a string at a place.
func twinPage(text func(x, y float64, s string)) (rules string) {
	text(80, 790, "2024年甲县财政局部门预算")
	text(220, 750, "部门支出总体表")
	text(60, 730, "部门：甲县财政局")
	text(420, 730, "单位：万元")
	rows := [][]string{
		{"科目编码", "科目名称", "合计", "基本支出", "项目支出"},
		{"201", "一般公共服务支出", "1,234.56", "1,000.00", "234.56"},
		{"20106", "财政事务", "1,234.56", "1,000.00", "234.56"},
		{"2010601", "行政运行（室）", "1,000.00", "1,000.00", ""},
		{"2010602", "一般行政管理事务", "234.56", "", "234.56"},
	}
	xs := []float64{50, 120, 300, 370, 440, 510}
	var b bytes.Buffer
	for r := range len(rows) + 1 {
		y := 720 - 20*float64(r)
		fmt.Fprintf(&b, "%g %g m %g %g l S\n", xs[0], y, xs[len(xs)-1], y)
	}
	for _, x := range xs {
		fmt.Fprintf(&b, "%g 720 m %g %g l S\n", x, x, 720-20*float64(len(rows)))
	}
	for r, row := range rows {
		for k, s := range row {
			if s != "" {
				text(xs[k]+4, 706-20*float64(r), s)
			}
		}
	}
	return b.String()
}

// twinPDF writes the page with strings encoded by encode and a font whose dictionary objects start at number 5.
func twinPDF(encode func(string) []byte, font ...string) []byte {
	var content bytes.Buffer
	var texts bytes.Buffer
	content.WriteString(twinPage(func(x, y float64, s string) {
		fmt.Fprintf(&texts, "BT /F1 10 Tf %g %g Td <%x> Tj ET\n", x, y, encode(s))
	}))
	content.Write(texts.Bytes())
	objects := []string{
		"<</Type/Catalog/Pages 2 0 R>>",
		"<</Type/Pages/Kids[3 0 R]/Count 1>>",
		"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
		fmt.Sprintf("<</Length %d>>\nstream\n%s\nendstream", content.Len(), content.Bytes()),
	}
	objects = append(objects, font...)
	var out bytes.Buffer
	out.WriteString("%PDF-1.4\n")
	offsets := make([]int, len(objects))
	for i, o := range objects {
		offsets[i] = out.Len()
		fmt.Fprintf(&out, "%d 0 obj\n%s\nendobj\n", i+1, o)
	}
	start := out.Len()
	fmt.Fprintf(&out, "xref\n0 %d\n0000000000 65535 f \n", len(objects)+1)
	for _, o := range offsets {
		fmt.Fprintf(&out, "%010d 00000 n \n", o)
	}
	fmt.Fprintf(&out, "trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n", len(objects)+1, start)
	return out.Bytes()
}

const twinDescriptor = "<</Type/FontDescriptor/FontName/SimSun/Flags 4/FontBBox[0 -141 1000 859]/ItalicAngle 0/Ascent 859/Descent -141/CapHeight 683/StemV 80>>"

func predefined(cmap string) []string {
	return []string{
		"<</Type/Font/Subtype/Type0/BaseFont/SimSun/Encoding/" + cmap + "/DescendantFonts[6 0 R]>>",
		"<</Type/Font/Subtype/CIDFontType2/BaseFont/SimSun/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 4>>/FontDescriptor 7 0 R/DW 1000/W[1 95 500 814 939 500]>>",
		twinDescriptor,
	}
}

// withToUnicode is the twin that says itself what its codes mean: codes are UTF-16, widths as in the others.
func withToUnicode() []string {
	var cmap bytes.Buffer
	cmap.WriteString("/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /T def 1 begincodespacerange <0000> <FFFF> endcodespacerange\n")
	cmap.WriteString("2 beginbfrange <0020> <007E> <0020> <3000> <30FF> <3000> endbfrange\n")
	for hi := 0x4E; hi <= 0x9F; hi++ {
		fmt.Fprintf(&cmap, "1 beginbfrange <%02X00> <%02XFF> <%02X00> endbfrange\n", hi, hi, hi)
	}
	cmap.WriteString("1 beginbfrange <FF00> <FFEF> <FF00> endbfrange\nendcmap end end\n")
	return []string{
		"<</Type/Font/Subtype/Type0/BaseFont/SimSun/Encoding/Identity-H/DescendantFonts[6 0 R]/ToUnicode 8 0 R>>",
		"<</Type/Font/Subtype/CIDFontType2/BaseFont/SimSun/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>/FontDescriptor 7 0 R/DW 1000/W[32 126 500]>>",
		twinDescriptor,
		fmt.Sprintf("<</Length %d>>\nstream\n%s\nendstream", cmap.Len(), cmap.Bytes()),
	}
}

func utf16be(s string) []byte {
	var out []byte
	for _, u := range utf16.Encode([]rune(s)) {
		out = append(out, byte(u>>8), byte(u))
	}
	return out
}

func gbk(s string) []byte {
	b, err := simplifiedchinese.GBK.NewEncoder().Bytes([]byte(s))
	if err != nil {
		panic(err)
	}
	return b
}

func twinRows(t *testing.T, name string, data []byte) []string {
	t.Helper()
	doc, err := extract.Extract(context.Background(), data, extract.Options{OCR: extract.OCRNever})
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	d := normalize.Normalize(doc, normalize.Input{DocumentID: "d", FileName: "f.pdf"})
	var rows []string
	for i := range d.BudgetLines {
		l := &d.BudgetLines[i]
		rows = append(rows, fmt.Sprintf("%s %s %s %s %s %s %.1f %.1f %.1f %.1f", l.Statement, l.ItemCode, l.ItemName, l.Spending, l.Amount, l.RawText, l.X0, l.Y0, l.X1, l.Y1))
	}
	if d.Document.DepartmentName != "甲县财政局" || d.Document.FiscalYear != 2024 || d.Document.DocumentType != schema.Budget {
		t.Errorf("%s: read as %s, %d, %s", name, d.Document.DepartmentName, d.Document.FiscalYear, d.Document.DocumentType)
	}
	return rows
}

func TestEncodingsOfOnePageGiveTheSameRows(t *testing.T) {
	want := twinRows(t, "ToUnicode", twinPDF(utf16be, withToUnicode()...))
	if len(want) != 10 {
		t.Fatalf("%d rows, want 10: %q", len(want), want)
	}
	for _, c := range []struct {
		cmap   string
		encode func(string) []byte
	}{
		{"GBK-EUC-H", gbk}, {"GBKp-EUC-H", gbk}, {"GBK2K-H", gbk}, {"GB-EUC-H", gbk}, {"UniGB-UCS2-H", utf16be}, {"UniGB-UTF16-H", utf16be},
	} {
		got := twinRows(t, c.cmap, twinPDF(c.encode, predefined(c.cmap)...))
		if !slices.Equal(got, want) {
			t.Errorf("%s gives\n%q\nnot\n%q", c.cmap, got, want)
		}
	}
}
