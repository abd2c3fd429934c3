package dataset_test

import (
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"testing"

	"github.com/countybudget/extract/internal/dataset"
	"github.com/countybudget/extract/internal/dataset/layout"
	"github.com/countybudget/extract/internal/dataset/spool"
	"github.com/countybudget/extract/schema"
)

// The datasets of these tests have nothing to do with budgets: books, their chapters, and the authors of all of them.

type book struct {
	ID     string `col:"isbn,key"`
	Name   string `col:"title"`
	Author string `col:"author,optional"`
	Year   int32  `col:"printed,partition"`
}

func (b *book) Identity() (id, name string, year int32) { return b.ID, b.Name, b.Year }

type chapter struct {
	Book   string   `col:"isbn,key"`
	Number int32    `col:"number,key"`
	Words  []string `col:"words"`
	Year   int32    `col:"printed,partition"`
}

type author struct {
	Name  string   `col:"name,key"`
	Books []string `col:"books"`
}

type shelf struct {
	Book  string `col:"isbn,key"`
	Place int64  `col:"place,optional,null=-1"`
	Year  int32  `col:"printed,partition"`
}

func library() []schema.Dataset {
	return []schema.Dataset{
		schema.NewDataset[chapter]("chapters", "one chapter", schema.ScopeDocument),
		schema.NewDataset[book]("books", "one book", schema.ScopeHead),
		schema.NewDataset[author]("authors", "one author", schema.ScopeOutput),
		schema.NewDataset[shelf]("shelves", "where a book stands", schema.ScopeOutput),
	}
}

// text is a book with its chapters.
type text struct {
	book
	chapters []chapter
}

func (t text) Head() dataset.Head { return &t.book }

func (t text) Rows(name string) any {
	if name == "chapters" {
		return t.chapters
	}
	return nil
}

func newText(n int) (text, dataset.Sidecar) {
	b := book{ID: fmt.Sprint("isbn ", n), Name: "title", Author: fmt.Sprint("author ", n%2), Year: int32(2000 + n%3)}
	t := text{book: b}
	for i := range int32(3) {
		t.chapters = append(t.chapters, chapter{b.ID, 3 - i, []string{"a", fmt.Sprint(n)}, b.Year})
	}
	return t, dataset.Sidecar(fmt.Sprintf(`{"place":%d}`, n))
}

// librarian makes the rows that come from all books.
type librarian struct {
	books    map[string][]string
	shelves  []shelf
	sidecars []string
}

func (l *librarian) ID() string { return "librarian" }

func (l *librarian) Document(row dataset.Head, facts dataset.Sidecar) error {
	b := row.(*book)
	l.books[b.Author] = append(l.books[b.Author], b.ID)
	l.shelves = append(l.shelves, shelf{b.ID, int64(len(b.ID)), b.Year})
	l.sidecars = append(l.sidecars, b.ID+" "+string(facts))
	return nil
}

func (l *librarian) Rows() []dataset.Derived {
	var authors []author
	for name, books := range l.books {
		slices.Sort(books)
		authors = append(authors, author{name, books})
	}
	return []dataset.Derived{{Dataset: "shelves", Rows: l.shelves}, {Dataset: "authors", Rows: authors}}
}

func openLibrary(t *testing.T, out string, l *librarian) *dataset.Writer {
	t.Helper()
	w, err := dataset.NewWriter(out, dataset.Options{Datasets: library(), SchemaVersion: "7", Resume: true, Deriver: l})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { w.Abort() })
	err = dataset.Resume(w, func(k *dataset.Kept[book]) bool {
		k.Row.Name += "!"
		return true
	})
	if err != nil {
		t.Fatal(err)
	}
	return w
}

// TestAnyCatalog: the writer needs nothing but the datasets it is handed. Sidecars come back as they were for documents that
// are added, come packed, or are taken over from an output or from a run that died, and nothing looks into them.
func TestAnyCatalog(t *testing.T) {
	out := filepath.Join(t.TempDir(), "out")
	catalog := spool.NewCatalog(library())
	add := func(w *dataset.Writer, n int, packed bool) {
		t.Helper()
		doc, facts := newText(n)
		if !packed {
			if err := w.Add(doc, facts); err != nil {
				t.Fatal(err)
			}
			return
		}
		p, err := spool.NewPacker(catalog).Pack(doc, facts)
		if err != nil {
			t.Fatal(err)
		}
		data, err := p.AppendBinary(nil)
		if err != nil {
			t.Fatal(err)
		}
		if p, err = spool.NewUnpacker(catalog).Unpack(data, doc.Head()); err != nil {
			t.Fatal(err)
		}
		if err := w.AddPacked(doc.Head(), p); err != nil {
			t.Fatal(err)
		}
	}
	w := openLibrary(t, out, &librarian{books: map[string][]string{}})
	add(w, 3, false)
	add(w, 1, true)
	if err := w.Commit(); err != nil {
		t.Fatal(err)
	}
	w = openLibrary(t, out, &librarian{books: map[string][]string{}})
	add(w, 2, true)
	w.Abort()
	last := &librarian{books: map[string][]string{}}
	w = openLibrary(t, out, last)
	add(w, 0, false)
	if err := w.Commit(); err != nil {
		t.Fatal(err)
	}
	slices.Sort(last.sidecars)
	want := []string{`isbn 0 {"place":0}`, `isbn 1 {"place":1}`, `isbn 2 {"place":2}`, `isbn 3 {"place":3}`}
	if !slices.Equal(last.sidecars, want) {
		t.Errorf("%q", last.sidecars)
	}
	m, err := dataset.ReadManifest(out)
	if err != nil || m.SchemaVersion != "7" || m.Derivation != "librarian" || m.Documents != 4 || m.Rows("chapters") != 12 || m.Rows("authors") != 2 || m.Rows("shelves") != 4 {
		t.Errorf("%+v, %v", m, err)
	}
	for _, folder := range []string{"books/printed=2000", "books/printed=2001", "chapters/printed=2002", "shelves/printed=2000", "authors"} {
		if _, err := os.Stat(filepath.Join(out, filepath.FromSlash(folder), layout.Part(0))); err != nil {
			t.Error(err)
		}
	}
}

// TestDerivedOfNoDocument: a row about a document that the output does not have is a fault of the program, and no output.
func TestDerivedOfNoDocument(t *testing.T) {
	out := filepath.Join(t.TempDir(), "out")
	w := openLibrary(t, out, &librarian{books: map[string][]string{}, shelves: []shelf{{"nowhere", 1, 2000}}})
	if err := w.Commit(); err == nil {
		t.Error("it was written")
	}
	if _, err := os.Stat(out); err == nil {
		t.Error("there is an output")
	}
}

// TestRowsNeedADataset: a type that is no row type of the schema cannot be read.
func TestRowsNeedADataset(t *testing.T) {
	for row, err := range dataset.Rows[book](t.TempDir()) {
		if err == nil {
			t.Errorf("%+v", row)
		}
	}
	if _, err := schema.DatasetOf(reflect.TypeFor[book]()); err == nil {
		t.Error("a book is a dataset of budgets")
	}
}
