// Package claims accounts for every number that the pages print.
//
// A number is claimed when a row carries it: a budget line (its amount, or its item and counterpart as printed), a project or
// an indicator, a table (its title). It is claimed as well when its place says that it is a code, a year, a page or column
// number. A row of cells or sections does not claim one: those datasets hold every number, whether it was understood or not.
//
// The others are reported, in one diagnostic for each column and page, because a column of quantities has hundreds of them; the
// count in documents is exact.
package claims

import (
	"github.com/countybudget/extract/extract/model"
	"github.com/countybudget/extract/schema"
)

// Claims collects what carries numbers while the rows of a document are made.
type Claims struct {
	lines map[linePlace][]*model.Cell // the cells of a line's amount, item and counterpart
	prose map[string][]pageBox        // where a line's amount stands in the text, by line_id
	forms map[*model.Cell]int32       // the project that carries a cell
	codes map[*model.Cell]bool        // cells whose whole numbers are codes or row numbers by their column
	marks map[*model.Cell]bool        // column numbers
	about map[columnPlace]Column      // what is known of a table's columns
}

// linePlace is a cell by its place, as budget_lines has it.
type linePlace struct{ table, row, col int32 }

type columnPlace struct{ table, col int }

type pageBox struct {
	page int
	box  model.Rect
}

// Column is what is known of the column of a table.
type Column struct {
	Header string // as diagnostics name it
	Values bool   // an amount column
	Money  bool   // figures with decimals or thousands separators in it are amounts
}

// New gives claims of nothing.
func New() *Claims {
	return &Claims{
		lines: map[linePlace][]*model.Cell{}, prose: map[string][]pageBox{}, forms: map[*model.Cell]int32{},
		codes: map[*model.Cell]bool{}, marks: map[*model.Cell]bool{}, about: map[columnPlace]Column{},
	}
}

// Line notes the cells that a line of a table is made of: that of its amount, and those of its item and counterpart.
func (c *Claims) Line(l *schema.BudgetLine, cell *model.Cell, key map[*model.Cell]bool) {
	p := linePlace{l.TableNo, l.Row, l.Col}
	c.lines[p] = append(c.lines[p], cell)
	for k := range key {
		c.lines[p] = append(c.lines[p], k)
	}
}

// Sentence notes a place in the text, on a page (from 1), where the amount of a line stands that a sentence gave.
func (c *Claims) Sentence(lineID string, page int, box model.Rect) {
	c.prose[lineID] = append(c.prose[lineID], pageBox{page, box})
}

// Form notes a cell that a project, given by its project_no, carries.
func (c *Claims) Form(project int32, cell *model.Cell) { c.forms[cell] = project }

// Code notes a cell whose whole numbers are codes or row numbers, because its column holds such.
func (c *Claims) Code(cell *model.Cell) { c.codes[cell] = true }

// Mark notes a cell that holds the number of a column.
func (c *Claims) Mark(cell *model.Cell) { c.marks[cell] = true }

// Describe notes what is known of a column (from 0) of a table, given by its number.
func (c *Claims) Describe(table, col int, about Column) { c.about[columnPlace{table, col}] = about }

// CellsOfLines are the cells that lines of tables are made of.
func (c *Claims) CellsOfLines() map[*model.Cell]bool {
	out := map[*model.Cell]bool{}
	for _, cells := range c.lines {
		for _, cell := range cells {
			out[cell] = true
		}
	}
	return out
}
