// Command structure scores how tables were rebuilt, against grids that a person has checked or that the documents were drawn
// from: this program's tables and, from the files that bench/peers/tables.py writes, those of other programs. It prints a
// Markdown table by layout.
package main

import (
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
)

func main() {
	grids := flag.String("grids", "bench/structure/grids", "folder of the checked grids")
	corpus := flag.String("corpus", "../shared/corpus", "folder of the corpus")
	made := flag.String("made", "bench/build", "folder of the files made and fetched for this, and of the grids of drawn ones")
	each := flag.Bool("each", false, "print each table on which a system is not exact")
	flag.Parse()
	grid := []string{*grids, filepath.Join(*made, "grids")}
	if err := run(os.Stdout, grid, []string{*corpus, *made}, flag.Args(), *each); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(w io.Writer, grids, folders, peers []string, each bool) error {
	refs, err := readReferences(grids...)
	if err != nil {
		return err
	}
	refs = slices.DeleteFunc(refs, func(r Reference) bool { return readFrom(folders, r.File) == nil })
	own, err := ours(context.Background(), refs, folders)
	if err != nil {
		return err
	}
	systems := []system{own}
	for _, name := range peers {
		s, err := readSystem(name)
		if err != nil {
			return err
		}
		systems = append(systems, s)
	}
	for _, group := range []func(Reference) string{
		func(r Reference) string { return r.Layout },
		func(r Reference) string { return "*" + r.Origin + "*" },
		func(Reference) string { return "**all**" },
	} {
		report(w, refs, systems, group)
	}
	if each {
		listFaults(w, refs, systems)
	}
	return nil
}

func readSystem(name string) (system, error) {
	var s system
	data, err := os.ReadFile(name)
	if err == nil {
		err = json.Unmarshal(data, &s)
	}
	return s, err
}

// report prints one line for each group of references: precision, recall, F1 and exact tables of every system.
func report(w io.Writer, refs []Reference, systems []system, group func(Reference) string) {
	var names []string
	sums := map[string][]Score{}
	for i := range refs {
		name := group(refs[i])
		if sums[name] == nil {
			names = append(names, name)
			sums[name] = make([]Score, len(systems))
		}
		for k := range systems {
			sums[name][k].add(systems[k].best(&refs[i]))
		}
	}
	slices.Sort(names)
	for _, name := range names {
		fmt.Fprintf(w, "| %s | %d |", name, sums[name][0].Tables)
		for _, s := range sums[name] {
			fmt.Fprintf(w, " %.3f / %.3f / %.3f | %d |", s.Precision(), s.Recall(), s.F1(), s.Exact)
		}
		fmt.Fprintln(w)
	}
}

func listFaults(w io.Writer, refs []Reference, systems []system) {
	for i := range refs {
		for k := range systems {
			if s := systems[k].best(&refs[i]); s.Exact == 0 {
				fmt.Fprintf(w, "%s\t%s\tP %.3f R %.3f\n", systems[k].Name, refs[i].Name, s.Precision(), s.Recall())
			}
		}
	}
}
