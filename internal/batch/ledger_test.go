package batch

import (
	"errors"
	"reflect"
	"testing"

	"github.com/countybudget/extract/schema"
)

func document(id, source string, also ...string) Document {
	return Document{ID: id, Input: Input{Path: source, SourceURI: source}, AlsoAs: also}
}

func keptRow(id, source string, also ...string) *schema.Kept {
	name := source[len(source)-5:]
	return &schema.Kept{Settings: "s", Row: schema.DocumentRow{DocumentID: id, FileName: name, SourceURI: source, AlsoAs: also, PipelineVersion: "1"}}
}

func TestLedger(t *testing.T) {
	same := LedgerOptions{PipelineVersion: "1", Settings: always("s")}
	for _, c := range []struct {
		name    string
		input   Document
		before  *schema.Kept
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

func always(settings string) func(string) string { return func(string) string { return settings } }
