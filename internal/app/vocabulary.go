package app

import (
	"maps"
	"slices"

	"github.com/countybudget/extract/internal/batch"
	"github.com/countybudget/extract/internal/input"
	"github.com/countybudget/extract/internal/vocabulary"
	"github.com/countybudget/extract/normalize/lexicon"
)

// words are the users' words by which the documents of a run are read.
type words struct {
	set  *vocabulary.Set
	byID map[string]*vocabulary.Vocabulary // of documents to which a settings file applies
}

// newVocabulary reads and checks the phrase files of the whole run.
func newVocabulary(paths []string) (*words, error) {
	set, err := vocabulary.New(paths, batch.MaxLexicon)
	return &words{set, map[string]*vocabulary.Vocabulary{}}, err
}

// find reads and checks the settings files of the documents. A document in several places has those of the first.
func (w *words) find(docs []input.Document) error {
	for i := range docs {
		v, err := w.set.In(docs[i].Folder())
		if err != nil {
			return err
		}
		if v != w.set.Base() {
			w.byID[docs[i].ID] = v
		}
	}
	return nil
}

func (w *words) of(documentID string) *vocabulary.Vocabulary {
	if v := w.byID[documentID]; v != nil {
		return v
	}
	return w.set.Base()
}

func (w *words) files(d *input.Document) []lexicon.File { return w.of(d.ID).Files }

func (w *words) book(documentID string) *lexicon.Book { return w.of(documentID).Book }

// SettingsFile is how many documents of a run a settings file applies to.
type SettingsFile struct {
	File      string `json:"file"`
	Documents int    `json:"documents"`
}

// settingsFiles are those that apply, sorted.
func (w *words) settingsFiles() []SettingsFile {
	documents := map[string]int{}
	for _, v := range w.byID {
		documents[v.Settings]++
	}
	var all []SettingsFile
	for _, file := range slices.Sorted(maps.Keys(documents)) {
		all = append(all, SettingsFile{file, documents[file]})
	}
	return all
}
