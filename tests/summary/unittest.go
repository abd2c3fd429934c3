package main

import (
	"bufio"
	"fmt"
	"regexp"
	"strconv"
	"strings"
)

// unittestLine is what unittest -v prints of a test; what the test itself prints may stand between the name and the end.
// A test with a docstring has two lines, the name in the first.
var (
	unittestName  = regexp.MustCompile(`^(\w+) \(([\w.]+)\)`)
	unittestEnd   = regexp.MustCompile(`\.\.\. (ok|FAIL|ERROR|expected failure|unexpected success|skipped '(.*)'|skipped "(.*)")$`)
	unittestTotal = regexp.MustCompile(`^Ran (\d+) tests? in `)
)

// readUnittest reads what Python's unittest prints with -v: its report of failures is printed, the lines of tests are counted.
func readUnittest(c command, from *bufio.Reader, r *results) {
	name, ran, skipped, failed, report := "", 0, 0, 0, false
	for line, err := from.ReadString('\n'); err == nil; line, err = from.ReadString('\n') {
		line = strings.TrimRight(line, "\r\n")
		if strings.HasPrefix(line, "=====") || strings.HasPrefix(line, "-----") {
			report = true
		}
		if report {
			fmt.Fprintln(r.out, line)
			if m := unittestTotal.FindStringSubmatch(line); m != nil { // also those whose own words stand before "ok"
				total, _ := strconv.Atoi(m[1])
				ran = max(ran, total-skipped-failed)
			}
			continue
		}
		if m := unittestName.FindStringSubmatch(line); m != nil {
			name = m[2]
			if !strings.HasSuffix(name, "."+m[1]) { // before Python 3.11
				name += "." + m[1]
			}
		}
		switch m := unittestEnd.FindStringSubmatch(line); {
		case m == nil:
		case m[1] == "ok" || m[1] == "expected failure":
			ran++
		case strings.HasPrefix(m[1], "skipped"):
			skipped++
			r.skipped = append(r.skipped, skip{Command: c, Test: name, Reason: m[2] + m[3]})
		default:
			failed++
		}
	}
	r.passed += ran
	r.failed += failed
}
