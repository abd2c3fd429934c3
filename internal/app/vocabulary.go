package app

import (
	"maps"
	"slices"

	"github.com/countybudget/extract/internal/batch"
	"github.com/countybudget/extract/internal/input"
	"github.com/countybudget/extract/internal/vocabulary"
	"github.com/countybudget/extract/normalize/lexicon"
)

// vocabularies are those by which the documents of a run are read.
type vocabularies struct {
	set  *vocabulary.Set
	byID map[string]*vocabulary.Vocabulary // of documents to which a settings file applies
}

// newVocabularies reads and checks the phrase files of the whole run.
func newVocabularies(paths []string) (*vocabularies, error) {
	set, err := vocabulary.New(paths, batch.MaxLexicon)
	return &vocabularies{set, map[string]*vocabulary.Vocabulary{}}, err
}

// find reads and checks the settings files of the documents. A document in several places has those of the first.
func (v *vocabularies) find(docs []input.Document) error {
	for i := range docs {
		in, err := v.set.In(docs[i].Folder())
		if err != nil {
			return err
		}
		if in != v.set.Base() {
			v.byID[docs[i].ID] = in
		}
	}
	return nil
}

func (v *vocabularies) of(documentID string) *vocabulary.Vocabulary {
	if one := v.byID[documentID]; one != nil {
		return one
	}
	return v.set.Base()
}

func (v *vocabularies) files(d *input.Document) []lexicon.File { return v.of(d.ID).Files }

func (v *vocabularies) book(documentID string) *lexicon.Book { return v.of(documentID).Book }

// SettingsFile is how many documents of a run a settings file applies to.
type SettingsFile struct {
	File      string `json:"file"`
	Documents int    `json:"documents"`
}

// settingsFiles are those that apply, sorted.
func (v *vocabularies) settingsFiles() []SettingsFile {
	documents := map[string]int{}
	for _, one := range v.byID {
		documents[one.Settings]++
	}
	var all []SettingsFile
	for _, file := range slices.Sorted(maps.Keys(documents)) {
		all = append(all, SettingsFile{file, documents[file]})
	}
	return all
}
