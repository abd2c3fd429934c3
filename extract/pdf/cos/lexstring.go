package cos

// Names and strings, which may have escapes. One without escapes shares the input's memory.

func (l *Lexer) name() []byte {
	start, escaped := l.pos, false
	for l.pos < len(l.data) && class[l.data[l.pos]] == classRegular {
		escaped = escaped || l.data[l.pos] == '#'
		l.pos++
	}
	raw := l.data[start:l.pos]
	if !escaped {
		return raw
	}
	from := len(l.text)
	for i := 0; i < len(raw); i++ {
		if raw[i] == '#' && i+2 < len(raw) && unhex(raw[i+1]) >= 0 && unhex(raw[i+2]) >= 0 {
			l.text = append(l.text, byte(unhex(raw[i+1])<<4|unhex(raw[i+2])))
			i += 2
			continue
		}
		l.text = append(l.text, raw[i])
	}
	return l.text[from:len(l.text):len(l.text)]
}

func unhex(c byte) int {
	switch {
	case c >= '0' && c <= '9':
		return int(c - '0')
	case c >= 'a' && c <= 'f':
		return int(c-'a') + 10
	case c >= 'A' && c <= 'F':
		return int(c-'A') + 10
	}
	return -1
}

// hex reads a hexadecimal string. Other characters are skipped; a missing last digit is 0.
func (l *Lexer) hex() []byte {
	from, high := len(l.text), -1
	for l.pos < len(l.data) {
		c := l.data[l.pos]
		l.pos++
		if c == '>' {
			return l.hexEnd(from, high)
		}
		d := unhex(c)
		switch {
		case d < 0:
			l.noise = l.noise || class[c] != classSpace
		case high < 0:
			high = d
		default:
			l.text = append(l.text, byte(high<<4|d))
			high = -1
		}
	}
	l.cut = true
	return l.hexEnd(from, high)
}

func (l *Lexer) hexEnd(from, high int) []byte {
	if high >= 0 {
		l.text = append(l.text, byte(high<<4))
	}
	return l.text[from:len(l.text):len(l.text)]
}

// literal reads a string in parentheses.
func (l *Lexer) literal() []byte {
	start, depth := l.pos, 1
	for ; l.pos < len(l.data); l.pos++ {
		switch l.data[l.pos] {
		case '\\', '\r':
			return l.escaped(start, depth)
		case '(':
			depth++
		case ')':
			if depth--; depth == 0 {
				l.pos++
				return l.data[start : l.pos-1]
			}
		}
	}
	l.cut = true
	return l.data[start:]
}

// escaped reads the rest of a literal string from its first escape on.
func (l *Lexer) escaped(start, depth int) []byte {
	from := len(l.text)
	l.text = append(l.text, l.data[start:l.pos]...)
	for l.pos < len(l.data) {
		c := l.data[l.pos]
		l.pos++
		switch c {
		case '(':
			depth++
		case ')':
			if depth--; depth == 0 {
				return l.text[from:len(l.text):len(l.text)]
			}
		case '\r': // every end of line is \n
			if l.pos < len(l.data) && l.data[l.pos] == '\n' {
				l.pos++
			}
			c = '\n'
		case '\\':
			l.escape()
			continue
		}
		l.text = append(l.text, c)
	}
	l.cut = true
	return l.text[from:len(l.text):len(l.text)]
}

func (l *Lexer) escape() {
	if l.pos >= len(l.data) {
		return
	}
	c := l.data[l.pos]
	l.pos++
	switch c {
	case 'n':
		c = '\n'
	case 'r':
		c = '\r'
	case 't':
		c = '\t'
	case 'b':
		c = '\b'
	case 'f':
		c = '\f'
	case '\n':
		return
	case '\r':
		if l.pos < len(l.data) && l.data[l.pos] == '\n' {
			l.pos++
		}
		return
	case '0', '1', '2', '3', '4', '5', '6', '7':
		v := int(c - '0')
		for i := 0; i < 2 && l.pos < len(l.data) && l.data[l.pos] >= '0' && l.data[l.pos] <= '7'; i++ {
			v = v*8 + int(l.data[l.pos]-'0')
			l.pos++
		}
		c = byte(v)
	}
	l.text = append(l.text, c)
}
