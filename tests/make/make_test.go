// Package make tests the Makefile.
package make

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// TestGoVersion: make demo and make test find a missing or old Go out first, and say what to do.
func TestGoVersion(t *testing.T) {
	program, err := exec.LookPath("make")
	if err != nil {
		t.Skip("make is not installed")
	}
	needed := goVersion(t)
	for _, test := range []struct {
		name, says string // says is what this Go prints
		fails      bool
		auto       bool // whether it is said that Go can fetch a newer one
	}{
		{"Debian 12", "go version go1.19.8 linux/amd64", true, false},
		{"one digit", "go version go1.9.7 linux/amd64", true, false},
		{"kept from fetching", "go version go1.24.1 linux/amd64", true, true},
		{"cannot fetch", "go: download go9.9 for linux/amd64: toolchain not available", true, true},
		{"the same", "go version go" + needed + " linux/amd64", false, false},
		{"newer", "go version go2.0.1 linux/amd64", false, false},
		{"development", "go version devel go1.30-0123456789 Mon Jan 1 linux/amd64", false, false},
	} {
		t.Run(test.name, func(t *testing.T) {
			dir := t.TempDir()
			fake := fmt.Sprintf("#!/bin/sh\n[ \"$1\" = version ] || { echo 'more was asked of go'; exit 1; }\necho '%s'\n", test.says)
			if err := os.WriteFile(filepath.Join(dir, "go"), []byte(fake), 0o700); err != nil {
				t.Fatal(err)
			}
			goal := "check-go"
			if test.fails {
				goal = "demo" // nothing of it may begin
			}
			cmd := exec.Command(program, "-C", filepath.Join("..", ".."), goal)
			cmd.Env = append(os.Environ(), "PATH="+dir+string(os.PathListSeparator)+os.Getenv("PATH"), "MAKEFLAGS=")
			out, err := cmd.CombinedOutput()
			said := string(out)
			if failed := err != nil; failed != test.fails {
				t.Fatalf("%v: %s", err, said)
			}
			if !test.fails {
				return
			}
			for _, want := range []string{"needs Go " + needed + " or newer", test.says, "https://go.dev/dl/"} {
				if !strings.Contains(said, want) {
					t.Errorf("%q is missing in: %s", want, said)
				}
			}
			if strings.Contains(said, "GOTOOLCHAIN=auto") != test.auto || strings.Contains(said, "more was asked") || strings.Contains(said, "system packages") {
				t.Error(said)
			}
		})
	}
}

// goVersion is the version that go.mod names.
func goVersion(t *testing.T) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join("..", "..", "go.mod"))
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(text)) {
		if version, ok := strings.CutPrefix(strings.TrimSpace(line), "go "); ok {
			return version
		}
	}
	t.Fatal("go.mod names no version")
	return ""
}

// TestReadmeNamesGo: both READMEs name the version of go.mod.
func TestReadmeNamesGo(t *testing.T) {
	short := strings.TrimSuffix(goVersion(t), ".0")
	for _, name := range []string{"README.md", "README.zh-CN.md"} {
		text, err := os.ReadFile(filepath.Join("..", "..", name))
		if err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(string(text), "Go "+short+" ") {
			t.Errorf("%s does not name Go %s", name, short)
		}
	}
}
