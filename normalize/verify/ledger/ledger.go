package ledger

import "github.com/countybudget/extract/schema"

// Ledger is a disclosure's lines as tables, columns and rows, with what includes what. Lines are named by their index in
// Lines.
type Ledger struct {
	Disclosure *schema.Disclosure
	Lines      []schema.BudgetLine // those of the disclosure
	Figures    []Figure            // by line
	Tables     []*Table            // in the order of their first lines
	Statements map[schema.Statement][]*Table
	Prose      []int             // the lines that sentences state
	NameCodes  map[string]string // code of a 类 by its name, as the document's own tables print it

	words *Words
	parts [][]int // by line: the lines that it includes

	Government bool // the document is a government's, by its level or by rows that only governments have
	columns    map[columnKey][]*Column
}

type tableKey struct {
	table     int32
	Statement schema.Statement
}

// columnKey finds the columns of a statement, over all its tables.
type columnKey struct {
	statement schema.Statement
	dims      Dims
}

// Table is one statement's part of one printed table, which may hold two statements: each adds up by itself.
type Table struct {
	tableKey
	Lines    []int
	Columns  []*Column
	Rows     []*Row
	Entities []entity // of a table that lists several departments or units
	OfDims   map[Dims]*Column
	whole    bool // it is all of the printed table
}

// Column is the lines of a table that share their dimensions, in table order.
type Column struct {
	Table *Table
	Dims  Dims
	Lines []int
	Grand int    // the line that totals the whole column, or -1
	Year  int    // the line of 本年收入合计 or 本年支出合计, or -1
	Text  string // its dimensions, for descriptions
}

// Row is the lines of one item: of the same row of the grid, direction, phase and year.
type Row struct {
	Lines []int
}

// entity is a row that names a department or a unit.
type entity struct {
	row    int32
	name   string
	parent int // index of the entity it belongs to, or -1
	head   bool
}

// ColumnsOf gives the columns of a statement that have certain dimensions, over all its tables.
func (l *Ledger) ColumnsOf(st schema.Statement, dims Dims) []*Column {
	return l.columns[columnKey{st, dims}]
}

// New arranges the lines of a disclosure.
func New(d *schema.Disclosure, words *Words) *Ledger {
	l := &Ledger{words: words, Disclosure: d, Lines: d.BudgetLines, Figures: make([]Figure, len(d.BudgetLines)),
		Statements: map[schema.Statement][]*Table{}, columns: map[columnKey][]*Column{}, NameCodes: map[string]string{}}
	labels := l.readLabels()
	for i := range l.Lines {
		l.Figures[i] = l.words.newFigure(&l.Lines[i], labels[i])
	}
	l.Government = d.Document.EntityLevel == schema.Government
	for i := range l.Figures {
		l.Government = l.Government || l.words.government.Any(l.Figures[i].Name)
	}
	l.setUnits()
	l.markAmong()
	l.gatherTables()
	printed := map[int32]int{}
	for _, table := range l.Tables {
		printed[table.table]++
	}
	for _, table := range l.Tables {
		table.whole = printed[table.table] == 1
		l.gatherColumns(table)
		l.gatherRows(table)
		l.gatherEntities(table)
	}
	for _, table := range l.Tables {
		l.nest(table)
	}
	blocks := l.blocks()
	for _, b := range blocks {
		l.settle(b)
	}
	l.gatherParts()
	l.setFirm(blocks)
	return l
}

// setUnits finds the printed place of every figure. Tables made from spreadsheets drop trailing zeros, so that a cell's
// last place is at least that of its table: the one that a fifth of its amounts are printed to, since nine in ten amounts do not
// end in zero. A few decimals in a table of rounded amounts say nothing of the others. A sentence's figure stands for itself.
func (l *Ledger) setUnits() {
	const most, share = 8, 5
	type printed struct {
		table int32
		unit  string
	}
	counts := map[printed]*[most + 1]int{} // how many amounts are printed to so many places
	for i := range l.Lines {
		line := &l.Lines[i]
		n := PrintedPlaces(line.RawText)
		if line.TableNo <= 0 || n < 0 || l.Figures[i].Fen == 0 {
			continue
		}
		k := printed{line.TableNo, line.RawUnit}
		if counts[k] == nil {
			counts[k] = new([most + 1]int)
		}
		counts[k][min(n, most)]++
	}
	places := map[printed]int{}
	for k, c := range counts {
		all, fine := 0, 0
		for _, n := range c {
			all += n
		}
		for n := most; n > 0; n-- {
			if fine += c[n]; share*fine >= all {
				places[k] = n
				break
			}
		}
	}
	for i := range l.Lines {
		line := &l.Lines[i]
		n := PrintedPlaces(line.RawText)
		if n < 0 {
			continue
		}
		if line.TableNo > 0 {
			n = max(n, places[printed{line.TableNo, line.RawUnit}])
		}
		l.Figures[i].Unit = l.words.printedUnit(n, line.RawUnit)
	}
}

func (l *Ledger) gatherTables() {
	index := map[tableKey]*Table{}
	for i := range l.Lines {
		line := &l.Lines[i]
		if line.Statement == schema.Narrative || line.TableNo <= 0 {
			l.Prose = append(l.Prose, i)
			continue
		}
		k := tableKey{line.TableNo, line.Statement}
		table := index[k]
		if table == nil {
			table = &Table{tableKey: k, OfDims: map[Dims]*Column{}}
			index[k] = table
			l.Tables = append(l.Tables, table)
			l.Statements[k.Statement] = append(l.Statements[k.Statement], table)
		}
		table.Lines = append(table.Lines, i)
		if f := &l.Figures[i]; len(f.Code) == 3 && line.Classification == schema.ByFunctional {
			l.NameCodes[f.Name] = f.Code
		}
	}
}

