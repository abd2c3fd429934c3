// Package image prepares scanned pages for recognition.
//
// A picture becomes a Sheet in these steps. GrayOf takes the red of stamps out (gray.go); white print on black is inverted
// (negative.go); the dark bands that copiers leave along the edges become paper (border.go); levelled divides by the paper's own
// value, so that paper is white everywhere (background.go); uncopied takes the specks of copies of copies off (copier.go);
// darkened makes faint print dark (faint.go); a watermark's gray is found in the histogram (tone.go); the page is levelled by the
// angle at which its ink piles up in rows (skew.go); the watermark becomes paper (flatten.go); single specks are removed
// (speck.go). Pictures in black and white alone are marked (bilevel.go). Connected ink is found with Blobs (components.go,
// dark.go).
//
// Files that import the standard library's image as well name this package pix.
package image
