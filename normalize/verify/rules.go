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
	RuleAgencyOperating      = "agency_operating"
	RuleAppropriationBalance = "appropriation_balance"
	RuleAppropriationParts   = "appropriation_parts"
	RuleBasic                = "basic_expenditure"
	RuleBasicClasses         = "basic_classes"
	RuleChange               = "change"
	RuleColumnTotal          = "column_total"
	RuleContents             = "contents"
	RuleEmptyTable           = "empty_table"
	RuleExpenditure          = "expenditure_summary"
	RuleHierarchy            = "hierarchy"
	RuleHierarchyGap         = "hierarchy_gap"
	RuleMetadata             = "metadata"
	RulePartWithinWhole      = "part_within_whole"
	RulePresence             = "presence"
	RuleProcurement          = "procurement"
	RuleProject              = "project"
	RuleProse                = "prose_table"
	RuleRevenue              = "revenue_summary"
	RuleRowFund              = "row_fund"
	RuleRowPeriod            = "row_period"
	RuleRowSpending          = "row_spending"
	RuleSameItem             = "same_item"
	RuleShare                = "share"
	RuleSummaryBalance       = "summary_balance"
	RuleThreePublic          = "three_public"
	RuleThreePublicExecution = "three_public_execution"
	RuleThreePublicItems     = "three_public_items"
	RuleThreePublicSign      = "three_public_sign"
	RuleTotalMissing         = "total_missing"
	RuleUnit                 = "unit_plausibility"
)

//go:embed rules.csv
var rulesCSV []byte

// Rule is one identity in words, as rules.csv has it.
type Rule struct {
	Name    string
	English string
	Chinese string
	Basis   string
}

// ruleBook and ruleIndex are read on first use and never written again.
var (
	ruleBook  = sync.OnceValue(func() []Rule { return readRules(rulesCSV) })
	ruleIndex = sync.OnceValue(func() map[string]Rule { return indexRules(ruleBook()) })
)

func readRules(data []byte) []Rule {
	var rules []Rule
	for _, rec := range mustCSV(data) {
		rules = append(rules, Rule{Name: rec[0], English: rec[1], Chinese: rec[2], Basis: rec[3]})
	}
	return rules
}

func indexRules(rules []Rule) map[string]Rule {
	index := make(map[string]Rule, len(rules))
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
