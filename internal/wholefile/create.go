//go:build !windows

package wholefile

import (
	"io/fs"
	"path/filepath"

	"github.com/google/renameio/v2"
)

func create(path string, perm fs.FileMode) (pending, error) {
	return renameio.NewPendingFile(path, renameio.WithTempDir(filepath.Dir(path)), renameio.WithStaticPermissions(perm))
}
