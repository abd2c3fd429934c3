// Package review writes one HTML page on which a person checks what was read: the image of each page beside the tables
// rebuilt from it. A figure shows its place, how it was read and the identities that use it; corrections are saved as a file
// that convert applies.
//
// The image is rendered by PDFium, so that it does not depend on the program's own reader. Where PDFium draws nothing because
// a font is not embedded, the characters that were read are drawn over it in another colour.
//
// The page is self-contained and opens from disk. Text of documents is only in its data, and the script inserts it as text,
// never as HTML.
package review
