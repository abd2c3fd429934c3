package spool

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/countybudget/extract/internal/dataset/layout"
	"github.com/countybudget/extract/schema"
	"github.com/countybudget/extract/schema/schematest"
)

type document struct{ *schema.Disclosure }

func (d document) Head() Head { return &d.Document }

// TestLayout pins the fingerprint of the blocks: journals of earlier outputs name it, and an output whose fingerprint is
// another one cannot be added to. It changes only with a column of the schema.
func TestLayout(t *testing.T) {
	const want = "33ae07adbbc51cc2"
	if got := NewCatalog(schema.Datasets()).layout; got != want {
		t.Errorf("%s, want %s: runs cannot go on from earlier outputs", got, want)
	}
}

// TestEntry pins a line of the journal, and reads it back.
func TestEntry(t *testing.T) {
	c := NewCatalog(schema.Datasets())
	e := &Entry{
		Row: &schema.DocumentRow{DocumentID: "a", FiscalYear: 2024}, Settings: "s", Sidecar: Sidecar(`[{"y":2024}]`),
		Blocks: []Block{{Partition{1, 2023}, 7, 9}, {Partition{2, layout.UnknownYear}, 16, 1}},
	}
	line, err := e.Line()
	if err != nil {
		t.Fatal(err)
	}
	for _, part := range []string{`{"row":{"DocumentID":"a"`, `"settings":"s","figures":[{"y":2024}],"blocks":[[1,2023,7,9],[2,0,16,1]]}` + "\n"} {
		if !bytes.Contains(line, []byte(part)) {
			t.Errorf("%s has no %s", line, part)
		}
	}
	again, err := c.ParseEntry(line[9:])
	if err != nil || again.Row.(*schema.DocumentRow).FiscalYear != 2024 || string(again.Sidecar) != string(e.Sidecar) || !slices.Equal(again.Blocks, e.Blocks) {
		t.Errorf("%+v, %v", again, err)
	}
	empty, err := (&Entry{Row: e.Row}).Line()
	if err != nil || strings.Contains(string(empty), "figures") || strings.Contains(string(empty), "settings") {
		t.Errorf("%s, %v", empty, err)
	}
	for _, bad := range []string{`{"row":null}`, `{"row":{},"blocks":[[0,0,-1,1]]}`, `{"row":{},"blocks":[[-1,0,1,1]]}`, `{"row":{},"blocks":[[0,0,1,4294967296]]}`} {
		if e, err := c.ParseEntry([]byte(bad)); err == nil && e.valid(c, 1<<40) {
			t.Errorf("%s is an entry", bad)
		}
	}
	foreign := &Entry{Row: e.Row, Blocks: []Block{{Partition{c.Len(), 2023}, 0, 1}}}
	if foreign.valid(c, 10) {
		t.Error("a block of no dataset is valid")
	}
	if !e.valid(c, 17) || e.valid(c, 16) {
		t.Error("the last block must end where the spool does, or before")
	}
}

