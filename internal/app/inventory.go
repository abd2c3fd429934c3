package app

import (
	"slices"

	"github.com/countybudget/extract/internal/input"
	"github.com/countybudget/extract/internal/output"
	"github.com/countybudget/extract/schema"
)

// inventory compares the documents of a run with those of earlier runs: which of those stay, and what is left to convert.
//
// A document stays if its content, its name, the program and the settings are the same. A document none of whose places is
// among the inputs also stays, because a run may be given only the new files; it is dropped if all its places have other
// content now, or with Prune. An input that cannot be read does not count as other content: what an earlier run read in its
// place stays beside the failed row. The row of a folder or archive that could not be opened is dropped once a run has opened
// it, because the files in it have places of their own.
type inventory struct {
	docs    []input.Document
	byID    map[string]int
	places  map[string]string // the document_id in each place
	kept    map[string]bool
	opt     inventoryOptions
	removed []Removed // documents that are not among the inputs any more
	changed bool      // the earlier output is not what this run makes, even if nothing is left to convert
}

// inventoryOptions are the settings of a inventory.
type inventoryOptions struct {
	PipelineVersion string
	Settings        func(documentID string) string // that a document was or would be converted with; see Options.Settings
	Force           bool                           // convert again what is there
	Prune           bool                           // drop what is not among the inputs
	LookedInto      func(place string) bool        // see Collector.LookedInto; may be nil
	Others          []input.Document               // inputs that are not this run's to convert (--shard)
}

// newInventory begins with all documents to be converted.
func newInventory(docs []input.Document, opt inventoryOptions) *inventory {
	l := &inventory{docs: docs, byID: make(map[string]int, len(docs)), places: make(map[string]string, len(docs)), kept: map[string]bool{}, opt: opt}
	for _, d := range opt.Others {
		l.place(&d)
	}
	for i := range docs {
		l.byID[docs[i].ID] = i
		l.place(&docs[i])
	}
	return l
}

func (l *inventory) place(d *input.Document) {
	l.places[d.SourceURI] = d.ID
	for _, also := range d.AlsoAs {
		l.places[also] = d.ID
	}
}

// keep decides about a document of an earlier run, and sets its places right.
func (l *inventory) keep(k *output.Kept) bool {
	row := &k.Row
	elsewhere := l.elsewhere(row)
	i, among := l.byID[row.DocumentID]
	if !among && row.DocumentID == input.UnreadID(row.SourceURI) && l.seen(row.SourceURI) {
		l.changed = l.changed || !k.Staged
		return false
	}
	if !among {
		return l.keepOther(k, elsewhere)
	}
	d := &l.docs[i]
	if !l.opt.Prune {
		d.AlsoAs = mergePlaces(d.SourceURI, d.AlsoAs, elsewhere)
	}
	same := row.PipelineVersion == l.opt.PipelineVersion && k.Settings == l.opt.Settings(row.DocumentID) && row.FileName == d.FileName()
	if !same || l.opt.Force || d.Unread != nil {
		return false
	}
	l.changed = l.changed || k.Staged || row.SourceURI != d.SourceURI || !slices.Equal(row.AlsoAs, d.AlsoAs)
	row.SourceURI, row.AlsoAs = d.SourceURI, d.AlsoAs
	l.kept[d.ID] = true
	return true
}

// wants reports whether a document of an earlier run belongs into the output though no input has its content.
func (l *inventory) wants(row *schema.DocumentRow) bool {
	if _, among := l.byID[row.DocumentID]; among || l.opt.Prune {
		return false
	}
	if row.DocumentID == input.UnreadID(row.SourceURI) && l.seen(row.SourceURI) {
		return false
	}
	return len(l.elsewhere(row)) > 0
}

// seen tells whether this run knows what stands in a place.
func (l *inventory) seen(place string) bool {
	_, among := l.places[place]
	return among || l.opt.LookedInto != nil && l.opt.LookedInto(place)
}

// keepOther decides about a document that no input has the content of; elsewhere are its places that no input has.
func (l *inventory) keepOther(k *output.Kept, elsewhere []string) bool {
	if len(elsewhere) == 0 {
		l.changed = l.changed || !k.Staged
		return false
	}
	l.removed = append(l.removed, Removed{SourceURI: k.Row.SourceURI, Unreadable: slices.ContainsFunc(elsewhere, l.unread)})
	if l.opt.Prune {
		l.changed = l.changed || !k.Staged
		return false
	}
	source := k.Row.SourceURI
	if !slices.Contains(elsewhere, source) {
		source = elsewhere[0]
	}
	also := mergePlaces(source, nil, elsewhere)
	l.changed = l.changed || k.Staged || source != k.Row.SourceURI || !slices.Equal(also, k.Row.AlsoAs)
	k.Row.SourceURI, k.Row.AlsoAs = source, also
	return true
}

// unread tells of a place that is among the inputs but cannot be read.
func (l *inventory) unread(place string) bool { return l.places[place] == input.UnreadID(place) }

// elsewhere are the places of an earlier document that are not among the inputs, or cannot be read now.
func (l *inventory) elsewhere(row *schema.DocumentRow) []string {
	var places []string
	for _, place := range append([]string{row.SourceURI}, row.AlsoAs...) {
		id, among := l.places[place]
		_, mine := l.byID[id]
		if !among || id != row.DocumentID && l.unread(place) || id == row.DocumentID && !mine { // one of another machine's share has not changed hands
			places = append(places, place)
		}
	}
	return places
}

// mergePlaces sorts the places of a document but the first, each once.
func mergePlaces(first string, a, b []string) []string {
	all := slices.Concat(a, b)
	slices.Sort(all)
	all = slices.DeleteFunc(slices.Compact(all), func(s string) bool { return s == first })
	if len(all) == 0 {
		return nil
	}
	return all
}

// todo are the documents that are to be converted, in order. It comes last: the inventory forgets what it compared.
func (l *inventory) todo() []input.Document {
	todo := slices.DeleteFunc(l.docs, func(d input.Document) bool { return l.kept[d.ID] })
	l.docs, l.byID, l.places = nil, nil, nil
	return todo
}
