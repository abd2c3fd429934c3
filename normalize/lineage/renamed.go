package lineage

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/countybudget/extract/schema"
)

// joinRenamed joins a department whose documents end with one whose documents begin, if neither fits another.
func (b *follower) joinRenamed() {
	next, before := map[*department][]*department{}, map[*department][]*department{}
	beginning := b.byFirstYear()
	for _, old := range b.all {
		_, last := old.years()
		if last == 0 || old.aliased {
			continue
		}
		for _, year := range [...]int32{last, last + 1} {
			for _, d := range beginning[beginningAt{old.region, year}] {
				if d != old && !d.aliased && follows(old, d) && renamed(old, d) {
					next[old] = append(next[old], d)
					before[d] = append(before[d], old)
				}
			}
		}
	}
	// In the order of their last year, so that a department that was renamed twice is joined twice.
	slices.SortStableFunc(b.all, func(x, y *department) int {
		_, lastX := x.years()
		_, lastY := y.years()
		return cmp.Compare(lastX, lastY)
	})
	for _, old := range b.all {
		if len(next[old]) != 1 || len(before[next[old][0]]) != 1 {
			continue
		}
		d := next[old][0]
		d.docs = append(d.docs, old.docs...)
		d.collectFigures()
		old.docs = nil
	}
	b.all = slices.DeleteFunc(b.all, func(d *department) bool { return len(d.docs) == 0 })
}

type beginningAt struct {
	region string
	year   int32
}

func (b *follower) byFirstYear() map[beginningAt][]*department {
	found := map[beginningAt][]*department{}
	for _, d := range b.all {
		if first, _ := d.years(); first != 0 {
			found[beginningAt{d.region, first}] = append(found[beginningAt{d.region, first}], d)
		}
	}
	return found
}

// follows says whether the documents of d begin where those of old end: the year after, or with the accounts of the last
// year, which are published long after its budget and may bear the new name already.
func follows(old, d *department) bool {
	_, last := old.years()
	first, _ := d.years()
	if first == last+1 {
		return true
	}
	other := func(t schema.DocumentType) func(*docEntry) bool {
		return func(e *docEntry) bool { return e.year == last && e.documentType != t }
	}
	return first == last && !slices.ContainsFunc(old.docs, other(schema.Budget)) && !slices.ContainsFunc(d.docs, other(schema.FinalAccounts))
}

// renamed tells whether two departments are one: at least two of figures, code and name agree, and no figure differs.
func renamed(old, d *department) bool {
	agree, refuted := d.repeats(old.own, old.weak)
	if refuted {
		return false
	}
	proofs := min(agree, 2)
	if sharedCode(old, d) {
		proofs++
	}
	if alike(old.key, d.key) {
		proofs++
	}
	return proofs >= 2
}

// repeats compares figures with those that the documents of d repeat of other years. agree is the number of different
// amounts, other than 0, that are the same; refuted: one differs, and neither was read from a scan.
func (d *department) repeats(figures map[figureKey]int64, weak map[figureKey]bool) (agree int, refuted bool) {
	amounts := map[int64]bool{}
	for k, f := range d.other {
		had, ok := figures[k]
		switch {
		case !ok || had == 0 && f.Fen == 0:
		case had == f.Fen:
			amounts[had] = true
		case !f.Recognized && !weak[k]:
			refuted = true
		}
	}
	return len(amounts), refuted
}

func sharedCode(a, b *department) bool {
	for _, x := range a.docs {
		for _, y := range b.docs {
			if x.code != "" && x.code == y.code {
				return true
			}
		}
	}
	return false
}

// alike tells whether the characters of the shorter name are in the longer one, in this order (农业局, 农业农村局).
func alike(a, b string) bool {
	if utf8.RuneCountInString(a) > utf8.RuneCountInString(b) {
		a, b = b, a
	}
	for _, r := range a {
		i := strings.IndexRune(b, r)
		if i < 0 {
			return false
		}
		b = b[i+utf8.RuneLen(r):]
	}
	return true
}
