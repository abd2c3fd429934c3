package batch

import (
	"fmt"
	"slices"
	"sync"

	"github.com/countybudget/extract/normalize"
	"github.com/countybudget/extract/normalize/lexicon"
	"github.com/countybudget/extract/normalize/spelling"
)

// MaxLexicon bounds a user's phrase files as JSON, in bytes: they go to the workers within each job.
const MaxLexicon = maxControlFrame / 2

// phrases are those by which a worker reads documents. Few folders have files of their own, and their documents come mixed, so
// those of some are kept.
type phrases struct {
	mu   sync.Mutex
	made []*madePhrases // those used last come first
}

// madePhrases are the phrases that files lie over.
type madePhrases struct {
	files []lexicon.File
	words *normalize.Words // nil: the embedded ones
	names *spelling.Names
}

// keptPhrases is how many are kept.
const keptPhrases = 8

// of gives the phrases of the files over the embedded ones. The supervisor has checked the files, so an error is a fault of the
// program.
func (p *phrases) of(files []lexicon.File) (*madePhrases, error) {
	if len(files) == 0 {
		return &madePhrases{names: spelling.Embedded()}, nil
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	i := slices.IndexFunc(p.made, func(m *madePhrases) bool { return slices.Equal(files, m.files) })
	if i >= 0 {
		m := p.made[i]
		p.made = slices.Insert(slices.Delete(p.made, i, i+1), 0, m)
		return m, nil
	}
	m, err := makePhrases(files)
	if err != nil {
		return nil, fmt.Errorf("lexicon: %w", err)
	}
	p.made = slices.Insert(p.made[:min(len(p.made), keptPhrases-1)], 0, m)
	return m, nil
}

func makePhrases(files []lexicon.File) (*madePhrases, error) {
	book, err := lexicon.Embedded().OverAll(files)
	if err != nil {
		return nil, err
	}
	words, err := normalize.NewWords(book)
	return &madePhrases{files, words, spelling.New(book)}, err
}
