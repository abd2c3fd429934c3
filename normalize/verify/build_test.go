package verify

import (
	"strconv"
	"strings"
	"testing"

	"github.com/shopspring/decimal"

	"github.com/countybudget/extract/schema"
)

// builder makes small disclosures, a row at a time.
type builder struct {
	d     schema.Disclosure
	table int32
	row   int32
	st    schema.Statement
}

func newBuilder() *builder {
	return &builder{d: schema.Disclosure{Document: schema.DocumentRow{DocumentID: "doc", DocumentType: schema.Budget, FiscalYear: 2024}}}
}

// open starts a table.
func (b *builder) open(st schema.Statement) *builder {
	b.table++
	b.row, b.st = 0, st
	b.d.Tables = append(b.d.Tables, schema.TableRow{TableNo: b.table, Statement: st, Title: string(st), Unit: "万元"})
	return b
}

var classes = map[string]schema.Classification{
	"f": schema.ByFunctional, "e": schema.ByEconomicDepartment, "r": schema.ByRevenueSource, "b": schema.ByBalance,
	"p": schema.ByProject, "u": schema.ByEntity, "3": schema.ByThreePublic, "g": schema.ByProcurement, "t": schema.ByTotal,
}

// add writes one row: "class code name" (a dash for no code), then its cells "fund/spending/period=amount in 万元", each
// dimension left out where it is all. "rev:" before a cell puts it on the revenue side, "y2023:" and "ex:" change year and phase.
func (b *builder) add(item string, cells ...string) *builder {
	parts := strings.Fields(item)
	code := parts[1]
	if code == "-" {
		code = ""
	}
	b.row++
	for col, c := range cells {
		line := schema.BudgetLine{LineID: strconv.Itoa(len(b.d.BudgetLines)), TableNo: b.table, Row: b.row, Col: int32(col), Statement: b.st,
			Direction: schema.DirectionExpenditure, Phase: schema.Approved, FiscalYear: 2024, Classification: classes[parts[0]], ItemCode: code,
			ItemName: parts[2], FundSource: schema.AllFunds, Spending: schema.AllSpending, Period: schema.AllPeriods, RawUnit: "万元", Page: 1}
		head, raw, _ := strings.Cut(c, "=")
		for {
			mark, rest, ok := strings.Cut(head, ":")
			if !ok {
				break
			}
			switch head = rest; mark {
			case "rev":
				line.Direction = schema.DirectionRevenue
			case "ex":
				line.Phase = schema.Executed
			case "y2023":
				line.FiscalYear = 2023
			case "change":
				line.ItemName += "增减额"
			case "bal":
				line.Classification = schema.ByBalance
			}
		}
		for _, dim := range strings.Split(head, "/") {
			setDim(&line, dim)
		}
		line.RawText = raw
		line.Amount = decimal.RequireFromString(raw).Shift(4)
		if b.st == schema.Narrative {
			line.TableNo, line.Row, line.Col, line.SectionNo = 0, -1, -1, 1
		}
		b.d.BudgetLines = append(b.d.BudgetLines, line)
	}
	return b
}

func setDim(line *schema.BudgetLine, dim string) {
	short := map[string]string{"gpb": "general_public_budget", "gf": "government_fund", "sc": "state_capital", "app": "appropriation", "cy": "current_year", "carry": "carryover"}
	if long, ok := short[dim]; ok {
		dim = long
	}
	for _, f := range allFunds {
		if string(f) == dim {
			line.FundSource = f
		}
	}
	for _, s := range allSpending {
		if string(s) == dim {
			line.Spending = s
		}
	}
	for _, p := range allPeriods {
		if string(p) == dim {
			line.Period = p
		}
	}
}

// outcomes counts a rule's checks by status.
func outcomes(d *schema.Disclosure, rule string) map[schema.CheckStatus]int {
	n := map[schema.CheckStatus]int{}
	for _, c := range d.Checks {
		if c.Rule == rule {
			n[c.Status]++
		}
	}
	return n
}

// lineOf finds a line by name and amount as printed.
func (b *builder) line(t *testing.T, name, raw string) *schema.BudgetLine {
	t.Helper()
	for i := range b.d.BudgetLines {
		if l := &b.d.BudgetLines[i]; l.ItemName == name && l.RawText == raw {
			return l
		}
	}
	t.Fatalf("no line %s %s", name, raw)
	return nil
}

func words() *Words { return Embedded() }

// verifyIn verifies a disclosure in its place.
func verifyIn(d *schema.Disclosure) { *d = *words().Verify(d) }
