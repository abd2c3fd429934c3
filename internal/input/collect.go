package input

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"

	"github.com/countybudget/extract/internal/store"
)

// Collector finds the inputs that arguments name.
type Collector struct {
	Stdin   io.Reader    // the list that "-" stands for
	Scratch string       // folder for unpacked files, which must exist until the run ends; "" opens no archives
	Bounds  Bounds       // of archives
	Room    int64        // bytes of copies of objects and ZIP members that are kept in Scratch between hashing and reading
	Objects *ObjectIndex // of earlier runs; may be nil
	Leave   []string     // folders that are skipped: those of the output

	Files, Copied atomic.Int64 // found, and copied, so far; may be read at any time

	scratch scratch
	opened  []io.Closer // stores and archives
	leave   []fs.FileInfo
	skipped []Skipped
	looked  map[string]bool // places of folders, archives and patterns that could be opened
}

// Close closes the stores and archives that inputs come from. Call it when the documents have been read.
func (c *Collector) Close() {
	for _, o := range c.opened {
		o.Close()
	}
}

// Collect finds the inputs that the arguments name: a file is one input, whatever it holds; a folder every PDF file and
// archive below it; an archive every PDF file in it; a pattern such as budgets/*.pdf its matches; "-" a list of these on
// standard input. A PDF file has that extension or that signature. What cannot be opened is an Input with an Err; the other
// files of folders and archives are in Skipped. Symbolic links to folders below a folder are not followed. The only errors
// are those of the list and of ctx.
func (c *Collector) Collect(ctx context.Context, args []string) ([]Input, error) {
	c.scratch.dir = c.Scratch
	c.looked = map[string]bool{}
	for _, folder := range c.Leave {
		if info, err := os.Stat(folder); err == nil {
			c.leave = append(c.leave, info)
		}
	}
	var inputs []Input
	for _, arg := range args {
		if arg != "-" {
			inputs = append(inputs, c.one(ctx, arg)...)
			continue
		}
		names, err := c.list()
		if err != nil {
			return nil, fmt.Errorf("the list on standard input: %w", err)
		}
		for _, name := range names {
			inputs = append(inputs, c.one(ctx, name)...)
		}
	}
	c.settleSkipped(inputs)
	return inputs, context.Cause(ctx)
}

func (c *Collector) list() ([]string, error) {
	data, err := io.ReadAll(c.Stdin)
	if err != nil {
		return nil, err
	}
	return listNames(data)
}

// LookedInto tells whether this run could open the folder or archive in that place, or expand that pattern.
func (c *Collector) LookedInto(place string) bool { return c.looked[place] }

func (c *Collector) one(ctx context.Context, name string) []Input {
	at, isStore, err := store.Parse(store.LocalPath(name))
	switch {
	case err != nil:
		return []Input{newInput(name, err)}
	case isStore && c.Scratch != "":
		return c.remote(ctx, at)
	}
	name, info, err := find(store.LocalPath(name))
	switch {
	case errors.Is(err, fs.ErrNotExist) && strings.ContainsAny(name, "*?["):
		return c.matches(ctx, name)
	case err != nil:
		return []Input{newInput(name, Reason(err))}
	case !info.IsDir():
		return c.file(ctx, name)
	}
	return c.folder(ctx, name)
}

// find looks for a file under its name, and then under other spellings of it.
func find(name string) (string, fs.FileInfo, error) {
	info, err := os.Stat(name)
	if errors.Is(err, fs.ErrNotExist) {
		for _, other := range otherSpellings(name) {
			if info, err := os.Stat(other); err == nil {
				return other, info, nil
			}
		}
	}
	return name, info, err
}

func (c *Collector) folder(ctx context.Context, name string) []Input {
	var found []Input
	filepath.WalkDir(name, func(path string, entry fs.DirEntry, err error) error {
		switch {
		case ctx.Err() != nil:
			return fs.SkipAll
		case err != nil:
			found = append(found, newInput(path, Reason(err)))
		case !entry.IsDir():
			found = append(found, c.entry(ctx, path, entry)...)
		case c.leaves(entry):
			return fs.SkipDir
		default:
			c.looked[placeOf(filepath.ToSlash(path))] = true
		}
		return nil
	})
	return found
}

// leaves tells whether a folder is skipped.
func (c *Collector) leaves(folder fs.DirEntry) bool {
	if len(c.leave) == 0 {
		return false
	}
	info, err := folder.Info()
	return err == nil && slices.ContainsFunc(c.leave, func(l fs.FileInfo) bool { return os.SameFile(l, info) })
}

// matches expands a pattern that the shell did not expand.
func (c *Collector) matches(ctx context.Context, pattern string) []Input {
	names, err := filepath.Glob(pattern)
	if err != nil {
		return []Input{newInput(pattern, errors.New("not a pattern: "+err.Error()))}
	}
	if len(names) == 0 {
		return []Input{newInput(pattern, errors.New("no file matches"))}
	}
	c.looked[placeOf(filepath.ToSlash(pattern))] = true
	var found []Input
	for _, name := range names {
		found = append(found, c.one(ctx, name)...)
	}
	return found
}

// entry is a file of a folder, or a link or something else in it.
func (c *Collector) entry(ctx context.Context, path string, entry fs.DirEntry) []Input {
	if isPDF(path) {
		return c.file(ctx, path)
	}
	place := placeOf(filepath.ToSlash(path))
	if !entry.Type().IsRegular() {
		switch info, err := os.Stat(path); {
		case err == nil && info.IsDir():
			c.skip(place, kindFolderLink)
			return nil
		case err == nil && !info.Mode().IsRegular():
			c.skip(place, kindSpecial)
			return nil
		}
	}
	head, _ := fileHead(path)
	if use, _ := c.useOf(path, head); use == useNone {
		c.skip(place, kindOf(place))
		return nil
	}
	return c.file(ctx, path)
}

// file is one file, or the files in it if it is an archive.
func (c *Collector) file(ctx context.Context, path string) []Input {
	c.Files.Add(1)
	in := newInput(path, nil)
	if isPDF(path) {
		return []Input{in}
	}
	head, err := fileHead(path)
	use, closed := c.useOf(path, head)
	switch {
	case err != nil: // hashing it reports the error
	case use == useClosed:
		in.Err = closed
	case use == useArchive:
		return c.unpack(ctx, path, in.SourceURI)
	}
	return []Input{in}
}
