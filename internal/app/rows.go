package app

import (
	"cmp"
	"context"

	"github.com/countybudget/extract/internal/dataset"
)

// each gives the rows of a dataset one by one, until the context ends. A row is valid until the next one.
func each[T any](ctx context.Context, out string, take func(*T)) error {
	for row, err := range dataset.Rows[T](out) {
		if err = cmp.Or(err, ctx.Err()); err != nil {
			return err
		}
		take(row)
	}
	return nil
}
