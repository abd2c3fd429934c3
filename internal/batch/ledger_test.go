package batch

import (
	"errors"
	"reflect"
	"slices"
	"testing"

	"github.com/countybudget/extract/internal/output"
	"github.com/countybudget/extract/schema"
)

func document(id, source string, also ...string) Document {
	return Document{ID: id, Input: Input{Path: source, SourceURI: source}, AlsoAs: also}
}

func keptRow(id, source string, also ...string) *output.Kept {
	name := source[max(0, len(source)-5):]
	return &output.Kept{Settings: "s", Row: schema.DocumentRow{DocumentID: id, FileName: name, SourceURI: source, AlsoAs: also, PipelineVersion: "1"}}
}

func TestLedger(t *testing.T) {
	same := LedgerOptions{PipelineVersion: "1", Settings: always("s")}
	for _, c := range []struct {
		name    string
		input   Document
		before  *output.Kept
		opt     LedgerOptions
		keep    bool
		also    []string
		removed bool
		changed bool
	}{
		{"the same", document("a", "in/a.pdf"), keptRow("a", "in/a.pdf"), same, true, nil, false, false},
		{"another place", document("a", "in/a.pdf", "b/a.pdf"), keptRow("a", "in/a.pdf"), same, true, []string{"b/a.pdf"}, false, true},
		{"a place not given now", document("a", "in/a.pdf"), keptRow("a", "in/a.pdf", "z/a.pdf"), same, true, []string{"z/a.pdf"}, false, false},
		{"another name", document("a", "in/b.pdf"), keptRow("a", "in/a.pdf"), same, false, nil, false, false},
		{"newer program", document("a", "in/a.pdf"), keptRow("a", "in/a.pdf"), LedgerOptions{PipelineVersion: "2", Settings: always("s")}, false, nil, false, false},
		{"other settings", document("a", "in/a.pdf"), keptRow("a", "in/a.pdf"), LedgerOptions{PipelineVersion: "1", Settings: always("t")}, false, nil, false, false},
		{"forced", document("a", "in/a.pdf"), keptRow("a", "in/a.pdf"), LedgerOptions{PipelineVersion: "1", Settings: always("s"), Force: true}, false, nil, false, false},
		{"changed", document("b", "in/a.pdf"), keptRow("a", "in/a.pdf"), same, false, nil, false, true},
		{"changed, but also elsewhere", document("b", "in/a.pdf"), keptRow("a", "in/a.pdf", "z/a.pdf"), same, true, nil, true, true},
		{"removed", document("b", "in/b.pdf"), keptRow("a", "in/a.pdf"), same, true, nil, true, false},
		{"pruned", document("b", "in/b.pdf"), keptRow("a", "in/a.pdf"), LedgerOptions{PipelineVersion: "1", Settings: always("s"), Prune: true}, false, nil, true, true},
	} {
		l := NewLedger([]Document{c.input}, c.opt)
		if keep := l.Keep(c.before); keep != c.keep || len(l.Removed) == 1 != c.removed || l.Changed != c.changed {
			t.Errorf("%s: keep %v, removed %v, changed %v", c.name, keep, l.Removed, l.Changed)
		}
		if c.keep && !reflect.DeepEqual(c.before.Row.AlsoAs, c.also) {
			t.Errorf("%s: also as %v, want %v", c.name, c.before.Row.AlsoAs, c.also)
		}
	}
	unread := document("a", "in/a.pdf")
	unread.Unread = errors.New("no such file")
	if l := NewLedger([]Document{unread}, same); l.Keep(keptRow("a", "in/a.pdf")) || len(l.Todo()) != 1 {
		t.Error("what could not be opened is not tried again")
	}
}

