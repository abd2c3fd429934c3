// Package lstm reads pictures of single lines of text with the line recognizers (LSTM networks) that Tesseract's language
// data hold.
//
// Method. A line is a picture as high as the recognizer's input. Every 3 × 3 pixels become features, of which the largest in
// 3 × 3 squares remain; a network with memory reads each column of them from the top down, then others read the columns
// from left to right, from right to left and once more from left to right; each column ends as probabilities of codes
// (forward.go, kernel.c). A character is one to five codes in a row, with a code for nothing in between (recoder.go). The
// text is the one of all ways through the columns that together are most probable (decode.go), and a character is as sure
// as the least sure of its codes (align.go).
//
// The networks, their weights in bytes and their arithmetic are Tesseract's (version 4 and 5, its sources src/lstm); what is
// different: many lines are read side by side; no dictionaries are asked, but texts can be suggested (judge.go).
//
// The arithmetic is in C, for processors with AVX-512 VNNI, with AVX2 and for others, with the same bits as result.
package lstm
