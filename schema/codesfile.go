package schema

import (
	"bytes"
	"crypto/sha256"
	_ "embed"
	"encoding/hex"
	"os"
	"path"
	"path/filepath"

	"github.com/parquet-go/parquet-go"
)

// The dataset of the codebooks is the same in every output, so its file is made beforehand: to make it takes longer than to
// convert a page. TestCodesFile compares it with the codebooks.
//
//go:generate go test -run TestCodesFile -update .
//go:embed data/codes.parquet
var codesFile []byte

// writeCodes writes the dataset of the codebooks to an output.
func writeCodes(root string, durable *syncer) ([]ManifestFile, error) {
	file, err := parquet.OpenFile(bytes.NewReader(codesFile), int64(len(codesFile)), parquet.SkipPageIndex(true), parquet.SkipBloomFilters(true))
	if err != nil {
		return nil, err
	}
	sum := sha256.Sum256(codesFile)
	f := ManifestFile{
		Path: path.Join(DatasetCodes, "part-00000.parquet"), Dataset: DatasetCodes,
		Rows: file.NumRows(), Bytes: int64(len(codesFile)), SHA256: hex.EncodeToString(sum[:]),
	}
	if err := os.Mkdir(filepath.Join(root, DatasetCodes), 0o777); err != nil {
		return nil, err
	}
	out, err := os.OpenFile(filepath.Join(root, filepath.FromSlash(f.Path)), os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o666)
	if err != nil {
		return nil, err
	}
	if _, err := out.Write(codesFile); err != nil {
		out.Close()
		return nil, err
	}
	durable.close(out)
	return []ManifestFile{f}, nil
}
