package main

import "github.com/spf13/pflag"

// lexiconHelp describes the files of --lexicon, and settings files.
const lexiconHelp = `A phrase file (--lexicon) teaches the words of a county: tab-separated text in UTF-8, with the heading
  class  phrase  value  match  without  scope  source
and one word a line. Its phrases come before those of the program and replace equal ones. "extract words" lists what was not
understood, and tries a phrase file; CONTRIBUTING.md says what the columns hold.

A file extract.yaml beside documents names the phrase files of its folder and of those below that have none of their own:
  lexicon: words.tsv     (or a folder, or a list; relative to extract.yaml)
Files of --lexicon lie over them. It is not read in archives and object stores.`

// addLexicon adds the flag of commands that read documents, or words as they do.
func addLexicon(f *pflag.FlagSet, paths *[]string) {
	f.StringArrayVar(paths, "lexicon", nil, "phrase file, or folder of .tsv files, that lies over the program's words; may be repeated, the last on top")
}
