package verify

import (
	"strings"
	"testing"

	"github.com/countybudget/extract/normalize/verify/rules"
	"github.com/countybudget/extract/schema"
)

func listing(statements ...schema.Statement) []schema.ListedTable {
	var out []schema.ListedTable
	for _, st := range statements {
		out = append(out, schema.ListedTable{Title: "表 " + string(st), Statement: st})
	}
	return out
}

// The statements are held against the table of contents: missing ones, and their order.
func TestContents(t *testing.T) {
	cases := []struct {
		name   string
		listed []schema.ListedTable
		tables []schema.Statement
		failed int32 // pages
		want   schema.CheckStatus
		says   string
		checks int
	}{
		{"as listed", listing(schema.Revenue, schema.Expenditure, schema.ThreePublic),
			[]schema.Statement{schema.Revenue, schema.Expenditure, schema.ThreePublic}, 0, pass, "order: 目录", 1},
		{"listed twice, printed in two pieces", listing(schema.Revenue, schema.Expenditure, schema.Revenue, schema.ThreePublic),
			[]schema.Statement{schema.Revenue, schema.Expenditure, schema.Expenditure, schema.ThreePublic}, 0, pass, "order: 目录", 1},
		{"one more than listed", listing(schema.Revenue, schema.Expenditure, schema.ThreePublic),
			[]schema.Statement{schema.Revenue, schema.ProjectExpenditure, schema.Expenditure, schema.ThreePublic}, 0, pass, "order: 目录", 1},
		{"one missing", listing(schema.Revenue, schema.Expenditure, schema.ThreePublic),
			[]schema.Statement{schema.Revenue, schema.ThreePublic}, 0, fail, "order: 表 expenditure |", 1},
		{"one missing, pages not read", listing(schema.Revenue, schema.Expenditure, schema.ThreePublic),
			[]schema.Statement{schema.Revenue, schema.ThreePublic}, 1, skp, "order: 表 expenditure |", 1},
		{"an excerpt", listing(schema.Revenue, schema.Expenditure, schema.ThreePublic),
			[]schema.Statement{schema.Revenue}, 0, skp, "表 expenditure, 表 three_public", 1},
		{"another order", listing(schema.Revenue, schema.Expenditure, schema.ThreePublic),
			[]schema.Statement{schema.Expenditure, schema.Revenue, schema.ThreePublic}, 0, fail, "表 expenditure ↔ 表 revenue", 1},
		{"too few to be a list", listing(schema.Revenue, schema.Expenditure), []schema.Statement{schema.Expenditure}, 0, "", "", 0},
		{"what is no statement", append(listing(schema.OtherStatement, schema.OtherStatement), listing(schema.Revenue, schema.Expenditure, schema.ThreePublic)...),
			[]schema.Statement{schema.Revenue, schema.Expenditure, schema.ThreePublic}, 0, pass, "order: 目录", 1},
	}
	for _, c := range cases {
		b := newBuilder()
		for _, st := range c.tables {
			b.open(st)
		}
		b.d.Contents, b.d.Document.FailedPages = c.listed, c.failed
		verifyIn(&b.d)
		n, found := 0, false
		for _, check := range b.d.Checks {
			if check.Rule == rules.Contents {
				n++
				found = found || check.Status == c.want && strings.Contains(check.Description, c.says)
			}
		}
		if n != c.checks || c.want != "" && !found {
			t.Errorf("%s: %d checks, the one wanted is among them: %v\n%v", c.name, n, found, b.d.Checks)
		}
	}
}
