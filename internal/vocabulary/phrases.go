package vocabulary

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"syscall"
	"unicode/utf8"

	"github.com/countybudget/extract/internal/bytesize"
	"github.com/countybudget/extract/internal/input"
	"github.com/countybudget/extract/normalize/lexicon"
)

// Bounds of the files that users write, in bytes.
const (
	maxPhrases  = 16 << 20
	maxSettings = 64 << 10
)

// readPhrases reads phrase files: those named, and the .tsv files of the folders named, in the order of their names.
func readPhrases(paths []string) ([]lexicon.File, error) {
	var files []lexicon.File
	for _, path := range paths {
		names, err := phraseFiles(path)
		if err != nil {
			return nil, err
		}
		for _, name := range names {
			if slices.ContainsFunc(files, func(f lexicon.File) bool { return f.Name == name }) {
				return nil, fmt.Errorf("the phrase file %s is named twice: name it once", name)
			}
			text, err := readText(name, maxPhrases)
			if err != nil {
				return nil, err
			}
			files = append(files, lexicon.File{Name: name, Text: text})
		}
	}
	return files, nil
}

// phraseFiles gives the file that a path names, or the phrase files of the folder.
func phraseFiles(path string) ([]string, error) {
	if path == "" {
		return nil, errors.New("the name of a phrase file is empty: name a .tsv file, or a folder of them")
	}
	info, err := os.Stat(path)
	switch {
	case err != nil:
		return nil, fmt.Errorf("phrase file %s: %w", path, input.Reason(err))
	case !info.IsDir():
		return []string{filepath.Clean(path)}, nil
	}
	entries, err := os.ReadDir(path) // sorted
	if err != nil {
		return nil, fmt.Errorf("folder of phrase files %s: %w", path, input.Reason(err))
	}
	var names []string
	for _, e := range entries {
		if filepath.Ext(e.Name()) == ".tsv" && !e.IsDir() {
			names = append(names, filepath.Join(path, e.Name()))
		}
	}
	if len(names) == 0 {
		return nil, fmt.Errorf("%s: the folder has no phrase file: their names end in .tsv", path)
	}
	return names, nil
}

// readText reads a file that a user wrote, of at most so many bytes. It does not wait for pipes and devices.
func readText(path string, most int64) (string, error) {
	f, err := os.OpenFile(path, os.O_RDONLY|syscall.O_NONBLOCK, 0)
	if err != nil {
		return "", fmt.Errorf("%s: %w", path, input.Reason(err))
	}
	defer f.Close()
	info, err := f.Stat()
	switch {
	case err != nil:
		return "", fmt.Errorf("%s: %w", path, input.Reason(err))
	case !info.Mode().IsRegular():
		return "", fmt.Errorf("%s is not a regular file", path)
	}
	data, err := io.ReadAll(io.LimitReader(f, most+1))
	switch {
	case err != nil:
		return "", fmt.Errorf("%s: %w", path, input.Reason(err))
	case int64(len(data)) > most:
		return "", fmt.Errorf("%s is larger than %s: leave out what is not needed", path, bytesize.Format(most))
	case bytes.HasPrefix(data, []byte("\xff\xfe")), bytes.HasPrefix(data, []byte("\xfe\xff")):
		return "", fmt.Errorf("%s is UTF-16 (“Unicode text” of spreadsheets): save it as UTF-8 text", path)
	case !utf8.Valid(data):
		return "", fmt.Errorf("%s is not UTF-8: save it as UTF-8 text", path)
	}
	return string(data), nil
}