// TestSpool: what is put in comes back, by document, also in another run that goes on from the journal.
func TestSpool(t *testing.T) {
	c := NewCatalog(schema.Datasets())
	dir := t.TempDir()
	file, journal := filepath.Join(dir, "spool"), filepath.Join(dir, layout.Journal)
	s, err := Create(c, file, 0)
	if err != nil {
		t.Fatal(err)
	}
	j, err := OpenJournal(c, journal, 0, false)
	if err != nil {
		t.Fatal(err)
	}
	const docs = 3
	for n := range docs {
		d := document{schematest.Disclosure(n, 4)}
		p, err := NewPacker(c).Pack(d, Sidecar(fmt.Sprintf(`{"n":%d}`, n)))
		if err != nil {
			t.Fatal(err)
		}
		s.Take(p, uint32(n))
		blocks, err := s.Flush()
		if err != nil {
			t.Fatal(err)
		}
		if err := j.Add(&Entry{Row: d.Head(), Sidecar: p.Sidecar(), Blocks: blocks}); err != nil {
			t.Fatal(err)
		}
	}
	if j.Any() {
		t.Error("the journal lists documents before the spool is durable")
	}
	if err := errors.Join(j.Sync(s), j.Close()); err != nil || !j.Any() {
		t.Fatal(err)
	}
	want := contents(t, s, docs)
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}

	again, err := Create(c, file, sizeOf(t, file))
	if err != nil {
		t.Fatal(err)
	}
	defer again.Close()
	n := 0
	length, end, err := c.ReadJournal(journal, file, func(e *Entry) error {
		if string(e.Sidecar) != fmt.Sprintf(`{"n":%d}`, n) {
			t.Errorf("document %d has %s", n, e.Sidecar)
		}
		again.Index(e.Blocks, uint32(n), false)
		n++
		return nil
	})
	if err != nil || n != docs || length != sizeOf(t, journal) || end != sizeOf(t, file) {
		t.Errorf("%d documents, %d bytes of journal, %d of spool, %v", n, length, end, err)
	}
	if got := contents(t, again, docs); !slices.Equal(got, want) {
		t.Error("another run reads other rows")
	}

	whole, err := os.ReadFile(journal)
	if err != nil {
		t.Fatal(err)
	}
	lines := bytes.SplitAfter(whole, []byte("\n"))
	two := len(lines[0]) + len(lines[1]) + len(lines[2])
	for name, damage := range map[string][]byte{
		"torn": whole[:two+20], "without its line end": whole[:len(whole)-1], "changed": append(append(slices.Clone(whole[:two]), "00000000"...), whole[two+8:]...),
	} {
		if err := os.WriteFile(journal, damage, 0o600); err != nil {
			t.Fatal(err)
		}
		n := 0
		if length, _, err := c.ReadJournal(journal, file, func(*Entry) error { n++; return nil }); err != nil || n != 2 || length != int64(two) {
			t.Errorf("%s: %d documents, %d bytes, %v", name, n, length, err)
		}
	}
}

func sizeOf(t *testing.T, path string) int64 {
	t.Helper()
	info, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	return info.Size()
}

// contents are the blocks of a spool, by document.
func contents(t *testing.T, s *Spool, docs int) []string {
	t.Helper()
	var all []string
	r := s.Reader()
	for doc, blocks := range s.ByDocument(docs) {
		for _, b := range blocks {
			data, err := r.Read(b.Ref)
			if err != nil {
				t.Fatal(err)
			}
			all = append(all, fmt.Sprintf("%d %v %x", doc, b.To, data))
		}
	}
	if len(all) < docs*5 {
		t.Errorf("%d blocks", len(all))
	}
	return all
}

// TestYears: a dataset without a row of a known year has a partition for an empty file, in which readers find its columns.
func TestYears(t *testing.T) {
	c := NewCatalog(schema.Datasets())
	s, err := Create(c, filepath.Join(t.TempDir(), "spool"), 0)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	cells, err := c.Index(schema.DatasetCells)
	if err != nil {
		t.Fatal(err)
	}
	codes, _ := c.Index(schema.DatasetCodes)
	put := func(year int32) {
		t.Helper()
		if err := s.TakeRows(Partition{cells, year}, []schema.CellRow{{DocumentID: "a", FiscalYear: year, TableNo: year, Source: schema.FromText}}, 0); err != nil {
			t.Fatal(err)
		}
		if _, err := s.Flush(); err != nil {
			t.Fatal(err)
		}
	}
	check := func(dataset int, want ...int32) {
		t.Helper()
		if got := s.Years(dataset); !slices.Equal(got, want) {
			t.Errorf("%v, want %v", got, want)
		}
	}
	check(codes, layout.UnknownYear)
	check(cells, layout.AnchorYear)
	put(layout.UnknownYear)
	check(cells, layout.AnchorYear, layout.UnknownYear)
	put(2024)
	put(2023)
	check(cells, layout.UnknownYear, 2023, 2024)
	if err := s.TakeRows(Partition{cells, 20244}, []schema.CellRow{{DocumentID: "a", Source: schema.FromText}}, 0); err == nil {
		t.Error("the year 20244 is taken")
	}
}
