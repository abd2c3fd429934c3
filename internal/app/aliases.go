package app

import (
	"fmt"
	"os"

	"github.com/countybudget/extract/normalize/lineage"
)

// ReadAliases reads an alias file, a CSV file of renamed and merged departments. Without a path there are no aliases.
func ReadAliases(path string) ([]lineage.Alias, error) {
	if path == "" {
		return nil, nil
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	aliases, err := lineage.ReadAliases(f)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return aliases, nil
}
