// Package ctc turns what a network says of a line into texts: the probabilities of labels and of the blank in each time step
// (connectionist temporal classification, CTC) become candidates with places and probabilities.
//
// Method. Prefix beam search finds the most probable texts (decode.go), the most probable alignment the place and the
// probability of each character (alignment.go), and the forward algorithm the probability of a text that somebody suggests
// (suggest.go). Characters are encoded by one or more labels (alphabet.go).
package ctc
