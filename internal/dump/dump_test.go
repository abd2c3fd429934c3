package dump

import (
	"errors"
	"math"
	"strings"
	"testing"

	"github.com/shopspring/decimal"

	"github.com/countybudget/extract/extract/model"
	"github.com/countybudget/extract/schema"
)

// written is what is printed of a stage.
func written(t *testing.T, r Request, pages []*model.Page, doc *model.Document, rows *schema.Disclosure) (string, *Dump) {
	t.Helper()
	d := New(r)
	d.Pages(pages)
	d.Document(doc, rows)
	var out strings.Builder
	if err := Write(&out, r, d, rows); err != nil {
		t.Fatal(err)
	}
	return out.String(), d
}

const plenty = 1 << 20

func TestPage(t *testing.T) {
	p := &model.Page{
		Number: 2, Label: "ii", Width: 595.27559, Height: 842, Reader: model.ReaderPDF, Err: errors.New("page 2: torn"),
		Glyphs: []model.Glyph{
			{
				Text: "<禾\u200b", Box: model.Rect{X0: 1, Y0: 2.00049, X1: 3, Y1: 4}, Font: &model.Font{Name: "Song"}, Size: 10.5, Color: model.Black,
				Order: 7, Flags: model.FlagWatermark | model.FlagOff, Source: model.SourceText, Confidence: 1,
			},
			{Text: "\U000E0041", Size: math.Inf(1), Angle: math.NaN(), Color: model.Color{R: 255, Alpha: 16}, Source: model.SourceOCR, Confidence: 0.3},
		},
		Rules:    []model.Rule{{Rect: model.Rect{X1: 9}, Width: 0.5, Color: model.Black, Kind: model.RuleEdge}},
		Pictures: []model.Picture{{Matrix: model.Identity, Width: 30, Height: 20, Filter: "DCTDecode", Masked: true, Object: "5 0"}},
		Covers:   []model.Cover{{Outline: []model.Point{{X: 1, Y: 2}}, Color: model.Black, Kind: model.CoverVeil, Order: 3}},
		Reads:    []model.Read{{Readings: []model.Reading{{Text: "8.35", Confidence: 0.5}}}},
	}
	want := `{"message_type":"page","page":2,"page_label":"ii","width":595.276,"height":842,"rotate":0,"reader":"pdf","recognized":false,"unseen":false,"error":"page 2: torn",` +
		`"glyphs":[{"text":"<禾\u200b","x0":1,"y0":2,"x1":3,"y1":4,"size":10.5,"angle":0,"flags":["watermark","off"],"font":"Song","color":"#000000","order":7,"source":"text","confidence":1},` +
		`{"text":"\udb40\udc41","x0":0,"y0":0,"x1":0,"y1":0,"size":null,"angle":null,"flags":[],"font":"","color":"#ff000010","order":0,"source":"ocr","confidence":0.3}],` +
		`"rules":[{"x0":0,"y0":0,"x1":9,"y1":0,"width":0.5,"color":"#000000","kind":"edge","order":0}],` +
		`"pictures":[{"x0":0,"y0":0,"x1":0,"y1":0,"matrix":[1,0,0,1,0,0],"width":30,"height":20,"filter":"DCTDecode","masked":true,"mask":false,"order":0,"object":"5 0"}],` +
		`"covers":[{"x0":0,"y0":0,"x1":0,"y1":0,"outline":[[1,2]],"color":"#000000","kind":"veil","order":3}],"shapes":[],"patterns":[],` +
		`"reads":[{"x0":0,"y0":0,"x1":0,"y1":0,"readings":[{"text":"8.35","confidence":0.5}]}]}` + "\n"
	got, _ := written(t, Request{Stage: Pages, Page: 2, MaxBytes: plenty}, []*model.Page{{Number: 1}, p}, &model.Document{}, &schema.Disclosure{})
	if got != want {
		t.Errorf("got  %swant %s", got, want)
	}
}

// TestNames: a flag or kind that model gains needs a name here.
func TestNames(t *testing.T) {
	if last := model.GlyphFlags(1) << (len(flagNames) - 1); last != model.FlagOff {
		t.Errorf("the last named flag is %b, that of model is %b", last, model.FlagOff)
	}
	if got := strings.Join(flags(model.FlagHidden), " "); got != "covered faint off" {
		t.Errorf("hidden flags: %s", got)
	}
	if len(ruleKinds) != int(model.RuleImage)+1 || len(coverKinds) != int(model.CoverVeil)+1 {
		t.Errorf("%d kinds of rules and %d of covers have names", len(ruleKinds), len(coverKinds))
	}
}

