package main

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"slices"
	"strings"
)

// command is a program with its arguments.
type command []string

func (c command) isGo() bool { return len(c) > 1 && c[0] == "go" && c[1] == "test" }

// run runs the tests. Failures of tests are in the results; an error is a command that could not be run, or that failed
// without naming a test.
func (c command) run(r *results) error {
	if len(c) == 0 {
		return errors.New("an empty command")
	}
	fmt.Fprintf(r.out, "%s\n", strings.Join(c, " "))
	args, read := c[1:], readUnittest
	if c.isGo() {
		args, read = slices.Insert(slices.Clone(args), 1, "-json"), readGo
	}
	before := r.failed
	reader, writer := io.Pipe()
	cmd := exec.Command(c[0], args...)
	cmd.Stdout, cmd.Stderr = writer, os.Stderr
	if !c.isGo() {
		cmd.Stderr = writer // where unittest writes
	}
	if err := cmd.Start(); err != nil {
		return err
	}
	ended := make(chan error, 1)
	go func() {
		err := cmd.Wait()
		writer.Close()
		ended <- err
	}()
	read(c, bufio.NewReader(reader), r)
	if err := <-ended; err != nil && r.failed == before {
		return fmt.Errorf("%s: %w", strings.Join(c, " "), err)
	}
	return nil
}

// rerun gives the commands for the tests that were skipped for a reason with these words, one for each package.
func rerun(skipped []skip, words string) []command {
	type group struct{ command, pkg string }
	var order []group
	names := map[group][]string{}
	commands := map[string]command{}
	for _, s := range skipped {
		if !strings.Contains(s.Reason, words) {
			continue
		}
		g := group{strings.Join(s.Command, " "), s.Package}
		if names[g] == nil {
			order = append(order, g)
		}
		name := s.Test
		if s.Command.isGo() {
			name, _, _ = strings.Cut(name, "/")
		}
		if !slices.Contains(names[g], name) {
			names[g] = append(names[g], name)
		}
		commands[g.command] = s.Command
	}
	var again []command
	for _, g := range order {
		c := slices.Clone(commands[g.command])
		if c.isGo() {
			// What is named after the flags are packages.
			c = slices.DeleteFunc(c, func(arg string) bool { return strings.HasPrefix(arg, "./") })
			c = append(c, "-run", "^("+strings.Join(names[g], "|")+")$", g.pkg)
		} else {
			for _, name := range names[g] {
				c = append(c, "-k", name)
			}
		}
		again = append(again, c)
	}
	return again
}
