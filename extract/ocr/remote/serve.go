package remote

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"sync"

	"github.com/countybudget/extract/extract/ocr"
)

// Serve answers requests from in on out with recognizers of an engine, until in ends. Before the first request each has loaded
// its models, and ready is called; it may take the right to open files from the process.
func Serve(ctx context.Context, in io.Reader, out io.Writer, e ocr.Engine, recognizers int, ready func() error) (err error) {
	s := &server{out: out, idle: make(chan ocr.Recognizer, recognizers)}
	defer func() {
		s.wait.Wait()
		for len(s.idle) > 0 {
			err = errors.Join(err, (<-s.idle).Close())
		}
	}()
	for range recognizers {
		r := e.NewRecognizer()
		s.idle <- r
		if err := warm(ctx, r); err != nil {
			return err
		}
		s.is = reply{Protocol: protocolVersion, Name: e.Name(), TextHeight: r.LineHeight(ocr.AnyText), NumberHeight: r.LineHeight(ocr.Numbers)}
	}
	if err := ready(); err != nil {
		return err
	}
	input := bufio.NewReader(in)
	for {
		m, err := Read(input)
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
		r := <-s.idle
		s.wait.Go(func() {
			s.answer(ctx, r, m)
			s.idle <- r
		})
	}
}

// warm makes a recognizer load what it needs, by reading white paper.
func warm(ctx context.Context, r ocr.Recognizer) error {
	for _, charset := range []ocr.Charset{ocr.AnyText, ocr.Numbers} {
		l := ocr.Line{Width: 100, Height: r.LineHeight(charset)}
		l.Pix = make([]byte, l.Width*l.Height)
		for i := range l.Pix {
			l.Pix[i] = 255
		}
		if _, err := r.Read(ctx, []ocr.Line{l}, charset, nil); err != nil {
			return err
		}
	}
	return nil
}

type server struct {
	is   reply
	idle chan ocr.Recognizer
	wait sync.WaitGroup

	writing sync.Mutex
	out     io.Writer
}

// answer writes the reply to a request. Where the other side is gone, input ends too.
func (s *server) answer(ctx context.Context, r ocr.Recognizer, m Message) {
	body, err := s.reply(ctx, r, m.Body)
	if err != nil {
		body = Failure(err)
	}
	s.writing.Lock()
	defer s.writing.Unlock()
	_ = Message{m.Number, body}.Write(s.out)
}

func (s *server) reply(ctx context.Context, r ocr.Recognizer, body []byte) ([]byte, error) {
	var q request
	if err := json.Unmarshal(body, &q); err != nil {
		return nil, fmt.Errorf("a request that cannot be read: %w", err)
	}
	if q.Protocol != protocolVersion {
		return nil, errVersion(q.Protocol)
	}
	is := s.is
	if len(q.Lines) > 0 {
		var err error
		if is.Found, err = r.Read(ctx, q.Lines, q.Charset, nil); err != nil {
			return nil, err
		}
	}
	return json.Marshal(is)
}
