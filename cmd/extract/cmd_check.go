package main

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/countybudget/extract/internal/dataset"
	"github.com/countybudget/extract/schema"
)

// checkOptions are the flags of check.
type checkOptions struct {
	failed bool
	format string
	rule   string
}

func (a *app) checkCommand() *cobra.Command {
	var opt checkOptions
	c := &cobra.Command{
		Use:   "check OUT",
		Short: "Say which identities of budgeting hold in a converted output",
		Long: `Check summarizes the identities that were tested when OUT was written: children add up to their parent, columns add
across, the same figure in two tables agrees, the prose says what the tables say. A failed one is a finding about the
published document or about its reading, never an error of this command.

` + exitCodesHelp,
		Example: "  extract check out\n  extract check out --failed\n  extract check out --failed --format json > findings.jsonl",
		Args:    cobra.ExactArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			if opt.format != "text" && opt.format != "json" {
				return usageError("--format is text or json, not %q", opt.format)
			}
			return ran(runCheck(c.Context(), opt, args[0], a.stdout))
		},
	}
	c.Flags().BoolVar(&opt.failed, "failed", false, "list every failed identity with its pages and figures")
	c.Flags().StringVar(&opt.format, "format", "text", "text or json (one object a line)")
	c.Flags().StringVar(&opt.rule, "rule", "", "only this rule")
	return c
}

// finding is one failed identity with what a person needs to look it up.
type finding struct {
	MessageType string          `json:"message_type"` // finding
	DocumentID  string          `json:"document_id"`
	FileName    string          `json:"file_name"`
	Rule        string          `json:"rule"`
	Statement   string          `json:"statement,omitempty"`
	Description string          `json:"description"`
	Expected    string          `json:"expected,omitempty"`   // yuan
	Actual      string          `json:"actual,omitempty"`     // yuan
	Difference  string          `json:"difference,omitempty"` // actual − expected, yuan
	Figures     []findingFigure `json:"figures"`

	lineIDs []string
}

// findingFigure is one amount that a failed identity used.
type findingFigure struct {
	Page    int32  `json:"page"`
	TableNo int32  `json:"table_no,omitempty"`
	Item    string `json:"item"`
	Printed string `json:"printed"`
	Unit    string `json:"unit"`
}

// ruleCount is how often a rule held.
type ruleCount struct {
	MessageType string `json:"message_type"` // rule
	Rule        string `json:"rule"`
	Pass        int    `json:"pass"`
	Fail        int    `json:"fail"`
	Skipped     int    `json:"skipped"`
}

func runCheck(ctx context.Context, opt checkOptions, out string, stdout io.Writer) error {
	files := map[string]string{}
	for d, err := range dataset.Rows[schema.DocumentRow](out) {
		if err != nil {
			return err
		}
		files[d.DocumentID] = d.FileName
	}
	counts, findings, err := readChecks(ctx, opt, out, files)
	if err != nil {
		return err
	}
	if opt.failed {
		if err := addFigures(ctx, out, findings); err != nil {
			return err
		}
	}
	if opt.format == "json" {
		return checkJSON(stdout, opt, counts, findings)
	}
	return checkText(stdout, opt, len(files), counts, findings)
}

