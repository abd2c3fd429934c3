package app

import (
	"sync/atomic"

	"github.com/countybudget/extract/internal/batch"
	"github.com/countybudget/extract/internal/input"
)

// Observer is told what a conversion does while it runs. Calls come from one goroutine, in the order of the methods; Note
// may come at any time. An error ends the run and leaves the output as it was.
type Observer interface {
	// Listing is called before the inputs are listed and hashed. The counters grow until done is called: files found, and
	// objects and members of archives copied.
	Listing(files, copied *atomic.Int64) (done func())

	// Found is called when all inputs are known. Of the summary the counts of files are set.
	Found(s *Summary, skipped []input.Skipped) error

	// Removed is called with the documents of earlier runs that are not among the inputs, if there are any; pruned tells
	// that the output loses them.
	Removed(documents []Removed, pruned bool)

	// Converting is called before the first of total documents is converted, if there are any to convert. The counters grow
	// until done is called.
	Converting(c *batch.Counters, total int) (done func(), err error)

	// Document is called once for every converted document, when its rows are written.
	Document(o *batch.Outcome) error

	// Note is called with what a person should know besides.
	Note(text string)
}

// Removed is a document of an earlier run that is not among the inputs any more.
type Removed struct {
	SourceURI  string
	Unreadable bool // an input has its place, but cannot be read now
}
