package input

import (
	"bufio"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"slices"
	"sync"
)

// ObjectIndex stores the checksums of objects in stores, so that a later run does not fetch unchanged objects. Its file has a
// line of JSON for each. Lines are appended while objects are read; an incomplete line is ignored. A nil index stores nothing.
type ObjectIndex struct {
	path string

	mu     sync.Mutex
	file   *os.File // nil until there is something to add
	places map[string]objectEntry
}

// objectEntry is one object.
type objectEntry struct {
	Place   string `json:"place"`
	Version string `json:"version"`
	Bytes   int64  `json:"bytes"`
	ID      string `json:"id"` // SHA-256
}

// OpenObjectIndex reads the index of an earlier run, if there is one, and that of this run at path, which an interrupted run
// may have begun.
func OpenObjectIndex(earlier, path string) (*ObjectIndex, error) {
	x := &ObjectIndex{path: path, places: map[string]objectEntry{}}
	return x, errors.Join(x.read(earlier), x.read(path))
}

func (x *ObjectIndex) read(path string) error {
	f, err := os.Open(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	defer f.Close()
	lines := bufio.NewScanner(f)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		var e objectEntry
		if json.Unmarshal(lines.Bytes(), &e) == nil && len(e.ID) == 64 {
			x.places[e.Place] = e
		}
	}
	if err := lines.Err(); err != nil {
		return fmt.Errorf("%s: %w; remove it, and the objects are read again", path, err)
	}
	return nil
}

func (x *ObjectIndex) lookup(place string, o *object) (id string, known bool) {
	if x == nil {
		return "", false
	}
	x.mu.Lock()
	defer x.mu.Unlock()
	e, known := x.places[place]
	return e.ID, known && e.Version == o.version && e.Bytes == o.bytes
}

// record adds an object that was read.
func (x *ObjectIndex) record(place string, o *object, id string) error {
	if x == nil {
		return nil
	}
	e := objectEntry{place, o.version, o.bytes, id}
	line, err := json.Marshal(e)
	if err != nil {
		return err
	}
	x.mu.Lock()
	defer x.mu.Unlock()
	if x.file == nil {
		if x.file, err = os.OpenFile(x.path, os.O_WRONLY|os.O_CREATE|os.O_APPEND, 0o666); err != nil {
			return err
		}
		line = append([]byte{'\n'}, line...) // after a torn line
	}
	x.places[place] = e
	_, err = x.file.Write(append(line, '\n'))
	return err
}

// Save rewrites the file for the output: every object once, sorted by place. Without objects there is no file.
func (x *ObjectIndex) Save() error {
	if len(x.places) == 0 {
		return nil
	}
	f, err := os.Create(x.path)
	if err != nil {
		return err
	}
	w := bufio.NewWriter(f)
	lines := json.NewEncoder(w)
	for _, e := range slices.SortedFunc(maps.Values(x.places), func(a, b objectEntry) int { return cmp.Compare(a.Place, b.Place) }) {
		if err := lines.Encode(e); err != nil {
			break // the writer keeps it
		}
	}
	return errors.Join(w.Flush(), f.Sync(), f.Close())
}

// Close closes the file.
func (x *ObjectIndex) Close() error {
	if x.file == nil {
		return nil
	}
	return x.file.Close()
}