// readChecks counts the checks by rule, in the order of the names, and keeps the failed ones.
func readChecks(ctx context.Context, opt checkOptions, out string, files map[string]string) ([]ruleCount, []finding, error) {
	byRule := map[string]*ruleCount{}
	var findings []finding
	for c, err := range dataset.Rows[schema.CheckRow](out) {
		if err == nil {
			err = ctx.Err()
		}
		if err != nil {
			return nil, nil, err
		}
		if opt.rule != "" && c.Rule != opt.rule {
			continue
		}
		n := byRule[c.Rule]
		if n == nil {
			n = &ruleCount{MessageType: "rule", Rule: c.Rule}
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
	}
	counts := make([]ruleCount, 0, len(byRule))
	for _, n := range byRule {
		counts = append(counts, *n)
	}
	slices.SortFunc(counts, func(a, b ruleCount) int { return cmp.Compare(a.Rule, b.Rule) })
	slices.SortStableFunc(findings, func(a, b finding) int {
		return cmp.Or(cmp.Compare(a.FileName, b.FileName), cmp.Compare(a.DocumentID, b.DocumentID))
	})
	return counts, findings, nil
}

func newFinding(c *schema.CheckRow, file string) finding {
	f := finding{
		MessageType: "finding", DocumentID: c.DocumentID, FileName: file, Rule: c.Rule, Statement: string(c.Statement),
		Description: c.Description, Figures: []findingFigure{}, lineIDs: slices.Clone(c.LineIDs),
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
func addFigures(ctx context.Context, out string, findings []finding) error {
	users := map[string][]int{}
	for i := range findings {
		for _, id := range findings[i].lineIDs {
			users[id] = append(users[id], i)
		}
	}
	if len(users) == 0 {
		return nil
	}
	for l, err := range dataset.Rows[schema.BudgetLine](out) {
		if err == nil {
			err = ctx.Err()
		}
		if err != nil {
			return err
		}
		for _, i := range users[l.LineID] {
			if findings[i].DocumentID == l.DocumentID {
				findings[i].Figures = append(findings[i].Figures, findingFigure{
					Page: l.Page, TableNo: l.TableNo, Item: strings.TrimSpace(l.ItemCode + " " + l.ItemName), Printed: l.RawText, Unit: l.RawUnit,
				})
			}
		}
	}
	return nil
}

func checkJSON(w io.Writer, opt checkOptions, counts []ruleCount, findings []finding) error {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	if opt.failed {
		for i := range findings {
			if err := enc.Encode(&findings[i]); err != nil {
				return err
			}
		}
	}
	for i := range counts {
		if err := enc.Encode(&counts[i]); err != nil {
			return err
		}
	}
	return enc.Encode(checkTotals(counts))
}

// checkTotals is the last line of the JSON output.
func checkTotals(counts []ruleCount) ruleCount {
	t := ruleCount{MessageType: "summary"}
	for _, n := range counts {
		t.Pass += n.Pass
		t.Fail += n.Fail
		t.Skipped += n.Skipped
	}
	return t
}

func checkText(w io.Writer, opt checkOptions, documents int, counts []ruleCount, findings []finding) error {
	var b strings.Builder
	if opt.failed {
		for i := range findings {
			findings[i].write(&b)
		}
	}
	width := len("rule")
	for _, n := range counts {
		width = max(width, len(n.Rule))
	}
	fmt.Fprintf(&b, "%-*s  %8s  %8s  %8s\n", width, "rule", "hold", "fail", "skipped")
	for _, n := range counts {
		fmt.Fprintf(&b, "%-*s  %8d  %8d  %8d\n", width, n.Rule, n.Pass, n.Fail, n.Skipped)
	}
	t := checkTotals(counts)
	fmt.Fprintf(&b, "%-*s  %8d  %8d  %8d\n", width, "all", t.Pass, t.Fail, t.Skipped)
	fmt.Fprintf(&b, "%d documents\n", documents)
	if t.Fail > 0 && !opt.failed {
		fmt.Fprintln(&b, "Use --failed to see each failed identity with its pages and figures.")
	}
	_, err := io.WriteString(w, b.String())
	return err
}

func (f *finding) write(b *strings.Builder) {
	fmt.Fprintf(b, "%s: %s\n  %s\n", printable(f.FileName), f.Rule, f.Description)
	if f.Expected != "" {
		fmt.Fprintf(b, "  expected %s, found %s, difference %s yuan\n", f.Expected, f.Actual, f.Difference)
	}
	for _, x := range f.Figures {
		fmt.Fprintf(b, "    page %d: %s %s %s\n", x.Page, x.Item, x.Printed, x.Unit)
	}
}
