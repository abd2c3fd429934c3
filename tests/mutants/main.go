// Command mutants plants known faults in a copy of the module, one at a time, and runs the tests of the package that has
// the fault: they must fail.
//
//	go run ./tests/mutants [-run REGEXP] [-list FILE]
//
// The copy lies in a temporary folder with nothing beside it, so a fault is caught without the corpus of published
// documents. The exit code is 1 if a fault survives or no longer applies.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"regexp"
	"time"
)

func main() {
	list := flag.String("list", "tests/mutants/faults.txt", "file of faults")
	only := flag.String("run", "", "plant only the faults whose package or description matches this regular expression")
	limit := flag.Duration("timeout", 5*time.Minute, "time of one package's tests; a fault that hangs them is caught")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := run(ctx, *list, *only, *limit); err != nil {
		fmt.Fprintln(os.Stderr, "mutants:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, list, only string, limit time.Duration) error {
	wanted, err := regexp.Compile(only)
	if err != nil {
		return fmt.Errorf("-run: %w", err)
	}
	faults, err := readFaults(list)
	if err != nil {
		return err
	}
	tree, err := copyModule(ctx)
	if err != nil {
		return fmt.Errorf("copy the module: %w", err)
	}
	defer os.RemoveAll(tree)
	planted, caught := 0, 0
	sound := map[string]error{} // what the tests of each package say before a fault is planted
	for _, f := range faults {
		if !wanted.MatchString(f.pkg + ": " + f.what) {
			continue
		}
		planted++
		if _, known := sound[f.pkg]; !known {
			sound[f.pkg] = passes(ctx, tree, f.pkg)
		}
		begin := time.Now()
		outcome, err := "", sound[f.pkg]
		if err == nil {
			outcome, err = plant(ctx, tree, f, limit)
		}
		if ctx.Err() != nil {
			return ctx.Err()
		}
		if err != nil {
			outcome = "error: " + err.Error()
		}
		if outcome == killed {
			caught++
		}
		fmt.Printf("%-9s %5.1f s  %s: %s\n", outcome, time.Since(begin).Seconds(), f.pkg, f.what)
	}
	fmt.Printf("%d of %d faults were caught by the tests of their own package\n", caught, planted)
	if caught < planted {
		return errors.New("some faults were not caught")
	}
	return nil
}
