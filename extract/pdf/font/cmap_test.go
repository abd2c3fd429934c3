package font

import (
	"testing"

	"github.com/countybudget/extract/extract/pdf/cos"
)

func parseTestCMap(s string) *cmap { return parseCMap([]byte(s), cos.Object{}, 0) }

func TestToUnicode(t *testing.T) {
	m := parseTestCMap(`/CIDInit /ProcSet findresource begin 12 dict begin begincmap
1 begincodespacerange <0000> <FFFF> endcodespacerange
3 beginbfchar <0001> <4E00> <0002> <D840DC0B> <0003> <00660069> endbfchar
3 beginbfrange <0010> <0012> <4E8C> <0020> <0022> [<0041> <0042> <0043>] <01FE> <0201> <5000>
endbfrange endcmap`)
	for code, want := range map[uint32]string{
		1: "一", 2: "𠀋", 3: "fi", 0x10: "二", 0x12: string(rune(0x4E8E)), 0x21: "B", 0x22: "C",
		0x1FE: string(rune(0x5000)), 0x201: string(rune(0x5003)),
	} {
		if got, _ := m.text(code, 2); got != want {
			t.Errorf("%04x: got %q, want %q", code, got, want)
		}
	}
	if got, ok := m.text(0x99, 2); ok {
		t.Errorf("unmapped code: got %q", got)
	}
}

func TestCIDs(t *testing.T) {
	m := parseTestCMap(`/GBK-EUC-H usecmap /WMode 1 def
2 begincodespacerange <00> <80> <8140> <FEFE> endcodespacerange
1 begincidchar <A1A1> 7 endcidchar
2 begincidrange <20> <7e> 1 <B0A1> <B0A3> 1000 endcidrange`)
	coding := m.coding()
	for _, c := range []struct {
		in   string
		code uint32
		n    int
		cid  int
	}{
		{"A", 'A', 1, 34}, {"\xa1\xa1x", 0xa1a1, 2, 7}, {"\xb0\xa2", 0xb0a2, 2, 1001},
		{"\xd6\xd0", 0xd6d0, 2, adobeGB1.cid('中')}, // from the CMap it builds on
		{"\xff", 0xff, 1, 0},
	} {
		code, n := coding([]byte(c.in))
		if cid := m.cid(code, n); code != c.code || n != c.n || cid != c.cid {
			t.Errorf("%q: got code %x of %d bytes, CID %d; want %x, %d, %d", c.in, code, n, cid, c.code, c.n, c.cid)
		}
	}
	if !m.vertical {
		t.Error("WMode 1 was not seen")
	}
}

// TestToUnicodeRanges has ranges of several characters, of which the last one counts up, lists that are too short, and
// entries for codes of one byte and of two.
func TestToUnicodeRanges(t *testing.T) {
	m := parseTestCMap(`3 beginbfrange <0010> <0012> <00410061> <0020> <0023> [<0041> <0042>] <0030> <0031> <D840DC0B> endbfrange
2 beginbfchar <41> <4E00> <0041> <4E8C> endbfchar`)
	for _, c := range []struct {
		code uint32
		n    int
		want string
	}{
		{0x10, 2, "Aa"}, {0x12, 2, "Ac"}, {0x21, 2, "B"}, {0x22, 2, ""}, {0x23, 2, ""}, {0x24, 2, ""}, {0x31, 2, "𠀌"},
		{0x41, 1, "一"}, {0x41, 2, "二"}, {0x10, 1, "Aa"}, // the length is only a preference
	} {
		if got, _ := m.text(c.code, c.n); got != c.want {
			t.Errorf("%x of %d bytes: got %q, want %q", c.code, c.n, got, c.want)
		}
	}
}

