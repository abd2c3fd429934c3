package normalize

import (
	"regexp"
	"strings"
	"sync"

	"github.com/countybudget/extract/normalize/forms"
	"github.com/countybudget/extract/normalize/lexicon"
	"github.com/countybudget/extract/normalize/metadata"
	"github.com/countybudget/extract/normalize/prose"
	"github.com/countybudget/extract/normalize/verify"
	"github.com/countybudget/extract/schema"
	"github.com/shopspring/decimal"
)

// Words are the phrases of a lexicon in the form in which each stage asks for them. They are made once and never change.
type Words struct {
	metadata *metadata.Words
	forms    *forms.Words
	prose    *prose.Words
	verify   *verify.Words

	statements, withoutLines lexicon.List
	dimensions               []dimension
	roles                    lexicon.List
	units                    map[string]decimal.Decimal // yuan by unit, of tables
	listed                   lexicon.List
	year                     *regexp.Regexp // 2024年, 2024年度; the group is the number
	columnNumber             *regexp.Regexp // a column's number in a header: 1, 栏次2, 3=1+2, (4)

	rows      rowWords
	columns   columnWords
	titles    titleWords
	unitLabel string // 单位:
	assumed   string // the unit of a document that prints none

	change, agencyOperating string // names that the program gives
}

// dimension is the phrases of headers that say one thing of a column.
type dimension struct {
	name    string
	phrases lexicon.List
}

type rowWords struct {
	totals, balances, headers, entitySuffixes, entityHeaders, threePublic, revenueEnds lexicon.List
}

type columnWords struct {
	numberLabels, codeParts, functional, named, threePublic, yearTotals, noItem, projects, procurement, sides, subjects, agencyOperating lexicon.List

	yearSuffix string // 度, behind 2024年
}

type titleWords struct {
	revenue, expenditure, fundNamed, governmentEconomic lexicon.List
}

// embedded is the words of the embedded lexicon.
var embedded = sync.OnceValues(func() (*Words, error) { return NewWords(lexicon.Embedded()) })

// NewWords makes the words of a lexicon.
func NewWords(book *lexicon.Book) (*Words, error) {
	w := &Words{
		metadata: metadata.NewWords(book), forms: forms.NewWords(book), prose: prose.NewWords(book),
		statements: book.Of("tables.statement"), withoutLines: book.Of("tables.without_lines"), listed: book.Of("tables.listed"),
		roles: book.Of("columns.role"), year: book.Pattern("years.printed"), columnNumber: book.Pattern("columns.number"),
		units: book.Of("units.money").In("table").Numbers(), unitLabel: book.Word("units.label"), assumed: book.Word("units.assumed"),
		change: book.Word("names.change"), agencyOperating: book.Word("names.agency_operating"),
		rows: rowWords{
			totals: book.Of("rows.total"), balances: book.Of("rows.balance"), headers: book.Of("rows.header"),
			entitySuffixes: book.Of("rows.entity_suffix"), entityHeaders: book.Of("rows.entity_header"),
			threePublic: book.Of("rows.three_public"), revenueEnds: book.Of("rows.revenue_end"),
		},
		columns: columnWords{
			numberLabels: book.Of("columns.number_label"), codeParts: book.Of("columns.code_part"), functional: book.Of("columns.functional"),
			named: book.Of("columns.named"), threePublic: book.Of("columns.three_public"), yearTotals: book.Of("columns.year_total"),
			noItem: book.Of("columns.no_item"), projects: book.Of("columns.project_name"), procurement: book.Of("columns.procurement"),
			sides: book.Of("columns.side"), subjects: book.Of("columns.subject"), agencyOperating: book.Of("columns.agency_operating"),
			yearSuffix: book.Word("years.suffix"),
		},
		titles: titleWords{
			revenue: book.Of("tables.revenue_side"), expenditure: book.Of("tables.expenditure_side"),
			fundNamed: book.Of("tables.fund_named"), governmentEconomic: book.Of("tables.government_economic"),
		},
	}
	for _, name := range []string{"fund_source", "spending", "period", "phase", "year", "closing", "opening", "change", "skip", "direction", "economic"} {
		w.dimensions = append(w.dimensions, dimension{name, book.Of("columns." + name)})
	}
	var err error
	if w.verify, err = verify.NewWords(book); err != nil {
		return nil, err
	}
	return w, nil
}

// role is the column role that a leaf header names, or "".
func (w *Words) role(leaf string) columnRole { return columnRole(w.roles.Value(leaf)) }

// quotationMarks are left out of titles before they are compared.
var quotationMarks = strings.NewReplacer("“", "", "”", "", `"`, "", "‘", "", "’", "", "「", "", "」", "", "〝", "", "〞", "")

// statementOf says what a table is by its folded title, and whether its amounts are budget lines; ok is false when no phrase
// of a title matches.
func (w *Words) statementOf(title string) (statement schema.Statement, lines, ok bool) {
	title = quotationMarks.Replace(title)
	if w.withoutLines.Any(title) {
		return schema.OtherStatement, false, true
	}
	if s := w.statements.Value(title); s != "" {
		return schema.Statement(s), true, true
	}
	return schema.OtherStatement, true, false
}
