// Package remote is an ocr.Engine in another process, and the other side of it. A library that must not be linked, because
// starting it costs every run or a fault of it ends the process, is used through a program that serves its engine (Serve).
//
// The stream in either direction is a sequence of messages:
//
//	4 bytes   length of what follows, big endian
//	4 bytes   number of the request, big endian; the reply has the same
//	n bytes   JSON: a request or a reply (request.go)
//
// Replies may come in another order than requests. The serving side ends when its input does.
package remote

import (
	"bufio"
	"encoding/binary"
	"fmt"
	"io"
)

// Message is a request or a reply.
type Message struct {
	Number uint32
	Body   []byte
}

const (
	headSize   = 4
	numberSize = 4
	mostBytes  = 8 << 20 // of a body; the longest lines of a request have five million pixels
)

// MostBytes is the greatest length of what Message.Bytes returns, of messages that are sent.
const MostBytes = numberSize + mostBytes

// Bytes is the message without its length, for a stream with frames of its own.
func (m Message) Bytes() []byte {
	return append(binary.BigEndian.AppendUint32(make([]byte, 0, numberSize+len(m.Body)), m.Number), m.Body...)
}

// Parse reads what Bytes made.
func Parse(data []byte) (Message, error) {
	if len(data) < numberSize {
		return Message{}, fmt.Errorf("a message of %d bytes", len(data))
	}
	return Message{binary.BigEndian.Uint32(data), data[numberSize:]}, nil
}

// Write writes the message with its length in one call to w.
func (m Message) Write(w io.Writer) error {
	if len(m.Body) > mostBytes {
		return fmt.Errorf("a message of %d bytes is too long", len(m.Body))
	}
	data := binary.BigEndian.AppendUint32(make([]byte, 0, headSize+numberSize+len(m.Body)), uint32(numberSize+len(m.Body)))
	_, err := w.Write(append(data, m.Bytes()...))
	return err
}

// Read reads one message. io.EOF means that the stream ended between messages.
func Read(r *bufio.Reader) (Message, error) {
	var head [headSize]byte
	if _, err := io.ReadFull(r, head[:]); err != nil {
		return Message{}, err
	}
	n := binary.BigEndian.Uint32(head[:])
	if n < numberSize || n > MostBytes {
		return Message{}, fmt.Errorf("a message of %d bytes", n)
	}
	data, err := io.ReadAll(io.LimitReader(r, int64(n)))
	if err == nil && len(data) < int(n) {
		err = io.ErrUnexpectedEOF
	}
	if err != nil {
		return Message{}, err
	}
	return Parse(data)
}
