package app

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"github.com/countybudget/extract/schema"
)

// Checks are the identities that were tested when an output was written.
type Checks struct {
	Documents int
	Rules     []RuleCount // by name
	Findings  []Finding   // by file name
}

// Finding is one failed identity with what a person needs to look it up.
type Finding struct {
	MessageType string          `json:"message_type"` // finding
	DocumentID  string          `json:"document_id"`
	FileName    string          `json:"file_name"`
	Rule        string          `json:"rule"`
	Statement   string          `json:"statement,omitempty"`
	Description string          `json:"description"`
	Expected    string          `json:"expected,omitempty"`   // yuan
	Actual      string          `json:"actual,omitempty"`     // yuan
	Difference  string          `json:"difference,omitempty"` // actual − expected, yuan
	Figures     []FindingFigure `json:"figures"`

	lineIDs []string
}

// FindingFigure is one amount that a failed identity used.
type FindingFigure struct {
	Page    int32  `json:"page"`
	TableNo int32  `json:"table_no,omitempty"`
	Item    string `json:"item"`
	Printed string `json:"printed"`
	Unit    string `json:"unit"`
}

// RuleCount is how often a rule held.
type RuleCount struct {
	MessageType string `json:"message_type"` // rule
	Rule        string `json:"rule"`
	Pass        int    `json:"pass"`
	Fail        int    `json:"fail"`
	Skipped     int    `json:"skipped"`
}

// Check reads the identities of a converted output, those of one rule if one is named. Figures are looked up only if they are
// wanted: that reads every line.
func Check(ctx context.Context, out, rule string, figures bool) (*Checks, error) {
	files := map[string]string{}
	if err := each(ctx, out, func(d *schema.DocumentRow) { files[d.DocumentID] = d.FileName }); err != nil {
		return nil, err
	}
	counts, findings, err := readChecks(ctx, rule, out, files)
	if err == nil && figures {
		err = addFigures(ctx, out, findings)
	}
	if err != nil {
		return nil, err
	}
	return &Checks{len(files), counts, findings}, nil
}

// readChecks counts the checks by rule, in the order of the names, and keeps the failed ones.
func readChecks(ctx context.Context, rule string, out string, files map[string]string) ([]RuleCount, []Finding, error) {
	byRule := map[string]*RuleCount{}
	var findings []Finding
	err := each(ctx, out, func(c *schema.CheckRow) {
		if rule != "" && c.Rule != rule {
			return
		}
		n := byRule[c.Rule]
		if n == nil {
			n = &RuleCount{MessageType: "rule", Rule: c.Rule}
			byRule[c.Rule] = n
		}
		switch c.Status {
		case schema.CheckPass:
			n.Pass++
		case schema.CheckSkipped:
			n.Skipped++
		case schema.CheckFail:
			n.Fail++
			findings = append(findings, newFinding(c, files[c.DocumentID]))
		}
	})
	if err != nil {
		return nil, nil, err
	}
	counts := make([]RuleCount, 0, len(byRule))
	for _, n := range byRule {
		counts = append(counts, *n)
	}
	slices.SortFunc(counts, func(a, b RuleCount) int { return cmp.Compare(a.Rule, b.Rule) })
	slices.SortStableFunc(findings, func(a, b Finding) int {
		return cmp.Or(cmp.Compare(a.FileName, b.FileName), cmp.Compare(a.DocumentID, b.DocumentID))
	})
	return counts, findings, nil
}

func newFinding(c *schema.CheckRow, file string) Finding {
	f := Finding{
		MessageType: "finding", DocumentID: c.DocumentID, FileName: file, Rule: c.Rule, Statement: string(c.Statement),
		Description: c.Description, Figures: []FindingFigure{}, lineIDs: slices.Clone(c.LineIDs),
	}
	if c.Expected.Valid {
		f.Expected = c.Expected.Decimal.StringFixed(2)
	}
	if c.Actual.Valid {
		f.Actual = c.Actual.Decimal.StringFixed(2)
	}
	if c.Difference.Valid {
		f.Difference = c.Difference.Decimal.StringFixed(2)
	}
	return f
}

// addFigures looks up the amounts that the findings used, in one pass over the lines.
func addFigures(ctx context.Context, out string, findings []Finding) error {
	users := map[string][]int{}
	for i := range findings {
		for _, id := range findings[i].lineIDs {
			users[id] = append(users[id], i)
		}
	}
	if len(users) == 0 {
		return nil
	}
	return each(ctx, out, func(l *schema.BudgetLine) {
		for _, i := range users[l.LineID] {
			if findings[i].DocumentID == l.DocumentID {
				findings[i].Figures = append(findings[i].Figures, FindingFigure{
					Page: l.Page, TableNo: l.TableNo, Item: strings.TrimSpace(l.ItemCode + " " + l.ItemName), Printed: l.RawText, Unit: l.RawUnit,
				})
			}
		}
	})
}
