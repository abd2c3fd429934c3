package verify

import (
	"fmt"
	"reflect"
	"testing"
	"time"

	"github.com/shopspring/decimal"

	"github.com/countybudget/extract/schema"
)

// TestColumnsSumToTheirTotals: in every table of the corpus the lines that are not aggregates add up to the column's total.
func TestColumnsSumToTheirTotals(t *testing.T) {
	for _, folder := range []string{"synth", "trend", "real", "seed"} {
		t.Run(folder, func(t *testing.T) {
			docs := loadCorpus(t, folder)
			columns, inexact := 0, 0
			for _, name := range names(docs) {
				d := docs[name]
				l := words().check(d)
				l.derive()
				l.markAggregates()
				for _, table := range l.Tables {
					for _, c := range table.Columns {
						if c.Grand < 0 || l.Figures[c.Grand].Kids == 0 {
							continue
						}
						columns++
						sum, units := decimal.Zero, int64(0)
						for _, i := range c.Lines {
							if !d.BudgetLines[i].IsAggregate {
								sum = sum.Add(d.BudgetLines[i].Amount)
								units += l.Figures[i].Unit
							}
						}
						diff := sum.Sub(d.BudgetLines[c.Grand].Amount).Abs()
						if !diff.IsZero() {
							inexact++
						}
						if diff.GreaterThan(halfFen(units)) {
							t.Errorf("%s: %s (%s): %s, total %s", name, table.Statement, c.Text, sum, d.BudgetLines[c.Grand].Amount)
						}
					}
				}
			}
			t.Logf("%s: %d columns with a total, %d add up only within rounding", folder, columns, inexact)
		})
	}
}

// TestVerifyIsDeterministic: the same lines give the same checks in the same order.
func TestVerifyIsDeterministic(t *testing.T) {
	docs := loadCorpus(t, "synth")
	for _, name := range names(docs) {
		a, b := clone(docs[name]), clone(docs[name])
		verifyIn(a)
		verifyIn(b)
		if !reflect.DeepEqual(a, b) {
			t.Errorf("%s: two runs differ", name)
		}
	}
}

// wide makes a table of n rows with three columns that add up.
func wide(rows int) *schema.Disclosure {
	b := newBuilder().open(schema.Expenditure)
	b.add("t - 合计", fmt.Sprintf("=%d.00", 3*rows), fmt.Sprintf("basic=%d.00", rows), fmt.Sprintf("project=%d.00", 2*rows))
	for n := range rows {
		b.add(fmt.Sprintf("f %d 科目%d", 1_000_000+n, n), "=3.00", "basic=1.00", "project=2.00")
	}
	return &b.d
}

// TestLongTablesStayLinear: a hostile document of 100,000 lines takes seconds at most.
func TestLongTablesStayLinear(t *testing.T) {
	d := wide(33_333)
	start := time.Now()
	verifyIn(d)
	if took := time.Since(start); took > 10*time.Second {
		t.Errorf("%d lines took %s", len(d.BudgetLines), took)
	}
	if d.Document.ChecksFailed > 0 {
		t.Error(failures(d)[:200])
	}
}

func BenchmarkVerify(b *testing.B) {
	for _, rows := range []int{660, 6_600} {
		d := wide(rows)
		b.Run(fmt.Sprintf("%d_lines", len(d.BudgetLines)), func(b *testing.B) {
			for b.Loop() {
				verifyIn(clone(d))
			}
		})
	}
}

func BenchmarkVerifyDocument(b *testing.B) {
	docs := loadCorpus(b, "synth")
	for _, name := range names(docs) {
		d := docs[name]
		if len(d.BudgetLines) < 800 {
			continue
		}
		b.Run(fmt.Sprintf("%s_%d_lines", name, len(d.BudgetLines)), func(b *testing.B) {
			for b.Loop() {
				verifyIn(clone(d))
			}
		})
	}
}
