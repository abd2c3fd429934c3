package schema

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
)

// Requeue takes an output apart that could not be put where it belongs: its documents wait beside it for the next run, as
// those of a run that died do, and dir can be filled with another output. Nobody else may be writing to dir.
func Requeue(dir string) error {
	out, err := resolve(dir)
	if err != nil {
		return err
	}
	stage := newStaging(out)
	if stage.has(journalName) { // a run that went on from the output has died
		return nil
	}
	if err := os.MkdirAll(stage.dir, 0o777); err != nil {
		return err
	}
	for _, name := range []struct{ kept, staged string }{{objectsName, objectsName}, {keptSpoolName, spoolName}, {journalName, journalName}} {
		err := os.Rename(filepath.Join(out, name.kept), stage.path(name.staged))
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
	}
	return nil
}
