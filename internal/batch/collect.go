package batch

import (
	"bufio"
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"

	"github.com/countybudget/extract/internal/store"
)

// Collector finds the inputs that arguments name.
type Collector struct {
	Stdin   io.Reader    // the list that "-" stands for
	Scratch string       // folder for what is unpacked; it must outlive the run; "" leaves archives closed
	Bounds  Bounds       // of archives
	Room    int64        // bytes of objects and members that are kept in Scratch from one reading to the next
	Objects *ObjectIndex // of earlier runs; may be nil

	Files, Copied atomic.Int64 // found, and copied, so far

	scratch scratch
	opened  []io.Closer // stores and archives
}

// Close lets go of the stores and archives that inputs come from. It comes after Run.
func (c *Collector) Close() {
	for _, o := range c.opened {
		o.Close()
	}
}

// Collect finds the inputs that the arguments name: files as they are, folders with every *.pdf and every archive below
// them, archives with every *.pdf in them, patterns such as budgets/*.pdf, and "-" for a list of all these on standard
// input, one a line. What cannot be opened is an Input with its Err. Symbolic links to folders below a folder are not
// followed.
func (c *Collector) Collect(ctx context.Context, args []string) ([]Input, error) {
	c.scratch.dir = c.Scratch
	var inputs []Input
	for _, arg := range args {
		if arg != "-" {
			inputs = append(inputs, c.one(ctx, arg)...)
			continue
		}
		lines := bufio.NewScanner(c.Stdin)
		for lines.Scan() {
			if name := strings.TrimRight(lines.Text(), "\r"); strings.TrimSpace(name) != "" {
				inputs = append(inputs, c.one(ctx, name)...)
			}
		}
		if err := lines.Err(); err != nil {
			return nil, errors.New("the list on standard input: " + err.Error())
		}
	}
	return inputs, context.Cause(ctx)
}

func (c *Collector) one(ctx context.Context, name string) []Input {
	at, isStore, err := store.Parse(store.LocalPath(name))
	switch {
	case err != nil:
		return []Input{newInput(name, err)}
	case isStore && c.Scratch != "":
		return c.remote(ctx, at)
	}
	name = store.LocalPath(name)
	info, err := os.Stat(name)
	switch {
	case errors.Is(err, fs.ErrNotExist) && strings.ContainsAny(name, "*?["):
		return c.matches(ctx, name)
	case err != nil:
		return []Input{newInput(name, plainReason(err))}
	case !info.IsDir():
		return c.file(ctx, name)
	}
	var found []Input
	filepath.WalkDir(name, func(path string, entry fs.DirEntry, err error) error {
		switch {
		case ctx.Err() != nil:
			return fs.SkipAll
		case err != nil:
			found = append(found, newInput(path, plainReason(err)))
		case !entry.IsDir() && (isPDF(path) || c.Scratch != "" && archiveKind(path) != notArchive):
			found = append(found, c.file(ctx, path)...)
		}
		return nil
	})
	return found
}

// matches expands a pattern that the shell has left alone.
func (c *Collector) matches(ctx context.Context, pattern string) []Input {
	names, err := filepath.Glob(pattern)
	if err != nil {
		return []Input{newInput(pattern, errors.New("not a pattern: "+err.Error()))}
	}
	if len(names) == 0 {
		return []Input{newInput(pattern, errors.New("no file matches"))}
	}
	var found []Input
	for _, name := range names {
		found = append(found, c.one(ctx, name)...)
	}
	return found
}

// file is one file, or what is in it when it is an archive.
func (c *Collector) file(ctx context.Context, path string) []Input {
	c.Files.Add(1)
	in := newInput(path, nil)
	if c.Scratch == "" || archiveKind(path) == notArchive {
		return []Input{in}
	}
	return c.unpack(ctx, path, in.SourceURI)
}

func isPDF(path string) bool { return strings.EqualFold(filepath.Ext(path), ".pdf") }