// What could not be opened leaves no row behind when it can be.
func TestLedgerUnreadRows(t *testing.T) {
	looked := func(places ...string) func(string) bool {
		return func(place string) bool { return slices.Contains(places, place) }
	}
	for _, c := range []struct {
		name   string
		inputs []Document
		place  string // of the row
		also   string
		looked func(string) bool
		keep   bool
	}{
		{"a file that has content now", []Document{document("a", "in/a.pdf")}, "in/a.pdf", "", nil, false},
		{"one with another place that is not given", []Document{document("a", "in/a.pdf")}, "in/a.pdf", "in/z.pdf", nil, false},
		{"an archive that was opened", []Document{document("a", "in/x.zip!/a.pdf")}, "in/x.zip", "", looked("in/x.zip"), false},
		{"a folder that was looked into", []Document{document("a", "in/b/a.pdf")}, "in/b", "", looked("in", "in/b"), false},
		{"a file that is not given", []Document{document("a", "in/b/a.pdf")}, "in/c.pdf", "", looked("in/b"), true},
	} {
		l := NewLedger(c.inputs, LedgerOptions{PipelineVersion: "1", Settings: always("s"), LookedInto: c.looked})
		row := keptRow(unreadID(c.place), c.place)
		if c.also != "" {
			row.Row.AlsoAs = []string{c.also}
		}
		if keep := l.Keep(row); keep != c.keep || l.Changed == c.keep {
			t.Errorf("%s: keep %v, changed %v", c.name, keep, l.Changed)
		}
	}
}

// What another machine's share has in a place now is not this one's any more, and what it has still stays with it.
func TestLedgerOfAShard(t *testing.T) {
	opt := LedgerOptions{PipelineVersion: "1", Settings: always("s"), Others: []Document{document("b", "in/a.pdf"), document("c", "in/c.pdf")}}
	l := NewLedger([]Document{document("d", "in/d.pdf")}, opt)
	if l.Keep(keptRow("a", "in/a.pdf")) || len(l.Removed) > 0 {
		t.Error("what stood where other content stands now is kept")
	}
	if !l.Keep(keptRow("c", "in/c.pdf")) {
		t.Error("a document of another shard is dropped")
	}
}

// A file that cannot be read any more keeps what an earlier run read of it; when it can be read again, one row remains.
func TestLedgerKeepsWhatCannotBeReadNow(t *testing.T) {
	opt := LedgerOptions{PipelineVersion: "1", Settings: always("s")}
	lost := document(unreadID("in/a.pdf"), "in/a.pdf")
	lost.Unread = errors.New("permission denied")

	l := NewLedger([]Document{lost}, opt)
	row := keptRow("a", "in/a.pdf")
	if !l.Wants(&row.Row) || !l.Keep(row) || row.Row.SourceURI != "in/a.pdf" || !slices.Equal(l.Missed, []string{"in/a.pdf"}) || !slices.Equal(l.Removed, l.Missed) {
		t.Errorf("the row is lost: removed %v, missed %v, place %s", l.Removed, l.Missed, row.Row.SourceURI)
	}
	if len(l.Todo()) != 1 {
		t.Error("the file has no row of its own")
	}

	l = NewLedger([]Document{lost, document("b", "z/b.pdf")}, opt)
	if row := keptRow("b", "in/a.pdf", "z/b.pdf"); l.Keep(row) && !slices.Equal(row.Row.AlsoAs, []string{"in/a.pdf"}) {
		t.Errorf("a document with another place: also as %v", row.Row.AlsoAs)
	}

	pruning := opt
	pruning.Prune = true
	l = NewLedger([]Document{lost}, pruning)
	if row := keptRow("a", "in/a.pdf"); l.Wants(&row.Row) || l.Keep(row) || len(l.Removed) != 1 {
		t.Error("--prune does not drop it")
	}

	l = NewLedger([]Document{document("a", "in/a.pdf")}, opt)
	if !l.Keep(keptRow("a", "in/a.pdf")) || l.Keep(keptRow(unreadID("in/a.pdf"), "in/a.pdf")) || len(l.Todo()) != 0 || len(l.Removed) != 0 {
		t.Error("the file can be read again, but there is not one row of it")
	}
}

func always(settings string) func(string) string { return func(string) string { return settings } }
