package main

import (
	"context"
	"fmt"
	"io"
	"runtime"

	"github.com/spf13/cobra"

	"github.com/countybudget/extract/internal/store"
)

func (p *program) versionCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "version",
		Short: "Print the version",
		Args:  cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			return ran(runVersion(c.Context(), p.version, p.stdout))
		},
	}
}

func runVersion(_ context.Context, version string, stdout io.Writer) error {
	_, err := io.WriteString(stdout, versionLine(version))
	return err
}

// versionLine names the version, and what was left out of the build.
func versionLine(version string) string {
	without := ""
	if !store.Built {
		without = ", without object stores"
	}
	return fmt.Sprintf("extract %s (%s, %s/%s%s)\n", version, runtime.Version(), runtime.GOOS, runtime.GOARCH, without)
}
