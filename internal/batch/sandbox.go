package batch

import (
	"os"
	"path/filepath"

	"github.com/countybudget/extract/extract/ocr/ppocr"
	"github.com/countybudget/extract/extract/ocr/traineddata"
	"github.com/countybudget/extract/internal/confine"
)

// Confine puts the running process, a worker, into its sandbox. The document comes on standard input, so that two kinds of
// files are left to open: the data of text recognition, and the cache of compiled code, which alone may be written. The error
// says which parts the system does not offer; the others hold.
func Confine() error { return confine.Process(workerFiles()) }

// workerFiles are the files that a worker opens. A model may be a symbolic link to a file elsewhere.
func workerFiles() confine.Files {
	files := confine.Files{ReadDirs: traineddata.Folders()}
	for _, dir := range files.ReadDirs {
		models, _ := filepath.Glob(filepath.Join(dir, "*.traineddata")) // fails for patterns only
		for _, m := range models {
			if target, err := filepath.EvalSymlinks(m); err == nil && filepath.Dir(target) != filepath.Clean(dir) {
				files.ReadFiles = append(files.ReadFiles, target)
			}
		}
	}
	dirs, others := ppocr.Sandbox()
	files.ReadDirs, files.ReadFiles = append(files.ReadDirs, dirs...), append(files.ReadFiles, others...)
	if cache, err := os.UserCacheDir(); err == nil {
		dir := filepath.Join(cache, "extract")
		if os.MkdirAll(dir, 0o700) == nil {
			files.WriteDirs = []string{dir}
		}
	}
	return files
}
