package batch

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"slices"

	"github.com/countybudget/extract/internal/output"
	"github.com/countybudget/extract/schema"
)

// Ledger compares the documents of a run with those of earlier runs: which of those stay, and what is left to convert.
//
// A document stays if its content, its name, the program and the settings are the same. A document of which no place is
// among the inputs stays too, because a run may be given the new files only; but not if other content stands in all
// its places now, nor when asked to prune. An input that cannot be read is no other content: what an earlier run read in its
// place stays beside its failed row. The row of a folder or archive that could not be looked into goes when a run
// has looked into it: what is in it has places of its own.
type Ledger struct {
	docs    []Document
	byID    map[string]int
	places  map[string]string // the document_id in each place
	kept    map[string]bool
	opt     LedgerOptions
	Removed []string // the first places of documents that are not among the inputs any more
	Missed  []string // those of Removed of which an input is the place, but cannot be read now
	Changed bool     // the earlier output is not what this run makes, even if nothing is left to convert
}

// LedgerOptions are the settings of a Ledger.
type LedgerOptions struct {
	PipelineVersion string
	Settings        func(documentID string) string // that a document was or would be converted with; see Options.Settings
	Force           bool                           // convert again what is there
	Prune           bool                           // drop what is not among the inputs
	LookedInto      func(place string) bool        // see Collector.LookedInto; may be nil
	Others          []Document                     // inputs that are not this run's to convert (--shard)
}

// NewLedger begins with all documents to be converted.
func NewLedger(docs []Document, opt LedgerOptions) *Ledger {
	l := &Ledger{docs: docs, byID: make(map[string]int, len(docs)), places: make(map[string]string, len(docs)), kept: map[string]bool{}, opt: opt}
	for _, d := range opt.Others {
		l.place(&d)
	}
	for i := range docs {
		l.byID[docs[i].ID] = i
		l.place(&docs[i])
	}
	return l
}

func (l *Ledger) place(d *Document) {
	l.places[d.SourceURI] = d.ID
	for _, also := range d.AlsoAs {
		l.places[also] = d.ID
	}
}

// Keep decides about a document of an earlier run, and sets its places right.
func (l *Ledger) Keep(k *output.Kept) bool {
	row := &k.Row
	elsewhere := l.elsewhere(row)
	i, among := l.byID[row.DocumentID]
	if !among && row.DocumentID == unreadID(row.SourceURI) && l.seen(row.SourceURI) {
		l.Changed = l.Changed || !k.Staged
		return false
	}
	if !among {
		return l.keepOther(k, elsewhere)
	}
	d := &l.docs[i]
	if !l.opt.Prune {
		d.AlsoAs = mergePlaces(d.SourceURI, d.AlsoAs, elsewhere)
	}
	same := row.PipelineVersion == l.opt.PipelineVersion && k.Settings == l.opt.Settings(row.DocumentID) && row.FileName == baseName(d.SourceURI)
	if !same || l.opt.Force || d.Unread != nil {
		return false
	}
	l.Changed = l.Changed || k.Staged || row.SourceURI != d.SourceURI || !slices.Equal(row.AlsoAs, d.AlsoAs)
	row.SourceURI, row.AlsoAs = d.SourceURI, d.AlsoAs
	l.kept[d.ID] = true
	return true
}

// Wants reports whether a document of an earlier run belongs into the output though no input has its content.
func (l *Ledger) Wants(row *schema.DocumentRow) bool {
	if _, among := l.byID[row.DocumentID]; among || l.opt.Prune {
		return false
	}
	if row.DocumentID == unreadID(row.SourceURI) && l.seen(row.SourceURI) {
		return false
	}
	return len(l.elsewhere(row)) > 0
}

// seen tells whether this run knows what stands in a place.
func (l *Ledger) seen(place string) bool {
	_, among := l.places[place]
	return among || l.opt.LookedInto != nil && l.opt.LookedInto(place)
}

// keepOther decides about a document that no input has the content of; elsewhere are its places that no input has.
func (l *Ledger) keepOther(k *output.Kept, elsewhere []string) bool {
	if len(elsewhere) == 0 {
		l.Changed = l.Changed || !k.Staged
		return false
	}
	l.Removed = append(l.Removed, k.Row.SourceURI)
	if slices.ContainsFunc(elsewhere, l.unread) {
		l.Missed = append(l.Missed, k.Row.SourceURI)
	}
	if l.opt.Prune {
		l.Changed = l.Changed || !k.Staged
		return false
	}
	source := k.Row.SourceURI
	if !slices.Contains(elsewhere, source) {
		source = elsewhere[0]
	}
	also := mergePlaces(source, nil, elsewhere)
	l.Changed = l.Changed || k.Staged || source != k.Row.SourceURI || !slices.Equal(also, k.Row.AlsoAs)
	k.Row.SourceURI, k.Row.AlsoAs = source, also
	return true
}

// unread tells of a place that is among the inputs but cannot be read.
func (l *Ledger) unread(place string) bool { return l.places[place] == unreadID(place) }

// elsewhere are the places of an earlier document that are not among the inputs, or cannot be read now.
func (l *Ledger) elsewhere(row *schema.DocumentRow) []string {
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

// Todo are the documents that are to be converted, in order. It comes last: the ledger forgets what it compared.
func (l *Ledger) Todo() []Document {
	todo := slices.DeleteFunc(l.docs, func(d Document) bool { return l.kept[d.ID] })
	l.docs, l.byID, l.places = nil, nil, nil
	return todo
}

// Kept is how many of the run's documents are there already.
func (l *Ledger) Kept() int { return len(l.kept) }

// Settings names the options that change what a document converts to.
func (opt *Options) Settings() string {
	data, err := json.Marshal(struct {
		Watermarks     []string
		KeepWatermarks bool
		Pages          int
		Bytes          int64
		OCR            OCR
	}{opt.Watermarks, opt.KeepWatermarks, opt.Limits.Pages, opt.Limits.Bytes, OCR{Mode: opt.OCR.Mode, Language: opt.OCR.Language, DPI: opt.OCR.DPI}})
	if err != nil {
		return err.Error() // strings, numbers and truth values cannot fail
	}
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:8])
}
