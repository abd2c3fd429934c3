// Package lstm recognizes pictures of single lines of text with the line models (LSTM networks) of Tesseract's language data. It
// implements ocr.Recognizer.
//
// Method. A line is a picture of the height that the network wants. A 3 × 3 convolution and 3 × 3 max pooling make features of
// its pixels; an LSTM runs down each column of them; further LSTMs run along the line from left to right, from right to left
// and from left to right again; a softmax gives each time step, three pixels wide, a probability distribution over labels and
// the CTC blank (forward.go, kernel.c). A character is encoded by one to nine labels (recoder.go). Package ctc makes texts of that.
//
// The networks, their weights of eight bits and their arithmetic are those of Tesseract 4 and 5 (src/lstm of its sources). What is
// different: lines are computed in batches (runner.go), and there are no dictionaries.
//
// The arithmetic is in C, for processors with AVX-512 VNNI, with AVX2 and for others, with the same bits as result.
package lstm