// TestCodeSpaces: a code space range is a rectangle, each byte has its bounds (PDF 32000-1, 9.7.6.2). A code in none of them
// has as many bytes as the shortest.
func TestCodeSpaces(t *testing.T) {
	for _, c := range []struct {
		spaces, in string
		code       uint32
		n          int
	}{
		{"<00> <80> <8140> <9ffc>", "\x41\x81", 0x41, 1},
		{"<00> <80> <8140> <9ffc>", "\x81\x40\x41", 0x8140, 2},
		{"<00> <80> <8140> <9ffc>", "\x82\x20\x41", 0x82, 1},
		{"<00> <80> <8140> <9ffc>", "\xff\x40", 0xff, 1},
		{"<0000> <7fff> <81308130> <fe39fe39>", "\x81\x30\x81\x30", 0x81308130, 4},
		{"<0000> <7fff> <81308130> <fe39fe39>", "\x81\x30\x80\x30", 0x8130, 2},
		{"<000000> <ffffff>", "\x01\x02\x03\x04", 0x010203, 3},
		{"<0000> <ffff>", "\x01", 0x01, 1},
	} {
		coding := parseTestCMap("2 begincodespacerange " + c.spaces + " endcodespacerange").coding()
		if code, n := coding([]byte(c.in)); code != c.code || n != c.n {
			t.Errorf("%s, %x: got %x of %d bytes, want %x of %d", c.spaces, c.in, code, n, c.code, c.n)
		}
	}
}

// TestMendRuns has the entries that Ghostscript writes for 一七万三上下中 and ，：； in a font whose glyphs run along with
// Unicode, and for 、。 and the digits.
func TestMendRuns(t *testing.T) {
	m := parseTestCMap(`20 beginbfrange
<0032> <0032> <0031> <0033> <0033> <0032>
<05c6> <05c6> <0031> <05c7> <05c7> <0032>
<22cc> <22cc> <4e00> <22cf> <22cf> <4e03> <22d3> <22d3> <4e07>
<22d5> <22d5> <004f> <22d6> <22d6> <0050> <22d7> <23d7> <0051>
<22f9> <22f9> <4e2d>
<a249> <a249> <ff0c> <a257> <a257> <00ff> <a258> <a258> <0100>
endbfrange`)
	for code, want := range map[uint32]string{
		0x32: "1", 0x33: "2", 0x5c6: "、", 0x5c7: "。", 0x22d3: "万", 0x22d5: "三", 0x22d6: "上", 0x22d7: "下", 0x22f9: "中",
		0xa249: "，", 0xa257: "：", 0xa258: "；",
	} {
		if got, _ := m.text(code, 2); got != want {
			t.Errorf("%04x: got %q, want %q", code, got, want)
		}
	}
}

func TestMendRunsLeavesSoundMaps(t *testing.T) {
	m := parseTestCMap(`9 beginbfrange <0010> <0010> <0030> <0011> <0011> <0031> <0012> <0012> <0032>
<0041> <0041> <0041> <0042> <0042> <0042> <0100> <0100> <4e00> <0101> <0101> <4e01> <0203> <0203> <ff0c>
<0300> <0300> <0041> endbfrange`)
	for code, want := range map[uint32]string{0x10: "0", 0x11: "1", 0x12: "2", 0x41: "A", 0x42: "B", 0x100: "一", 0x101: "丁", 0x300: "A"} {
		if got, _ := m.text(code, 2); got != want {
			t.Errorf("%04x: got %q, want %q", code, got, want)
		}
	}
}

func FuzzCMap(f *testing.F) {
	f.Add([]byte("1 beginbfchar <01> <4E00> endbfchar"), []byte{1, 2})
	f.Add([]byte("1 beginbfrange <0001> <FFFF> [<41>] endbfrange"), []byte{0, 5})
	f.Add([]byte("/GBK-EUC-V usecmap 1 begincidrange <00> <ffffffff> 0 endcidrange"), []byte{0x81, 0x40})
	f.Add([]byte("1 begincodespacerange <00> <80> <8140> <fefe> endcodespacerange"), []byte{0x81})
	f.Fuzz(func(t *testing.T, data, text []byte) {
		defer guard()()
		m := parseTestCMap(string(data))
		coding := m.coding()
		for len(text) > 0 {
			code, n := coding(text)
			if n < 1 || n > len(text) {
				t.Fatalf("a code of %d bytes out of %d", n, len(text))
			}
			m.text(code, n)
			m.cid(code, n)
			text = text[n:]
		}
	})
}
