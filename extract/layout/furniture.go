package layout

import (
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/countybudget/extract/extract/model"
	"github.com/countybudget/extract/extract/wording"
)

// Role says what a line outside tables is for. This package finds all roles except model.LineCaption.
type Role = model.LineRole

// The roles of lines.
const (
	Body      = model.LineBody
	PageLabel = model.LinePageLabel
	Running   = model.LineRunning
	Contents  = model.LineContents
)

var (
	plainLabel = regexp.MustCompile(`^[-—–－−~·•\[【(（]*(\d{1,4})[-—–－−~·•\]】)）]*$`)
	leader     = regexp.MustCompile(`(?:[.．。·•…⋯]{2,}|[.．·•…⋯]{3,}|_{4,}|-{4,})[-—–\s(（]*(\d{1,4})?[-—–\s)）]*$`)
	digits     = regexp.MustCompile(`\d+`)
)

// Roles gives the role of each line; lines are in page order. labels are the printed page numbers by page. heights are the
// pages' heights in points by page number.
func Roles(lines []model.Line, heights map[int]float64, s Settings) (roles []Role, labels map[int]string) {
	roles = slices.Repeat([]Role{Body}, len(lines))
	labels = map[int]string{}
	markLabels(lines, heights, s, roles, labels)
	markRunning(lines, heights, s, roles)
	markContents(lines, roles)
	return roles, labels
}

// edges returns the top and bottom line of each page among lines without a role.
func edges(lines []model.Line, roles []Role) (top, bottom map[int]int) {
	top, bottom = map[int]int{}, map[int]int{}
	for i := range lines {
		if roles[i] != Body {
			continue
		}
		p := lines[i].Page
		if k, ok := top[p]; !ok || lines[i].Box.Y0 < lines[k].Box.Y0 {
			top[p] = i
		}
		if k, ok := bottom[p]; !ok || lines[i].Box.Y1 > lines[k].Box.Y1 {
			bottom[p] = i
		}
	}
	return top, bottom
}

func inMargin(l *model.Line, height, share float64) bool {
	return height > 0 && (l.Box.Y1 < share*height || l.Box.Y0 > (1-share)*height)
}

func markLabels(lines []model.Line, heights map[int]float64, s Settings, roles []Role, labels map[int]string) {
	top, bottom := edges(lines, roles)
	for _, side := range []map[int]int{bottom, top} {
		for page, i := range side {
			if labels[page] != "" || !inMargin(&lines[i], heights[page], s.Margin) {
				continue
			}
			t := wording.Squeeze(lines[i].Text)
			m := plainLabel.FindStringSubmatch(t)
			if m == nil {
				m = wording.Pattern("page_label_pattern").FindStringSubmatch(t)
			}
			if m != nil {
				roles[i], labels[page] = PageLabel, m[1]
			}
		}
	}
}

// markRunning finds texts at the same place of the margin of several pages. Captions of tables are never running headers,
// however often they repeat.
func markRunning(lines []model.Line, heights map[int]float64, s Settings, roles []Role) {
	type key struct {
		text string
		y    int
	}
	pages := map[key]map[int]bool{}
	keys := func(l *model.Line) [2]key {
		t := digits.ReplaceAllString(wording.Squeeze(l.Text), "#")
		y := int(math.Floor(l.Box.Y0 / 8))
		return [2]key{{t, y}, {t, y + 1}} // a place near a border of the raster counts for both rows
	}
	runs := func(i int) bool {
		return roles[i] == Body && inMargin(&lines[i], heights[lines[i].Page], s.Margin) && !captions(&lines[i]) && !beginsTitle(lines, i)
	}
	for i := range lines {
		if !runs(i) {
			continue
		}
		for _, k := range keys(&lines[i]) {
			if pages[k] == nil {
				pages[k] = map[int]bool{}
			}
			pages[k][lines[i].Page] = true
		}
	}
	for i := range lines {
		if !runs(i) {
			continue
		}
		k := keys(&lines[i])
		if len(pages[k[0]]) >= s.RunningPages || len(pages[k[1]]) >= s.RunningPages {
			roles[i] = Running
		}
	}
}

