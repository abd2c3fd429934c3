// Package rules names the identities between the amounts of a disclosure and describes them, in English and Chinese.
package rules

import (
	"bytes"
	_ "embed"
	"encoding/csv"
	"strconv"
	"strings"
	"sync"
)

// The stable names of the rules, as the dataset checks has them. Their texts are in rules.csv.
const (
	AgencyOperating      = "agency_operating"
	AppropriationBalance = "appropriation_balance"
	AppropriationParts   = "appropriation_parts"
	Basic                = "basic_expenditure"
	BasicClasses         = "basic_classes"
	Change               = "change"
	ColumnTotal          = "column_total"
	Contents             = "contents"
	EmptyTable           = "empty_table"
	Expenditure          = "expenditure_summary"
	Hierarchy            = "hierarchy"
	HierarchyGap         = "hierarchy_gap"
	LeavesAddUp          = "leaves_add_up"
	Metadata             = "metadata"
	PartWithinWhole      = "part_within_whole"
	Presence             = "presence"
	Procurement          = "procurement"
	Project              = "project"
	Prose                = "prose_table"
	Revenue              = "revenue_summary"
	RowFund              = "row_fund"
	RowPeriod            = "row_period"
	RowSpending          = "row_spending"
	SameItem             = "same_item"
	Share                = "share"
	SummaryBalance       = "summary_balance"
	ThreePublic          = "three_public"
	ThreePublicExecution = "three_public_execution"
	ThreePublicItems     = "three_public_items"
	ThreePublicSign      = "three_public_sign"
	TotalMissing         = "total_missing"
	Unit                 = "unit_plausibility"
)

//go:embed rules.csv
var rulesCSV []byte

// text is one identity in words, as rules.csv has it.
type text struct {
	Name    string
	English string
	Chinese string
	Basis   string
}

// Book and Index are read on first use and never written again.
var (
	Book  = sync.OnceValue(func() []text { return readRules(rulesCSV) })
	Index = sync.OnceValue(func() map[string]text { return indexRules(Book()) })
)

func readRules(data []byte) []text {
	var rules []text
	for _, rec := range mustCSV(data) {
		rules = append(rules, text{Name: rec[0], English: rec[1], Chinese: rec[2], Basis: rec[3]})
	}
	return rules
}

func indexRules(rules []text) map[string]text {
	index := make(map[string]text, len(rules))
	for _, r := range rules {
		index[r.Name] = r
	}
	return index
}

// mustCSV reads an embedded table without its header. A malformed one is a bug of the build, not of an input.
func mustCSV(data []byte) [][]string {
	records, err := csv.NewReader(bytes.NewReader(data)).ReadAll()
	if err != nil {
		panic("rules: embedded table: " + err.Error())
	}
	return records[1:]
}

// Describe says what a rule tests: of the total, with n parts, in a column. English, then Chinese, parted by a bar.
func Describe(rule, total string, n int, column string) string {
	r := Index()[rule]
	var b strings.Builder
	b.Grow(len(r.English) + len(r.Chinese) + 2*(len(total)+len(column)) + 8)
	fill(&b, r.English, total, n, column)
	b.WriteString(" | ")
	fill(&b, r.Chinese, total, n, column)
	return b.String()
}

// fill writes words with their {total}, {n} and {column} replaced.
func fill(b *strings.Builder, words, total string, n int, column string) {
	for {
		open := strings.IndexByte(words, '{')
		if open < 0 {
			b.WriteString(words)
			return
		}
		end := open + strings.IndexByte(words[open:], '}')
		b.WriteString(words[:open])
		switch words[open+1 : end] {
		case "total":
			b.WriteString(total)
		case "n":
			b.WriteString(strconv.Itoa(n))
		case "column":
			b.WriteString(column)
		}
		words = words[end+1:]
	}
}
