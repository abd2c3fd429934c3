package cos

import (
	"bytes"
	"compress/lzw"
	"encoding/ascii85"
	"errors"
	"strings"
	"testing"

	"github.com/countybudget/extract/internal/testfiles"
)

const limit = 1 << 20

func TestFilters(t *testing.T) {
	want := strings.Repeat("BT /F1 12 Tf (部门预算) Tj ET\n", 40)
	a85 := make([]byte, ascii85.MaxEncodedLen(len(want)))
	a85 = append(a85[:ascii85.Encode(a85, []byte(want))], "~>"...)
	for _, c := range []struct {
		name    string
		data    string
		filters []filter
	}{
		{"none", want, nil},
		{"flate", testfiles.Deflate(want), []filter{{name: "FlateDecode"}}},
		{"flate without checksum", testfiles.Deflate(want)[:len(testfiles.Deflate(want))-4], []filter{{name: "FlateDecode"}}},
		{"flate, damaged header", "xx" + testfiles.Deflate(want)[2:], []filter{{name: "Fl"}}},
		{"base 85", string(a85), []filter{{name: "ASCII85Decode"}}},
		{"hex", testfiles.Hex(want) + ">", []filter{{name: "ASCIIHexDecode"}}},
		{"hex of flate", testfiles.Hex(testfiles.Deflate(want)), []filter{{name: "AHx"}, {name: "Fl"}}},
		{"run length", testfiles.RunLength(want), []filter{{name: "RunLengthDecode"}}},
		{"LZW", pdfLZW(want, 1), []filter{{name: "LZWDecode", earlyChange: 1}}},
		{"LZW, late change", pdfLZW(want, 0), []filter{{name: "LZW"}}},
	} {
		got, err := decodeStream([]byte(c.data), c.filters, limit)
		if string(got) != want || err != nil {
			t.Errorf("%s: %d bytes, %v", c.name, len(got), err)
		}
	}
}

// TestInflateDamaged: what can be decoded comes back, with an error; a checksum that is missing or zero is none.
func TestInflateDamaged(t *testing.T) {
	whole := testfiles.Deflate("12345 12345 12345")
	body := whole[:len(whole)-4]
	for _, c := range []struct {
		name, data string
		all, err   bool
	}{
		{"whole", whole, true, false},
		{"no checksum", body, true, false},
		{"checksum zero", body + "\x00\x00\x00\x00", true, false},
		{"checksum wrong", body + "\x00\x00\x00\x01", true, true},
		{"cut off", whole[:6], false, true},
		{"header and checksum wrong", "xx" + body[2:] + "\x00\x00\x00\x01", true, true},
		{"header wrong", "xx" + whole[2:], true, false},
	} {
		got, err := inflate([]byte(c.data), limit)
		if (string(got) == "12345 12345 12345") != c.all || (err != nil) != c.err {
			t.Errorf("%s: got %q, %v", c.name, got, err)
		}
	}
}

// pdfLZW encodes without using the table, so that only the growth of the code width is exercised.
func pdfLZW(s string, early int) string {
	var out []byte
	acc, bits, width, next := 0, 0, 9, 257
	put := func(code int) {
		acc, bits = acc<<width|code, bits+width
		for bits >= 8 {
			out = append(out, byte(acc>>(bits-8)))
			bits -= 8
			acc &= 1<<bits - 1
		}
	}
	put(256)
	for i := range len(s) {
		put(int(s[i]))
		if next < 4095 {
			next++
		}
		for width < 12 && next+early >= 1<<width {
			width++
		}
	}
	put(257)
	return string(append(out, byte(acc<<(8-bits))))
}

// TestLZWTable compares with compress/lzw where the two agree: before the first change of width.
func TestLZWTable(t *testing.T) {
	want := strings.Repeat("ab", 60)
	var b bytes.Buffer
	w := lzw.NewWriter(&b, lzw.MSB, 8)
	w.Write([]byte(want))
	w.Close()
	got, err := lzwDecode(b.Bytes(), 0, limit)
	if string(got) != want || err != nil {
		t.Errorf("got %q, %v", got, err)
	}
}

