package lineage_test

import (
	"context"
	"reflect"
	"slices"
	"testing"

	"github.com/shopspring/decimal"

	"github.com/countybudget/extract/normalize/lineage"
	"github.com/countybudget/extract/schema"
)

// bureau is an invented document of the lineage tests: what it says of its own year, and what it repeats of the year before.
type bureau struct {
	name, code   string
	year         int32
	kind         schema.DocumentType
	total, three int64   // its own, in yuan
	before       []int64 // “三公” total and reception of the year before
	more         int64   // the change of the total that its prose states
	recognized   bool
}

func (b bureau) disclosure(n int) *schema.Disclosure {
	d := publication(n, "", b.name, b.year, func(d *schema.DocumentRow) {
		d.DepartmentCode = b.code
		if b.kind != "" {
			d.DocumentType = b.kind
		}
	})
	add := func(year int32, l schema.BudgetLine, yuan int64) {
		l.DocumentID, l.LineID = d.Document.DocumentID, string(rune('a'+len(d.BudgetLines)))
		l.FiscalYear, l.Phase, l.Direction, l.Amount = year, d.Document.DocumentType.Phase(), schema.DirectionExpenditure, decimal.NewFromInt(yuan)
		l.FundSource, l.Spending, l.Period, l.Source, l.Verification = schema.AllFunds, schema.AllSpending, schema.AllPeriods, schema.FromText, schema.Verified
		l.DocumentType, l.EntityLevel = d.Document.DocumentType, d.Document.EntityLevel
		if b.recognized {
			l.Source = schema.FromOCR
		}
		d.BudgetLines = append(d.BudgetLines, l)
	}
	total := schema.BudgetLine{Statement: schema.Expenditure, Classification: schema.ByTotal, ItemName: "合计"}
	three := schema.BudgetLine{Statement: schema.ThreePublic, Classification: schema.ByTotal, ItemName: "合计"}
	reception := schema.BudgetLine{Statement: schema.ThreePublic, Classification: schema.ByThreePublic, ItemName: "公务接待费"}
	add(b.year, total, b.total)
	add(b.year, three, b.three)
	add(b.year, reception, b.three/2)
	if b.before != nil {
		add(b.year-1, three, b.before[0])
		add(b.year-1, reception, b.before[1])
	}
	if b.more != 0 {
		prose := schema.BudgetLine{Statement: schema.Narrative, Classification: schema.ByTotal, ItemName: "支出总计"}
		add(b.year, prose, b.total)
		prose.ItemName = "支出总计增减额"
		add(b.year, prose, b.more)
	}
	return d
}

// departments is the departments dataset in short: current name, former names, names of those merged into it.
type departments map[string]department

type department struct {
	former, merged []string
	origin         string
}

func follow(t *testing.T, aliases []lineage.Alias, all ...bureau) departments {
	t.Helper()
	docs := make([]*schema.Disclosure, 0, len(all))
	for i, b := range all {
		docs = append(docs, b.disclosure(i))
	}
	series, rows := derive(t, aliases, docs...)
	if _, again, err := lineage.Follow(context.Background(), documents(docs), lines(docs), aliases); err != nil || !sameRows(again, rows) {
		t.Errorf("derived again: %+v, %v; want %+v", again, err, rows)
	}
	names := map[string]string{}
	for _, r := range rows {
		names[r.DepartmentID] = r.CurrentName
	}
	if len(names) != len(rows) {
		t.Errorf("%d ids of %d departments", len(names), len(rows))
	}
	for _, s := range series {
		if names[s.DepartmentID] == "" {
			t.Errorf("series: no department %s", s.DepartmentID)
		}
	}
	found := departments{}
	for _, r := range rows {
		o := department{origin: r.Origin}
		for _, n := range r.Names {
			if n.Name != r.CurrentName {
				o.former = append(o.former, n.Name)
			}
		}
		for _, id := range r.Predecessors {
			o.merged = append(o.merged, names[id])
		}
		slices.Sort(o.merged)
		found[r.CurrentName] = o
	}
	return found
}

