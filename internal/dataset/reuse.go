package dataset

import (
	"crypto/sha256"
	"encoding/hex"
	"io"
	"os"
	"path"
	"path/filepath"
	"slices"

	"github.com/countybudget/extract/internal/dataset/layout"
	"github.com/countybudget/extract/internal/dataset/spool"
	"github.com/countybudget/extract/internal/dataset/staging"
	"github.com/countybudget/extract/schema"
)

// A partition that has the same documents as in the output before is the same to the byte, so its files are linked instead
// of written anew: a day's new disclosures cost what their own years hold, not what the whole output does.

// earlierFiles is what may be reused of the output before.
type earlierFiles struct {
	files  map[string][]ManifestFile // by the folder of their partition
	blocks map[spool.Partition]int   // of all its documents, also of those that are dropped now
}

// readEarlier finds what may be reused; nothing of an output of another version.
func (w *Writer) readEarlier() {
	w.earlier = earlierFiles{map[string][]ManifestFile{}, map[spool.Partition]int{}}
	m, err := ReadManifest(w.stage.Out())
	if err != nil || m.SchemaVersion != w.opt.SchemaVersion || m.PipelineVersion != w.opt.PipelineVersion {
		return
	}
	for _, f := range m.Files {
		folder := path.Dir(f.Path)
		w.earlier.files[folder] = append(w.earlier.files[folder], f)
	}
}

// count notes the blocks of a document of the output before.
func (e *earlierFiles) count(entry *spool.Entry) {
	for _, b := range entry.Blocks {
		e.blocks[b.To]++
	}
}

// reuse links the files of a partition that has not changed; ok is false where it has, or where they are not as they were.
func (w *Writer) reuse(to spool.Partition) (files []ManifestFile, ok bool) {
	blocks := w.spool.Blocks(to)
	if w.catalog.Dataset(to.Dataset).Scope != schema.ScopeDocument || len(blocks) == 0 || len(blocks) != w.earlier.blocks[to] ||
		slices.ContainsFunc(blocks, func(b spool.Ref) bool { return !b.Base }) {
		return nil, false
	}
	files = w.earlier.files[w.folder(to)]
	folder := filepath.Join(w.stage.Path(layout.StagedNew), filepath.FromSlash(w.folder(to)))
	for _, f := range files {
		name := filepath.FromSlash(f.Path)
		if os.MkdirAll(folder, 0o777) != nil || !f.linkWhole(filepath.Join(w.stage.Out(), name), filepath.Join(w.stage.Path(layout.StagedNew), name)) {
			os.RemoveAll(folder)
			return nil, false
		}
	}
	return files, len(files) > 0
}

// linkWhole links a file, if it is what the manifest says.
func (f *ManifestFile) linkWhole(src, dst string) bool {
	in, err := os.Open(src)
	if err != nil {
		return false
	}
	defer in.Close()
	sum := sha256.New()
	n, err := io.Copy(sum, in)
	return err == nil && n == f.Bytes && hex.EncodeToString(sum.Sum(nil)) == f.SHA256 && staging.LinkTree(src, dst) == nil
}
