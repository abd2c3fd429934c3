//go:build !nocloud

package store

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"gocloud.dev/blob"
	"gocloud.dev/gcerrors"

	"github.com/countybudget/extract/internal/dataset/layout"
)

// An output in an object store is made in a local folder and then uploaded. A store cannot exchange a folder in one step;
// the manifest stands for it: files get names with their hash in them, so that none is ever overwritten, and the manifest
// that names them is written last. A reader that follows the manifest sees the old output or the new one. Files of the old
// output are deleted after that.

// keptField is where the manifest in a store names what the next run resumes from (layout.Resumables).
const keptField = "kept"

// manifest is as much of an output's manifest as is needed here; the rest goes through unread.
type manifest map[string]any

type dataFile struct{ local, remote string }

// files lists the data files of a manifest by their local paths, and gives those their names in the store.
func (m manifest) files() ([]dataFile, error) {
	list, _ := m["files"].([]any)
	var files []dataFile
	for _, entry := range list {
		f, _ := entry.(map[string]any)
		name, _ := f["path"].(string)
		sum, _ := f["sha256"].(string)
		if name == "" || len(sum) < 16 || !filepath.IsLocal(filepath.FromSlash(name)) {
			return nil, errors.New("the manifest is not one of this program")
		}
		remote := layout.RemoteFile(name, sum)
		files = append(files, dataFile{name, remote})
		f["path"] = remote
	}
	return files, nil
}

// keptFiles gives what a local output has for the next run its names in the store.
func keptFiles(dir string) ([]dataFile, error) {
	var files []dataFile
	for _, r := range layout.Resumables() {
		name := r.Kept
		f, err := os.Open(filepath.Join(dir, name))
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return nil, err
		}
		sum := sha256.New()
		_, err = io.Copy(sum, f)
		if err = errors.Join(err, f.Close()); err != nil {
			return nil, err
		}
		files = append(files, dataFile{name, layout.RemoteKept(name, hex.EncodeToString(sum.Sum(nil)))})
	}
	return files, nil
}

func remoteNames(files []dataFile) map[string]string {
	names := make(map[string]string, len(files))
	for _, f := range files {
		names[f.local] = f.remote
	}
	return names
}

// Fetch brings what a run needs of an earlier output to an empty or missing local folder: its journal and spool, what it
// knows of objects, and the manifest. There may be none. base names the output that was there.
func Fetch(ctx context.Context, at Location, dir string) (base string, err error) {
	bucket, err := at.folder(ctx)
	if err != nil {
		return "", err
	}
	defer bucket.Close()
	if err := os.RemoveAll(dir); err != nil {
		return "", err
	}
	before, err := readRemote(ctx, bucket)
	if err != nil {
		return "", fmt.Errorf("%s: %w", at.URI(at.Key), err)
	}
	if before.base == noOutput {
		return noOutput, nil // nothing, or an upload that did not end
	}
	before.kept[layout.Manifest] = layout.Manifest
	for local, name := range before.kept {
		if !layout.IsKept(local) && local != layout.Manifest {
			return "", fmt.Errorf("%s: the manifest is not one of this program", at.URI(at.Key))
		}
		from, err := bucket.NewReader(ctx, name, nil)
		if err != nil {
			return "", fmt.Errorf("%s: %s: %w", at.URI(at.Key), name, err)
		}
		err = writeFrom(filepath.Join(dir, local), from)
		if err = errors.Join(err, from.Close()); err != nil {
			return "", err
		}
	}
	return before.base, nil
}

// Base names the output that is at a location now.
func Base(ctx context.Context, at Location) (string, error) {
	bucket, err := at.folder(ctx)
	if err != nil {
		return "", err
	}
	defer bucket.Close()
	before, err := readRemote(ctx, bucket)
	if err != nil {
		return "", fmt.Errorf("%s: %w", at.URI(at.Key), err)
	}
	return before.base, nil
}

func writeFrom(file string, from io.Reader) error {
	if err := os.MkdirAll(filepath.Dir(file), 0o700); err != nil {
		return err
	}
	f, err := os.Create(file)
	if err != nil {
		return err
	}
	_, err = io.Copy(f, from)
	return errors.Join(err, f.Close())
}

