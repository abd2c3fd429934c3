package batch

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"io"
	"path/filepath"
	"slices"
	"strings"
	"sync"
)

// Input is one file to convert.
type Input struct {
	Path      string // as the system knows it
	SourceURI string // as given, in valid UTF-8 with forward slashes
	Err       error  // why it cannot be one, when that is known already
}

// NewInput is the file with that path, whether it is there or not.
func NewInput(path string) Input { return newInput(path, nil) }

func newInput(path string, err error) Input {
	return Input{Path: path, SourceURI: strings.ToValidUTF8(filepath.ToSlash(path), "\uFFFD"), Err: err}
}

// Document is one distinct content among the inputs.
type Document struct {
	ID     string // SHA-256 of the content; of the place when there is no content to be had
	Input         // the first place in alphabetical order
	AlsoAs []string
	Bytes  int64
	Unread error // why the content is not to be had
}

// Plan hashes every input with the given number of readers and joins those with the same content. The documents come in the order of their
// first place, so that nothing after depends on how the arguments were ordered.
func Plan(ctx context.Context, inputs []Input, readers int) ([]Document, error) {
	inputs = slices.Clone(inputs)
	slices.SortStableFunc(inputs, func(a, b Input) int { return strings.Compare(a.SourceURI, b.SourceURI) })
	inputs = slices.CompactFunc(inputs, func(a, b Input) bool { return a.Path == b.Path })
	docs := make([]Document, len(inputs))
	next := make(chan int)
	var wg sync.WaitGroup
	for range max(1, readers) {
		wg.Go(func() {
			for i := range next {
				docs[i] = identify(inputs[i])
			}
		})
	}
	for i := range inputs {
		if ctx.Err() != nil {
			break
		}
		next <- i
	}
	close(next)
	wg.Wait()
	return joinDuplicates(docs), ctx.Err()
}

func identify(in Input) Document {
	d := Document{Input: in, Unread: in.Err}
	if d.Unread == nil {
		d.ID, d.Bytes, d.Unread = hashFile(in.Path)
	}
	if d.Unread != nil {
		d.ID, d.Bytes = contentID([]byte("unreadable\x00"+in.SourceURI)), 0
	}
	return d
}

func hashFile(path string) (id string, size int64, err error) {
	f, _, err := openRegular(path)
	if err != nil {
		return "", 0, err
	}
	defer f.Close()
	sum := sha256.New()
	if size, err = io.Copy(sum, f); err != nil {
		return "", 0, plainReason(err)
	}
	return hex.EncodeToString(sum.Sum(nil)), size, nil
}

func joinDuplicates(docs []Document) []Document {
	first := make(map[string]int, len(docs))
	var distinct []Document
	for _, d := range docs {
		if i, seen := first[d.ID]; seen {
			distinct[i].AlsoAs = append(distinct[i].AlsoAs, d.SourceURI)
			continue
		}
		first[d.ID] = len(distinct)
		distinct = append(distinct, d)
	}
	return distinct
}
