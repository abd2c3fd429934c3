package store

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path"
	"path/filepath"
	"strings"

	"gocloud.dev/blob"
	"gocloud.dev/gcerrors"
)

// An output in an object store is made in a local folder and then uploaded. A store cannot exchange a folder in one step;
// the manifest stands for it: data files get names with their hash in them, so that none is ever overwritten, and the
// manifest that names them is written last. A reader that follows the manifest sees the old output or the new one. Files of
// the old output are deleted after that.

const manifestName = "_manifest.json"

// keptNames are what the next run goes on from.
var keptNames = []string{"_journal", "_spool"}

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
		ext := path.Ext(name)
		remote := strings.TrimSuffix(name, ext) + "-" + sum[:16] + ext
		files = append(files, dataFile{name, remote})
		f["path"] = remote
	}
	return files, nil
}

// Fetch brings what a run needs of an earlier output to an empty or missing local folder: its journal and spool, and the
// manifest. There may be none.
func Fetch(ctx context.Context, at Location, dir string) error {
	bucket, err := at.folder(ctx)
	if err != nil {
		return err
	}
	defer bucket.Close()
	if err := os.RemoveAll(dir); err != nil {
		return err
	}
	for _, name := range append(keptNames, manifestName) {
		from, err := bucket.NewReader(ctx, name, nil)
		if gcerrors.Code(err) == gcerrors.NotFound {
			continue
		}
		if err != nil {
			return fmt.Errorf("%s: %w", at.URI(at.Key), err)
		}
		err = writeFrom(filepath.Join(dir, name), from)
		if err = errors.Join(err, from.Close()); err != nil {
			return err
		}
	}
	if _, err := os.Stat(filepath.Join(dir, manifestName)); err != nil {
		return os.RemoveAll(dir) // an upload that did not end: begin anew
	}
	return nil
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

// Upload puts a local output in place of the one in the store.
func Upload(ctx context.Context, dir string, at Location) error {
	data, err := os.ReadFile(filepath.Join(dir, manifestName))
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
	bucket, err := at.folder(ctx)
	if err != nil {
		return err
	}
	defer bucket.Close()
	before, err := remoteFiles(ctx, bucket)
	if err != nil {
		return fmt.Errorf("%s: %w", at.URI(at.Key), err)
	}
	if err := uploadAll(ctx, bucket, dir, files, before, m); err != nil {
		return fmt.Errorf("uploading to %s (what was there is whole): %w", at.URI(at.Key), err)
	}
	for _, f := range files {
		delete(before, f.remote)
	}
	for name := range before {
		if err := bucket.Delete(ctx, name); err != nil && gcerrors.Code(err) != gcerrors.NotFound {
			return fmt.Errorf("the output is in place, but %s of the one before could not be deleted: %w", name, err)
		}
	}
	return nil
}

func uploadAll(ctx context.Context, bucket *blob.Bucket, dir string, files []dataFile, before map[string]bool, m manifest) error {
	for _, f := range files {
		if !before[f.remote] {
			if err := upload(ctx, bucket, filepath.Join(dir, f.local), f.remote); err != nil {
				return err
			}
		}
	}
	for _, name := range keptNames {
		if err := upload(ctx, bucket, filepath.Join(dir, name), name); err != nil {
			return err
		}
	}
	data, err := json.MarshalIndent(m, "", " ")
	if err != nil {
		return err
	}
	return bucket.WriteAll(ctx, manifestName, append(data, '\n'), nil)
}

// remoteFiles are the data files of the output in the store.
func remoteFiles(ctx context.Context, bucket *blob.Bucket) (map[string]bool, error) {
	names := map[string]bool{}
	data, err := bucket.ReadAll(ctx, manifestName)
	if gcerrors.Code(err) == gcerrors.NotFound {
		return names, nil
	}
	if err != nil {
		return nil, err
	}
	var m struct {
		Program string
		Files   []struct{ Path string }
	}
	if err := json.NewDecoder(bytes.NewReader(data)).Decode(&m); err != nil {
		return nil, fmt.Errorf("%s: %w", manifestName, err)
	}
	for _, f := range m.Files {
		names[f.Path] = true
	}
	return names, nil
}

func upload(ctx context.Context, bucket *blob.Bucket, file, name string) error {
	f, err := os.Open(file)
	if err != nil {
		return err
	}
	defer f.Close()
	return bucket.Upload(ctx, name, f, &blob.WriterOptions{ContentType: "application/octet-stream"})
}
