package verify

import (
	"github.com/countybudget/extract/schema"
)

// A ledger is a disclosure's lines arranged as tables, columns and rows. A block is one statement's part of one table: a
// printed table may hold two statements, and each adds up by itself.

type ledger struct {
	words      *LedgerWords
	d          *schema.Disclosure
	lines      []schema.BudgetLine
	figs       []figure
	blocks     []*block
	statements map[schema.Statement][]*block
	prose      []int
	columns    map[columnKey][]*column
	nameCodes  map[string]string // 类 code by name, as the document's own tables print it
}

type blockKey struct {
	table     int32
	statement schema.Statement
}

// columnKey finds the columns of a statement, over all its tables.
type columnKey struct {
	statement schema.Statement
	dims      dims
}

type block struct {
	blockKey
	lines    []int
	columns  []*column
	rows     []*row
	entities []entity
	ofDims   map[dims]*column
}

// column is the lines of a block that share their dimensions, in table order.
type column struct {
	block *block
	dims  dims
	lines []int
	grand int  // the line that totals the whole column, or -1
	year  int  // 本年收入合计, 本年支出合计, or -1
	loose bool // its rows may include one another without telling
	text  string
}

// row is the cells of one item: the same row of the grid, direction, phase and year.
type row struct {
	block *block
	lines []int
}

// entity is a row that names a department or a unit.
type entity struct {
	row    int32
	name   string
	parent int // index of the entity it belongs to, or -1
	head   bool
}

func newLedger(d *schema.Disclosure, words *LedgerWords) *ledger {
	l := &ledger{words: words, d: d, lines: d.BudgetLines, figs: make([]figure, len(d.BudgetLines)),
		statements: map[schema.Statement][]*block{}, columns: map[columnKey][]*column{}, nameCodes: map[string]string{}}
	for i := range l.lines {
		l.figs[i] = l.words.newFigure(&l.lines[i])
	}
	l.setUnits()
	l.markAmong()
	l.gatherBlocks()
	for _, b := range l.blocks {
		l.gatherColumns(b)
		l.gatherRows(b)
		l.gatherEntities(b)
	}
	for _, b := range l.blocks {
		l.nest(b)
	}
	return l
}

// setUnits finds the printed place of every figure. Tables made from spreadsheets drop trailing zeros, so that a cell's
// last place is that of its table; a sentence's figure stands for itself.
func (l *ledger) setUnits() {
	type printed struct {
		table int32
		unit  string
	}
	places := map[printed]int{}
	for i := range l.lines {
		line := &l.lines[i]
		if n := printedPlaces(line.RawText); line.TableNo > 0 && n > 0 {
			k := printed{line.TableNo, line.RawUnit}
			places[k] = max(places[k], n)
		}
	}
	for i := range l.lines {
		line := &l.lines[i]
		n := printedPlaces(line.RawText)
		if n < 0 {
			continue
		}
		if line.TableNo > 0 {
			n = places[printed{line.TableNo, line.RawUnit}]
		}
		l.figs[i].unit = l.words.printedUnit(n, line.RawUnit)
	}
}

func (l *ledger) gatherBlocks() {
	index := map[blockKey]*block{}
	for i := range l.lines {
		line := &l.lines[i]
		if line.Statement == schema.Narrative || line.TableNo <= 0 {
			l.prose = append(l.prose, i)
			continue
		}
		k := blockKey{line.TableNo, line.Statement}
		b := index[k]
		if b == nil {
			b = &block{blockKey: k, ofDims: map[dims]*column{}}
			index[k] = b
			l.blocks = append(l.blocks, b)
			l.statements[k.statement] = append(l.statements[k.statement], b)
		}
		b.lines = append(b.lines, i)
		if f := &l.figs[i]; len(f.code) == 3 && line.Classification == schema.ByFunctional {
			l.nameCodes[f.name] = f.code
		}
	}
}

