package traineddata

import (
	"encoding/binary"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// file is a file with a network and a version.
func file() []byte {
	data := binary.LittleEndian.AppendUint32(nil, version+1)
	for i := range version + 1 {
		offset := int64(-1)
		switch i {
		case Network:
			offset = 4 + 8*(version+1)
		case version:
			offset = 4 + 8*(version+1) + 3
		}
		data = binary.LittleEndian.AppendUint64(data, uint64(offset))
	}
	return append(data, "net4.00:x:[1,36]\n"...)
}

func TestOpen(t *testing.T) {
	dir := t.TempDir()
	t.Setenv("TESSDATA_PREFIX", dir)
	path := filepath.Join(dir, "tessdata", "klingon.traineddata")
	if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, file(), 0o666); err != nil {
		t.Fatal(err)
	}
	f, err := Open("klingon")
	if err != nil {
		t.Fatal(err)
	}
	if f.Path != path || f.Name() != "klingon 4.00:x" || string(f.Component(Network)) != "net" || f.Component(Recoder) != nil {
		t.Errorf("%s, %q, network %q, recoder %v", f.Path, f.Name(), f.Component(Network), f.Component(Recoder))
	}
	if err := os.WriteFile(path, file()[:100], 0o666); err != nil {
		t.Fatal(err)
	}
	for language, want := range map[string]string{
		"klingon": path, "../klingon": "no language", "no_such": "tesseract-ocr-no-such",
	} {
		if _, err := Open(language); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: error %v", language, err)
		}
	}
}

func TestParseRefuses(t *testing.T) {
	outside := file()
	binary.LittleEndian.PutUint64(outside[4+8*Network:], 1<<40)
	for want, data := range map[string][]byte{"not a traineddata file": nil, "not a traineddata file ": file()[:40], "outside the file": outside} {
		if _, err := Parse(data); err == nil || !strings.Contains(err.Error(), strings.TrimSpace(want)) {
			t.Errorf("%d bytes: %v", len(data), err)
		}
	}
}

func FuzzParse(f *testing.F) {
	f.Add(file())
	f.Fuzz(func(t *testing.T, data []byte) {
		if f, err := Parse(data); err == nil {
			f.Name()
		}
	})
}
