package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/countybudget/extract/extract"
	"github.com/countybudget/extract/extract/model"
	"github.com/countybudget/extract/internal/overlay"
)

const overlayHelp = `With --overlay page.svg (or .png) what was found is drawn over the first page with a table, or that of --page; with %d
in the name, over every page with a table. Only the names of the files are printed. A drawing shows the cells (headers
tinted, with their hierarchy as lines), the numbers of rows and columns from 0 as in the JSON, lines from a table to the
texts that belong to it, and the text lines outside tables in reading order. An SVG has the texts of the page, and beside
it the header path of each column. A PNG is the page as PDFium renders it, without that list; text whose font is not
embedded in the file is missing from it, because PDFium has no Chinese font.`

// overlayFormats are the endings of --overlay with what writes them.
var overlayFormats = map[string]func(io.Writer, *model.Document, *model.Sheet) error{".svg": overlay.SVG, ".png": overlay.PNG}

func (o *showOptions) overlayFormat() string { return strings.ToLower(filepath.Ext(o.overlay)) }

func (o *showOptions) validateOverlay() error {
	switch {
	case o.overlay == "":
		return nil
	case overlayFormats[o.overlayFormat()] == nil:
		return errors.New("--overlay must end in .svg or .png")
	case strings.Count(o.overlay, "%d") > 1:
		return errors.New("--overlay may have %d once")
	case o.table > 0:
		return errors.New("--overlay draws pages: choose with --page, not with --table")
	}
	return nil
}

// sheets is what to ask the worker for.
func (o *showOptions) sheets() *extract.SheetRequest {
	if o.overlay == "" {
		return nil
	}
	return &extract.SheetRequest{Page: o.page, All: strings.Contains(o.overlay, "%d"), Drawn: o.overlayFormat() == ".png"}
}

// writeOverlays draws the sheets of a document, each whole or not at all, and prints the names of the files.
func writeOverlays(o showOptions, d *model.Document, stdout io.Writer) error {
	if len(d.Sheets) == 0 {
		return fmt.Errorf("%s: there is no page %d; the document has %d", o.file, o.page, len(d.Pages))
	}
	for i := range d.Sheets {
		s := &d.Sheets[i]
		var drawing bytes.Buffer
		if err := overlayFormats[o.overlayFormat()](&drawing, d, s); err != nil {
			return err
		}
		name := strings.Replace(o.overlay, "%d", strconv.Itoa(s.Number), 1)
		if err := os.WriteFile(name, drawing.Bytes(), 0o666); err != nil {
			return err
		}
		fmt.Fprintln(stdout, name)
	}
	return nil
}
