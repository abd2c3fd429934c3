// Package lexicon holds every phrase by which the program reads a disclosure: titles, headers, names of rows, labels of
// forms, words of sentences, units, furniture of pages. Words are data: a county that prints another phrase needs a line in
// data/*.tsv and a test, no program code.
//
// A file has one phrase a line, in seven columns parted by tabs:
//
//	class    what the phrase is for. data/classes.tsv declares every class; its first part is the file: rows.total is in rows.tsv
//	phrase   the text, as package amount folds it; a regular expression where the match is pattern
//	value    what the phrase stands for, where the class has values: a column role, a fund source, a number
//	match    how a text is compared with it: equals, prefix, suffix, contains, all (of the words between |), pattern; empty
//	         where the class says it
//	without  words between |: a text that contains one of them does not match
//	scope    the readers that know the phrase, with commas between them; empty for all of them
//	source   where the phrase comes from, for those who review it
//
// Loading is strict: a class that is not declared, a phrase given twice, a line out of order or with a wrong number of
// columns is an error with its file and line.
//
// A Book is built once and never changes. A user's own file lies over it (Book.Over): its phrases come first, and take the
// place of equal ones. They are checked against those they lie over, as far as a mistake would make a reader blind or fail.
package lexicon
