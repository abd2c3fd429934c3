// Package gosseract recognizes pictures of single lines of text with Tesseract's own library (libtesseract, through
// github.com/otiai10/gosseract/v2), dictionaries on. It implements ocr.Engine.
//
// It reads the same models as package lstm, an order of magnitude slower, and differs where a line's place, its size or a word
// of the dictionary decide. A program that links it starts 12 ms later and holds 9 MB more, and a fault of the library ends
// the program. Therefore extract itself does not link it: command extract-tesseract does, and package remote talks to that.
// It is for programs that set OMP_THREAD_LIMIT=1: with more threads, a line takes longer.
package gosseract
