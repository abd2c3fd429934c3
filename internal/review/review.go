package review

import (
	"bufio"
	"bytes"
	"embed"
	"encoding/json"
	"errors"
	"fmt"
	"html/template"
	"io"
	"slices"
	"strings"

	"github.com/shopspring/decimal"

	"github.com/countybudget/extract/extract/model"
	"github.com/countybudget/extract/schema"
)

//go:embed assets
var files embed.FS

// Source is a document to review.
type Source struct {
	Disclosure *schema.Disclosure
	Document   *model.Document // for the readings of recognized cells; may be nil
	Pages      []Picture
	Note       string // why there are no pictures
}

// Options are the settings of a page.
type Options struct {
	Left int // documents of the output that are not on the page

	// Pictures adds the page images of a source just before it is written; they are dropped afterwards. May be nil.
	Pictures func(*Source) error
}

// Write writes the page.
func Write(w io.Writer, sources []Source, opt Options) error {
	page, err := template.ParseFS(files, "assets/page.html")
	if err != nil {
		return err
	}
	style, err := files.ReadFile("assets/review.css")
	if err != nil {
		return err
	}
	var script strings.Builder
	for _, name := range []string{"review.js", "figures.js"} {
		code, err := files.ReadFile("assets/" + name)
		if err != nil {
			return err
		}
		script.Write(code)
	}
	var around bytes.Buffer
	err = page.Execute(&around, map[string]any{
		"Style": template.CSS(style), "Script": template.JS(script.String()), "Data": template.JS(dataPlace),
	})
	if err != nil {
		return err
	}
	before, after, found := bytes.Cut(around.Bytes(), []byte(dataPlace))
	if !found {
		return errors.New("the template of the page has no place for data")
	}
	out := bufio.NewWriter(w)
	out.Write(before)
	if err := writeData(out, sources, opt); err != nil {
		return err
	}
	out.Write(after)
	return out.Flush()
}

// dataPlace is the placeholder for the data in the template.
const dataPlace = "/*the data*/"

// writeData writes one document after the other, so that only the pictures of one are in memory. encoding/json escapes <, >
// and &, so that no text can end the script element.
func writeData(w io.Writer, sources []Source, opt Options) error {
	io.WriteString(w, `{"documents":[`)
	for i := range sources {
		s := sources[i]
		if opt.Pictures != nil {
			if err := opt.Pictures(&s); err != nil {
				return err
			}
		}
		text, err := json.Marshal(newDocument(&s))
		if err != nil {
			return err
		}
		if i > 0 {
			io.WriteString(w, ",")
		}
		if _, err := w.Write(text); err != nil {
			return err
		}
	}
	rest, err := json.Marshal(struct {
		Labels map[string]map[string]string `json:"labels"` // Chinese names of values, by column
		Left   int                          `json:"left,omitempty"`
	}{labels(), opt.Left})
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(w, "],%s", rest[1:])
	return err
}

type document struct {
	ID         string      `json:"id"`
	Name       string      `json:"name"`
	Department string      `json:"department,omitempty"`
	Year       int32       `json:"year,omitempty"`
	Status     string      `json:"status"`
	Error      string      `json:"error,omitempty"`
	Note       string      `json:"note,omitempty"`
	Pages      []Picture   `json:"pages"`
	Tables     []table     `json:"tables"`
	Lines      []line      `json:"lines"`
	Checks     []check     `json:"checks"`
	Notes      []diagnosis `json:"notes"`
}

type box [4]float32

type table struct {
	No     int32  `json:"no"`
	Title  string `json:"title"`
	Unit   string `json:"unit,omitempty"`
	First  int32  `json:"first"`
	Last   int32  `json:"last"`
	Rows   int32  `json:"rows"`
	Header int32  `json:"header"`
	Cells  []cell `json:"cells"`
}

type cell struct {
	Row     int32  `json:"r"`
	Col     int32  `json:"c"`
	RowSpan int32  `json:"rs,omitempty"` // 0 is 1
	ColSpan int32  `json:"cs,omitempty"`
	Text    string `json:"t"`
	Header  bool   `json:"h,omitempty"`
	Page    int32  `json:"p"`
}

type line struct {
	ID             string          `json:"id"`
	Item           string          `json:"item"`
	Code           string          `json:"code,omitempty"`
	Counterpart    string          `json:"counterpart,omitempty"`
	Statement      string          `json:"statement"`
	Classification string          `json:"classification"`
	Direction      string          `json:"direction"`
	Fund           string          `json:"fund_source"`
	Spending       string          `json:"spending"`
	Period         string          `json:"period"`
	Phase          string          `json:"phase"`
	Year           int32           `json:"year"`
	Amount         decimal.Decimal `json:"amount"`
	Raw            string          `json:"raw"`
	Unit           string          `json:"unit"`
	Page           int32           `json:"page"`
	Box            box             `json:"box"`
	Table          int32           `json:"table,omitempty"`
	Row            int32           `json:"row"`
	Col            int32           `json:"col"`
	Source         string          `json:"source"`
	Confidence     float32         `json:"confidence"`
	Verification   string          `json:"verification"`
	Readings       []reading       `json:"readings,omitempty"`
}

type reading struct {
	Text       string  `json:"t"`
	Confidence float32 `json:"c"`
}

type check struct {
	Rule        string `json:"rule"`
	Description string `json:"text"`
	Status      string `json:"status"`
	Expected    string `json:"expected,omitempty"`
	Actual      string `json:"actual,omitempty"`
	Difference  string `json:"difference,omitempty"`
	Lines       []int  `json:"lines"` // places in lines
}

