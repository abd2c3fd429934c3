package main

import (
	"github.com/spf13/cobra"

	"github.com/countybudget/extract/internal/batch"
)

// workerCommand is the other side of convert, show, dump and review: it reads jobs from standard input and answers on standard
// output, in the frames that internal/batch documents.
func (p *program) workerCommand() *cobra.Command {
	return &cobra.Command{
		Use:    "worker",
		Short:  "Convert documents for a supervisor over standard input and output",
		Hidden: true,
		Args:   cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			if p.confine != nil {
				_ = p.confine() // the parts that the system offers hold even when it fails
			}
			return ran(batch.Serve(c.Context(), p.stdin, p.stdout, p.work))
		},
	}
}