func TestPredictors(t *testing.T) {
	rows := [][]byte{{1, 2, 3, 4}, {5, 7, 9, 11}, {6, 6, 6, 6}}
	var want []byte
	for _, r := range rows {
		want = append(want, r...)
	}
	for tag := byte(0); tag <= 4; tag++ {
		var enc []byte
		prev := make([]byte, 4)
		for _, r := range rows {
			enc = append(enc, tag)
			for i := range r {
				var left, upLeft byte
				if i > 0 {
					left, upLeft = r[i-1], prev[i-1]
				}
				p := [5]byte{0, left, prev[i], byte((int(left) + int(prev[i])) / 2), paeth(left, prev[i], upLeft)}[tag]
				enc = append(enc, r[i]-p)
			}
			prev = r
		}
		f := filter{predictor: 15, colors: 1, bits: 8, columns: 4}
		got, err := f.unpredict(enc)
		if !bytes.Equal(got, want) || err != nil {
			t.Errorf("PNG filter %d: got %v, %v", tag, got, err)
		}
	}
	f := filter{predictor: 2, colors: 1, bits: 8, columns: 4}
	if got, _ := f.unpredict([]byte{1, 1, 1, 1, 5, 2, 2, 2}); !bytes.Equal(got, []byte{1, 2, 3, 4, 5, 7, 9, 11}) {
		t.Errorf("TIFF: got %v", got)
	}
}

func TestFilterLimits(t *testing.T) {
	bomb := testfiles.Deflate(strings.Repeat("0", 10*limit))
	for name, f := range map[string][]filter{
		"flate":  {{name: "FlateDecode"}},
		"nested": {{name: "FlateDecode"}, {name: "RunLengthDecode"}},
	} {
		if _, err := decodeStream([]byte(bomb), f, limit); !errors.Is(err, ErrTooLarge) {
			t.Errorf("%s: got %v, want %v", name, err, ErrTooLarge)
		}
	}
	if _, err := decodeStream(bytes.Repeat([]byte{129, 0}, limit), []filter{{name: "RL"}}, limit); !errors.Is(err, ErrTooLarge) {
		t.Errorf("run length: got %v, want %v", err, ErrTooLarge)
	}
	if _, err := decodeStream(nil, make([]filter, 9), limit); err == nil {
		t.Error("nine filters were accepted")
	}
	if _, err := decodeStream(nil, []filter{{name: "DCTDecode"}}, limit); !errors.Is(err, errImageFilter) {
		t.Errorf("picture: got %v", err)
	}
}

func FuzzFilters(f *testing.F) {
	f.Add([]byte(testfiles.Deflate("BT ET")), uint8(0), uint8(1))
	f.Add([]byte(testfiles.Deflate("\x02abcd\x01efgh")), uint8(0), uint8(12))
	f.Add([]byte(pdfLZW("aaaaab", 1)), uint8(1), uint8(1))
	f.Add([]byte("<~9jqo^~>"), uint8(2), uint8(1))
	f.Add([]byte("41 42>"), uint8(3), uint8(1))
	f.Add([]byte{5, 1, 2, 3, 4, 5, 6, 200, 7, 128}, uint8(4), uint8(1))
	names := []string{"FlateDecode", "LZWDecode", "ASCII85Decode", "ASCIIHexDecode", "RunLengthDecode"}
	f.Fuzz(func(t *testing.T, data []byte, which, predictor uint8) {
		defer guard()()
		fl := filter{
			name: names[int(which)%len(names)], predictor: int(predictor),
			colors: 1 + int(which>>5), bits: 8, columns: 1 + int(predictor>>4), earlyChange: int(which >> 7),
		}
		out, err := decodeStream(data, []filter{fl}, limit)
		if err == nil && len(out) > 2*limit {
			t.Errorf("%d bytes for a limit of %d", len(out), limit)
		}
	})
}
