package app

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"github.com/countybudget/extract/internal/batch"
	"github.com/countybudget/extract/internal/vocabulary"
	"github.com/countybudget/extract/normalize/leftover"
	"github.com/countybudget/extract/schema"
	"github.com/countybudget/extract/schema/codebook"
)

// Where a word stands.
const (
	inTitle  = "title"
	inHeader = "header"
)

// UnknownWord is a word of titles or headers that was not understood.
type UnknownWord struct {
	Word      string
	Where     string // title, header
	Times     int    // titles or headers that have it
	Documents int    // that have it
	Example   Example
	Taken     []Taken // what the amounts below it were taken for, the most frequent first

	lastIn string // the document counted last
	taken  map[Taken]int
}

// Example is the first title or header that has a word.
type Example struct {
	FileName string
	Page     int32
	Text     string // all of it, of a header the whole path
	Read     leftover.Understanding
}

// Taken is a reading of amounts below a word that was not understood: no identity proves it.
type Taken struct {
	Meaning   schema.Meaning
	Statement schema.Statement
	Direction schema.Direction
	Fund      schema.FundSource
	Spending  schema.Spending
	Period    schema.Period
	Phase     schema.Phase
	Lines     int // amounts
}

// UnknownWords lists what was not understood in the documents of an output, the most frequent first. The examples are read with
// the user's phrase files.
func UnknownWords(ctx context.Context, out string, lexiconPaths []string) ([]*UnknownWord, error) {
	reader, err := phraseReader(lexiconPaths)
	if err != nil {
		return nil, err
	}
	w := newUnknownWords(reader)
	if err := each(ctx, out, func(d *schema.DocumentRow) { w.files[d.DocumentID] = d.FileName }); err != nil {
		return nil, err
	}
	if err := each(ctx, out, w.diagnostic); err != nil {
		return nil, err
	}
	if err := each(ctx, out, w.line); err != nil {
		return nil, err
	}
	return w.sorted(), nil
}

// unknownWords collects what UnknownWords lists.
type unknownWords struct {
	reader *leftover.Reader
	files  map[string]string // names by document_id
	byKey  map[wordKey]*UnknownWord
	below  map[place][]*UnknownWord
}

func newUnknownWords(reader *leftover.Reader) *unknownWords {
	return &unknownWords{reader: reader, files: map[string]string{}, byKey: map[wordKey]*UnknownWord{}, below: map[place][]*UnknownWord{}}
}

type wordKey struct{ word, where string }

// place is where amounts below a word stand: a table, or the columns of it below a header.
type place struct {
	document string
	table    int32
	heading  string
}

// diagnostic takes the words that a diagnostic reports.
func (w *unknownWords) diagnostic(d *schema.DiagnosticRow) {
	r, ok := leftover.Read(d)
	if !ok {
		return
	}
	where, text := inTitle, r.Title
	if r.Heading != "" {
		where, text = inHeader, r.Heading
	}
	at := place{d.DocumentID, r.Table, r.Heading}
	slices.Sort(r.Words)
	for _, word := range slices.Compact(r.Words) {
		u := w.byKey[wordKey{word, where}]
		if u == nil {
			u = &UnknownWord{Word: word, Where: where, taken: map[Taken]int{}}
			u.Example = Example{FileName: w.files[d.DocumentID], Page: d.Page, Text: text, Read: w.read(word, where, text)}
			w.byKey[wordKey{word, where}] = u
		}
		u.Times++
		if u.lastIn != d.DocumentID { // the rows of a document stand together
			u.Documents++
			u.lastIn = d.DocumentID
		}
		if !slices.Contains(w.below[at], u) {
			w.below[at] = append(w.below[at], u)
		}
	}
}

// read reads the title, or the cell of the header's path that has the word.
func (w *unknownWords) read(word, where, text string) leftover.Understanding {
	if where == inTitle {
		return w.reader.Title(text)
	}
	return w.reader.HeaderWith(word, text)
}

// line takes a line below words that were not understood.
func (w *unknownWords) line(l *schema.BudgetLine) {
	if l.Meaning == schema.Stated || l.TableNo == 0 {
		return
	}
	t := Taken{
		Meaning: l.Meaning, Statement: l.Statement, Direction: l.Direction, Fund: l.FundSource, Spending: l.Spending, Period: l.Period, Phase: l.Phase,
	}
	for _, u := range w.below[place{l.DocumentID, l.TableNo, ""}] {
		u.taken[t]++
	}
	if l.Heading != "" {
		for _, u := range w.below[place{l.DocumentID, l.TableNo, l.Heading}] {
			u.taken[t]++
		}
	}
}

// sorted gives the words, the most frequent first.
func (w *unknownWords) sorted() []*UnknownWord {
	all := make([]*UnknownWord, 0, len(w.byKey))
	for _, u := range w.byKey {
		for t, lines := range u.taken {
			t.Lines = lines
			u.Taken = append(u.Taken, t)
		}
		slices.SortFunc(u.Taken, func(a, b Taken) int {
			return cmp.Or(-cmp.Compare(a.Lines, b.Lines), cmp.Compare(fmt.Sprint(a), fmt.Sprint(b)))
		})
		all = append(all, u)
	}
	slices.SortFunc(all, func(a, b *UnknownWord) int {
		return cmp.Or(-cmp.Compare(a.Times, b.Times), cmp.Compare(a.Word, b.Word), cmp.Compare(a.Where, b.Where))
	})
	return all
}

// TryPhrase says how a title, or a cell of a header, is understood with a user's phrase files.
func TryPhrase(phrase string, title bool, lexiconPaths []string) (*leftover.Understanding, error) {
	reader, err := phraseReader(lexiconPaths)
	if err != nil {
		return nil, err
	}
	u := reader.Header(phrase)
	if title {
		u = reader.Title(phrase)
	}
	return &u, nil
}

// phraseReader reads phrases with a user's phrase files.
func phraseReader(lexiconPaths []string) (*leftover.Reader, error) {
	set, err := vocabulary.New(lexiconPaths, batch.MaxLexicon)
	if err != nil {
		return nil, err
	}
	books, err := codebook.Load()
	if err != nil {
		return nil, fmt.Errorf("embedded codebooks: %w", err)
	}
	return leftover.NewReader(set.Base().Book, books)
}
