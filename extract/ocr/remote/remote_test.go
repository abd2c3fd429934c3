package remote

import (
	"bufio"
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"io"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/countybudget/extract/extract/ocr"
	"github.com/countybudget/extract/extract/ocr/ocrtest"
)

// served is an engine on the other side of two pipes, and a function that ends it.
func served(t *testing.T, e ocr.Engine) (link *Link, end func() error) {
	t.Helper()
	requests, in := io.Pipe()
	out, replies := io.Pipe()
	ended := make(chan error, 1)
	go func() {
		ended <- Serve(t.Context(), requests, replies, e, 2, func() error { return nil })
		replies.Close()
	}()
	link = NewLink(func(m Message) error { return m.Write(in) })
	read := make(chan struct{})
	go func() {
		defer close(read)
		for r := bufio.NewReader(out); ; {
			m, err := Read(r)
			if err != nil {
				return
			}
			link.Deliver(m)
		}
	}()
	return link, func() error {
		in.Close()
		<-read
		return <-ended
	}
}

func opened(t *testing.T, e ocr.Engine) (ocr.Engine, func() error) {
	t.Helper()
	link, end := served(t, e)
	r, err := Open(t.Context(), link.Ask)
	if err != nil {
		t.Fatal(err)
	}
	return r, end
}

func TestConforms(t *testing.T) {
	samples := ocrtest.Samples(t, func(ocr.Charset) int { return 36 })
	double := &ocrtest.Double{Say: func(l ocr.Line, charset ocr.Charset) string {
		for _, s := range samples {
			if s.Charset == charset && slices.Equal(s.Line.Pix, l.Pix) {
				return s.Text
			}
		}
		return ""
	}}
	e, end := opened(t, double)
	if e.Name() != double.Name() {
		t.Errorf("name %q", e.Name())
	}
	ocrtest.Conform(t, e)
	if err := end(); err != nil {
		t.Error(err)
	}
	if made, closed := double.Recognizers(); made != 2 || closed != 2 {
		t.Errorf("%d recognizers made, %d closed", made, closed)
	}
}

// More lines than one request has come back in their order.
func TestManyLines(t *testing.T) {
	e, end := opened(t, &ocrtest.Double{Say: func(l ocr.Line, _ ocr.Charset) string { return strings.Repeat("7", l.Width) }})
	defer end()
	lines := make([]ocr.Line, 3*linesAtOnce+1)
	for i := range lines {
		lines[i] = ocr.Line{Width: i, Height: 36, Pix: make([]byte, 36*i)}
	}
	found, err := e.NewRecognizer().Read(t.Context(), lines, ocr.Numbers, nil)
	if err != nil {
		t.Fatal(err)
	}
	for i := range lines {
		if n := 0; i > 0 && len(found[i][0].Characters) != i || i == 0 && len(found[i]) != n {
			t.Errorf("line %d: %v", i, found[i])
		}
	}
}

func TestErrorsOfTheEngineArrive(t *testing.T) {
	double := ocrtest.Fake("1")
	e, end := opened(t, double)
	defer end()
	double.Fault = errors.New("out of order")
	line := ocr.Line{Width: 1, Height: 36, Pix: make([]byte, 36)}
	if _, err := e.NewRecognizer().Read(t.Context(), []ocr.Line{line}, ocr.AnyText, nil); err == nil || !strings.Contains(err.Error(), "out of order") {
		t.Errorf("error %v", err)
	}
}

func TestEngineThatCannotBegin(t *testing.T) {
	fault := errors.New("no models")
	if err := Serve(t.Context(), strings.NewReader(""), io.Discard, &ocrtest.Double{Fault: fault}, 1, nil); !errors.Is(err, fault) {
		t.Errorf("error %v", err)
	}
	if err := Serve(t.Context(), strings.NewReader(""), io.Discard, ocrtest.Fake("1"), 1, func() error { return fault }); !errors.Is(err, fault) {
		t.Errorf("not ready: error %v", err)
	}
}

func TestSlowEnginesCanBeLeft(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		link := NewLink(func(Message) error { return nil }) // no reply ever
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		if _, err := Open(ctx, link.Ask); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("error %v", err)
		}
		link.Deliver(Message{1, nil}) // too late
	})
}

func TestWrongReplies(t *testing.T) {
	for body, want := range map[string]string{
		"":                      "cannot be read",
		`{"protocol":2}`:        "different versions",
		`{"protocol":1}`:        "pixels",
		string(Failure(io.EOF)): "EOF",
		`{"protocol":1,"name":"x","text_height":36,"number_height":100000}`: "pixels",
	} {
		_, err := Open(t.Context(), func(context.Context, []byte) ([]byte, error) { return []byte(body), nil })
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: error %v", body, err)
		}
	}
	replies := []string{`{"protocol":1,"name":"x","text_height":36,"number_height":36}`, `{"protocol":1,"found":[[]]}`}
	e, err := Open(t.Context(), func(context.Context, []byte) ([]byte, error) {
		defer func() { replies = replies[1:] }()
		return []byte(replies[0]), nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := e.NewRecognizer().Read(t.Context(), make([]ocr.Line, 2), ocr.AnyText, nil); err == nil {
		t.Error("one result for two lines: no error")
	}
}

func TestWrongRequests(t *testing.T) {
	link, end := served(t, ocrtest.Fake("1"))
	defer end()
	for body, want := range map[string]string{"{": "cannot be read", `{"protocol":7}`: "different versions"} {
		answer, err := link.Ask(t.Context(), []byte(body))
		if err != nil || !strings.Contains(string(answer), want) {
			t.Errorf("%s: %s, %v", body, answer, err)
		}
	}
}

func TestMessages(t *testing.T) {
	var b bytes.Buffer
	for _, m := range []Message{{1, []byte("a")}, {1<<32 - 1, nil}} {
		if err := m.Write(&b); err != nil {
			t.Fatal(err)
		}
	}
	whole := b.String()
	r := bufio.NewReader(&b)
	for _, want := range []Message{{1, []byte("a")}, {1<<32 - 1, nil}} {
		if m, err := Read(r); err != nil || m.Number != want.Number || !bytes.Equal(m.Body, want.Body) {
			t.Errorf("%v, %v", m, err)
		}
	}
	if _, err := Read(r); err != io.EOF {
		t.Errorf("at the end: %v", err)
	}
	for name, data := range map[string]string{
		"cut off": whole[:len(whole)-1], "no number": "\x00\x00\x00\x02ab", "too long": string(binary.BigEndian.AppendUint32(nil, 1<<31)),
	} {
		r := bufio.NewReader(strings.NewReader(data))
		var err error
		for err == nil {
			_, err = Read(r)
		}
		if err == io.EOF {
			t.Errorf("%s: no error", name)
		}
	}
	if err := (Message{1, make([]byte, mostBytes+1)}).Write(io.Discard); err == nil {
		t.Error("a message that is too long: no error")
	}
}
