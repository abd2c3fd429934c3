package main

import (
	"archive/zip"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/rogpeppe/go-internal/testscript"
)

// zippedCommand makes a ZIP archive: zipped ARCHIVE NAME=FILE...
func zippedCommand(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: zipped ARCHIVE NAME=FILE...")
	}
	f, err := os.Create(ts.MkAbs(args[0]))
	ts.Check(err)
	defer f.Close()
	w := zip.NewWriter(f)
	for _, arg := range args[1:] {
		name, file, _ := strings.Cut(arg, "=")
		data, err := os.ReadFile(ts.MkAbs(file))
		ts.Check(err)
		member, err := w.Create(name)
		ts.Check(err)
		_, err = member.Write(data)
		ts.Check(err)
	}
	ts.Check(w.Close())
}

// truncatedCommand cuts all but the first hundred bytes off the data files below a folder: truncated FOLDER. Files that are
// links stay as they are elsewhere.
func truncatedCommand(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: truncated FOLDER")
	}
	ts.Check(filepath.WalkDir(ts.MkAbs(args[0]), func(path string, d fs.DirEntry, err error) error {
		if err != nil || filepath.Ext(path) != ".parquet" {
			return err
		}
		data, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		if err := os.Remove(path); err != nil {
			return err
		}
		return os.WriteFile(path, data[:100], 0o666)
	}))
}