func sameRows(a, b []schema.DepartmentRow) bool {
	return slices.EqualFunc(a, b, func(x, y schema.DepartmentRow) bool {
		return x.DepartmentID == y.DepartmentID && x.CurrentName == y.CurrentName && x.Origin == y.Origin &&
			slices.Equal(x.Names, y.Names) && slices.Equal(x.Predecessors, y.Predecessors) && slices.Equal(x.Successors, y.Successors)
	})
}

const (
	farmOld, farm, plan, health = "泽州县农业局", "泽州县农业农村局", "泽州县计划生育局", "泽州县卫生健康局"
)

func TestLineage(t *testing.T) {
	old := bureau{name: farmOld, code: "012", year: 2021, total: 100, three: 8}
	for name, c := range map[string]struct {
		docs    []bureau
		aliases []lineage.Alias
		want    departments
	}{
		"two figures": {
			docs: []bureau{old, {name: health, year: 2022, total: 120, three: 6, before: []int64{8, 4}}},
			want: departments{health: {former: []string{farmOld}, origin: "derived"}},
		},
		"a figure and a stated change": {
			docs: []bureau{old, {name: health, year: 2022, total: 120, three: 6, before: []int64{8, 0}, more: 20}},
			want: departments{health: {origin: "derived"}, farmOld: {origin: "derived"}}, // reception differs: 0 is not 4
		},
		"a stated change and the name": {
			docs: []bureau{old, {name: farm, year: 2022, total: 120, three: 6, more: 20}},
			want: departments{farm: {former: []string{farmOld}, origin: "derived"}},
		},
		"a stated change alone": {
			docs: []bureau{old, {name: health, year: 2022, total: 120, three: 6, more: 20}},
			want: departments{health: {origin: "derived"}, farmOld: {origin: "derived"}},
		},
		"name and code": {
			docs: []bureau{old, {name: farm, code: "012", year: 2022, total: 120, three: 6}},
			want: departments{farm: {former: []string{farmOld}, origin: "derived"}},
		},
		"name alone": {
			docs: []bureau{old, {name: farm, code: "013", year: 2022, total: 120, three: 6}},
			want: departments{farm: {origin: "derived"}, farmOld: {origin: "derived"}},
		},
		"name and code, but a figure differs": {
			docs: []bureau{old, {name: farm, code: "012", year: 2022, total: 120, three: 6, more: 21}},
			want: departments{farm: {origin: "derived"}, farmOld: {origin: "derived"}},
		},
		"a figure read from a scan refutes nothing": {
			docs: []bureau{old, {name: farm, code: "012", year: 2022, total: 120, three: 6, more: 21, recognized: true}},
			want: departments{farm: {former: []string{farmOld}, origin: "derived"}},
		},
		"the accounts bear the new name first": {
			docs: []bureau{old, {name: farm, code: "012", year: 2021, kind: schema.FinalAccounts, total: 90, three: 6}},
			want: departments{farm: {former: []string{farmOld}, origin: "derived"}},
		},
		"two budgets of one year": {
			docs: []bureau{old, {name: farm, code: "012", year: 2021, total: 90, three: 6}},
			want: departments{farm: {origin: "derived"}, farmOld: {origin: "derived"}},
		},
		"two that fit": {
			docs: []bureau{old, {name: farm, code: "012", year: 2022, total: 1, three: 2}, {name: "泽州县农业经济局", code: "012", year: 2022, total: 1, three: 2}},
			want: departments{farm: {origin: "derived"}, farmOld: {origin: "derived"}, "泽州县农业经济局": {origin: "derived"}},
		},
		"renamed twice": {
			docs: []bureau{old, {name: health, year: 2022, total: 120, three: 6, before: []int64{8, 4}}, {name: plan, year: 2023, total: 9, three: 2, before: []int64{6, 3}}},
			want: departments{plan: {former: []string{farmOld, health}, origin: "derived"}},
		},
		"merged into one that was there": {
			docs: []bureau{
				old, {name: health, year: 2021, total: 7, three: 20},
				{name: health, year: 2022, total: 120, three: 6, before: []int64{28, 14}},
			},
			want: departments{health: {merged: []string{farmOld}, origin: "derived"}, farmOld: {origin: "derived"}},
		},
		"one sum is not enough": {
			docs: []bureau{
				old, {name: health, year: 2021, total: 7, three: 1}, // no reception
				{name: health, year: 2022, total: 120, three: 6, before: []int64{9, 4}},
			},
			want: departments{health: {origin: "derived"}, farmOld: {origin: "derived"}},
		},
		"a name that the alias file speaks of": {
			docs:    []bureau{old, {name: health, year: 2022, total: 120, three: 6, before: []int64{8, 4}}},
			aliases: []lineage.Alias{{Name: health, Current: health}},
			want:    departments{health: {origin: "derived"}, farmOld: {origin: "derived"}},
		},
		"merged into a new one": {
			docs: []bureau{
				old, {name: plan, year: 2021, total: 7, three: 20}, {name: "泽州县教育局", year: 2021, total: 7, three: 30},
				{name: health, year: 2022, total: 120, three: 6, before: []int64{28, 14}},
			},
			want: departments{health: {merged: []string{farmOld, plan}, origin: "derived"}, farmOld: {origin: "derived"}, plan: {origin: "derived"}, "泽州县教育局": {origin: "derived"}},
		},
		"the alias file before the figures": {
			docs:    []bureau{old, {name: health, year: 2022, total: 120, three: 6, before: []int64{8, 4}}, {name: farm, year: 2023, total: 1, three: 2}},
			aliases: []lineage.Alias{{Name: farmOld, Current: farm, Region: "140525"}},
			want:    departments{farm: {former: []string{farmOld}, origin: "curated"}, health: {origin: "derived"}},
		},
		"an alias of another region": {
			docs:    []bureau{old, {name: farm, year: 2022, total: 1, three: 2}},
			aliases: []lineage.Alias{{Name: farmOld, Current: farm, Region: "沁水县"}},
			want:    departments{farm: {origin: "derived"}, farmOld: {origin: "derived"}},
		},
		"merged by the alias file": {
			docs:    []bureau{old, {name: health, year: 2022, total: 1, three: 2}},
			aliases: []lineage.Alias{{Name: farmOld, Current: farmOld, MergedInto: health}},
			want:    departments{health: {merged: []string{farmOld}, origin: "derived"}, farmOld: {origin: "curated"}},
		},
		"a former name that another department took up": {
			docs:    []bureau{old, {name: farmOld, year: 2023, total: 1, three: 2}},
			aliases: []lineage.Alias{{Name: farmOld, Current: farm, To: 2021}},
			want:    departments{farm: {former: []string{farmOld}, origin: "curated"}, farmOld: {origin: "derived"}},
		},
	} {
		t.Run(name, func(t *testing.T) {
			if got := follow(t, c.aliases, c.docs...); !reflect.DeepEqual(got, c.want) {
				t.Errorf("%+v, want %+v", got, c.want)
			}
		})
	}
}

// TestSeriesOfJoinedNames: of two publications of one budget, that under the present name is in force.
func TestSeriesOfJoinedNames(t *testing.T) {
	rows, _ := derive(t, []lineage.Alias{{Name: farmOld, Current: farm}},
		publication(1, "z.pdf", farmOld, 2022, nil), publication(2, "a.pdf", farm, 2022, nil))
	if len(rows) != 2 || rows[0].SeriesID != rows[1].SeriesID || rows[0].DepartmentID != rows[1].DepartmentID {
		t.Fatalf("%+v", rows)
	}
	for _, r := range rows {
		if r.IsCurrent != (r.DocumentID == documentID(2)) {
			t.Errorf("%+v", r)
		}
	}
}