// sameItem says whether two lines of one block stand for the same row.
func (l *ledger) sameItem(i, j int) bool {
	a, b := &l.lines[i], &l.lines[j]
	return a.Row == b.Row && a.ItemCode == b.ItemCode && l.figs[i].name == l.figs[j].name
}

func (l *ledger) gatherColumns(b *block) {
	counterparts := l.counterpartColumns(b)
	for n, i := range b.lines {
		line, f := &l.lines[i], &l.figs[i]
		k := dims{direction: line.Direction, phase: line.Phase, year: line.FiscalYear, fund: line.FundSource,
			spending: line.Spending, period: line.Period, change: f.change}
		if counterparts {
			k.counterpart = line.CounterpartName
		}
		k.balance = line.Classification == schema.ByBalance && l.isBalanceColumn(b, n)
		if k.balance && f.kind == kindBalance {
			f.kind = kindItem
		}
		c := b.ofDims[k]
		if c == nil {
			c = &column{block: b, dims: k, grand: -1, year: -1, text: k.text()}
			b.ofDims[k] = c
			b.columns = append(b.columns, c)
			key := columnKey{b.statement, k}
			l.columns[key] = append(l.columns[key], c)
		}
		c.lines = append(c.lines, i)
		f.column = c
	}
}

// counterpartColumns says whether the second classification runs across: one row has several counterparts in columns
// that nothing else tells apart.
func (l *ledger) counterpartColumns(b *block) bool {
	for n := 1; n < len(b.lines); n++ {
		i, j := b.lines[n-1], b.lines[n]
		p, q := &l.lines[i], &l.lines[j]
		if p.CounterpartName != q.CounterpartName && p.FundSource == q.FundSource && p.Spending == q.Spending &&
			p.Period == q.Period && p.Phase == q.Phase && p.FiscalYear == q.FiscalYear &&
			p.Direction == q.Direction && p.Col != q.Col && l.sameItem(i, j) {
			return true
		}
	}
	return false
}

// isBalanceColumn says whether the balance line at b.lines[n] stands in a column of balances: its row also has other
// amounts of the same item.
func (l *ledger) isBalanceColumn(b *block, n int) bool {
	i := b.lines[n]
	if l.figs[i].code != "" {
		return true
	}
	for m := n - 1; m >= 0 && l.sameItem(b.lines[m], i); m-- {
		if l.lines[b.lines[m]].Classification != schema.ByBalance {
			return true
		}
	}
	return false
}

func (l *ledger) gatherRows(b *block) {
	first := 0 // of the lines of the current grid row
	for n, i := range b.lines {
		if n > 0 && l.lines[b.lines[n-1]].Row != l.lines[i].Row {
			first = len(b.rows)
		}
		r := l.rowOf(b, first, i)
		if r == nil {
			r = &row{block: b}
			b.rows = append(b.rows, r)
		}
		r.lines = append(r.lines, i)
		l.figs[i].row = r
	}
}

// maxItems bounds the items that one grid row may hold side by side; a row of more is no table's, and not searched whole.
const maxItems = 256

// rowOf finds the item's row among the block's rows from first on.
func (l *ledger) rowOf(b *block, first, i int) *row {
	f := &l.figs[i]
	for n := len(b.rows) - 1; n >= max(first, len(b.rows)-maxItems); n-- {
		j := b.rows[n].lines[0]
		g := &l.figs[j]
		p, q := &f.column.dims, &g.column.dims
		if l.sameItem(i, j) && p.direction == q.direction && p.phase == q.phase && p.year == q.year &&
			p.counterpart == q.counterpart && p.change == q.change && p.balance == q.balance {
			return b.rows[n]
		}
	}
	return nil
}

// lineOf gives the row's cell in the column with those dimensions, or -1.
func (r *row) lineOf(l *ledger, fund schema.FundSource, spending schema.Spending, period schema.Period) int {
	for _, i := range r.lines {
		d := &l.figs[i].column.dims
		if d.fund == fund && d.spending == spending && d.period == period {
			return i
		}
	}
	return -1
}
