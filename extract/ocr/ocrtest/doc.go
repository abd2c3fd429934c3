// Package ocrtest has what tests of text recognition share: the conditions that every engine must meet (Conform), drawn lines
// that say something known (Samples), and an engine that does as it is told, also to wait, to fail and to crash (Double).
package ocrtest
