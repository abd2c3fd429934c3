package lineage

import "slices"

// linkMerged links the mergers of the alias file, and a department whose documents end to the one whose documents repeat the
// sum of both.
func (b *follower) linkMerged() {
	for _, m := range b.mergers {
		if into := b.byName[m.into]; into != nil && len(into.docs) > 0 && into != m.from && !slices.Contains(m.from.into, into) {
			m.from.into = append(m.from.into, into)
		}
	}
	ending := map[beginningAt][]*department{} // by region and the year after
	for _, d := range b.all {
		if _, last := d.years(); last != 0 && !d.aliased {
			ending[beginningAt{d.region, last + 1}] = append(ending[beginningAt{d.region, last + 1}], d)
		}
	}
	found := map[*department][]*department{}
	for _, d := range b.all {
		first, last := d.years()
		if first == 0 || d.aliased {
			continue
		}
		for _, pair := range d.pairs(first-1, ending[beginningAt{d.region, first}]) {
			found[pair[0]], found[pair[1]] = append(found[pair[0]], d), append(found[pair[1]], d)
		}
		for year := first + 1; year <= last; year++ {
			for _, gone := range ending[beginningAt{d.region, year}] {
				if gone != d && d.repeatsSum(year-1, d, gone) {
					found[gone] = append(found[gone], d)
				}
			}
		}
	}
	for _, gone := range b.all {
		if into := found[gone]; len(into) == 1 {
			gone.into = append(gone.into, into[0])
		}
	}
}

// pairs finds two ended departments whose figures of a year add up to figures that the documents of d repeat.
func (d *department) pairs(year int32, ended []*department) [][2]*department {
	var found [][2]*department
	seen := map[[2]*department]bool{}
	for k, f := range d.other {
		if k.Year != year {
			continue
		}
		byAmount := map[int64][]*department{}
		for _, x := range ended {
			for _, y := range byAmount[f.Fen-x.own[k]] {
				pair := [2]*department{y, x}
				if !seen[pair] && d.repeatsSum(year, y, x) {
					found = append(found, pair)
				}
				seen[pair] = true
			}
			byAmount[x.own[k]] = append(byAmount[x.own[k]], x)
		}
	}
	return found
}

// repeatsSum tells whether the documents of d give the figures of a year as the sums of two departments: at least two
// measures of which both have an amount agree, and none differs.
func (d *department) repeatsSum(year int32, a, b *department) bool {
	sums, weak := map[figureKey]int64{}, map[figureKey]bool{}
	for k, x := range a.own {
		if y := b.own[k]; k.Year == year && x != 0 && y != 0 {
			sums[k], weak[k] = x+y, a.weak[k] || b.weak[k]
		}
	}
	agree, refuted := d.repeats(sums, weak)
	return agree >= 2 && !refuted
}