// beginsTitle reports whether a line is the upper one of a title of two lines, of which the lower one names a table: set in the
// same size, close above it, over its middle. Spreadsheets print it again on every page.
func beginsTitle(lines []model.Line, i int) bool {
	upper := &lines[i]
	for k := i + 1; k < len(lines) && lines[k].Page == upper.Page; k++ {
		lower := &lines[k]
		if lower.Box.Y0 < upper.Box.Y1-1 {
			continue // beside it
		}
		return lower.Box.Y0-upper.Box.Y1 < lower.Size && math.Abs(upper.Size-lower.Size) < 0.8 &&
			math.Abs(upper.Box.Center().X-lower.Box.Center().X) < 2*lower.Size && wording.EndsWith("table_suffix", wording.Squeeze(lower.Text))
	}
	return false
}

// captions reports whether a line gives a table's title, unit, owner or form number.
func captions(l *model.Line) bool {
	for _, seg := range Segments(*l) {
		t := wording.Squeeze(seg.Text)
		if _, _, ok := wording.Labelled("owner", t); ok {
			return true
		}
		if _, _, ok := wording.Labelled("unit", t); ok {
			return true
		}
		if wording.Matches("form_no_pattern", t) || wording.EndsWith("table_suffix", t) || wording.Matches("note_pattern", t) {
			return true
		}
	}
	return false
}

// markContents finds the table of contents: the lines below a line 目录, until a line repeats an entry as a heading or a
// sentence begins; elsewhere, runs of lines with leaders and page numbers. Single lines with dots are not enough: sentences
// and lines for a signature have them too.
func markContents(lines []model.Line, roles []Role) {
	led := leaders(lines, roles)
	inside, first, page := false, "", 0
	for i := range lines {
		if roles[i] != Body {
			continue
		}
		t := wording.Squeeze(lines[i].Text)
		switch {
		case wording.Is("contents", t):
			inside, first, page = true, "", lines[i].Page
			roles[i] = Contents
			continue
		case led[i] == ledInRun, inside && led[i] == ledToNumber, inside && led[i] == ledToNothing && lines[i].Page == page:
			roles[i] = Contents
			if inside && first == "" {
				first = Entry(t)
			}
			page = lines[i].Page
			continue
		case !inside:
			continue
		}
		if first == "" {
			first = Entry(t)
		} else if Entry(t) == first || lines[i].Page > page && (lines[i].Page > page+1 || !numbered(t)) {
			inside = false
			continue
		}
		if strings.ContainsRune(t, '。') || len([]rune(t)) > 60 {
			inside = false
			continue
		}
		page = max(page, lines[i].Page)
		roles[i] = Contents
	}
}

// How a line ends: with or without a leader, and whether it is in a run of lines with leaders and page numbers.
const (
	notLed = iota
	ledToNothing
	ledToNumber
	ledInRun
)

// leaders gives for each line of text how it ends. Three or more consecutive lines with leaders are a run if most of them
// end with a number that does not decrease. The first line of a long entry may be between two of them.
func leaders(lines []model.Line, roles []Role) []int {
	const least = 3
	out := make([]int, len(lines))
	var run []int
	numbers, last, between := 0, 0, 0
	end := func() {
		if len(run) >= least && 2*numbers > len(run) {
			for _, i := range run {
				out[i] = ledInRun
			}
		}
		run, numbers, last, between = run[:0], 0, 0, 0
	}
	for i := range lines {
		if roles[i] != Body {
			continue
		}
		t := wording.Squeeze(lines[i].Text)
		var m []string
		if repeatsMark(t) && utf8.RuneCountInString(t) > 6 {
			m = leader.FindStringSubmatch(t)
		}
		if m == nil {
			if between++; between > 1 {
				end()
			}
			continue
		}
		out[i], between = ledToNothing, 0
		run = append(run, i)
		if n, err := strconv.Atoi(m[1]); err == nil {
			out[i] = ledToNumber
			if n >= last {
				numbers, last = numbers+1, n
			}
		}
	}
	end()
	return out
}

// repeatsMark reports whether two leader characters are adjacent. Few lines have that, and the search for a leader is
// expensive.
func repeatsMark(t string) bool {
	before := false
	for _, r := range t {
		mark := strings.ContainsRune(".．。·•…⋯_-", r)
		if mark && before {
			return true
		}
		before = mark
	}
	return false
}

// Entry is the text of an entry of a table of contents, given without white space, with its leader and page number removed.
func Entry(t string) string {
	t = leader.ReplaceAllString(t, "")
	return strings.TrimRight(t, "0123456789.．·…-—")
}

func numbered(t string) bool {
	l, _ := numbering(t)
	return l > 0 || wording.Matches("form_no_prefix_pattern", t)
}
