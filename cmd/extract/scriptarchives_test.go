package main

import (
	"archive/zip"
	"os"
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
