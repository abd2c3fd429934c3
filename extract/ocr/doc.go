// Package ocr recognizes printed tables and text in pictures.
//
// The contract of engines is Recognizer (recognizer.go): pictures of single lines and a character set go in, candidate texts
// with probabilities come out. Package lstm implements it; tests use a fake.
//
// Method of Page. (1) Package image turns the picture into a Sheet: gray, evenly lit, level, without watermark, stamps and
// specks; upright.go finds which way is up. (2) Package segment finds the rules; the caller says which cells they enclose; the
// ink is cut into segments, single lines of text or single numbers. (3) Segments are scaled to the height that the engine
// reads best and recognized many at a time (line.go, session.go), numbers with the characters of numbers only. Of a line's
// candidates, known names and well-formed numbers are preferred (weigh.go); readings vote (entry.go). (4) Package shape gives
// numbers a second reading by the shapes of their digits. Where it differs from the recognizer's, the number is read again in
// other ways and stays doubtful if they do not agree (doubt.go). Targets such as ≥98% are read without their sign
// (signs.go). A witness, a recognizer of other weights, reads what is in question after the first pass, and all of a poor page;
// what both read alike is sure (witness.go). Of a large table, only as many numbers are recognized as teach what the digits look
// like; the others are read by their shapes where those are clear (spared.go). (5) What was read becomes glyphs of the page (glyphs.go, place.go). All
// readings are kept.
package ocr
