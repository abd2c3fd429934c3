package verify

// Tables that list several units repeat the same codes under each: the rows between two entity rows belong to the first.
// A department's own row stands above its units' rows; which entity includes which is read from the order, and where the
// order leaves a choice, from the amounts.

func (l *ledger) gatherEntities(b *block) {
	seg, items := int32(-1), false
	ordered := true
	for n, i := range b.lines {
		if n > 0 && l.lines[b.lines[n-1]].Row > l.lines[i].Row {
			ordered = false
		}
	}
	for _, i := range b.lines {
		f := &l.figs[i]
		switch {
		case f.kind == kindEntity && (seg < 0 || b.entities[seg].row != l.lines[i].Row || b.entities[seg].name != f.name):
			b.entities = append(b.entities, entity{row: l.lines[i].Row, name: f.name, parent: -1, head: true})
			seg++
		case f.kind == kindItem && seg >= 0 && ordered:
			b.entities[seg].head = false
			items = true
		case f.kind.isTotal():
			continue
		}
		f.seg = seg
	}
	if len(b.entities) > 1 {
		l.nestEntities(b, items)
	}
}

// nestEntities chooses among the ways the entities may nest the one that most columns bear out; the order decides a tie.
func (l *ledger) nestEntities(b *block, items bool) {
	flat := make([]int, len(b.entities))
	for i := range flat {
		flat[i] = -1
	}
	rooted := make([]int, len(b.entities))
	rooted[0] = -1
	ways := [][]int{rooted, groupedEntities(b), flat}
	if !items || !b.entities[0].head {
		ways = [][]int{flat, rooted}
	}
	best, most := 0, -1
	for w, parents := range ways {
		if n := l.bornOut(b, parents); n > most {
			best, most = w, n
		}
	}
	for i := range b.entities {
		b.entities[i].parent = ways[best][i]
	}
}

// groupedEntities gives every entity without rows of its own the entities after it, up to the next such one.
func groupedEntities(b *block) []int {
	parents := make([]int, len(b.entities))
	root, head := -1, -1
	if b.entities[0].head && b.entities[1].head {
		root = 0
	}
	for i := range b.entities {
		switch {
		case i == root:
			parents[i] = -1
		case b.entities[i].head:
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
func (l *ledger) bornOut(b *block, parents []int) int {
	n := 0
	sums := make([]int64, len(parents))
	own := make([]int, len(parents))
	has := make([]bool, len(parents))
	for _, c := range b.columns {
		for e := range sums {
			sums[e], own[e], has[e] = 0, -1, false
		}
		for _, i := range c.lines {
			f := &l.figs[i]
			switch {
			case f.seg < 0:
			case f.kind == kindItem && f.level <= 1:
				sums[f.seg] += f.fen
			case f.kind == kindEntity:
				own[f.seg] = i
				if p := parents[f.seg]; p >= 0 {
					sums[p] += f.fen
					has[p] = true
				}
			}
		}
		for e, i := range own {
			if i >= 0 && has[e] && l.figs[i].fen != 0 && within(sums[e]-l.figs[i].fen, l.figs[i].unit*int64(len(parents))) {
				n++
			}
		}
	}
	return n
}

// within says whether a difference is at most half of a number of fen.
func within(diff, twice int64) bool {
	if diff < 0 {
		diff = -diff
	}
	return 2*diff <= twice
}

// assignEntities puts the lines of a column under the entities they belong to.
func (l *ledger) assignEntities(c *column) {
	b := c.block
	if len(b.entities) == 0 {
		return
	}
	own := make([]int, len(b.entities))
	for e := range own {
		own[e] = -1
	}
	for _, i := range c.lines {
		if f := &l.figs[i]; f.kind == kindEntity && f.seg >= 0 && own[f.seg] < 0 {
			own[f.seg] = i
		}
	}
	for _, i := range c.lines {
		f := &l.figs[i]
		if f.seg < 0 || f.parent >= 0 || f.kind.isTotal() {
			continue
		}
		e := int(f.seg)
		if f.kind == kindEntity {
			e = b.entities[e].parent
		}
		for e >= 0 && own[e] < 0 {
			e = b.entities[e].parent
		}
		if e >= 0 && own[e] != i {
			l.setParent(i, own[e])
		}
	}
}

func (l *ledger) setParent(child, parent int) {
	l.figs[child].parent = parent
	l.figs[parent].kids++
}
