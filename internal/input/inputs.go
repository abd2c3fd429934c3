package input

import (
	"context"
	"path/filepath"
	"slices"
	"strings"
	"sync"

	"github.com/countybudget/extract/internal/store"
)

// Input is one file to convert.
type Input struct {
	Path      string // as the system knows it
	SourceURI string // its place: as given, in the form of place.go
	Err       error  // why it cannot be read, if that is known already

	origin origin // where its content comes from if not from Path, which is then empty while there is no copy
	by     *Collector
	copy   bool   // Path is a copy, to be removed
	id     string // SHA-256 of the content, when it is known already
	bytes  int64
}

// New is the input with that path or place, whether it exists or not.
func New(path string) Input {
	path, _, _ = find(path)
	return newInput(path, nil)
}

func newInput(path string, err error) Input {
	return Input{Path: path, SourceURI: placeOf(filepath.ToSlash(path)), Err: err}
}

// memberInput is a member of an archive; place is in the form of place.go.
func memberInput(place string, err error) Input {
	return Input{Path: place, SourceURI: place, Err: err}
}

// Folder is the local folder of the input; of a member of an archive a path through the archive. It is "" in an object store.
func (in *Input) Folder() string {
	if _, remote, _ := store.Parse(in.SourceURI); remote {
		return ""
	}
	return filepath.Dir(PathOf(in.SourceURI))
}

// Document is one distinct content among the inputs.
type Document struct {
	ID     string // document_id: ContentID of the content, or UnreadID of the place if it cannot be read
	Input         // the first place in alphabetical order
	AlsoAs []string
	Bytes  int64
	Unread error // why the content cannot be read
}

// Identify hashes every input, with the given number of files read at the same time, and joins inputs with the same content to
// one document. Documents are in the order of their first place, so that nothing later depends on the order of the arguments.
// An input that cannot be read is a document with Unread; the only error is that of ctx.
func Identify(ctx context.Context, inputs []Input, readers int) ([]Document, error) {
	inputs = slices.Clone(inputs)
	slices.SortStableFunc(inputs, func(a, b Input) int { return strings.Compare(a.SourceURI, b.SourceURI) })
	inputs = slices.CompactFunc(inputs, func(a, b Input) bool { return a.Path == b.Path && a.origin == b.origin })
	if slices.ContainsFunc(inputs, func(in Input) bool { return in.origin != nil && in.id == "" }) {
		readers = max(readers, Fetchers)
	}
	docs := make([]Document, len(inputs))
	next := make(chan int)
	var wg sync.WaitGroup
	for range max(1, readers) {
		wg.Go(func() {
			for i := range next {
				docs[i] = identify(ctx, inputs[i])
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

func identify(ctx context.Context, in Input) Document {
	err := in.Err
	switch {
	case err != nil || in.id != "":
	case in.origin != nil:
		err = in.identify(ctx)
	default:
		in.id, in.bytes, err = hashFile(in.Path)
	}
	if err != nil {
		return Document{Input: in, ID: UnreadID(in.SourceURI), Unread: err}
	}
	return Document{Input: in, ID: in.id, Bytes: in.bytes}
}

func joinDuplicates(docs []Document) []Document {
	first := make(map[string]int, len(docs))
	var distinct []Document
	for _, d := range docs {
		if i, seen := first[d.ID]; seen {
			distinct[i].join(&d)
			continue
		}
		first[d.ID] = len(distinct)
		distinct = append(distinct, d)
	}
	return distinct
}

// join adds the place of a later document with the same content.
func (d *Document) join(same *Document) {
	last := d.SourceURI
	if n := len(d.AlsoAs); n > 0 {
		last = d.AlsoAs[n-1]
	}
	if same.SourceURI != last { // an object or member that was named twice
		d.AlsoAs = append(d.AlsoAs, same.SourceURI)
	}
	same.Release()
}
