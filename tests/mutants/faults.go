package main

import (
	"bufio"
	"fmt"
	"os"
	"strings"
)

// fault is one change of a package's program code that its tests must notice.
type fault struct {
	pkg  string // folder of the module
	what string // what is wrong with it, for people
	// old occurs once in the package's program files, lines and indentation included, and is replaced by new.
	old, new string
	line     int // of the list, for messages
}

// readFaults reads a list of faults. A fault is a heading "# package: what is wrong" and the changed lines as in a diff:
// those that begin with "-" are replaced by those that begin with "+". Other lines are comments.
func readFaults(path string) ([]fault, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	var faults []fault
	scan := bufio.NewScanner(file)
	for n := 1; scan.Scan(); n++ {
		line := scan.Text()
		if heading, ok := strings.CutPrefix(line, "# "); ok {
			pkg, what, ok := strings.Cut(heading, ": ")
			if !ok {
				return nil, fmt.Errorf("%s:%d: a heading is \"# package: what is wrong\"", path, n)
			}
			faults = append(faults, fault{pkg: pkg, what: what, line: n})
			continue
		}
		if line == "" || len(faults) == 0 {
			continue
		}
		last := &faults[len(faults)-1]
		switch line[0] {
		case '-':
			last.old += line[1:] + "\n"
		case '+':
			last.new += line[1:] + "\n"
		}
	}
	for _, f := range faults {
		if f.old == "" || f.old == f.new {
			return nil, fmt.Errorf("%s:%d: %s changes nothing", path, f.line, f.what)
		}
	}
	return faults, scan.Err()
}
