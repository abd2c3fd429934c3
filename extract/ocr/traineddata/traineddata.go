// Package traineddata opens the files of Tesseract 4 and 5 with the models of a language.
package traineddata

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// Components of a file that are used here (Tesseract's TessdataType).
const (
	Network    = 17
	Unicharset = 21
	Recoder    = 22
	version    = 23

	mostComponents = 64
)

// File is the content of a language's file.
type File struct {
	Language string
	Path     string
	parts    map[int][]byte
}

// Folders are where Tesseract's language data lie, those that the environment names first. Nothing else is read.
func Folders() []string {
	var out []string
	if prefix := os.Getenv("TESSDATA_PREFIX"); prefix != "" {
		out = append(out, prefix, filepath.Join(prefix, "tessdata"))
	}
	return append(out, "/usr/share/tesseract-ocr/5/tessdata", "/usr/share/tesseract-ocr/4.00/tessdata", "/usr/share/tessdata",
		"/usr/local/share/tessdata", "/opt/homebrew/share/tessdata")
}

// Open reads a language's file from the first folder that has it. Errors say what to install.
func Open(language string) (*File, error) {
	if language != filepath.Base(language) {
		return nil, fmt.Errorf("text recognition: %q is no language of Tesseract's, such as chi_sim", language)
	}
	for _, folder := range Folders() {
		path := filepath.Join(folder, language+".traineddata")
		data, err := os.ReadFile(path)
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return nil, fmt.Errorf("text recognition: %w", err)
		}
		parts, err := components(data)
		if err != nil {
			return nil, fmt.Errorf("text recognition: %s: %w", path, err)
		}
		return &File{language, path, parts}, nil
	}
	return nil, fmt.Errorf("text recognition: there are no data for the language %q (install them: on Debian the package tesseract-ocr-%s; or set TESSDATA_PREFIX to the folder of %[1]s.traineddata)",
		language, strings.ReplaceAll(language, "_", "-"))
}

// Parse divides the content of a file into its components.
func Parse(data []byte) (*File, error) {
	parts, err := components(data)
	if err != nil {
		return nil, err
	}
	return &File{parts: parts}, nil
}

// Component is the content of a component, nil where the file has none.
func (f *File) Component(i int) []byte { return f.parts[i] }

// Version is what the file says of itself, without the specification of its network.
func (f *File) Version() string {
	v, _, _ := strings.Cut(string(f.parts[version]), ":[")
	return strings.TrimSpace(v)
}

// Name is the language with the version of its models.
func (f *File) Name() string { return strings.TrimSpace(f.Language + " " + f.Version()) }

// components divides a file into its components: their number, the offset of each or -1, then their bytes in order.
func components(data []byte) (map[int][]byte, error) {
	const head, offset = 4, 8 // bytes
	refused := errors.New("not a traineddata file of Tesseract 4 or 5")
	if len(data) < head {
		return nil, refused
	}
	n := int(int32(binary.LittleEndian.Uint32(data)))
	if n <= Recoder || n > mostComponents || len(data) < head+offset*n {
		return nil, refused
	}
	found := map[int][]byte{}
	end := int64(len(data))
	for i := n - 1; i >= 0; i-- {
		switch at := int64(binary.LittleEndian.Uint64(data[head+offset*i:])); {
		case at < 0:
		case at > end:
			return nil, fmt.Errorf("component %d lies outside the file", i)
		default:
			found[i] = data[at:end]
			end = at
		}
	}
	return found, nil
}
