// Package export converts an output to formats for programs that do not read Parquet: CSV and JSON lines, one file for each
// dataset, and Excel workbooks with one sheet for each statement.
//
// The same output gives the same bytes. A file gets its name only when it is complete.
package export

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/countybudget/extract/internal/dataset"
	"github.com/countybudget/extract/internal/wholefile"
	"github.com/countybudget/extract/schema"
)

// The formats.
const (
	XLSX  = "xlsx"
	CSV   = "csv"
	JSONL = "jsonl"
)

// Reader is the program that CSV files are written for.
type Reader string

// The readers. For Excel an apostrophe precedes text that looks like a formula; for PostgreSQL every value is unchanged.
const (
	ForExcel      Reader = "excel"
	ForPostgreSQL Reader = "postgresql"
)

// Options say what to write.
type Options struct {
	Format string
	For    Reader // of CSV
	Dest   string // a folder; of xlsx a file
	Force  bool   // replace files that are there
}

// File is one file that was written.
type File struct {
	Path string
	Rows int64
}

// Run exports the output in the folder out.
func Run(ctx context.Context, out string, opt Options) ([]File, error) {
	if _, err := dataset.ReadManifest(out); err != nil {
		return nil, err
	}
	switch opt.Format {
	case XLSX:
		return workbooks(ctx, out, opt)
	case CSV:
		return datasets(ctx, out, opt, csvEncoder(opt.For))
	case JSONL:
		return datasets(ctx, out, opt, jsonEncoder)
	}
	return nil, fmt.Errorf("no format %q", opt.Format)
}

// encoder writes the rows of one dataset.
type encoder interface {
	begin() error
	row(record []any) error
}

// datasets writes one file for each dataset.
func datasets(ctx context.Context, out string, opt Options, encode func(io.Writer, schema.Dataset) encoder) ([]File, error) {
	var paths []string
	for _, d := range schema.Datasets() {
		paths = append(paths, filepath.Join(opt.Dest, d.Name+"."+opt.Format))
	}
	if err := checkFree(opt, paths...); err != nil {
		return nil, err
	}
	if err := os.MkdirAll(opt.Dest, 0o777); err != nil {
		return nil, err
	}
	var files []File
	for i, d := range schema.Datasets() {
		var rows int64
		err := wholefile.Write(paths[i], 0o644, func(w io.Writer) (err error) {
			rows, err = writeDataset(ctx, out, d, encode(w, d))
			return err
		})
		if err != nil {
			return files, err
		}
		files = append(files, File{paths[i], rows})
	}
	return files, nil
}

func writeDataset(ctx context.Context, out string, d schema.Dataset, e encoder) (rows int64, err error) {
	if err := e.begin(); err != nil {
		return 0, err
	}
	for record, err := range dataset.Records(out, d.Name) {
		if err == nil {
			err = ctx.Err()
		}
		if err != nil {
			return rows, err
		}
		if err := e.row(record); err != nil {
			return rows, err
		}
		rows++
	}
	return rows, nil
}

// checkFree refuses to replace files unless asked to.
func checkFree(opt Options, paths ...string) error {
	if opt.Force {
		return nil
	}
	for _, path := range paths {
		if _, err := os.Lstat(path); !errors.Is(err, fs.ErrNotExist) {
			if err != nil {
				return err
			}
			return fmt.Errorf("%s is there already; --force replaces it", path)
		}
	}
	return nil
}

// withSuffix puts text before the extension of a path.
func withSuffix(path, suffix string) string {
	extension := filepath.Ext(path)
	return strings.TrimSuffix(path, extension) + suffix + extension
}
