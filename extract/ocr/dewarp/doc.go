// Package dewarp flattens pictures of a page that was photographed: it undoes perspective and curl, and makes the desk around
// the paper white.
//
// What is straight on the page is traced in the picture: drawn rules, and the edges of the paper where it lies on a darker desk.
// A homography is fitted that makes the traces level or upright, then a smooth field of displacements for what is left, the curl
// of the paper. Nothing else about the page is assumed, so it may fill the picture or lie within it. A picture whose traces are
// straight already is left alone.
package dewarp
