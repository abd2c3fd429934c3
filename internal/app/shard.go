package app

import (
	"fmt"
	"strconv"

	"github.com/countybudget/extract/internal/input"
)

// Shard is one part of the documents, for several machines with an output each: part i of n, counted from 1. The zero value
// is all documents.
type Shard struct{ i, n int }

// ParseShard reads 2/5, the second of five parts. An empty text is all documents.
func ParseShard(text string) (Shard, error) {
	var s Shard
	if text == "" {
		return s, nil
	}
	if n, err := fmt.Sscanf(text, "%d/%d", &s.i, &s.n); err != nil || n != 2 || s.i < 1 || s.i > s.n || text != fmt.Sprintf("%d/%d", s.i, s.n) {
		return s, fmt.Errorf("%q is not like 2/5", text)
	}
	return s, nil
}

// split gives the documents of the part, and the others. The hash of a document decides, so that every machine sees the same
// parts.
func (s Shard) split(docs []input.Document) (part, others []input.Document) {
	if s.n < 2 {
		return docs, nil
	}
	for _, d := range docs {
		if hash, err := strconv.ParseUint(d.ID[:8], 16, 64); err == nil && int(hash%uint64(s.n)) == s.i-1 {
			part = append(part, d)
		} else {
			others = append(others, d)
		}
	}
	return part, others
}
