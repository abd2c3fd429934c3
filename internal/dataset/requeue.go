package dataset

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/countybudget/extract/internal/dataset/layout"
	"github.com/countybudget/extract/internal/dataset/staging"
)

// Requeue takes an output apart that could not be put where it belongs: its documents wait beside it for the next run, as
// those of a run that died do, and dir can be filled with another output. Nobody else may be writing to dir.
func Requeue(dir string) error {
	stage, err := staging.Of(dir)
	if err != nil {
		return err
	}
	if stage.Has(layout.Journal) { // a run that went on from the output has died
		return nil
	}
	if err := os.MkdirAll(stage.Dir(), 0o777); err != nil {
		return err
	}
	for _, name := range layout.Resumables() {
		err := os.Rename(filepath.Join(stage.Out(), name.Kept), stage.Path(name.Staged))
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
	}
	return nil
}