// folder is the bucket, seen from the location's key.
func (l Location) folder(ctx context.Context) (*blob.Bucket, error) {
	bucket, err := l.open(ctx)
	if err != nil || l.Key == "" {
		return bucket, err
	}
	return blob.PrefixedBucket(bucket, strings.TrimSuffix(l.Key, "/")+"/"), nil
}

// ErrChanged is an output that someone else has written to since the run began.
var ErrChanged = errors.New("another run has changed the output since this one began; it was left alone: run the command again, it goes on from what is there and what this run has converted")

// Upload puts a local output in place of the one in the store, if that is still the one that base names.
func Upload(ctx context.Context, dir string, lock *Lock, base string) error {
	data, err := os.ReadFile(filepath.Join(dir, layout.Manifest))
	if err != nil {
		return err
	}
	var m manifest
	if err := json.Unmarshal(data, &m); err != nil {
		return err
	}
	files, err := m.files()
	if err != nil {
		return err
	}
	kept, err := keptFiles(dir)
	if err != nil {
		return err
	}
	m[keptField] = remoteNames(kept)
	files = append(files, kept...)
	at, bucket := lock.at, lock.bucket
	before, err := readRemote(ctx, bucket)
	if err == nil && before.base != base {
		err = ErrChanged
	}
	if err != nil {
		return fmt.Errorf("%s: %w", at.URI(at.Key), err)
	}
	if err := uploadAll(ctx, lock, dir, files, before.files, m); err != nil {
		return fmt.Errorf("uploading to %s (what was there is whole): %w", at.URI(at.Key), err)
	}
	for _, f := range files {
		delete(before.files, f.remote)
	}
	for name := range before.files {
		if err := bucket.Delete(ctx, name); err != nil && gcerrors.Code(err) != gcerrors.NotFound {
			return fmt.Errorf("the output is in place, but %s of the one before could not be deleted: %w", name, err)
		}
	}
	return nil
}

func uploadAll(ctx context.Context, lock *Lock, dir string, files []dataFile, before map[string]bool, m manifest) error {
	bucket := lock.bucket
	for _, f := range files {
		if !before[f.remote] {
			if err := upload(ctx, bucket, filepath.Join(dir, f.local), f.remote); err != nil {
				return err
			}
		}
	}
	if err := lock.check(ctx); err != nil {
		return err
	}
	data, err := json.MarshalIndent(m, "", " ")
	if err != nil {
		return err
	}
	return writeAll(ctx, bucket, layout.Manifest, append(data, '\n'), false)
}

// remote is the output in a store.
type remote struct {
	base  string            // names it: the hash of its manifest
	files map[string]bool   // what the manifest names
	kept  map[string]string // what the next run resumes from: local names and those in the store
}

// noOutput is the base where there is none.
const noOutput = "none"

func readRemote(ctx context.Context, bucket *blob.Bucket) (remote, error) {
	r := remote{noOutput, map[string]bool{}, map[string]string{}}
	data, err := bucket.ReadAll(ctx, layout.Manifest)
	if gcerrors.Code(err) == gcerrors.NotFound {
		return r, nil
	}
	if err != nil {
		return r, err
	}
	var m struct {
		Files []struct{ Path string }
		Kept  map[string]string `json:"kept"`
	}
	if err := json.Unmarshal(data, &m); err != nil {
		return r, fmt.Errorf("%s: %w", layout.Manifest, err)
	}
	sum := sha256.Sum256(data)
	r.base = hex.EncodeToString(sum[:])
	for _, f := range m.Files {
		r.files[f.Path] = true
	}
	for local, name := range m.Kept {
		r.kept[local] = name
		r.files[name] = true
	}
	return r, nil
}

func upload(ctx context.Context, bucket *blob.Bucket, file, name string) error {
	f, err := os.Open(file)
	if err != nil {
		return err
	}
	defer f.Close()
	return bucket.Upload(ctx, name, f, &blob.WriterOptions{ContentType: "application/octet-stream"})
}
