package batch

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"strings"
	"testing"
	"testing/iotest"
)

func TestFrames(t *testing.T) {
	var b bytes.Buffer
	long := bytes.Repeat([]byte{'x'}, 3<<20)
	for _, f := range []frame{{frameHello, []byte("{}")}, {frameResult, long}, {frameProgress, nil}} {
		if err := writeFrame(&b, f.kind, f.payload); err != nil {
			t.Fatal(err)
		}
	}
	r := bufio.NewReader(&b)
	for _, want := range []frame{{frameHello, []byte("{}")}, {frameResult, long}, {frameProgress, nil}} {
		got, err := readFrame(r)
		if err != nil || got.kind != want.kind || !bytes.Equal(got.payload, want.payload) {
			t.Errorf("%c %d bytes, %v", got.kind, len(got.payload), err)
		}
	}
	if _, err := readFrame(r); err != io.EOF {
		t.Errorf("at the end: %v", err)
	}
}

// TestFileFrame: the frame has the length that was announced, whatever becomes of the file.
func TestFileFrame(t *testing.T) {
	torn := errors.New("torn")
	for name, c := range map[string]struct {
		file   io.Reader
		want   string
		unread error
	}{
		"as it was": {strings.NewReader("abcd"), "abcd", nil},
		"longer":    {strings.NewReader("abcdef"), "abcd", nil},
		"shorter":   {strings.NewReader("ab"), "ab\x00\x00", nil},
		"broken":    {io.MultiReader(strings.NewReader("abc"), iotest.ErrReader(torn)), "abc\x00", torn},
	} {
		var b bytes.Buffer
		unread, err := writeFileFrame(&b, c.file, 4)
		f, rerr := readFrame(bufio.NewReader(&b))
		if err != nil || rerr != nil || unread != c.unread || f.kind != frameFile || string(f.payload) != c.want || b.Len() > 0 {
			t.Errorf("%s: %q, %v, %v, %v", name, f.payload, unread, err, rerr)
		}
	}
}

func TestFrameRefused(t *testing.T) {
	for name, stream := range map[string]string{
		"unknown type":         "\x00\x00\x00\x00?",
		"control frame of 1 G": "\x40\x00\x00\x00P",
		"cut in the header":    "\x00\x00",
		"cut in the payload":   "\x3f\xff\xff\xffRabc",
	} {
		if _, err := readFrame(bufio.NewReader(strings.NewReader(stream))); err == nil || err == io.EOF {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestLastWords(t *testing.T) {
	for _, c := range []struct{ said, want string }{
		{"", ""},
		{"one\ntwo\n\n", "two"},
		{"no line end", "no line end"},
		{"runtime: goroutine stack exceeds 1000-byte limit\nfatal error: stack overflow\n\ngoroutine 1 [running]:\nmain.f()\n", "fatal error: stack overflow"},
		{strings.Repeat("y", 5000) + "\n", strings.Repeat("y", maxWords)},
	} {
		var l lastWords
		for i := range len(c.said) { // in the smallest pieces
			l.Write([]byte{c.said[i]})
		}
		if got := l.summary(); got != c.want {
			t.Errorf("%.40q: %q, want %q", c.said, got, c.want)
		}
	}
}
