package ledger

// Tables that list several units repeat the same codes under each: the rows between two entity rows belong to the first.
// A department's own row stands above its units' rows; which entity includes which is read from the order, and where the
// order leaves a choice, from the amounts.

func (l *Ledger) gatherEntities(b *Block) {
	seg, items := int32(-1), false
	ordered := true
	for n, i := range b.Lines {
		if n > 0 && l.Lines[b.Lines[n-1]].Row > l.Lines[i].Row {
			ordered = false
		}
	}
	for _, i := range b.Lines {
		f := &l.Figures[i]
		switch {
		case f.Kind == kindEntity && (seg < 0 || b.Entities[seg].row != l.Lines[i].Row || b.Entities[seg].name != f.Name):
			b.Entities = append(b.Entities, entity{row: l.Lines[i].Row, name: f.Name, parent: -1, head: true})
			seg++
		case f.Kind == KindItem && seg >= 0 && ordered:
			b.Entities[seg].head = false
			items = true
		case f.Kind.IsTotal():
			continue
		}
		f.Seg = seg
	}
	if len(b.Entities) > 1 {
		l.nestEntities(b, items)
	}
}

// nestEntities chooses among the ways the entities may nest the one that most columns bear out; the order decides a tie.
func (l *Ledger) nestEntities(b *Block, items bool) {
	flat := make([]int, len(b.Entities))
	for i := range flat {
		flat[i] = -1
	}
	rooted := make([]int, len(b.Entities))
	rooted[0] = -1
	ways := [][]int{rooted, groupedEntities(b), flat}
	if !items || !b.Entities[0].head {
		ways = [][]int{flat, rooted}
	}
	best, most := 0, -1
	for w, parents := range ways {
		if n := l.bornOut(b, parents); n > most {
			best, most = w, n
		}
	}
	for i := range b.Entities {
		b.Entities[i].parent = ways[best][i]
	}
}

// groupedEntities gives every entity without rows of its own the entities after it, up to the next such one.
func groupedEntities(b *Block) []int {
	parents := make([]int, len(b.Entities))
	root, head := -1, -1
	if b.Entities[0].head && b.Entities[1].head {
		root = 0
	}
	for i := range b.Entities {
		switch {
		case i == root:
			parents[i] = -1
		case b.Entities[i].head:
			parents[i], head = root, i
		case head >= 0:
			parents[i] = head
		default:
			parents[i] = root
		}
	}
	return parents
}

// bornOut counts the parents, over all columns, whose children and own rows add up to them and not to 0.
func (l *Ledger) bornOut(b *Block, parents []int) int {
	n := 0
	sums := make([]int64, len(parents))
	own := make([]int, len(parents))
	has := make([]bool, len(parents))
	for _, c := range b.Columns {
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

// Within reports whether a difference is at most half of a number of fen.
func Within(diff, twice int64) bool {
	if diff < 0 {
		diff = -diff
	}
	return 2*diff <= twice
}

// assignEntities puts the lines of a column under the entities they belong to.
func (l *Ledger) assignEntities(c *Column) {
	b := c.Block
	if len(b.Entities) == 0 {
		return
	}
	own := make([]int, len(b.Entities))
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
			e = b.Entities[e].parent
		}
		for e >= 0 && own[e] < 0 {
			e = b.Entities[e].parent
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
