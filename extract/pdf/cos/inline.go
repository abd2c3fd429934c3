package cos

import "bytes"

// SkipImageData skips the data of an inline image (PDF 32000-1, 8.9.7) behind the operator ID: white space, data and EI.
// known is the length of the data in bytes, 0 if the data must be searched for EI.
func (l *Lexer) SkipImageData(known int) {
	l.pos = min(l.pos+1, len(l.data))
	l.pos += endOfInline(l.data[l.pos:], known)
}

// endOfInline finds the offset behind EI. The bytes E and I also occur in image data, so operators or operands must follow.
func endOfInline(data []byte, known int) int {
	if known > 0 && known <= len(data) {
		p := skipBlank(data, known)
		if bytes.HasPrefix(data[p:], []byte("EI")) {
			return p + 2
		}
	}
	for p := 0; ; {
		i := bytes.Index(data[p:], []byte("EI"))
		if i < 0 {
			return len(data)
		}
		p += i + 2
		before := p < 3 || class[data[p-3]] == classSpace
		if before && (p >= len(data) || class[data[p]] == classSpace) && looksLikeCode(data[p:]) {
			return p
		}
	}
}

// looksLikeCode reports whether the next bytes can be operators and operands.
func looksLikeCode(b []byte) bool {
	for _, c := range b[:min(len(b), 24)] {
		if c >= 0x7f || c < ' ' && class[c] != classSpace || c == 0 {
			return false
		}
	}
	return true
}
