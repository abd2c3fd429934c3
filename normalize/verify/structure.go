package verify

import (
	"strconv"
	"strings"

	"github.com/countybudget/extract/normalize/verify/rules"
	"github.com/countybudget/extract/schema"
)

// Checks of the disclosure as a whole: its statements, empty tables that say so, one department, one year.

// required are the statements of every department's disclosure, budget and final accounts alike.
var required = []schema.Statement{schema.RevenueExpenditureSummary, schema.Revenue, schema.Expenditure,
	schema.AppropriationSummary, schema.GeneralPublicExpenditure, schema.GeneralPublicBasicExpenditure}

// structureFindings tests the disclosure as a whole.
func (l *checker) structureFindings() {
	if l.Disclosure.Document.EntityLevel != schema.Government {
		l.presence()
	}
	l.contentsFindings()
	l.emptyTables()
	l.oneDepartment()
	l.titleYears()
}

// presence looks for the required statements. A document with fewer than half of them is an excerpt, and one with unread
// pages may have them there: nothing is said of these.
func (l *checker) presence() {
	present := map[schema.Statement]bool{}
	for i := range l.Disclosure.Tables {
		present[l.Disclosure.Tables[i].Statement] = true
	}
	for st := range l.Statements {
		present[st] = true
	}
	var missing []string
	for _, st := range required {
		if !present[st] {
			missing = append(missing, string(st))
		}
	}
	f := finding{rule: rules.Presence, status: schema.CheckPass, what: "all"}
	if len(missing) > 0 {
		f.status, f.what = schema.CheckFail, strings.Join(missing, ", ")
		if 2*len(missing) >= len(required) || l.Disclosure.Document.FailedPages > 0 {
			f.status = schema.CheckSkipped
		}
	}
	l.find(f)
}

// emptyTables tests the tables that give no amounts, and those that say they have none.
func (l *checker) emptyTables() {
	filled := map[int32][]int{}
	for i := range l.Lines {
		if n := l.Lines[i].TableNo; n > 0 && l.Figures[i].Fen != 0 {
			filled[n] = append(filled[n], i)
		}
	}
	says := map[int32]bool{}
	for i := range l.Disclosure.Cells {
		if c := &l.Disclosure.Cells[i]; !says[c.TableNo] && l.words.empty.Any(c.Text) {
			says[c.TableNo] = true
		}
	}
	for i := range l.Disclosure.Tables {
		t := &l.Disclosure.Tables[i]
		lines := filled[t.TableNo]
		switch {
		case says[t.TableNo] && len(lines) > 0:
			l.find(finding{rule: rules.EmptyTable, what: t.Title, lines: lines})
		case len(lines) == 0:
			l.emptyElsewhere(t, says[t.TableNo])
		}
	}
}

// emptyElsewhere tests that the fund of a table without amounts is 0 in the appropriation summary.
func (l *checker) emptyElsewhere(t *schema.TableRow, says bool) {
	for _, ft := range fundTables {
		if ft.statement != t.Statement || l.Statements[t.Statement] != nil && l.hasAmounts(t.Statement) {
			continue
		}
		f := finding{rule: rules.EmptyTable, status: schema.CheckPass, what: t.Title}
		for _, table := range l.Statements[schema.AppropriationSummary] {
			for _, c := range table.Columns {
				if c.Dims.Fund != ft.fund || c.Dims.Direction != schema.DirectionExpenditure {
					continue
				}
				for _, i := range []int{c.Year, c.Grand} {
					if i >= 0 && l.Figures[i].Fen != 0 {
						f.status, f.lines, f.actual = schema.CheckFail, append(f.lines, i), l.Figures[i].Fen
					}
				}
			}
		}
		if f.status == schema.CheckPass && !says {
			f.status = schema.CheckSkipped // blank, but it does not say so
		}
		l.find(f)
	}
}

func (l *checker) hasAmounts(st schema.Statement) bool {
	for _, table := range l.Statements[st] {
		for _, i := range table.Lines {
			if l.Figures[i].Fen != 0 {
				return true
			}
		}
	}
	return false
}

// oneDepartment tests that every line of a table names the document's department, and belongs to its year or the year before. Tables of
// governments also print series of years.
func (l *checker) oneDepartment() {
	doc := &l.Disclosure.Document
	if len(l.Lines) == 0 || doc.DepartmentName == "" || doc.FiscalYear == 0 {
		return
	}
	first, last := doc.FiscalYear-1, doc.FiscalYear
	if l.Government {
		first, last = first-1, last+1 // it compares the year before with the one before that, and plans the next one
	}
	f := finding{rule: rules.Metadata, status: schema.CheckPass, what: doc.DepartmentName + " " + strconv.Itoa(int(doc.FiscalYear))}
	for i := range l.Lines {
		line := &l.Lines[i]
		if line.TableNo <= 0 {
			continue // a sentence may speak of other years and bodies
		}
		other := !l.Government && line.DepartmentName != "" && line.DepartmentName != doc.DepartmentName && line.ParentDepartment != doc.DepartmentName
		if other && !strings.Contains(f.what, line.DepartmentName) {
			f.what += " ≠ " + line.DepartmentName
		}
		named := l.Government && strings.Contains(line.Heading, strconv.Itoa(int(line.FiscalYear))) // a series of years
		if y := line.FiscalYear; other || y != 0 && (y < first || y > last) && !named {
			f.status, f.lines = schema.CheckFail, append(f.lines, i)
		}
	}
	l.find(f)
}

// titleYears tests that the tables' titles name the document's year.
func (l *checker) titleYears() {
	year := l.Disclosure.Document.FiscalYear
	if year == 0 {
		return
	}
	for i := range l.Disclosure.Tables {
		t := &l.Disclosure.Tables[i]
		if m := l.words.titleYear.FindStringSubmatch(t.Title); m != nil {
			if y, _ := strconv.Atoi(m[1]); int32(y) != year && int32(y) != year-1 {
				l.find(finding{rule: rules.Metadata, what: t.Title})
			}
		}
	}
}