func TestLinesAndTables(t *testing.T) {
	doc := &model.Document{
		Lines: []model.Line{
			{Page: 1, Text: "目录", Role: model.LineContents},
			{Page: 2, Text: "单位：万元", Role: model.LineCaption, Size: 9, Bold: true, Words: []model.Word{{Text: "单位：", Source: model.SourceText, Confidence: 1}}},
		},
		Tables: []model.Table{{
			No: 3, Kind: model.TableRuled, Title: "收支总表", TitleBox: model.Rect{X1: 5, Y1: 6}, Unit: "万元", FirstPage: 2, LastPage: 4, Rows: 1, Cols: 1, Source: model.SourceText, Confidence: 1,
			Cells: []model.Cell{{
				RowSpan: 1, ColSpan: 1, Text: "1089.06", Marked: "1089.06¹", Page: 2, Box: model.Rect{X1: 1, Y1: 1}, Source: model.SourceText, Confidence: 1,
				Readings: []model.Reading{{Text: "1089.06", Confidence: 1}},
			}},
		}},
	}
	rows := &schema.Disclosure{Tables: []schema.TableRow{{TableNo: 2, Statement: "other"}, {TableNo: 3, Statement: "three_public"}}}
	got, _ := written(t, Request{Stage: Lines, Page: 2, MaxBytes: plenty}, nil, doc, rows)
	want := `{"message_type":"line","page":2,"role":"caption","text":"单位：万元","x0":0,"y0":0,"x1":0,"y1":0,"size":9,"bold":true,` +
		`"words":[{"text":"单位：","x0":0,"y0":0,"x1":0,"y1":0,"source":"text","confidence":1}]}` + "\n"
	if got != want {
		t.Errorf("got  %swant %s", got, want)
	}
	want = `{"message_type":"table","table_no":3,"kind":"ruled","title":"收支总表","title_box":{"x0":0,"y0":0,"x1":5,"y1":6},"statement":"three_public","unit":"万元",` +
		`"first_page":2,"last_page":4,"rows":1,"columns":1,"header_rows":0,"source":"text","confidence":1,` +
		`"cells":[{"row":0,"col":0,"row_span":1,"col_span":1,"text":"1089.06¹","unmarked":"1089.06","indent":0,"is_header":false,"page":2,"x0":0,"y0":0,"x1":1,"y1":1,` +
		`"source":"text","confidence":1,"readings":[{"text":"1089.06","confidence":1}]}]}` + "\n"
	for page, want := range map[int]string{0: want, 3: want, 5: ""} {
		if got, _ := written(t, Request{Stage: Tables, Page: page, MaxBytes: plenty}, nil, doc, rows); got != want {
			t.Errorf("page %d: got  %swant %s", page, got, want)
		}
	}
}

// TestRows: rows have every column in its order, nulls as null, decimals as strings of their scale.
func TestRows(t *testing.T) {
	rows := &schema.Disclosure{
		BudgetLines: []schema.BudgetLine{{Page: 1, Row: -1, Col: -1}, {Page: 2, ItemName: "合计", Amount: decimal.RequireFromString("83500"), Row: 0, Col: -1}},
		Indicators:  []schema.PerformanceIndicator{{Page: 2, Operator: "<"}},
		Checks:      []schema.CheckRow{{CheckNo: 1, LineIDs: []string{"a"}}},
		Diagnostics: []schema.DiagnosticRow{{DiagnosticNo: 1, Page: 0}},
	}
	got, _ := written(t, Request{Stage: Rows, Page: 2}, nil, &model.Document{}, rows)
	lines := strings.Split(strings.TrimSpace(got), "\n")
	if len(lines) != 2 || !strings.HasPrefix(lines[0], `{"message_type":"budget_line","document_id":"",`) || !strings.HasPrefix(lines[1], `{"message_type":"performance_indicator","document_id":"",`) {
		t.Fatalf("rows of page 2:\n%s", got)
	}
	for i, parts := range [][]string{{`"item_name":"合计"`, `"amount":"83500.00"`, `"row":0,"col":null`, `"item_code":null`}, {`"operator":"<"`, `"value":null`}} {
		for _, part := range parts {
			if !strings.Contains(lines[i], part) {
				t.Errorf("no %s in %s", part, lines[i])
			}
		}
	}
	got, _ = written(t, Request{Stage: Checks}, nil, &model.Document{}, rows)
	if lines := strings.Split(strings.TrimSpace(got), "\n"); len(lines) != 2 || !strings.HasSuffix(lines[0], `"line_ids":["a"]}`) || !strings.HasPrefix(lines[1], `{"message_type":"diagnostic",`) {
		t.Errorf("checks:\n%s", got)
	}
}

// TestCut: what is kept has no gaps, and what is left out is counted.
func TestCut(t *testing.T) {
	line := model.Line{Page: 1, Text: "一"}
	long := line
	long.Text = strings.Repeat("长", 500)
	doc := &model.Document{Lines: []model.Line{line, line, long, line}}
	got, d := written(t, Request{Stage: Lines, MaxBytes: 1000}, nil, doc, &schema.Disclosure{})
	if n := strings.Count(got, "\n"); n != 2 || d.Left != 2 {
		t.Errorf("%d lines, %d left", n, d.Left)
	}
}
