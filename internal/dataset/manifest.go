package dataset

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/countybudget/extract/internal/dataset/layout"
	"github.com/countybudget/extract/internal/dataset/spool"
)

const program = "github.com/countybudget/extract"

// Manifest lists the files of an output. It holds no time and no host: the same rows give the same manifest.
type Manifest struct {
	Program         string         `json:"program"`
	SchemaVersion   string         `json:"schema_version"`
	PipelineVersion string         `json:"pipeline_version"`
	Documents       int            `json:"documents"`
	DataPackage     string         `json:"datapackage_sha256"` // of datapackage.json
	Derivation      string         `json:"aliases,omitempty"`  // Deriver.ID of what made the rows from all documents
	Files           []ManifestFile `json:"files"`
}

// ManifestFile is one data file of an output.
type ManifestFile struct {
	Path       string `json:"path"` // relative, with slashes
	Dataset    string `json:"dataset"`
	FiscalYear int32  `json:"fiscal_year,omitempty"` // none where it is unknown or the dataset has none
	Rows       int64  `json:"rows"`
	Bytes      int64  `json:"bytes"`
	SHA256     string `json:"sha256"`
}

// errNoManifest: the folder was not written by this program.
var errNoManifest = errors.New("it has no " + layout.Manifest)

// ReadManifest reads the manifest of an output.
func ReadManifest(dir string) (*Manifest, error) {
	path := filepath.Join(dir, layout.Manifest)
	data, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("%s is not an output of this program: %w", dir, errNoManifest)
	}
	if err != nil {
		return nil, err
	}
	var m Manifest
	if err := json.Unmarshal(data, &m); err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	if m.Program != program {
		return nil, fmt.Errorf("%s was written by another program (%.60q)", path, m.Program)
	}
	return &m, nil
}

// Rows counts the rows of a dataset.
func (m *Manifest) Rows(dataset string) int64 {
	var n int64
	for _, f := range m.Files {
		if f.Dataset == dataset {
			n += f.Rows
		}
	}
	return n
}

// FirstAmiss names the first data file that is not in the output's folder or is not as long as it was written, and says
// what is wrong with it; path is "" where all are there.
func (m *Manifest) FirstAmiss(dir string) (path, what string) {
	for i := range m.Files {
		f := &m.Files[i]
		switch info, err := os.Stat(filepath.Join(dir, filepath.FromSlash(f.Path))); {
		case errors.Is(err, fs.ErrNotExist):
			return f.Path, "is missing"
		case err != nil:
			return f.Path, "cannot be read"
		case !info.Mode().IsRegular():
			return f.Path, "is not a file"
		case info.Size() != f.Bytes:
			return f.Path, fmt.Sprintf("has %d bytes instead of %d", info.Size(), f.Bytes)
		}
	}
	return "", ""
}

func (m *Manifest) write(dir string) error {
	data, err := json.MarshalIndent(m, "", " ")
	if err != nil {
		return err
	}
	return writeSynced(filepath.Join(dir, layout.Manifest), append(data, '\n'))
}

func writeSynced(path string, data []byte) error {
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o666)
	if err != nil {
		return err
	}
	_, err = f.Write(data)
	if err == nil {
		err = f.Sync()
	}
	if cerr := f.Close(); err == nil {
		err = cerr
	}
	return err
}

// checkReplaceable tells whether an output folder may be replaced: there is none, it is empty, or this program wrote it
// and nothing of someone else's lies among the data. Files beside the datasets are not in the way: they are kept.
func checkReplaceable(out string, datasets *spool.Catalog) error {
	entries, err := os.ReadDir(out)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("cannot use the output folder: %w", err)
	}
	if len(entries) == 0 {
		return nil
	}
	m, err := ReadManifest(out)
	if err != nil {
		return fmt.Errorf("the output folder %s is not empty and cannot be replaced: %w; choose a new or empty folder", out, err)
	}
	if err := checkDescription(out); err != nil {
		return err
	}
	own := make(map[string]bool, len(m.Files))
	for _, f := range m.Files {
		own[filepath.FromSlash(f.Path)] = true
	}
	for i := range datasets.Len() {
		if err := checkDatasetFolder(out, datasets.Dataset(i).Name, own); err != nil {
			return err
		}
	}
	return nil
}

// checkDatasetFolder refuses a dataset folder that holds a file of someone else's: a replacement would lose it. Hidden
// files and those that begin with _ (as other tools leave them, and readers ignore them) don't count.
func checkDatasetFolder(out, dataset string, own map[string]bool) error {
	root := filepath.Join(out, dataset)
	return filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if errors.Is(err, fs.ErrNotExist) && path == root {
			return nil
		}
		if err != nil {
			return err
		}
		if d.IsDir() || strings.HasPrefix(d.Name(), ".") || strings.HasPrefix(d.Name(), "_") {
			return nil
		}
		if rel, err := filepath.Rel(out, path); err != nil || !own[rel] {
			return fmt.Errorf("%s was not written by this program and would be lost; move it out of %s", path, root)
		}
		return nil
	})
}

// writeDescription writes the description of an output and notes its checksum in the manifest.
func (m *Manifest) writeDescription(dir string, describe func(*Manifest) ([]byte, error)) error {
	if describe == nil {
		return nil
	}
	data, err := describe(m)
	if err != nil {
		return err
	}
	sum := sha256.Sum256(data)
	m.DataPackage = hex.EncodeToString(sum[:])
	return writeSynced(filepath.Join(dir, layout.DataPackage), data)
}

// checkDescription refuses an output folder with a description that someone else wrote: it would be lost.
func checkDescription(out string) error {
	path := filepath.Join(out, layout.DataPackage)
	data, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	var p struct {
		Program string `json:"program"`
	}
	if json.Unmarshal(data, &p) != nil || p.Program != program {
		return fmt.Errorf("%s was not written by this program and would be lost; move it elsewhere", path)
	}
	return nil
}
