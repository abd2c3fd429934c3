package arch

import (
	"flag"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "write the import table to .golangci.yml again")

// TestLintRules: the rules by which golangci-lint checks imports (depguard) are the import table. What this package tests
// is then also said by an editor, at the line.
func TestLintRules(t *testing.T) {
	name := filepath.Join("..", "..", ".golangci.yml")
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	const begin, end = "        # import table: begin\n", "        # import table: end\n"
	before, rest, ok := strings.Cut(string(data), begin)
	_, after, ended := strings.Cut(rest, end)
	if !ok || !ended {
		t.Fatalf("%s has no import table", name)
	}
	want := before + begin + lintRules(readRules(t)) + end + after
	if want == string(data) {
		return
	}
	if !*update {
		t.Fatalf("%s does not have the rules of the import table: go test ./internal/arch -update", name)
	}
	if err := os.WriteFile(name, []byte(want), 0o600); err != nil {
		t.Fatal(err)
	}
}

// lintRules is the import table in the words of depguard: a rule for each folder, one for each fenced package, and one for
// the pure stages (no dot in the name of a rule: the linter splits it there). A name that ends with $ is one package, another is all that begin with it.
func lintRules(r rules) string {
	var b strings.Builder
	for _, folder := range slices.Sorted(maps.Keys(r.allowed)) {
		if slices.Contains(r.allowed[folder], "...") {
			continue
		}
		fmt.Fprintf(&b, "        %q:\n          list-mode: lax\n          files: [%s]\n", folder, strings.Join(lintFiles(r, folder), ", "))
		var names []string
		for _, to := range r.allowed[folder] {
			prefix, below := strings.CutSuffix(to, "/...")
			names = append(names, fmt.Sprintf("%q", module+prefix+"$"))
			if below {
				names = append(names, fmt.Sprintf("%q", module+prefix+"/"))
			}
		}
		if len(names) > 0 {
			fmt.Fprintf(&b, "          allow: [%s]\n", strings.Join(names, ", "))
		}
		fmt.Fprintf(&b, "          deny: [{pkg: %q, desc: %q}]\n", module, "the import table does not let "+folder+" import it")
	}
	for _, path := range slices.Sorted(maps.Keys(r.fenced)) {
		owner := r.fenced[path]
		files, desc := []string{`"$all"`, `"!$test"`}, "only tests may import it"
		if owner != "" {
			files = append(files, fmt.Sprintf("%q", "!**/"+owner+"/*.go"))
			desc = "only " + owner + " may import it"
		}
		fmt.Fprintf(&b, "        %q:\n          list-mode: lax\n          files: [%s]\n          deny: [{pkg: %q, desc: %q}, {pkg: %q, desc: %q}]\n",
			"fence of "+strings.ReplaceAll(path, ".", "-"), strings.Join(files, ", "), path+"$", desc, path+"/", desc)
	}
	var files, deny []string
	for _, folder := range r.pure {
		files = append(files, lintFiles(r, folder)...)
	}
	for _, path := range impure {
		deny = append(deny, fmt.Sprintf("{pkg: %q, desc: %q}", path+"$", "a pure stage works on values alone"))
	}
	slices.Sort(files) // $test comes once
	fmt.Fprintf(&b, "        \"pure stages\":\n          list-mode: lax\n          files: [%s]\n          deny: [%s]\n",
		strings.Join(slices.Compact(files), ", "), strings.Join(deny, ", "))
	return b.String()
}

// lintFiles are patterns of the program files of a folder. They begin anywhere, so folders that end alike are left out.
func lintFiles(r rules, folder string) []string {
	files := []string{fmt.Sprintf("%q", "**/"+folder+"/*.go"), `"!$test"`}
	for _, other := range slices.Sorted(maps.Keys(r.allowed)) {
		if strings.HasSuffix(other, "/"+folder) {
			files = append(files, fmt.Sprintf("%q", "!**/"+other+"/*.go"))
		}
	}
	return files
}
