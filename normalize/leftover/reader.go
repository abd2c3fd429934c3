package leftover

import (
	"strings"

	"github.com/countybudget/extract/normalize/amount"
	"github.com/countybudget/extract/normalize/compose"
	"github.com/countybudget/extract/normalize/grammar"
	"github.com/countybudget/extract/normalize/lexicon"
	"github.com/countybudget/extract/schema"
	"github.com/countybudget/extract/schema/codebook"
)

// Reader says how a title or a header by itself is understood.
type Reader struct {
	grammar *grammar.Grammar
	books   *codebook.Books
}

// NewReader makes a reader of the words of a lexicon. Its errors name the file and the line of a user's word.
func NewReader(book *lexicon.Book, books *codebook.Books) (*Reader, error) {
	g, err := grammar.New(book)
	return &Reader{g, books}, err
}

// mostReadings bounds the readings that are told.
const mostReadings = 3

// Understanding is how a text is understood.
type Understanding struct {
	Text      string            // folded
	Readings  []grammar.Reading // those that leave as little over, the one taken first
	LeftOver  []string          // what neither a word nor a codebook explains
	Item      bool              // a header that is the name of an item of a codebook
	Statement schema.Statement  // that a title names, "" where it names none
}

// Title says how the title of a table is understood. In a document the name of its own body is understood too.
func (r *Reader) Title(title string) Understanding {
	text := amount.Fold(title)
	t := r.grammar.Parse(text, grammar.Title)
	return Understanding{
		Text: text, Readings: r.grammar.Readings(text, grammar.Title, mostReadings), LeftOver: OfTitle(text, &t, r.books),
		Statement: compose.Statement(&t),
	}
}

// HeaderWith says how the cell is understood that has the word, of a path of headers as budget_lines have it.
func (r *Reader) HeaderWith(word, path string) Understanding {
	for _, cell := range strings.Split(path, " / ") {
		if strings.Contains(amount.Fold(cell), word) {
			return r.Header(cell)
		}
	}
	return r.Header(path)
}

// Header says how one cell of a column's header is understood.
func (r *Reader) Header(header string) Understanding {
	text := amount.Fold(header)
	t := r.grammar.Parse(text, grammar.Header)
	return Understanding{
		Text: text, Readings: r.grammar.Readings(text, grammar.Header, mostReadings), LeftOver: OfHeader(text, &t, r.books),
		Item: len(t.Unknown) > 0 && namesItem(text, r.books),
	}
}
