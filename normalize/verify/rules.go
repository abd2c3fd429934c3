package verify

import (
	"bytes"
	_ "embed"
	"encoding/csv"
	"strconv"
	"strings"
	"sync"
)

// The rules' stable names. Their texts are in rules.csv.
const (
	ruleAgencyOperating      = "agency_operating"
	ruleAppropriationBalance = "appropriation_balance"
	ruleAppropriationParts   = "appropriation_parts"
	ruleBasic                = "basic_expenditure"
	ruleBasicClasses         = "basic_classes"
	ruleChange               = "change"
	ruleColumnTotal          = "column_total"
	ruleContents             = "contents"
	ruleEmptyTable           = "empty_table"
	ruleExpenditure          = "expenditure_summary"
	ruleHierarchy            = "hierarchy"
	ruleHierarchyGap         = "hierarchy_gap"
	ruleLeavesAddUp          = "leaves_add_up"
	ruleMetadata             = "metadata"
	rulePartWithinWhole      = "part_within_whole"
	rulePresence             = "presence"
	ruleProcurement          = "procurement"
	ruleProject              = "project"
	ruleProse                = "prose_table"
	ruleRevenue              = "revenue_summary"
	ruleRowFund              = "row_fund"
	ruleRowPeriod            = "row_period"
	ruleRowSpending          = "row_spending"
	ruleSameItem             = "same_item"
	ruleShare                = "share"
	ruleSummaryBalance       = "summary_balance"
	ruleThreePublic          = "three_public"
	ruleThreePublicExecution = "three_public_execution"
	ruleThreePublicItems     = "three_public_items"
	ruleThreePublicSign      = "three_public_sign"
	ruleTotalMissing         = "total_missing"
	ruleUnit                 = "unit_plausibility"
)

//go:embed rules.csv
var rulesCSV []byte

// ruleText is one identity in words, as rules.csv has it.
type ruleText struct {
	Name    string
	English string
	Chinese string
	Basis   string
}

// ruleBook and ruleIndex are read on first use and never written again.
var (
	ruleBook  = sync.OnceValue(func() []ruleText { return readRules(rulesCSV) })
	ruleIndex = sync.OnceValue(func() map[string]ruleText { return indexRules(ruleBook()) })
)

func readRules(data []byte) []ruleText {
	var rules []ruleText
	for _, rec := range mustCSV(data) {
		rules = append(rules, ruleText{Name: rec[0], English: rec[1], Chinese: rec[2], Basis: rec[3]})
	}
	return rules
}

func indexRules(rules []ruleText) map[string]ruleText {
	index := make(map[string]ruleText, len(rules))
	for _, r := range rules {
		index[r.Name] = r
	}
	return index
}

// mustCSV reads an embedded table without its header. A malformed one is a bug of the build, not of an input.
func mustCSV(data []byte) [][]string {
	records, err := csv.NewReader(bytes.NewReader(data)).ReadAll()
	if err != nil {
		panic("verify: embedded table: " + err.Error())
	}
	return records[1:]
}

// describe fills a rule's texts: English, then Chinese.
func describe(rule, total string, n int, column string) string {
	r := ruleIndex()[rule]
	var b strings.Builder
	b.Grow(len(r.English) + len(r.Chinese) + 2*(len(total)+len(column)) + 8)
	fill(&b, r.English, total, n, column)
	b.WriteString(" | ")
	fill(&b, r.Chinese, total, n, column)
	return b.String()
}

// fill writes a text with its {total}, {n} and {column} replaced.
func fill(b *strings.Builder, text, total string, n int, column string) {
	for {
		open := strings.IndexByte(text, '{')
		if open < 0 {
			b.WriteString(text)
			return
		}
		end := open + strings.IndexByte(text[open:], '}')
		b.WriteString(text[:open])
		switch text[open+1 : end] {
		case "total":
			b.WriteString(total)
		case "n":
			b.WriteString(strconv.Itoa(n))
		case "column":
			b.WriteString(column)
		}
		text = text[end+1:]
	}
}
