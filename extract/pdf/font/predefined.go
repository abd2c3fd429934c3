package font

import (
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
)

// The predefined CMaps of Chinese (PDF 32000-1, table 118) encode national character sets, so a code is decoded as text of
// that set; the CID, which selects the width, is found from the text.

// predefinedSet is a predefined CMap without its writing mode.
type predefinedSet struct {
	collection *collection
	coding     coding
	text       func(code uint32, n int) string
	space      int // the CID of the space
	latin      int // the CID of the exclamation mark, from which ASCII goes up
}

func legacy(c *collection, e encoding.Encoding, code coding, space, latin int) predefinedSet {
	return predefinedSet{c, code, func(code uint32, n int) string { return decodeWith(e, code, n) }, space, latin}
}

func unicodeSet(c *collection, code coding, text func(uint32, int) string) predefinedSet {
	return predefinedSet{c, code, text, 1, 2}
}

var predefinedSets = map[string]predefinedSet{
	"GB-EUC":       legacy(adobeGB1, simplifiedchinese.GBK, doubleByte, 7716, 814),
	"GBpc-EUC":     legacy(adobeGB1, simplifiedchinese.GBK, doubleByte, 1, 2),
	"GBK-EUC":      legacy(adobeGB1, simplifiedchinese.GBK, doubleByte, 7716, 814),
	"GBKp-EUC":     legacy(adobeGB1, simplifiedchinese.GBK, doubleByte, 1, 2),
	"GBK2K":        legacy(adobeGB1, simplifiedchinese.GB18030, gb18030Code, 7716, 814),
	"UniGB-UCS2":   unicodeSet(adobeGB1, twoBytes, utf16Text),
	"UniGB-UTF8":   unicodeSet(adobeGB1, utf8Code, utf8Text),
	"UniGB-UTF16":  unicodeSet(adobeGB1, utf16Code, utf16Text),
	"UniGB-UTF32":  unicodeSet(adobeGB1, fourBytes, utf32Text),
	"B5pc":         legacy(adobeCNS1, traditionalchinese.Big5, doubleByte, 1, 2),
	"ETen-B5":      legacy(adobeCNS1, traditionalchinese.Big5, doubleByte, 13648, 13649),
	"ETenms-B5":    legacy(adobeCNS1, traditionalchinese.Big5, doubleByte, 1, 2),
	"HKscs-B5":     legacy(adobeCNS1, traditionalchinese.Big5, doubleByte, 1, 2),
	"UniCNS-UCS2":  unicodeSet(adobeCNS1, twoBytes, utf16Text),
	"UniCNS-UTF8":  unicodeSet(adobeCNS1, utf8Code, utf8Text),
	"UniCNS-UTF16": unicodeSet(adobeCNS1, utf16Code, utf16Text),
	"UniCNS-UTF32": unicodeSet(adobeCNS1, fourBytes, utf32Text),
}

// predefined returns the character set of a predefined CMap, nil for any other name.
func predefined(name string) *charset {
	base, direction := name, ""
	if i := strings.LastIndexByte(name, '-'); i > 0 {
		base, direction = name[:i], name[i:]
	}
	p, ok := predefinedSets[base]
	if !ok {
		return nil
	}
	return &charset{
		coding: p.coding, vertical: direction == "-V", unicode: p.text, collection: p.collection,
		cid: func(code uint32, n int) int {
			r, _ := utf8.DecodeRuneInString(p.text(code, n))
			switch {
			case r == ' ':
				return p.space
			case r > ' ' && r <= '~':
				return p.latin + int(r-'!')
			}
			return p.collection.cid(r)
		},
	}
}

// decodeWith decodes one code of n bytes.
func decodeWith(e encoding.Encoding, code uint32, n int) string {
	var b [4]byte
	for i := range n {
		b[i] = byte(code >> (8 * (n - 1 - i)))
	}
	t, err := e.NewDecoder().Bytes(b[:n])
	if err != nil || strings.ContainsRune(string(t), utf8.RuneError) {
		return ""
	}
	return string(t)
}

// doubleBytesplits codes of which a byte from 0x81 on begins a two-byte code.
func doubleByte(s []byte) (uint32, int) {
	if s[0] < 0x81 || s[0] == 0xff || len(s) < 2 {
		return uint32(s[0]), 1
	}
	return uint32(s[0])<<8 | uint32(s[1]), 2
}

func gb18030Code(s []byte) (uint32, int) {
	if len(s) >= 4 && s[0] >= 0x81 && s[0] != 0xff && s[1] >= '0' && s[1] <= '9' {
		return uint32(s[0])<<24 | uint32(s[1])<<16 | uint32(s[2])<<8 | uint32(s[3]), 4
	}
	return doubleByte(s)
}

func utf16Code(s []byte) (uint32, int) {
	if len(s) >= 4 && s[0]&0xfc == 0xd8 && s[2]&0xfc == 0xdc {
		return fourBytes(s)
	}
	return twoBytes(s)
}

func fourBytes(s []byte) (uint32, int) {
	var v uint32
	n := min(len(s), 4)
	for _, c := range s[:n] {
		v = v<<8 | uint32(c)
	}
	return v, n
}

func utf8Code(s []byte) (uint32, int) {
	_, n := utf8.DecodeRune(s)
	var v uint32
	for _, c := range s[:n] {
		v = v<<8 | uint32(c)
	}
	return v, n
}

func utf16Text(code uint32, n int) string {
	if n == 4 {
		return string(utf16.DecodeRune(rune(code>>16), rune(code&0xffff)))
	}
	return runeText(rune(code & 0xffff))
}

func utf32Text(code uint32, _ int) string {
	if code > utf8.MaxRune {
		return ""
	}
	return runeText(rune(code))
}

func utf8Text(code uint32, n int) string {
	var b [4]byte
	for i := range n {
		b[i] = byte(code >> (8 * (n - 1 - i)))
	}
	r, _ := utf8.DecodeRune(b[:n])
	return runeText(r)
}

func runeText(r rune) string {
	if r == 0 || !utf8.ValidRune(r) || r == utf8.RuneError {
		return ""
	}
	return string(r)
}
