package imagedata

import (
	"strings"
	"testing"
)

// TestCheck cuts and changes the data of pictures by their filters.
func TestCheck(t *testing.T) {
	const (
		info    = "\x00\x00\x00\x00\x30\x00\x01\x00\x00\x00\x13\x00\x00\x00\x20\x00\x00\x00\x20\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00"
		region  = "\x00\x00\x00\x01\x26\x00\x01\x00\x00\x00\x04abcd"
		unsized = "\x00\x00\x00\x01\x26\x00\x01\xff\xff\xff\xffabcdefgh"
		many    = "\x00\x00\x02\x00\x06\xe0\x00\x00\x09\x00\x00" + "\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00" + "\x01\x00\x00\x00\x04abcd"
		jpx     = "\xff\x4f\xff\x51\x00\x00abcdefghijkl"
	)
	row := "\x00\x10\x01" + strings.Repeat("\x35", 1) // not read as a fax of 32 rows
	for name, c := range map[string]struct{ filter, data, says string }{
		"JBIG2":                        {"JBIG2Decode", info + region, ""},
		"JBIG2 with a word at its end": {"JBIG2Decode", info + region + "\x00\x00", ""},
		"JBIG2 of unknown length":      {"JBIG2Decode", info + unsized, ""},
		"JBIG2 of many references":     {"JBIG2Decode", info + many, ""},
		"JBIG2 cut off":                {"JBIG2Decode", (info + region)[:len(info)+12], "cut off"},
		"JBIG2 changed":                {"JBIG2Decode", info + "\x00\x00\x00\x01\x3d" + region[5:], "changed"},
		"JBIG2 without a page":         {"JBIG2Decode", region, "no JBIG2"},
		"JBIG2 of other data":          {"JBIG2Decode", "\xd1\xe2\xef\x27\xb8\x6a\xb4\xb3\x05\x7f\xab\x18", "changed"},
		"JPX":                          {"JPXDecode", jpx + "\xff\xd9", ""},
		"JPX cut off":                  {"JPXDecode", jpx, "cut off"},
		"JPX of other data":            {"JPXDecode", "abcdef\xff\xd9", "no JPEG 2000"},
		"fax of an unknown coding":     {"CCITTFaxDecode", row, ""},
	} {
		err := Check(c.filter, []byte(c.data), 32, 32, 1)
		if c.says == "" && err != nil || c.says != "" && (err == nil || !strings.Contains(err.Error(), c.says)) {
			t.Errorf("%s: %v, want %q", name, err, c.says)
		}
	}
}

// TestFaxDamage: what kind of fax it is its rows tell.
func TestFaxDamage(t *testing.T) {
	const w, h = 1728, 40
	const endOfLine = "000000000001"
	group3 := func(rows int) []byte { // of 1728 white pixels
		return packed(strings.Repeat(endOfLine+"010011011"+"00110101", rows))
	}
	if err := faxDamage(append(group3(h), packed(strings.Repeat(endOfLine, 6))...), w, h); err != nil {
		t.Errorf("whole: %v", err)
	}
	if err := faxDamage(group3(h/2), w, h); err == nil {
		t.Error("half of a Group 3 fax passes for whole")
	}
	group4 := strings.Repeat("\xff", h/8)
	if err := faxDamage([]byte(group4+"\x00\x10\x01"), w, h); err != nil {
		t.Errorf("whole: %v", err)
	}
	if err := faxDamage([]byte(group4[:h/16]+"\x00\x10\x01"), w, h); err == nil {
		t.Error("half of a Group 4 fax passes for whole")
	}
}

// packed makes bytes of bits.
func packed(bits string) []byte {
	out := make([]byte, (len(bits)+7)/8)
	for i := range bits {
		out[i/8] |= (bits[i] - '0') << (7 - i%8)
	}
	return out
}
