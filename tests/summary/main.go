// Command summary runs test commands one after another, prints what fails in full and the rest in short, and ends with how
// many tests ran, how many were skipped, and why:
//
//	go run ./tests/summary 'go test ./...' 'python3 -m unittest discover -s tests -v'
//	go run ./tests/summary -skipped FILE COMMAND...   # and writes the skipped tests to FILE
//	go run ./tests/summary -again FILE WORDS          # runs those of FILE whose reason has WORDS, and nothing else
//
// A command is split at spaces. One that begins with "go test" gets -json; any other must be Python's unittest with -v.
package main

import (
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"strings"
	"time"
)

func main() {
	skipped := flag.String("skipped", "", "write the skipped tests to this `FILE`")
	again := flag.String("again", "", "run the tests of this `FILE` whose reason has the WORDS of the argument")
	flag.Parse()
	if err := run(*skipped, *again, flag.Args()); err != nil {
		fmt.Fprintln(os.Stderr, "summary:", err)
		os.Exit(1)
	}
}

func run(skipped, again string, args []string) error {
	began := time.Now()
	commands := make([]command, 0, len(args))
	for _, arg := range args {
		commands = append(commands, command(strings.Fields(arg)))
	}
	if again != "" {
		earlier, err := readSkipped(again)
		if err != nil {
			return err
		}
		commands = rerun(earlier, strings.Join(args, " "))
	}
	r := &results{out: os.Stdout}
	for _, c := range commands {
		if err := c.run(r); err != nil {
			return err
		}
	}
	if skipped != "" {
		data, err := json.MarshalIndent(r.skipped, "", " ")
		if err != nil {
			return err
		}
		if err := os.WriteFile(skipped, data, 0o600); err != nil {
			return err
		}
	}
	fmt.Println()
	fmt.Println(r.counts())
	fmt.Println(r.sentence(time.Since(began)))
	if r.failed > 0 {
		return fmt.Errorf("%d tests failed", r.failed)
	}
	return nil
}

func readSkipped(file string) ([]skip, error) {
	data, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	var all []skip
	if err := json.Unmarshal(data, &all); err != nil {
		return nil, fmt.Errorf("%s: %w", file, err)
	}
	return all, nil
}
