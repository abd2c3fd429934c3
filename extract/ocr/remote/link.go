package remote

import (
	"context"
	"fmt"
	"sync"
)

// Link gives each reply to the one who asked. Its methods may be called concurrently.
type Link struct {
	send func(Message) error

	mu      sync.Mutex
	last    uint32
	waiting map[uint32]chan []byte
}

// NewLink makes a link whose requests leave by send, which is called concurrently.
func NewLink(send func(Message) error) *Link {
	return &Link{send: send, waiting: map[uint32]chan []byte{}}
}

// Ask is an Ask.
func (l *Link) Ask(ctx context.Context, body []byte) ([]byte, error) {
	if len(body) > mostBytes {
		return nil, fmt.Errorf("a request of %d bytes is too long", len(body))
	}
	came := make(chan []byte, 1)
	l.mu.Lock()
	l.last++
	number := l.last
	l.waiting[number] = came
	l.mu.Unlock()
	defer func() {
		l.mu.Lock()
		defer l.mu.Unlock()
		delete(l.waiting, number)
	}()
	if err := l.send(Message{number, body}); err != nil {
		return nil, err
	}
	select {
	case body := <-came:
		return body, nil
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// Deliver passes a reply on. One for which nobody waits any more is dropped.
func (l *Link) Deliver(m Message) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if came := l.waiting[m.Number]; came != nil {
		delete(l.waiting, m.Number)
		came <- m.Body
	}
}
