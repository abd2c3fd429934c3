package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"regexp"
	"strings"
)

// event is a line of go test -json (go doc cmd/test2json).
type event struct {
	Action, Package, ImportPath, Test, Output, FailedBuild string
	Elapsed                                                float64
}

// testState is what is known of a test.
type testState struct {
	action string
	output strings.Builder
	parent bool // its subtests are counted, not it
}

// packageState is what is known of a package while its tests run.
type packageState struct {
	tests  map[string]*testState
	order  []string
	output strings.Builder // of no test
}

func (p *packageState) test(name string) *testState {
	t := p.tests[name]
	if t == nil {
		t = &testState{}
		p.tests[name] = t
		p.order = append(p.order, name)
		for i := strings.LastIndexByte(name, '/'); i > 0; i = strings.LastIndexByte(name[:i], '/') {
			p.test(name[:i]).parent = true
		}
	}
	return t
}

// readGo reads what go test -json prints.
func readGo(c command, from *bufio.Reader, r *results) {
	packages := map[string]*packageState{}
	builds := map[string]*strings.Builder{}
	for line, err := from.ReadString('\n'); err == nil; line, err = from.ReadString('\n') {
		var e event
		if json.Unmarshal([]byte(line), &e) != nil {
			fmt.Fprint(r.out, line) // not of go test: of what it runs
			continue
		}
		if e.Action == "build-output" {
			if builds[e.ImportPath] == nil {
				builds[e.ImportPath] = &strings.Builder{}
			}
			builds[e.ImportPath].WriteString(e.Output)
		}
		if e.Package == "" {
			continue
		}
		p := packages[e.Package]
		if p == nil {
			p = &packageState{tests: map[string]*testState{}}
			packages[e.Package] = p
		}
		switch {
		case e.Action == "output" && e.Test != "":
			p.test(e.Test).output.WriteString(e.Output)
		case e.Action == "output":
			p.output.WriteString(e.Output)
		case (e.Action == "pass" || e.Action == "fail" || e.Action == "skip") && e.Test != "":
			p.test(e.Test).action = e.Action
		case e.Action == "pass" || e.Action == "fail" || e.Action == "skip":
			if b := builds[e.FailedBuild]; b != nil {
				p.output.WriteString(b.String())
			}
			p.end(c, e, r)
			delete(packages, e.Package)
		}
	}
}

// end counts the tests of a package that has ended.
func (p *packageState) end(c command, e event, r *results) {
	ran, failed, skipped := 0, 0, 0
	for _, name := range p.order {
		t := p.tests[name]
		switch {
		case t.action == "skip" && !t.parent:
			skipped++
			r.skipped = append(r.skipped, skip{c, e.Package, name, reason(t.output.String())})
		case t.action == "pass" && !t.parent:
			ran++
			r.passed++
		case t.action == "fail" && (!t.parent || !p.failedBelow(name)),
			t.action == "" && !t.parent && e.Action == "fail": // it ended the process
			failed++
			r.failed++
			fmt.Fprintf(r.out, "%s", p.outputOf(name))
		}
	}
	if e.Action == "fail" && failed == 0 { // it was not built, or ended between its tests
		failed++
		r.failed++
	}
	word := "ok  "
	if e.Action == "fail" {
		word = "FAIL"
		fmt.Fprint(r.out, p.output.String())
	}
	if ran+failed+skipped == 0 {
		return // no tests
	}
	fmt.Fprintf(r.out, "%s  %7.1f s  %s: %d tests", word, e.Elapsed, e.Package, ran+failed)
	if skipped > 0 {
		fmt.Fprintf(r.out, ", %d skipped", skipped)
	}
	fmt.Fprintln(r.out)
}

func (p *packageState) failedBelow(name string) bool {
	for other, t := range p.tests {
		if t.action == "fail" && strings.HasPrefix(other, name+"/") {
			return true
		}
	}
	return false
}

// outputOf is what a test and those that it is part of have printed.
func (p *packageState) outputOf(name string) string {
	var b strings.Builder
	for i, c := range name + "/" {
		if c == '/' && p.tests[name[:i]] != nil {
			b.WriteString(p.tests[name[:i]].output.String())
		}
	}
	return b.String()
}

var skipLine = regexp.MustCompile(`(?m)^ +[\w.-]+\.go:\d+: (.*)$`)

// reason is the last thing that a skipped test has said.
func reason(output string) string {
	said := skipLine.FindAllStringSubmatch(output, -1)
	if len(said) == 0 {
		return "no reason given"
	}
	return strings.TrimSpace(said[len(said)-1][1])
}
