package verify

import (
	"github.com/countybudget/extract/schema"
)

// The reports of governments give an item for the whole territory (全市), for their own level (市本级) and for others (高新区).
// A sentence is tested against the tables of what it speaks of. Where either does not say it, or they use different words for
// their own level, agreement is confirmed and disagreement proves nothing.

// extentKind is whose money a text speaks of.
type extentKind uint8

const (
	extentUnsaid extentKind = iota
	extentWhole
	extentOwn
	extentOther
)

// extent is whose money an amount is: the kind, and the word for it.
type extent struct {
	kind extentKind
	word string
}

// extentOfText reads a title; one that names both the whole and the own level says neither.
func (w *Words) extentOfText(text string) extent {
	whole, own := w.wholes.First(text), w.owns.First(text)
	switch {
	case whole != nil && own == nil:
		return extent{extentWhole, whole.Text}
	case own != nil && whole == nil:
		return extent{extentOwn, own.Text}
	}
	return extent{}
}

// extentOfName reads the entity of a line.
func (w *Words) extentOfName(name string) extent {
	if e := w.extentOfText(name); e.word == name || name == "" {
		return e
	}
	return extent{extentOther, name}
}

// extentOf is whose money a line is: what its entity says, else the title of its table.
func (l *checker) extentOf(i int) extent {
	line := &l.Lines[i]
	if line.EntityName != "" || line.TableNo <= 0 {
		return l.words.extentOfName(line.EntityName)
	}
	return l.titleExtents[line.TableNo]
}

// readExtents reads the titles of a government's tables. Where neither they nor the sentences say whose money they mean, the
// document has one kind only.
func (l *checker) readExtents() {
	if l.Disclosure.Document.EntityLevel != schema.Government {
		return
	}
	l.titleExtents = map[int32]extent{}
	for i := range l.Disclosure.Tables {
		t := &l.Disclosure.Tables[i]
		l.titleExtents[t.TableNo] = l.words.extentOfText(t.Title)
	}
	for i := range l.Lines {
		if l.extentOf(i).kind != extentUnsaid {
			l.extents = true
			return
		}
	}
}

// sameExtent reports whether two lines can be of the same money, and whether they say that they are.
func (l *checker) sameExtent(i, j int) (can, sure bool) {
	if !l.extents {
		return true, true
	}
	a, b := l.extentOf(i), l.extentOf(j)
	switch {
	case a.kind == extentUnsaid || b.kind == extentUnsaid:
		return true, false
	case a.kind != b.kind || a.kind == extentOther && a.word != b.word:
		return false, false
	}
	return true, a.word == b.word
}
