package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strconv"
)

// system is one program as it is run at its best: with many files in one process where it can, else a process a file.
type system struct {
	name    string
	gives   string // what comes out
	how     string // how it is run
	slow    bool   // measured in fewer rounds
	sample  bool   // too slow for all files: measured on some of them
	command func(files []string) [][]string
	// allCores is the command on all cores where the program knows how; otherwise the files are dealt out to a process for
	// each core.
	allCores func(files []string) [][]string
}

// run measures the system on files, on one core or on all.
func (s *system) run(files []string, cores int) (usage, error) {
	if cores == 1 {
		var u usage
		err := onOneCore(func() (err error) { u, err = inTurn(s.command(files)); return err })
		return u, err
	}
	if s.allCores != nil {
		return inTurn(s.allCores(files))
	}
	lists := make([][][]string, 0, cores)
	for _, part := range deal(files, cores) {
		lists = append(lists, s.command(part))
	}
	return sideBySide(lists)
}

// deal gives every n-th file to one of n hands.
func deal(files []string, n int) [][]string {
	out := make([][]string, min(n, len(files)))
	for i, f := range files {
		out[i%len(out)] = append(out[i%len(out)], f)
	}
	return out
}

func perFile(files []string, argv func(string) []string) [][]string {
	var out [][]string
	for _, f := range files {
		out = append(out, argv(f))
	}
	return out
}

// ours is this program: the whole conversion to a Parquet dataset, which replaces the one of the round before.
func (o *options) ours() system {
	convert := func(jobs int) func([]string) [][]string {
		return func(files []string) [][]string {
			out := filepath.Join(o.work, "out")
			os.RemoveAll(out)
			return [][]string{append([]string{o.extract, "convert", "--quiet", "--ocr", "never", "--jobs", strconv.Itoa(jobs), "-o", out}, files...)}
		}
	}
	return system{name: "extract convert", gives: "verified Parquet", how: "one run over all files", command: convert(1), allCores: convert(runtime.NumCPU())}
}

// digitalPeers are the other programs on documents with a text layer, as far as they are installed.
func (o *options) digitalPeers() []system {
	python := func(reader string) func([]string) [][]string {
		return func(files []string) [][]string {
			return [][]string{append([]string{o.python, o.speedPy, reader}, files...)}
		}
	}
	var out []system
	if installed("pdftotext") {
		out = append(out, system{name: "pdftotext -layout", gives: "text", how: "a process a file", command: func(files []string) [][]string {
			return perFile(files, func(f string) []string { return []string{"pdftotext", "-layout", f, os.DevNull} })
		}})
	}
	if installed("mutool") {
		out = append(out, system{name: "mutool draw -F txt", gives: "text", how: "one process", command: func(files []string) [][]string {
			return [][]string{append([]string{"mutool", "draw", "-q", "-F", "txt", "-o", os.DevNull}, files...)}
		}})
	}
	if o.python != "" {
		out = append(out,
			system{name: "PyMuPDF get_text", gives: "text", how: "one process", command: python("pymupdf-text")},
			system{name: "PyMuPDF find_tables", gives: "tables", how: "one process", slow: true, sample: true, command: python("pymupdf")},
			system{name: "pdfplumber extract_tables", gives: "tables", how: "one process", slow: true, command: python("pdfplumber")},
			system{name: "camelot lattice", gives: "tables", how: "one process", slow: true, sample: true, command: python("camelot")})
	}
	return out
}

func installed(name string) bool {
	_, err := exec.LookPath(name)
	return err == nil
}
