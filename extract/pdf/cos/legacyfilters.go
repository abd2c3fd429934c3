package cos

import (
	"bytes"
	"errors"
	"io"
)

// errForeignBytes is text-encoded data with characters outside the encoding.
var errForeignBytes = errors.New("bytes that are no digits of its encoding")

// hexDecode decodes ASCIIHexDecode data up to ">" or the end. It skips foreign characters and then returns errForeignBytes
// with the data.
func hexDecode(data []byte) ([]byte, error) {
	l := Lexer{data: data}
	out := l.hex()
	for _, c := range data[:l.pos] {
		if unhex(c) < 0 && class[c] != classSpace && c != '>' {
			return out, errForeignBytes
		}
	}
	return out, nil
}

// lzwDecode decodes LZWDecode data: most significant bit first, codes of 9 to 12 bits. compress/lzw has no EarlyChange.
func lzwDecode(data []byte, early int, limit int64) ([]byte, error) {
	const clear, eod = 256, 257
	var prefix [4096]int16
	var suffix [4096]byte
	var length [4096]int32
	for i := range 256 {
		suffix[i], length[i] = byte(i), 1
	}
	var out []byte
	next, width, prev := 258, 9, -1
	acc, bits := 0, 0
	for _, b := range data {
		acc, bits = acc<<8|int(b), bits+8
		if bits < width {
			continue
		}
		code := acc >> (bits - width) & (1<<width - 1)
		bits -= width
		acc &= 1<<bits - 1
		switch {
		case code == eod:
			return out, nil
		case code == clear:
			next, width, prev = 258, 9, -1
			continue
		case code > next || code == next && prev < 0:
			return out, errors.New("LZW code out of range")
		}
		start := len(out)
		if code == next { // the string being defined: the previous one and its own first byte
			out = appendLZW(out, prev, &prefix, &suffix, &length)
			out = append(out, out[start])
		} else {
			out = appendLZW(out, code, &prefix, &suffix, &length)
		}
		if int64(len(out)) > limit {
			return nil, ErrTooLarge
		}
		if prev >= 0 && next < 4096 {
			prefix[next], suffix[next], length[next] = int16(prev), out[start], length[prev]+1
			next++
		}
		prev = code
		for width < 12 && next+early >= 1<<width {
			width++
		}
	}
	return out, nil
}

func appendLZW(out []byte, code int, prefix *[4096]int16, suffix *[4096]byte, length *[4096]int32) []byte {
	n := int(length[code])
	start := len(out)
	out = append(out, make([]byte, n)...)
	for i := n - 1; i >= 0; i-- {
		out[start+i] = suffix[code]
		code = int(prefix[code])
	}
	return out
}

// ascii85Decode decodes ASCII85Decode data. It skips foreign characters and then returns errForeignBytes with the data.
func ascii85Decode(data []byte, limit int64) ([]byte, error) {
	if int64(len(data)) > limit {
		return nil, ErrTooLarge
	}
	data = bytes.TrimPrefix(bytes.TrimLeft(data, " \t\r\n\x00"), []byte("<~"))
	out := make([]byte, 0, len(data)*4/5+4)
	var v uint32
	n := 0
	var err error
	for _, c := range data {
		switch {
		case c == '~':
			return ascii85Tail(out, v, n), err
		case c == 'z' && n == 0:
			out = append(out, 0, 0, 0, 0)
		case c >= '!' && c <= 'u':
			v = v*85 + uint32(c-'!')
			if n++; n == 5 {
				out = append(out, byte(v>>24), byte(v>>16), byte(v>>8), byte(v))
				v, n = 0, 0
			}
		case class[c] != classSpace:
			err = errForeignBytes
		}
	}
	return ascii85Tail(out, v, n), err
}

func ascii85Tail(out []byte, v uint32, n int) []byte {
	if n < 2 {
		return out
	}
	for i := n; i < 5; i++ {
		v = v*85 + 84
	}
	for i := range n - 1 {
		out = append(out, byte(v>>(24-8*i)))
	}
	return out
}

func runLengthDecode(data []byte, limit int64) ([]byte, error) {
	var out []byte
	for len(data) > 0 {
		n := int(data[0])
		data = data[1:]
		switch {
		case n == 128:
			return out, nil
		case n < 128:
			if n++; n > len(data) {
				return append(out, data...), io.ErrUnexpectedEOF
			}
			out = append(out, data[:n]...)
			data = data[n:]
		case len(data) > 0:
			out = append(out, bytes.Repeat(data[:1], 257-n)...)
			data = data[1:]
		}
		if int64(len(out)) > limit {
			return nil, ErrTooLarge
		}
	}
	return out, nil
}
