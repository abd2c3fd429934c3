package app

import (
	"errors"
	"reflect"
	"slices"
	"testing"

	"github.com/countybudget/extract/internal/input"
	"github.com/countybudget/extract/internal/output"
	"github.com/countybudget/extract/schema"
)

func document(id, source string, also ...string) input.Document {
	return input.Document{ID: id, Input: input.Input{Path: source, SourceURI: source}, AlsoAs: also}
}

func keptRow(id, source string, also ...string) *output.Kept {
	name := source[max(0, len(source)-5):]
	return &output.Kept{Settings: "s", Row: schema.DocumentRow{DocumentID: id, FileName: name, SourceURI: source, AlsoAs: also, PipelineVersion: "1"}}
}

func TestInventory(t *testing.T) {
	same := inventoryOptions{PipelineVersion: "1", Settings: always("s")}
	for _, c := range []struct {
		name    string
		input   input.Document
		before  *output.Kept
		opt     inventoryOptions
		keep    bool
		also    []string
		removed bool
		changed bool
	}{
		{"the same", document("a", "in/a.pdf"), keptRow("a", "in/a.pdf"), same, true, nil, false, false},
		{"another place", document("a", "in/a.pdf", "b/a.pdf"), keptRow("a", "in/a.pdf"), same, true, []string{"b/a.pdf"}, false, true},
		{"a place not given now", document("a", "in/a.pdf"), keptRow("a", "in/a.pdf", "z/a.pdf"), same, true, []string{"z/a.pdf"}, false, false},
		{"another name", document("a", "in/b.pdf"), keptRow("a", "in/a.pdf"), same, false, nil, false, false},
		{"newer program", document("a", "in/a.pdf"), keptRow("a", "in/a.pdf"), inventoryOptions{PipelineVersion: "2", Settings: always("s")}, false, nil, false, false},
		{"other settings", document("a", "in/a.pdf"), keptRow("a", "in/a.pdf"), inventoryOptions{PipelineVersion: "1", Settings: always("t")}, false, nil, false, false},
		{"forced", document("a", "in/a.pdf"), keptRow("a", "in/a.pdf"), inventoryOptions{PipelineVersion: "1", Settings: always("s"), Force: true}, false, nil, false, false},
		{"changed", document("b", "in/a.pdf"), keptRow("a", "in/a.pdf"), same, false, nil, false, true},
		{"changed, but also elsewhere", document("b", "in/a.pdf"), keptRow("a", "in/a.pdf", "z/a.pdf"), same, true, nil, true, true},
		{"removed", document("b", "in/b.pdf"), keptRow("a", "in/a.pdf"), same, true, nil, true, false},
		{"pruned", document("b", "in/b.pdf"), keptRow("a", "in/a.pdf"), inventoryOptions{PipelineVersion: "1", Settings: always("s"), Prune: true}, false, nil, true, true},
	} {
		l := newInventory([]input.Document{c.input}, c.opt)
		if keep := l.keep(c.before); keep != c.keep || len(l.removed) == 1 != c.removed || l.changed != c.changed {
			t.Errorf("%s: keep %v, removed %v, changed %v", c.name, keep, l.removed, l.changed)
		}
		if c.keep && !reflect.DeepEqual(c.before.Row.AlsoAs, c.also) {
			t.Errorf("%s: also as %v, want %v", c.name, c.before.Row.AlsoAs, c.also)
		}
	}
	unread := document("a", "in/a.pdf")
	unread.Unread = errors.New("no such file")
	if l := newInventory([]input.Document{unread}, same); l.keep(keptRow("a", "in/a.pdf")) || len(l.todo()) != 1 {
		t.Error("what could not be opened is not tried again")
	}
}

