// Package pdfium reads and renders PDF pages with PDFium, compiled to WebAssembly. It is the second reader, for what the
// first one cannot decode, and the rasterizer for text recognition.
//
// Method: a page's objects are walked in drawing order, form XObjects in place. Text comes from PDFium's text page, which
// decodes characters and knows their objects but reorders them, so it is looked up by object. What a glyph looks like
// (size, direction, box) is computed from its matrix. Paths become rules, images become pictures. Annotations are merged
// into the page's content first, because only so do their characters become text. All of it is converted once to the
// model's coordinates.
//
// PDFium runs without a file system and within a memory limit; a crash inside it is an error of that page. Its time is not
// limited: a caller that reads untrusted files runs it in a process that can be killed.
//
// Known gaps, because PDFium does not tell: UserUnit is not applied; a /Watermark artifact is only known as an artifact;
// optional content of an XObject itself is read as if it were shown.
package pdfium
