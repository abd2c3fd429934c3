package ocr

import (
	"regexp"
	"strings"
)

// On a poor scan the comma between groups of digits looks like a point: 291,508 is read as 291.508, in a sum as in its parts, so
// that identities hold. Which of them is printed shows on the whole page: where amounts have no decimals, three digits follow every
// mark, and most numbers are read with a comma there or with more than one point. Then every point before three digits is a comma.

const (
	groupsLeast    = 6  // numbers of a page with three digits after their last mark
	commaShare     = 2  // one of so many of them has a comma there, or two points
	decimalsAmong  = 20 // and at most one of so many numbers has decimals
	digitsInGroups = 3
)

// groupedNumber is a number of groups of digits.
var groupedNumber = regexp.MustCompile(`^[-(]?\d{1,3}(?:[.,]\d{3})+[)]?$`)

// groupedByCommas reports whether the numbers of a page have commas between groups of digits, and no decimals.
func groupedByCommas(numbers []*entry) bool {
	groups, commas, decimals := 0, 0, 0
	for _, p := range numbers {
		text := strings.Trim(p.best.Text, "-()%")
		last := strings.LastIndexAny(text, ".,")
		switch {
		case last < 0:
		case groupedNumber.MatchString(text):
			groups++
			if text[last] == ',' || strings.Count(text, ".") > 1 {
				commas++
			}
		case text[last] == '.' && len(text)-last-1 < digitsInGroups:
			decimals++
		}
	}
	return groups >= groupsLeast && commas*commaShare >= groups && decimals*decimalsAmong <= groups
}

// regroup finds out how the numbers of the page are grouped, and mends those that were read.
func (n *session) regroup(numbers []*entry) {
	if n.commas = groupedByCommas(numbers); !n.commas {
		return
	}
	for _, p := range numbers {
		p.best.Text = n.withCommas(p.best.Text)
		for i := range p.others {
			p.others[i].Text = n.withCommas(p.others[i].Text)
		}
	}
}

// withCommas is a number with commas between its groups where those of the page have them.
func (n *session) withCommas(text string) string {
	if n.commas && groupedNumber.MatchString(text) {
		return strings.ReplaceAll(text, ".", ",")
	}
	return text
}

// doubtPoints makes the numbers of a poor page doubtful whose point may be a comma: hardly an amount has three decimals.
func (n *session) doubtPoints() {
	for i := range n.entries {
		p := &n.entries[i]
		if p.Number && strings.Contains(p.best.Text, ".") && groupedNumber.MatchString(p.best.Text) {
			p.best.Confidence = min(p.best.Confidence, outvoted)
		}
	}
}
