package batch

import (
	"bufio"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"math"

	"github.com/countybudget/extract/extract"
	"github.com/countybudget/extract/extract/ocr/remote"
	"github.com/countybudget/extract/internal/dump"
	"github.com/countybudget/extract/normalize/lexicon"
)

// The stream between supervisor and worker is a sequence of frames, on the worker's standard input and output:
//
//	4 bytes   length of the payload, big endian
//	1 byte    type
//	n bytes   payload
//
// The worker starts with a hello frame. The supervisor sends a job frame, and then the document's bytes in a file frame, so
// that a worker needs no permission to open documents. The worker answers with any number of progress frames, its heartbeat,
// then exactly one result frame, and waits for the next job. There is one job at a time. The worker ends when its standard
// input does. Standard error is free text for the log.
//
//	type  direction        payload
//	H     worker → super   JSON Hello
//	J     super → worker   JSON Job
//	F     super → worker   the bytes of the job's document
//	P     worker → super   JSON Progress, the heartbeat: sent after each page, and around each call to an engine
//	R     worker → super   Result as codec.go encodes it
//	Q     worker → super   a request to the process that reads lines with Tesseract's library (package remote, linereader.go)
//	A     super → worker   the answer to such a request, in any order, before the result or after it
const (
	frameHello    = 'H'
	frameJob      = 'J'
	frameFile     = 'F'
	frameProgress = 'P'
	frameResult   = 'R'
	frameAsk      = 'Q'
	frameAnswer   = 'A'
)

// ProtocolVersion changes when a frame's meaning does.
const ProtocolVersion = 6

const (
	frameHeaderSize = 5
	maxControlFrame = 1 << 20 // hello, job and progress
	maxResultFrame  = 1 << 30
	maxFileFrame    = math.MaxUint32
)

// Hello is the worker's first frame.
type Hello struct {
	Protocol int `json:"protocol"`
}

// Job asks for one document. docs/protocol.md describes the fields.
type Job struct {
	DocumentID      string   `json:"document_id"`
	FileName        string   `json:"file_name"`
	SourceURI       string   `json:"source_uri"`
	Bytes           int64    `json:"bytes"`
	MaxPages        int      `json:"max_pages,omitempty"`
	Watermarks      []string `json:"watermarks,omitempty"`
	KeepWatermarks  bool     `json:"keep_watermarks,omitempty"`
	OCR             OCR      `json:"ocr,omitzero"`
	WithDocument    bool     `json:"with_document,omitempty"` // the rebuilt document besides the rows
	Packed          bool     `json:"packed,omitempty"`        // rows in the form of spool.Packed
	Attempt         int      `json:"attempt"`                 // 1, and one more after each worker that was lost to it
	Safe            bool     `json:"safe,omitempty"`          // second reader only, no text recognition
	ReadPages       int      `json:"read_pages,omitempty"`    // pages after this one are only listed
	TimeMillis      int64    `json:"time_ms,omitempty"`       // after this time the pages that are left are only listed
	PipelineVersion string   `json:"pipeline_version"`

	Lexicon []lexicon.File `json:"lexicon,omitempty"` // the user's phrase files: a worker cannot open them

	Sheets *extract.SheetRequest `json:"sheets,omitempty"`
	Draw   *extract.DrawOptions  `json:"draw,omitempty"` // draw the pages, and nothing else
	Dump   *dump.Request         `json:"dump,omitempty"` // one stage as JSON besides the rows

	Data []byte `json:"-"` // the document; comes in a frame of its own

	ask remote.Ask // to the line reader of the supervisor; set by Serve
}

// Progress tells how far a document is.
type Progress struct {
	Pages int   `json:"pages"`           // pages read so far
	Began int64 `json:"began,omitempty"` // number of the engine call that begins
	Ended int64 `json:"ended,omitempty"` // number of the engine call that has ended
}

type frame struct {
	kind    byte
	payload []byte
}

func writeFrame(w io.Writer, kind byte, payload []byte) error {
	if len(payload) > maxResultFrame {
		return fmt.Errorf("a frame of %d bytes is larger than the protocol's limit", len(payload))
	}
	if err := writeHead(w, kind, int64(len(payload))); err != nil {
		return err
	}
	_, err := w.Write(payload)
	return err
}

func writeHead(w io.Writer, kind byte, n int64) error {
	var head [frameHeaderSize]byte
	binary.BigEndian.PutUint32(head[:4], uint32(n))
	head[4] = kind
	_, err := w.Write(head[:])
	return err
}

// writeFileFrame sends the n bytes that a file had when it was opened. A file that has become shorter since, or that fails, is
// padded with zeros, so that the worker finds another checksum; unread is the error of reading it.
func writeFileFrame(w io.Writer, f io.Reader, n int64) (unread, err error) {
	if err := writeHead(w, frameFile, n); err != nil {
		return nil, err
	}
	r := &noting{r: io.LimitReader(f, n)}
	sent, err := io.Copy(w, r)
	if err == nil || r.err != nil {
		_, err = io.CopyN(w, zeros{}, n-sent)
	}
	return r.err, err
}

// noting keeps the error of a reader: io.Copy does not tell which side failed.
type noting struct {
	r   io.Reader
	err error
}

func (n *noting) Read(p []byte) (int, error) {
	k, err := n.r.Read(p)
	if err != nil && err != io.EOF {
		n.err = err
	}
	return k, err
}

type zeros struct{}

func (zeros) Read(p []byte) (int, error) {
	clear(p)
	return len(p), nil
}

var errGarbage = errors.New("what came is not a frame of the protocol")

// readFrame reads one frame. io.EOF means the stream ended between frames.
func readFrame(r *bufio.Reader) (frame, error) {
	var head [frameHeaderSize]byte
	if _, err := io.ReadFull(r, head[:]); err != nil {
		return frame{}, err
	}
	n := int64(binary.BigEndian.Uint32(head[:4]))
	limit, step := int64(maxControlFrame), int64(frameStep)
	switch head[4] {
	case frameHello, frameJob, frameProgress:
	case frameResult:
		limit = maxResultFrame
	case frameAsk, frameAnswer:
		limit = remote.MostBytes
	case frameFile: // only the supervisor sends it, whose length can be trusted: allocate all of it at once
		limit, step = maxFileFrame, maxFileFrame
	default:
		return frame{}, errGarbage
	}
	if n > limit {
		return frame{}, errGarbage
	}
	payload, err := readExactly(r, n, step)
	return frame{head[4], payload}, err
}

// frameStep is how many bytes are allocated for a frame before any of it has been read.
const frameStep = 1 << 20

// readExactly reads n bytes. Beyond step it allocates no more than twice what it has read, so that a false length costs no
// memory.
func readExactly(r io.Reader, n, step int64) ([]byte, error) {
	buf := make([]byte, 0, min(n, step))
	for int64(len(buf)) < n {
		have := int64(len(buf))
		more := min(n-have, max(step, have))
		buf = append(buf, make([]byte, more)...)
		if _, err := io.ReadFull(r, buf[have:]); err != nil {
			return nil, io.ErrUnexpectedEOF
		}
	}
	return buf, nil
}
