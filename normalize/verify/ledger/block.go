package ledger

import (
	"sort"

	"github.com/countybudget/extract/schema"
)

// A printed table is one or more blocks side by side, each a column of names with amounts at its right. How the rows of a block
// include one another is the same in all of its columns: they are many witnesses of one tree.

// block is the rows of one column of names, and their amounts by grid column.
type block struct {
	rows []blockRow
	cols []int32 // the grid columns, in order
	at   []int32 // the line at row*len(cols)+column, or -1
}

// blockRow is one row of a block: a line stands for its item.
type blockRow struct {
	line    int
	depth   int // by its numbering, from 1; 0 without one
	above   int // the depth of the numbering that it stands under
	indent  int // level of indentation; -1 where it says nothing
	printed bool
}

// rowPlace is one row of the grid.
type rowPlace struct{ table, row int32 }

// readLabels gives every line of a table its row's label: the nearest one at its left.
func (l *Ledger) readLabels() []*schema.RowLabel {
	out := make([]*schema.RowLabel, len(l.Lines))
	rows := map[rowPlace][]*schema.RowLabel{}
	for n := range l.Disclosure.Labels {
		b := &l.Disclosure.Labels[n]
		k := rowPlace{b.TableNo, b.Row}
		rows[k] = append(rows[k], b)
	}
	for i := range l.Lines {
		line := &l.Lines[i]
		if line.TableNo <= 0 {
			continue
		}
		for _, b := range rows[rowPlace{line.TableNo, line.Row}] {
			if out[i] == nil || b.Col < line.Col && (b.Col > out[i].Col || out[i].Col > line.Col) {
				out[i] = b
			}
		}
	}
	return out
}

// blockKey tells blocks apart: by the printed table and the column of their names, else the direction. A row's amounts may be of
// several statements.
type blockKey struct {
	table, names int32
	direction    schema.Direction
}

// maxCells bounds the grid of a block; a larger one is no table's.
const maxCells = 8_000_000

// blocks gives the blocks of all tables.
func (l *Ledger) blocks() []*block {
	byKey := map[blockKey][]int{}
	var order []blockKey
	for i := range l.Lines {
		if l.Figures[i].Column == nil {
			continue // of a sentence
		}
		k := blockKey{l.Lines[i].TableNo, -1, l.Lines[i].Direction}
		if b := l.Figures[i].label; b != nil {
			k.names, k.direction = b.Col, ""
		}
		if byKey[k] == nil {
			order = append(order, k)
		}
		byKey[k] = append(byKey[k], i)
	}
	var out []*block
	for _, k := range order {
		if b := l.newBlock(byKey[k]); b != nil {
			out = append(out, b)
		}
	}
	return out
}

func (l *Ledger) newBlock(lines []int) *block {
	sort.SliceStable(lines, func(a, b int) bool { return l.Lines[lines[a]].Row < l.Lines[lines[b]].Row })
	b := &block{}
	index := map[int32]int{}
	for _, i := range lines {
		if _, seen := index[l.Lines[i].Col]; !seen {
			index[l.Lines[i].Col] = 0
			b.cols = append(b.cols, l.Lines[i].Col)
		}
	}
	sort.Slice(b.cols, func(m, n int) bool { return b.cols[m] < b.cols[n] })
	for n, c := range b.cols {
		index[c] = n
	}
	for n, i := range lines {
		if n == 0 || l.Lines[lines[n-1]].Row != l.Lines[i].Row {
			b.rows = append(b.rows, blockRow{line: i})
		}
	}
	if len(b.rows) < 2 || len(b.rows)*len(b.cols) > maxCells {
		return nil
	}
	b.at = make([]int32, len(b.rows)*len(b.cols))
	for n := range b.at {
		b.at[n] = -1
	}
	r := -1
	for n, i := range lines {
		if n == 0 || l.Lines[lines[n-1]].Row != l.Lines[i].Row {
			r++
		}
		slot := r*len(b.cols) + index[l.Lines[i].Col]
		if b.at[slot] >= 0 {
			return nil // two items in one cell: a table on its side, or one of truth
		}
		b.at[slot] = int32(i)
	}
	l.outline(b)
	return b
}
