package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"
)

// The outcomes of a planted fault.
const (
	killed   = "killed"
	survived = "SURVIVED"
)

// copyModule copies the files that git knows, changed or not, to a temporary folder.
func copyModule(ctx context.Context) (dir string, err error) {
	names, err := exec.CommandContext(ctx, "git", "ls-files", "-z", "--cached", "--others", "--exclude-standard").Output()
	if err != nil {
		return "", fmt.Errorf("git ls-files: %w", err)
	}
	dir, err = os.MkdirTemp("", "extract-mutants-")
	if err != nil {
		return "", err
	}
	for name := range strings.SplitSeq(strings.TrimSuffix(string(names), "\x00"), "\x00") {
		if err := copyFile(name, filepath.Join(dir, name)); err != nil && !errors.Is(err, os.ErrNotExist) {
			return "", errors.Join(err, os.RemoveAll(dir))
		}
	}
	return dir, nil
}

func copyFile(from, to string) error {
	info, err := os.Stat(from)
	if err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Dir(to), 0o755); err != nil {
		return err
	}
	in, err := os.Open(from)
	if err != nil {
		return err
	}
	defer in.Close()
	out, err := os.OpenFile(to, os.O_CREATE|os.O_WRONLY, info.Mode().Perm())
	if err != nil {
		return err
	}
	_, err = io.Copy(out, in)
	return errors.Join(err, out.Close())
}

// plant changes the copy, runs the package's tests and changes the copy back.
func plant(ctx context.Context, tree string, f fault, limit time.Duration) (outcome string, err error) {
	path, sound, err := find(tree, f)
	if err != nil {
		return "", err
	}
	changed := bytes.Replace(sound, []byte(f.old), []byte(f.new), 1)
	if err := os.WriteFile(path, changed, 0o600); err != nil {
		return "", err
	}
	defer func() { err = errors.Join(err, os.WriteFile(path, sound, 0o600)) }()
	// The fault must compile: a test that cannot be built catches everything and tells nothing.
	if out, err := command(ctx, tree, "go", "test", "-trimpath", "-vet=off", "-run=^$", "./"+f.pkg); err != nil {
		return "", fmt.Errorf("does not compile: %s", bytes.TrimSpace(out))
	}
	ctx, stop := context.WithTimeout(ctx, limit)
	defer stop()
	_, err = command(ctx, tree, "go", "test", "-trimpath", "-vet=off", "-count=1", "-failfast", "-short", "./"+f.pkg)
	var exit *exec.ExitError
	switch {
	case err == nil:
		return survived, nil
	case errors.As(err, &exit) || ctx.Err() != nil:
		return killed, nil
	}
	return "", err
}

// passes runs the tests of a package as it is: if they fail without a fault, they tell nothing of one.
func passes(ctx context.Context, tree, pkg string) error {
	if out, err := command(ctx, tree, "go", "test", "-trimpath", "-vet=off", "-short", "./"+pkg); err != nil {
		return fmt.Errorf("the tests fail without a fault: %s", bytes.TrimSpace(out))
	}
	return nil
}

func command(ctx context.Context, dir string, name string, args ...string) ([]byte, error) {
	c := exec.CommandContext(ctx, name, args...)
	c.Dir = dir
	c.WaitDelay = 10 * time.Second // for what the tests have started
	return c.CombinedOutput()
}

// find looks for the one place where the fault goes.
func find(tree string, f fault) (path string, data []byte, err error) {
	names, err := filepath.Glob(filepath.Join(tree, filepath.FromSlash(f.pkg), "*.go"))
	if err != nil {
		return "", nil, err
	}
	places := 0
	for _, name := range names {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		text, err := os.ReadFile(name)
		if err != nil {
			return "", nil, err
		}
		if n := bytes.Count(text, []byte(f.old)); n > 0 {
			places += n
			path, data = name, text
		}
	}
	if places != 1 {
		return "", nil, fmt.Errorf("the lines are at %d places, not one (line %d of the list)", places, f.line)
	}
	return path, data, nil
}
