// Package review writes one page on which a person checks what was read: the picture of each page beside the tables
// rebuilt from it. A figure shows its place, how it was read and the identities it takes part in; corrections typed in are
// saved as a file that convert applies.
//
// The picture is what PDFium draws, so that it does not depend on the program's own reading. Where it draws nothing because
// a font is not embedded, the characters that were read are drawn over it, in a colour of their own.
//
// The page holds all it needs and opens from disk. What documents say is in its data alone, and the script puts it on the
// page as text.
package review
