package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"github.com/countybudget/extract/internal/app"
)

// checkOptions are the flags of check.
type checkOptions struct {
	failed bool
	format string
	rule   string
}

func (p *program) checkCommand() *cobra.Command {
	var opt checkOptions
	c := &cobra.Command{
		Use:   "check OUT",
		Short: "Summarize which arithmetic identities hold in a converted output",
		Long: `Check summarizes the identities that were tested when OUT was written: items add up to their total, columns add up across
a row, the same figure in two tables agrees, prose agrees with tables. A failed identity is a finding about the published
document or how it was read, not an error of this command.

` + exitCodesHelp,
		Example: "  extract check out\n  extract check out --failed\n  extract check out --failed --format json > findings.jsonl",
		Args:    cobra.ExactArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			if opt.format != "text" && opt.format != "json" {
				return usageError("--format is text or json, not %q", opt.format)
			}
			return ran(runCheck(c.Context(), opt, args[0], p.stdout))
		},
	}
	c.Flags().BoolVar(&opt.failed, "failed", false, "list each failed identity with its pages and figures")
	c.Flags().StringVar(&opt.format, "format", "text", "text or json (one object a line)")
	c.Flags().StringVar(&opt.rule, "rule", "", "only this rule")
	return c
}

func runCheck(ctx context.Context, opt checkOptions, out string, stdout io.Writer) error {
	checks, err := app.Check(ctx, out, opt.rule, opt.failed)
	if err != nil {
		return err
	}
	if opt.format == "json" {
		return checkJSON(stdout, opt, checks.Rules, checks.Findings)
	}
	return checkText(stdout, opt, checks.Documents, checks.Rules, checks.Findings)
}

func checkJSON(w io.Writer, opt checkOptions, counts []app.RuleCount, findings []app.Finding) error {
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
func checkTotals(counts []app.RuleCount) app.RuleCount {
	t := app.RuleCount{MessageType: "summary"}
	for _, n := range counts {
		t.Pass += n.Pass
		t.Fail += n.Fail
		t.Skipped += n.Skipped
	}
	return t
}

func checkText(w io.Writer, opt checkOptions, documents int, counts []app.RuleCount, findings []app.Finding) error {
	var b strings.Builder
	if opt.failed {
		for i := range findings {
			writeFinding(&b, &findings[i])
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

func writeFinding(b *strings.Builder, f *app.Finding) {
	fmt.Fprintf(b, "%s: %s\n  %s\n", app.Printable(f.FileName), f.Rule, f.Description)
	if f.Expected != "" {
		fmt.Fprintf(b, "  expected %s, found %s, difference %s yuan\n", f.Expected, f.Actual, f.Difference)
	}
	for _, x := range f.Figures {
		fmt.Fprintf(b, "    page %d: %s %s %s\n", x.Page, x.Item, x.Printed, x.Unit)
	}
}