// sameItem reports whether two lines of one table stand for the same row.
func (l *Ledger) sameItem(i, j int) bool {
	a, b := &l.Lines[i], &l.Lines[j]
	return a.Row == b.Row && a.ItemCode == b.ItemCode && l.Figures[i].Name == l.Figures[j].Name
}

func (l *Ledger) gatherColumns(table *Table) {
	dims := make([]Dims, len(table.Lines))
	counterparts := l.counterpartColumns(table)
	for n, i := range table.Lines {
		line, f := &l.Lines[i], &l.Figures[i]
		k := &dims[n]
		*k = Dims{Direction: line.Direction, Phase: line.Phase, Year: line.FiscalYear, Fund: line.FundSource,
			Spending: line.Spending, Period: line.Period, Change: f.Change}
		if counterparts {
			k.counterpart = line.CounterpartName
		}
		if l.headed(i) {
			k.Fund, k.Spending = schema.AllFunds, schema.AllSpending
		}
		k.Balance = line.Classification == schema.ByBalance && l.isBalanceColumn(table, n)
		if k.Balance && f.Kind == KindBalance {
			f.Kind = KindItem
		}
	}
	l.partBlocks(table, dims)
	several := l.severalColumns(table, dims)
	for n, i := range table.Lines {
		k := dims[n]
		shared := columnKey{table.Statement, k}
		if several[k] {
			k.col = l.Lines[i].Col + 1
		}
		c := table.OfDims[k]
		if c == nil {
			c = &Column{Table: table, Dims: k, Grand: -1, Year: -1, Text: k.text()}
			table.OfDims[k] = c
			table.Columns = append(table.Columns, c)
			l.columns[shared] = append(l.columns[shared], c)
		}
		c.Lines = append(c.Lines, i)
		l.Figures[i].Column = c
	}
}

// severalColumns finds the dimensions that several columns of the grid share: one row has two amounts of one item in them. Their
// headers say more than the dimensions do, and each adds up by itself.
func (l *Ledger) severalColumns(table *Table, dims []Dims) map[Dims]bool {
	several := map[Dims]bool{}
	first := map[Dims]int{}
	for n, i := range table.Lines {
		j, seen := first[dims[n]]
		switch {
		case !seen || l.Lines[j].Row != l.Lines[i].Row:
			first[dims[n]] = i
		case l.Lines[j].Col != l.Lines[i].Col && l.sameItem(i, j):
			several[dims[n]] = true
		}
	}
	return several
}

// counterpartColumns reports whether the second classification runs across: one row has several counterparts in columns
// that nothing else tells apart.
func (l *Ledger) counterpartColumns(table *Table) bool {
	for n := 1; n < len(table.Lines); n++ {
		i, j := table.Lines[n-1], table.Lines[n]
		p, q := &l.Lines[i], &l.Lines[j]
		if p.CounterpartName != q.CounterpartName && p.FundSource == q.FundSource && p.Spending == q.Spending &&
			p.Period == q.Period && p.Phase == q.Phase && p.FiscalYear == q.FiscalYear &&
			p.Direction == q.Direction && p.Col != q.Col && l.sameItem(i, j) {
			return true
		}
	}
	return false
}

// isBalanceColumn reports whether the n-th line, of a balance, stands in a column of balances: its row also has other
// amounts of the same item.
func (l *Ledger) isBalanceColumn(table *Table, n int) bool {
	i := table.Lines[n]
	if l.Figures[i].Code != "" {
		return true
	}
	for m := n - 1; m >= 0 && l.sameItem(table.Lines[m], i); m-- {
		if l.Lines[table.Lines[m]].Classification != schema.ByBalance {
			return true
		}
	}
	return false
}

func (l *Ledger) gatherRows(table *Table) {
	first := 0 // of the lines of the current grid row
	for n, i := range table.Lines {
		if n > 0 && l.Lines[table.Lines[n-1]].Row != l.Lines[i].Row {
			first = len(table.Rows)
		}
		r := l.rowOf(table, first, i)
		if r == nil {
			r = &Row{}
			table.Rows = append(table.Rows, r)
		}
		r.Lines = append(r.Lines, i)
		l.Figures[i].row = r
	}
}

// maxItems bounds the items that one grid row may hold side by side; a row of more is no table's, and not searched whole.
const maxItems = 256

// rowOf finds the item's row among the table's rows from first on.
func (l *Ledger) rowOf(table *Table, first, i int) *Row {
	f := &l.Figures[i]
	for n := len(table.Rows) - 1; n >= max(first, len(table.Rows)-maxItems); n-- {
		j := table.Rows[n].Lines[0]
		g := &l.Figures[j]
		p, q := &f.Column.Dims, &g.Column.Dims
		if l.sameItem(i, j) && p.Direction == q.Direction && p.Phase == q.Phase && p.Year == q.Year &&
			p.counterpart == q.counterpart && p.Change == q.Change && p.Balance == q.Balance {
			return table.Rows[n]
		}
	}
	return nil
}

// LineOf gives the row's cell in the column with those dimensions, or -1.
func (r *Row) LineOf(l *Ledger, fund schema.FundSource, spending schema.Spending, period schema.Period) int {
	for _, i := range r.Lines {
		d := &l.Figures[i].Column.Dims
		if d.Fund == fund && d.Spending == spending && d.Period == period && d.col == 0 {
			return i
		}
	}
	return -1
}
