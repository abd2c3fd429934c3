package main

import (
	"context"
	"errors"
	"io"
	"slices"

	"github.com/spf13/cobra"

	"github.com/countybudget/extract/extract/model"
	"github.com/countybudget/extract/internal/app"
	"github.com/countybudget/extract/internal/batch"
	"github.com/countybudget/extract/schema"
)

type showOptions struct {
	readOptions
	format      string
	table, page int
	sections    bool
	width       int
	overlay     string
}

// showFormats are the values of --format with what writes them.
var showFormats = map[string]func(*showing, io.Writer) error{
	"text": (*showing).writeText, "csv": (*showing).writeCSV, "json": (*showing).writeJSON, "md": (*showing).writeMarkdown,
}

func (p *program) showCommand() *cobra.Command {
	o := showOptions{readOptions: readOptions{version: p.version}}
	c := &cobra.Command{
		Use:   "show FILE",
		Short: "Print the tables of a document as the program read them",
		Long: `Show reads one PDF file and prints its tables, without writing anything.

Formats:
  text  tables for the terminal, with names wrapped to its width. Figures are never cut, so a very wide table may exceed it.
  md    Markdown; a header of several rows is joined into one
  csv   the grid as printed; the text of a merged cell appears once. Each record begins with the number of its table,
        except with --table. A cell that a spreadsheet would take for a formula begins with an apostrophe.
  json  one object; its tables have the form of "extract dump --stage tables"

` + overlayHelp + `

` + exitCodesHelp,
		Example: `  extract show budget.pdf
  extract show --table 3 --format csv budget.pdf > table3.csv
  extract show --overlay page-%d.svg budget.pdf`,
		Args: cobra.ExactArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			o.file = args[0]
			if err := o.validate(); err != nil {
				return usageError("%w", err)
			}
			return ran(runShow(c.Context(), o, p.stdout, p.stderr))
		},
	}
	f := c.Flags()
	f.SortFlags = false
	f.StringVar(&o.format, "format", "text", "text, csv, json or md")
	f.IntVar(&o.table, "table", 0, "only this table")
	f.IntVar(&o.page, "page", 0, "only what is on this page")
	f.BoolVar(&o.sections, "sections", false, "also print the sections of prose (text, json and md)")
	f.IntVar(&o.width, "width", 0, "maximum width in columns; by default that of the terminal")
	o.add(f)
	f.StringVar(&o.overlay, "overlay", "", "draw what was found over a page to this .svg or .png file; with %d in its name, over every page with a table")
	return c
}

func (o *showOptions) validate() error {
	if err := o.readOptions.validate(); err != nil {
		return err
	}
	switch {
	case showFormats[o.format] == nil:
		return errors.New("--format must be text, csv, json or md")
	case o.table < 0 || o.page < 0 || o.width < 0:
		return errors.New("--table, --page and --width must not be negative")
	}
	return o.validateOverlay()
}

func runShow(ctx context.Context, o showOptions, stdout, stderr io.Writer) error {
	result, err := inspect(ctx, o.readOptions, func(opt *batch.Options) { opt.WithDocument, opt.Sheets = true, o.sheets() })
	if err != nil {
		return err
	}
	d := &result.Disclosure.Document
	if d.Status != schema.StatusOK {
		(&display{stderr: stderr}).message(app.Problem(d))
	}
	switch {
	case result.Document == nil:
	case o.overlay != "":
		if err := writeOverlays(o, result.Document, stdout); err != nil {
			return err
		}
	default:
		s, err := newShowing(o, result, terminalWidth(stdout))
		if err != nil {
			return err
		}
		if err := showFormats[o.format](s, stdout); err != nil {
			return err
		}
	}
	if d.Status != schema.StatusOK {
		return errSomeFailed
	}
	return nil
}

// showing is what is to be printed of a document.
type showing struct {
	options    showOptions
	document   *schema.DocumentRow
	disclosure *schema.Disclosure
	tables     []shownTable
	sections   []model.Section
	width      int
}

type shownTable struct {
	*model.Table
	statement schema.Statement
	lines     int // in budget_lines
}

func newShowing(o showOptions, result *batch.Result, terminal int) (*showing, error) {
	s := &showing{options: o, document: &result.Disclosure.Document, disclosure: result.Disclosure, width: terminal}
	if o.width > 0 {
		s.width = o.width
	}
	for i := range result.Document.Tables {
		t := &result.Document.Tables[i]
		if (o.table == 0 || o.table == t.No) && onPage(o.page, t.FirstPage, t.LastPage) {
			s.tables = append(s.tables, annotate(t, result.Disclosure))
		}
	}
	if o.table > 0 && len(s.tables) == 0 {
		return nil, errNoSuchTable(o, len(result.Document.Tables))
	}
	if o.sections {
		s.sections = slices.DeleteFunc(slices.Clone(result.Document.Sections), func(sec model.Section) bool {
			return !onPage(o.page, sec.FirstPage, sec.LastPage)
		})
	}
	return s, nil
}

func onPage(page, first, last int) bool { return page == 0 || first <= page && page <= last }

func annotate(t *model.Table, d *schema.Disclosure) shownTable {
	s := shownTable{Table: t}
	for _, row := range d.Tables {
		if int(row.TableNo) == t.No {
			s.statement = row.Statement
		}
	}
	for _, line := range d.BudgetLines {
		if int(line.TableNo) == t.No {
			s.lines++
		}
	}
	return s
}
