package xz

import (
	"bytes"
	"encoding/base64"
	"encoding/binary"
	"hash/crc32"
	"io"
	"math/rand/v2"
	"strings"
	"testing"

	library "github.com/ulikunitz/xz"
)

func xzOf(t testing.TB, content string, config library.WriterConfig) []byte {
	t.Helper()
	var b bytes.Buffer
	w, err := config.NewWriter(&b)
	if err != nil {
		t.Fatal(err)
	}
	io.WriteString(w, content)
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func unxz(data []byte) (string, error) {
	r, err := NewReader(bytes.NewReader(data))
	if err != nil {
		return "", err
	}
	var b bytes.Buffer
	_, err = io.Copy(&b, r)
	return b.String(), err
}

func noise(n int) string {
	r := rand.New(rand.NewPCG(1, 2))
	b := make([]byte, n)
	for i := range b {
		b[i] = byte(r.Uint32())
	}
	return string(b)
}

func TestReader(t *testing.T) {
	contents := []string{"", "A", strings.Repeat("budget ", 100_000), noise(300_000)}
	for _, content := range contents {
		for _, c := range []library.WriterConfig{{}, {CheckSum: library.CRC32}, {CheckSum: library.SHA256}, {NoCheckSum: true}, {BlockSize: 50_000, DictCap: 1 << 16}} {
			data := xzOf(t, content, c)
			if got, err := unxz(data); err != nil || got != content {
				t.Fatalf("%d bytes, %+v: %d bytes, %v", len(content), c, len(got), err)
			}
			two := append(append(append([]byte{}, data...), make([]byte, 8)...), data...) // streams with padding between them
			if got, err := unxz(two); err != nil || got != content+content {
				t.Errorf("two streams of %d bytes: %d bytes, %v", len(content), len(got), err)
			}
		}
	}
}

// Whatever is cut off or changed is an error, never other content and never a panic.
func TestReaderDamaged(t *testing.T) {
	const content = "a budget of a county, a budget of a county, and another one"
	data := xzOf(t, content, library.WriterConfig{BlockSize: 20, DictCap: 4096})
	for n := range data {
		if got, err := unxz(data[:n]); err == nil {
			t.Errorf("cut to %d of %d bytes: %q", n, len(data), got)
		}
	}
	for i := range data {
		for _, bit := range []byte{1, 0x10, 0x80} {
			bad := bytes.Clone(data)
			bad[i] ^= bit
			if got, err := unxz(bad); err == nil {
				t.Errorf("byte %d changed by %#x: %q", i, bit, got)
			}
		}
	}
}

// A block may ask for a dictionary of 4 GiB, and a file may have many blocks that ask for a large one.
func TestReaderDictionaries(t *testing.T) {
	ask := func(bits byte) []byte {
		data := xzOf(t, "A", library.WriterConfig{})
		head := data[12 : 12+(int(data[12])+1)*4]
		at := bytes.Index(head, []byte{0x21, 1}) + 2
		head[at] = bits
		binary.LittleEndian.PutUint32(head[len(head)-4:], crc32.ChecksumIEEE(head[:len(head)-4]))
		return data
	}
	if _, err := unxz(ask(40)); err == nil || !strings.Contains(err.Error(), "a dictionary of") {
		t.Error(err)
	}
	if got, err := unxz(ask(28)); err != nil || got != "A" { // 64 MiB, as xz -9 asks for
		t.Errorf("%q, %v", got, err)
	}
	r, err := NewReader(bytes.NewReader(ask(28)))
	if err != nil {
		t.Fatal(err)
	}
	r.dictionaries = maxDictionaries
	if _, err := io.ReadAll(r); err == nil || !strings.Contains(err.Error(), "too many xz blocks") {
		t.Error(err)
	}
}

func FuzzReader(f *testing.F) {
	f.Add(xzOf(f, "A", library.WriterConfig{}))
	f.Fuzz(func(t *testing.T, data []byte) {
		r, err := NewReader(bytes.NewReader(data))
		if err == nil {
			io.Copy(io.Discard, io.LimitReader(r, 1<<20))
		}
	})
}

// The header of a block may declare its sizes, as "xz -T2" writes it; a block of other sizes is damaged.
func TestReaderBlockSizes(t *testing.T) {
	const content = "a budget of a county"
	data, err := base64.StdEncoding.DecodeString(
		"/Td6WFoAAATm1rRGBMAYFCEBFgAAAAAAAAAAAPrbCfUBABNhIGJ1ZGdldCBvZiBhIGNvdW50eQBwexGB5vkIkAABNBShknaBH7bzfQEAAAAABFla")
	if err != nil {
		t.Fatal(err)
	}
	if got, err := unxz(data); err != nil || got != content {
		t.Fatalf("%q, %v", got, err)
	}
	head := data[12:32]
	for at, what := range map[int]string{2: "packed", 3: "plain"} {
		for _, by := range []byte{1, 0xff} {
			head[at] += by
			binary.LittleEndian.PutUint32(head[16:], crc32.ChecksumIEEE(head[:16]))
			if got, err := unxz(data); err == nil {
				t.Errorf("%s size %d declared: %q", what, head[at], got)
			}
			head[at] -= by
		}
	}
}
