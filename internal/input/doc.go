// Package input finds the documents of a run: files, folders, lists, patterns, archives and object stores, and which of them
// have the same content. It tells PDF files and archives by extension and signature; it does not read documents.
//
// A Collector turns arguments into Inputs, Identify hashes them and joins duplicates to Documents. Every file has a place (its
// source_uri, see place.go), and every file that is not converted is listed with its kind.
package input
