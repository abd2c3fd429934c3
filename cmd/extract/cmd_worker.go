package main

import (
	"github.com/spf13/cobra"

	"github.com/countybudget/extract/internal/batch"
)

// workerCommand is the other side of convert, show and dump: it reads jobs on standard input and answers on standard output, in
// the stream that internal/batch documents.
func (a *app) workerCommand() *cobra.Command {
	return &cobra.Command{
		Use:    "worker",
		Short:  "Convert documents for a supervisor over standard input and output",
		Hidden: true,
		Args:   cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			if a.confine != nil {
				_ = a.confine() // what the system does not offer cannot be had
			}
			return ran(batch.Serve(c.Context(), a.stdin, a.stdout, a.version, a.work))
		},
	}
}