type diagnosis struct {
	Code    string `json:"code"`
	Message string `json:"message"`
	Text    string `json:"text,omitempty"`
	Page    int32  `json:"page,omitempty"`
	Box     box    `json:"box"`
}

func newDocument(s *Source) document {
	d := s.Disclosure
	doc := document{
		ID: d.Document.DocumentID, Name: d.Document.FileName, Department: d.Document.DepartmentName, Year: d.Document.FiscalYear,
		Status: string(d.Document.Status), Error: d.Document.Error, Note: s.Note, Pages: s.Pages,
		Tables: tables(d), Lines: lines(s), Checks: []check{}, Notes: []diagnosis{},
	}
	if doc.Pages == nil {
		doc.Pages = []Picture{}
	}
	place := map[string]int{}
	for i := range doc.Lines {
		place[doc.Lines[i].ID] = i
	}
	for i := range d.Checks {
		if c, ok := newCheck(&d.Checks[i], place); ok {
			doc.Checks = append(doc.Checks, c)
		}
	}
	for i := range d.Diagnostics {
		x := &d.Diagnostics[i]
		if x.Code == schema.DiagCheckFailed || x.Code == schema.DiagWatermarkRemoved {
			continue
		}
		doc.Notes = append(doc.Notes, diagnosis{x.Code, x.Message, x.RawText, x.Page, box{x.X0, x.Y0, x.X1, x.Y1}})
	}
	return doc
}

func tables(d *schema.Disclosure) []table {
	all := make([]table, 0, len(d.Tables))
	at := map[int32]int{}
	for _, t := range d.Tables {
		at[t.TableNo] = len(all)
		all = append(all, table{No: t.TableNo, Title: t.Title, Unit: t.Unit, First: t.FirstPage, Last: t.LastPage, Rows: t.Rows, Header: t.HeaderRows, Cells: []cell{}})
	}
	for _, c := range d.Cells {
		n, ok := at[c.TableNo]
		if !ok {
			continue
		}
		all[n].Cells = append(all[n].Cells, cell{Row: c.Row, Col: c.Col, RowSpan: moreThanOne(c.RowSpan), ColSpan: moreThanOne(c.ColSpan), Text: c.Text, Header: c.IsHeader, Page: c.Page})
	}
	return all
}

func moreThanOne(n int32) int32 {
	if n > 1 {
		return n
	}
	return 0
}

func lines(s *Source) []line {
	all := make([]line, 0, len(s.Disclosure.BudgetLines))
	for i := range s.Disclosure.BudgetLines {
		l := &s.Disclosure.BudgetLines[i]
		all = append(all, line{
			ID: l.LineID, Item: l.ItemName, Code: l.ItemCode, Counterpart: l.CounterpartName, Statement: string(l.Statement),
			Classification: string(l.Classification), Direction: string(l.Direction), Fund: string(l.FundSource),
			Spending: string(l.Spending), Period: string(l.Period), Phase: string(l.Phase), Year: l.FiscalYear, Amount: l.Amount,
			Raw: l.RawText, Unit: l.RawUnit, Page: l.Page, Box: box{l.X0, l.Y0, l.X1, l.Y1}, Table: l.TableNo, Row: l.Row, Col: l.Col,
			Source: string(l.Source), Confidence: l.Confidence, Verification: string(l.Verification), Readings: readings(s.Document, l),
		})
	}
	slices.SortStableFunc(all, func(a, b line) int { return int(a.Page - b.Page) })
	return all
}

// readings are the possible readings of a recognized cell.
func readings(doc *model.Document, l *schema.BudgetLine) []reading {
	if doc == nil || l.TableNo == 0 {
		return nil
	}
	for i := range doc.Tables {
		if doc.Tables[i].No != int(l.TableNo) {
			continue
		}
		c := doc.Tables[i].At(int(l.Row), int(l.Col))
		if c == nil {
			return nil
		}
		var all []reading
		for _, r := range c.Readings {
			all = append(all, reading{r.Text, r.Confidence})
		}
		return all
	}
	return nil
}

func newCheck(c *schema.CheckRow, place map[string]int) (check, bool) {
	if c.Status == schema.CheckSkipped {
		return check{}, false
	}
	out := check{Rule: c.Rule, Description: c.Description, Status: string(c.Status)}
	for _, id := range c.LineIDs {
		if n, ok := place[id]; ok {
			out.Lines = append(out.Lines, n)
		}
	}
	if c.Expected.Valid && c.Actual.Valid {
		out.Expected, out.Actual = c.Expected.Decimal.StringFixed(2), c.Actual.Decimal.StringFixed(2)
		out.Difference = c.Actual.Decimal.Sub(c.Expected.Decimal).StringFixed(2)
	}
	return out, len(out.Lines) > 0
}

// labels are the Chinese names of the values that lines have, and of the codes of diagnostics.
func labels() map[string]map[string]string {
	all := map[string]map[string]string{}
	for _, ds := range schema.Datasets() {
		if ds.Name != schema.DatasetBudgetLines && ds.Name != schema.DatasetDiagnostics {
			continue
		}
		for _, c := range ds.Columns {
			for _, v := range c.Values {
				if all[c.Name] == nil {
					all[c.Name] = map[string]string{}
				}
				all[c.Name][v.Value] = v.Label
			}
		}
	}
	return all
}
