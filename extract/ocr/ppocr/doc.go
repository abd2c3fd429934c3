// Package ppocr recognizes pictures of single lines of text with a PP-OCR recognition model in ONNX. It implements
// ocr.Recognizer. Its weights, its training and its arithmetic have nothing in common with those of package lstm, so that the
// two are independent witnesses.
//
// Method. A line is drawn 48 pixels high, its gray values from -1 (ink) to 1 (paper), three times, as red, green and blue
// (picture.go). ONNX Runtime computes the network: convolutions, and attention along the line, which give each time step, eight
// pixels wide, the probabilities of 18,709 characters and of the CTC blank (network.go). Package ctc makes texts of that; for
// numbers, the full-width form of a character counts for the character (engine.go). Each line is computed by itself, by one
// thread: what it says does not depend on the lines that are read with it.
//
// The model and the library libonnxruntime are not needed to build the program, and are loaded when the first line is to be
// read; "make models" fetches them. The runtime has one environment for a process; package ppocr makes it once and never ends it
// (runtime.go). A loaded model stays loaded and serves all engines.
package ppocr
