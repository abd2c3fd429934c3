// Package extract turns the bytes of one published PDF into a Document: its lines, sections and tables, with the place of
// everything on the page.
package extract

import (
	"context"
	"errors"

	"github.com/countybudget/extract/extract/model"
)

// Document is everything rebuilt from one file.
type Document = model.Document

// Options are the settings of one extraction.
type Options struct {
	MaxPages       int      // pages read at the most; 0 is no limit
	Watermarks     []string // strings that are watermarks whatever the geometry says
	KeepWatermarks bool     // leave watermarks in the text
	Progress       func()   // called after each page; may be nil
}

// Extract reads a PDF held in memory.
func Extract(ctx context.Context, data []byte, opt Options) (*Document, error) {
	return nil, errors.New("not written")
}
