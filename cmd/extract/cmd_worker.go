package main

import (
	"github.com/spf13/cobra"

	"github.com/countybudget/extract/internal/batch"
)

// workerCommand is the other side of convert, show and dump: it reads jobs on standard input and answers on standard output, in
// the stream that internal/batch documents.
func (p *program) workerCommand() *cobra.Command {
	return &cobra.Command{
		Use:    "worker",
		Short:  "Convert documents for a supervisor over standard input and output",
		Hidden: true,
		Args:   cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			if p.confine != nil {
				_ = p.confine() // what the system does not offer cannot be had
			}
			return ran(batch.Serve(c.Context(), p.stdin, p.stdout, p.version, p.work))
		},
	}
}
