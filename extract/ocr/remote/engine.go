package remote

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"

	"github.com/countybudget/extract/extract/ocr"
)

// Ask sends the body of a request and returns that of its reply. It is called concurrently.
type Ask func(ctx context.Context, body []byte) ([]byte, error)

// linesAtOnce is how many lines one request has: few, so that a slow engine notices soon that a call was cancelled.
const linesAtOnce = 16

// Open asks what the engine on the other side is.
func Open(ctx context.Context, ask Ask) (ocr.Engine, error) {
	e := &engine{ask: ask}
	var err error
	if e.is, err = e.call(ctx, request{}); err != nil {
		return nil, fmt.Errorf("text recognition: %w", err)
	}
	const most = 1024 // pixels
	if h := min(e.is.TextHeight, e.is.NumberHeight); e.is.Name == "" || h < 1 || max(e.is.TextHeight, e.is.NumberHeight) > most {
		return nil, fmt.Errorf("text recognition: the engine %q has lines of %d and %d pixels", e.is.Name, e.is.TextHeight, e.is.NumberHeight)
	}
	return e, nil
}

type engine struct {
	ask Ask
	is  reply // to a request without lines
}

func (e *engine) call(ctx context.Context, q request) (reply, error) {
	q.Protocol = protocolVersion
	body, err := json.Marshal(q)
	if err != nil {
		return reply{}, err
	}
	if body, err = e.ask(ctx, body); err != nil {
		return reply{}, err
	}
	var r reply
	if err := r.decode(body); err != nil {
		return reply{}, err
	}
	return r, nil
}

// Name implements ocr.Engine.
func (e *engine) Name() string { return e.is.Name }

// NewRecognizer implements ocr.Engine.
func (e *engine) NewRecognizer() ocr.Recognizer { return recognizer{e} }

type recognizer struct{ *engine }

// LineHeight implements ocr.Recognizer.
func (r recognizer) LineHeight(charset ocr.Charset) int {
	if charset == ocr.AnyText {
		return r.is.TextHeight
	}
	return r.is.NumberHeight
}

// Read implements ocr.Recognizer. Nothing is suggested to the other side.
func (r recognizer) Read(ctx context.Context, lines []ocr.Line, charset ocr.Charset, _ ocr.Suggest) ([][]ocr.Candidate, error) {
	out := make([][]ocr.Candidate, 0, len(lines))
	for part := range slices.Chunk(lines, linesAtOnce) {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		found, err := r.call(ctx, request{Charset: charset, Lines: part})
		if err != nil {
			return nil, err
		}
		if len(found.Found) != len(part) {
			return nil, fmt.Errorf("%d results for %d lines", len(found.Found), len(part))
		}
		out = append(out, found.Found...)
	}
	return out, ctx.Err()
}

// Close implements ocr.Recognizer: the other side keeps its recognizers for others.
func (r recognizer) Close() error { return nil }