// What could not be opened leaves no row behind when it can be.
func TestInventoryUnreadRows(t *testing.T) {
	looked := func(places ...string) func(string) bool {
		return func(place string) bool { return slices.Contains(places, place) }
	}
	for _, c := range []struct {
		name   string
		inputs []input.Document
		place  string // of the row
		also   string
		looked func(string) bool
		keep   bool
	}{
		{"a file that has content now", []input.Document{document("a", "in/a.pdf")}, "in/a.pdf", "", nil, false},
		{"one with another place that is not given", []input.Document{document("a", "in/a.pdf")}, "in/a.pdf", "in/z.pdf", nil, false},
		{"an archive that was opened", []input.Document{document("a", "in/x.zip!/a.pdf")}, "in/x.zip", "", looked("in/x.zip"), false},
		{"a folder that was looked into", []input.Document{document("a", "in/b/a.pdf")}, "in/b", "", looked("in", "in/b"), false},
		{"a file that is not given", []input.Document{document("a", "in/b/a.pdf")}, "in/c.pdf", "", looked("in/b"), true},
	} {
		l := newInventory(c.inputs, inventoryOptions{PipelineVersion: "1", Settings: always("s"), LookedInto: c.looked})
		row := keptRow(input.UnreadID(c.place), c.place)
		if c.also != "" {
			row.Row.AlsoAs = []string{c.also}
		}
		if keep := l.keep(row); keep != c.keep || l.changed == c.keep {
			t.Errorf("%s: keep %v, changed %v", c.name, keep, l.changed)
		}
	}
}

// What another machine's share has in a place now is not this one's any more, and what it has still stays with it.
func TestInventoryOfAShard(t *testing.T) {
	opt := inventoryOptions{PipelineVersion: "1", Settings: always("s"), Others: []input.Document{document("b", "in/a.pdf"), document("c", "in/c.pdf")}}
	l := newInventory([]input.Document{document("d", "in/d.pdf")}, opt)
	if l.keep(keptRow("a", "in/a.pdf")) || len(l.removed) > 0 {
		t.Error("what stood where other content stands now is kept")
	}
	if !l.keep(keptRow("c", "in/c.pdf")) {
		t.Error("a document of another shard is dropped")
	}
}

// A file that cannot be read any more keeps what an earlier run read of it; when it can be read again, one row remains.
func TestInventoryKeepsWhatCannotBeReadNow(t *testing.T) {
	opt := inventoryOptions{PipelineVersion: "1", Settings: always("s")}
	lost := document(input.UnreadID("in/a.pdf"), "in/a.pdf")
	lost.Unread = errors.New("permission denied")

	l := newInventory([]input.Document{lost}, opt)
	row := keptRow("a", "in/a.pdf")
	if !l.wants(&row.Row) || !l.keep(row) || row.Row.SourceURI != "in/a.pdf" || !slices.Equal(l.removed, []Removed{{"in/a.pdf", true}}) {
		t.Errorf("the row is lost: removed %v, place %s", l.removed, row.Row.SourceURI)
	}
	if len(l.todo()) != 1 {
		t.Error("the file has no row of its own")
	}

	l = newInventory([]input.Document{lost, document("b", "z/b.pdf")}, opt)
	if row := keptRow("b", "in/a.pdf", "z/b.pdf"); l.keep(row) && !slices.Equal(row.Row.AlsoAs, []string{"in/a.pdf"}) {
		t.Errorf("a document with another place: also as %v", row.Row.AlsoAs)
	}

	pruning := opt
	pruning.Prune = true
	l = newInventory([]input.Document{lost}, pruning)
	if row := keptRow("a", "in/a.pdf"); l.wants(&row.Row) || l.keep(row) || len(l.removed) != 1 {
		t.Error("--prune does not drop it")
	}

	l = newInventory([]input.Document{document("a", "in/a.pdf")}, opt)
	if !l.keep(keptRow("a", "in/a.pdf")) || l.keep(keptRow(input.UnreadID("in/a.pdf"), "in/a.pdf")) || len(l.todo()) != 0 || len(l.removed) != 0 {
		t.Error("the file can be read again, but there is not one row of it")
	}
}

func always(settings string) func(string) string { return func(string) string { return settings } }
