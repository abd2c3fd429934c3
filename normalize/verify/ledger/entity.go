package ledger

// Tables that list several units repeat the same codes under each: the rows between two entity rows belong to the first.
// A department's own row stands above its units' rows; which entity includes which is read from the order, and where the
// order allows several, from the amounts.

func (l *Ledger) gatherEntities(table *Table) {
	seg, items := int32(-1), false
	ordered := true
	for n, i := range table.Lines {
		if n > 0 && l.Lines[table.Lines[n-1]].Row > l.Lines[i].Row {
			ordered = false
		}
	}
	for _, i := range table.Lines {
		f := &l.Figures[i]
		switch {
		case f.Kind == kindEntity && (seg < 0 || table.Entities[seg].row != l.Lines[i].Row || table.Entities[seg].name != f.Name):
			table.Entities = append(table.Entities, entity{row: l.Lines[i].Row, name: f.Name, parent: -1, head: true})
			seg++
		case f.Kind == KindItem && seg >= 0 && ordered:
			table.Entities[seg].head = false
			items = true
		case f.Kind.IsTotal():
			continue
		}
		f.Seg = seg
	}
	if len(table.Entities) > 1 {
		l.nestEntities(table, items)
	}
}

// nestEntities chooses how the entities nest: of three arrangements the one that holds in most columns; the first of equals.
func (l *Ledger) nestEntities(table *Table, items bool) {
	flat := make([]int, len(table.Entities))
	for i := range flat {
		flat[i] = -1
	}
	rooted := make([]int, len(table.Entities))
	rooted[0] = -1
	arrangements := [][]int{rooted, groupedEntities(table), flat}
	if !items || !table.Entities[0].head {
		arrangements = [][]int{flat, rooted}
	}
	best, most := 0, -1
	for n, parents := range arrangements {
		if holding := l.holding(table, parents); holding > most {
			best, most = n, holding
		}
	}
	for i := range table.Entities {
		table.Entities[i].parent = arrangements[best][i]
	}
}

// groupedEntities gives every entity without rows of its own the entities after it, up to the next such one.
func groupedEntities(table *Table) []int {
	parents := make([]int, len(table.Entities))
	root, head := -1, -1
	if table.Entities[0].head && table.Entities[1].head {
		root = 0
	}
	for i := range table.Entities {
		switch {
		case i == root:
			parents[i] = -1
		case table.Entities[i].head:
			parents[i], head = root, i
		case head >= 0:
			parents[i] = head
		default:
			parents[i] = root
		}
	}
	return parents
}

// holding counts the parents, over all columns, whose children and own rows add up to them, those that are 0 left out.
func (l *Ledger) holding(table *Table, parents []int) int {
	n := 0
	sums := make([]int64, len(parents))
	own := make([]int, len(parents))
	has := make([]bool, len(parents))
	for _, c := range table.Columns {
		for e := range sums {
			sums[e], own[e], has[e] = 0, -1, false
		}
		for _, i := range c.Lines {
			f := &l.Figures[i]
			switch {
			case f.Seg < 0:
			case f.Kind == KindItem && f.Level <= 1:
				sums[f.Seg] += f.Fen
			case f.Kind == kindEntity:
				own[f.Seg] = i
				if p := parents[f.Seg]; p >= 0 {
					sums[p] += f.Fen
					has[p] = true
				}
			}
		}
		for e, i := range own {
			if i >= 0 && has[e] && l.Figures[i].Fen != 0 && Within(sums[e]-l.Figures[i].Fen, l.Figures[i].Unit*int64(len(parents))) {
				n++
			}
		}
	}
	return n
}

// assignEntities puts the lines of a column under the entities they belong to.
func (l *Ledger) assignEntities(c *Column) {
	table := c.Table
	if len(table.Entities) == 0 {
		return
	}
	own := make([]int, len(table.Entities))
	for e := range own {
		own[e] = -1
	}
	for _, i := range c.Lines {
		if f := &l.Figures[i]; f.Kind == kindEntity && f.Seg >= 0 && own[f.Seg] < 0 {
			own[f.Seg] = i
		}
	}
	for _, i := range c.Lines {
		f := &l.Figures[i]
		if f.Seg < 0 || f.Parent >= 0 || f.Kind.IsTotal() {
			continue
		}
		e := int(f.Seg)
		if f.Kind == kindEntity {
			e = table.Entities[e].parent
		}
		for e >= 0 && own[e] < 0 {
			e = table.Entities[e].parent
		}
		if e >= 0 && own[e] != i {
			l.setParent(i, own[e])
		}
	}
}

func (l *Ledger) setParent(child, parent int) {
	l.Figures[child].Parent = parent
	l.Figures[parent].Kids++
}
