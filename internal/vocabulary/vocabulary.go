// Package vocabulary finds the words that users teach the program: phrase files (see normalize/lexicon) that are given for a
// whole run, and those that a settings file beside documents names for its folder. All are read and checked before any
// document is; mistakes are told with file, line and what to do.
package vocabulary

import (
	"encoding/json"
	"fmt"
	"slices"

	"github.com/countybudget/extract/internal/bytesize"
	"github.com/countybudget/extract/normalize"
	"github.com/countybudget/extract/normalize/lexicon"
)

// Vocabulary is the phrases by which a document is read.
type Vocabulary struct {
	Files    []lexicon.File // the user's, checked; each lies over those before it
	Book     *lexicon.Book  // with Files over the embedded phrases
	Sum      string         // checksum of what the phrases of Files say, "" where there are none
	Settings string         // the settings file that names some of them, "" where none applies
}

// Set is the vocabularies of a run. It is not safe for concurrent use.
type Set struct {
	run        []lexicon.File // of the whole run
	most       int
	base       *Vocabulary
	near       map[string]string      // settings files by folder; "" where none applies
	bySettings map[string]*Vocabulary // by settings file
}

// New reads the phrase files of a whole run: those named, and the .tsv files of the folders named. most bounds the files of one
// vocabulary as JSON, in bytes.
func New(paths []string, most int) (*Set, error) {
	s := &Set{most: most, near: map[string]string{}, bySettings: map[string]*Vocabulary{}}
	var err error
	if s.run, err = readPhrases(paths); err != nil {
		return nil, err
	}
	s.base, err = s.over(nil, "")
	return s, err
}

// Base is the vocabulary of documents to which no settings file applies.
func (s *Set) Base() *Vocabulary { return s.base }

// In is the vocabulary of the documents in a folder: the phrases that the settings file of the folder, or the nearest above
// it, names, and over them those of the run.
func (s *Set) In(folder string) (*Vocabulary, error) {
	file := s.settingsOf(folder)
	if file == "" {
		return s.base, nil
	}
	if v := s.bySettings[file]; v != nil {
		return v, nil
	}
	paths, err := readSettings(file)
	if err != nil {
		return nil, err
	}
	files, err := readPhrases(paths)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", file, err)
	}
	v, err := s.over(files, file)
	if err != nil {
		return nil, err
	}
	s.bySettings[file] = v
	return v, nil
}

// over makes a vocabulary of files and, over them, those of the run.
func (s *Set) over(files []lexicon.File, settings string) (*Vocabulary, error) {
	v := &Vocabulary{Files: slices.Concat(files, s.run), Book: lexicon.Embedded(), Settings: settings}
	if len(v.Files) == 0 {
		return v, nil
	}
	data, err := json.Marshal(v.Files)
	if err != nil {
		return nil, err
	}
	if len(data) > s.most {
		return nil, fmt.Errorf("the phrase files take %s, at most %s are read: leave out what the program knows already",
			bytesize.Format(int64(len(data))), bytesize.Format(int64(s.most)))
	}
	if v.Book, err = lexicon.Embedded().OverAll(v.Files); err != nil {
		return nil, err
	}
	v.Sum = v.Book.OwnSum()
	_, err = normalize.NewWords(v.Book)
	return v, err
}
