package input

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"syscall"

	"github.com/countybudget/extract/internal/bytesize"
)

// MaxDocument is how many bytes a document may have where nothing else is asked for.
const MaxDocument = 512 << 20

// ContentID is the document_id of a content: its SHA-256 in hexadecimal.
func ContentID(data []byte) string {
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:])
}

// UnreadID is the document_id of a place whose content cannot be read.
func UnreadID(place string) string { return ContentID([]byte("unreadable\x00" + place)) }

// openRegular opens a regular file for reading. It does not wait for pipes and devices, which are errors as folders are.
func openRegular(path string) (*os.File, fs.FileInfo, error) {
	f, err := os.OpenFile(path, os.O_RDONLY|syscall.O_NONBLOCK, 0)
	if err != nil {
		return nil, nil, Reason(err)
	}
	info, err := f.Stat()
	switch {
	case err != nil:
		err = Reason(err)
	case info.IsDir():
		err = errors.New("a folder, not a file")
	case !info.Mode().IsRegular():
		err = errors.New("not a regular file")
	}
	if err != nil {
		f.Close()
		return nil, nil, err
	}
	return f, info, nil
}

// TooLarge is the error of a document with more than maxBytes.
func TooLarge(maxBytes int64) error {
	return fmt.Errorf("file too large (the limit is %s)", bytesize.Format(maxBytes))
}

// Reason is an error of the file system without the path and the system call: the message around it names the file.
func Reason(err error) error {
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return errors.New("no such file")
	case errors.Is(err, fs.ErrPermission):
		return errors.New("permission denied")
	}
	var pathErr *fs.PathError
	if errors.As(err, &pathErr) {
		return pathErr.Err
	}
	return err
}

func hashFile(path string) (id string, size int64, err error) {
	f, _, err := openRegular(path)
	if err != nil {
		return "", 0, err
	}
	defer f.Close()
	sum := sha256.New()
	if size, err = io.Copy(sum, f); err != nil {
		return "", 0, Reason(err)
	}
	return hex.EncodeToString(sum.Sum(nil)), size, nil
}

// fileHead reads the first bytes of a file.
func fileHead(path string) ([]byte, error) {
	f, _, err := openRegular(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return readHead(f)
}

func readHead(r io.Reader) ([]byte, error) {
	head := make([]byte, headSize)
	n, err := io.ReadFull(r, head)
	if err == io.EOF || err == io.ErrUnexpectedEOF {
		err = nil
	}
	return head[:n], err
}
