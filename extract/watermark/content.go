package watermark

import (
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/countybudget/extract/extract/model"
	"github.com/countybudget/extract/extract/wording"
)

// What the file calls a watermark, or what stands on the slant, may be content all the same: a table in a stamp annotation,
// a page that was pasted in askew. A watermark says a few words over and over; content holds figures and many words. That
// is asked of the text of one page, because a table on one page is lost as surely as those of all.

const (
	fewAmounts    = 3  // so many different amounts of a page are figures
	fewNumbers    = 6  // and so many different numbers, with those without decimals
	manyRunes     = 60 // so many different characters of a page are more than a watermark's words
	longWatermark = 40 // and so many are when they are most of the page's text
)

// kind is what text of one page and one look has in common, whatever its size: a table's title is larger than its cells.
// Upright text of which the file says nothing is not put together so: most of it is content.
type kind struct {
	page  int
	style style
}

func (r *run) kind() kind {
	k := kind{r.page, r.style}
	if r.declared() || r.slant() > 0 {
		k.style.size = 0
	}
	return k
}

// contentKinds finds what is content though it looks like a watermark or is said to be one. Where most text of a look is
// content, so is all of it: a whole document askew has pages without figures.
func contentKinds(pages []*model.Page, runs []run, common map[string]bool) map[kind]bool {
	byKind := map[kind][]*run{}
	all := map[kind]int{} // glyphs of a look on all pages
	for i := range runs {
		k := runs[i].kind()
		byKind[k] = append(byKind[k], &runs[i])
		all[k.anywhere()] += len(runs[i].glyphs)
	}
	glyphs := map[int]int{} // of each page
	for _, p := range pages {
		glyphs[p.Number] = countText(p)
	}
	content, held := map[kind]bool{}, map[kind]int{}
	for k, rs := range byKind {
		if !isContent(rs, glyphs[k.page], common) {
			continue
		}
		content[k] = true
		for _, r := range rs {
			held[k.anywhere()] += len(r.glyphs)
		}
	}
	for k := range byKind {
		if look := k.anywhere(); 2*held[look] > all[look] {
			content[k] = true
		}
	}
	return content
}

// anywhere is the kind on all pages.
func (k kind) anywhere() kind {
	k.page = 0
	return k
}

func countText(p *model.Page) int {
	n := 0
	for i := range p.Glyphs {
		if g := &p.Glyphs[i]; !g.Is(model.FlagOff|model.FlagClipped) && !wording.Blank(g.Text) {
			n++
		}
	}
	return n
}

// commonNumbers are those that stand on most of several pages, as a document's number in a watermark does.
func commonNumbers(runs []run, pages []*model.Page) map[string]bool {
	on := map[string]map[int]bool{}
	for i := range runs {
		for _, n := range runs[i].numbers() {
			if on[n] == nil {
				on[n] = map[int]bool{}
			}
			on[n][runs[i].page] = true
		}
	}
	common := map[string]bool{}
	for n, in := range on {
		if len(in) > 2 && 2*len(in) > len(pages) {
			common[n] = true
		}
	}
	if len(common) >= fewNumbers { // so many are a table that is printed again
		return nil
	}
	return common
}

// leftOut are the amounts of a watermark's run, but those that it has everywhere.
func (r *run) leftOut(common map[string]bool) []model.Number {
	var out []model.Number
	for _, n := range r.numbers() {
		if isAmount(n) && !common[n] {
			out = append(out, model.Number{Page: r.page, Box: r.box, Text: n})
		}
	}
	return out
}

// isContent judges the runs of one kind; all is how many characters their page has.
func isContent(runs []*run, all int, common map[string]bool) bool {
	amounts, numbers, runes := map[string]bool{}, map[string]bool{}, map[string]bool{}
	own := 0
	for _, r := range runs {
		for _, n := range r.numbers() {
			if common[n] {
				continue
			}
			numbers[n] = true
			if isAmount(n) {
				amounts[n] = true
			}
		}
		for _, g := range r.glyphs {
			runes[g.Text] = true
		}
		own += len(r.glyphs)
	}
	return len(amounts) >= fewAmounts || len(numbers) >= fewNumbers || len(runes) > manyRunes ||
		len(runes) > longWatermark && 2*own > all
}

// isAmount reports whether a number is printed as amounts are: with decimals, or with its thousands separated.
func isAmount(number string) bool { return strings.ContainsAny(number, ".,，") }

// numbers are the printed numbers of a run, by the words that gaps and Chinese characters make of it. A date, a time and a
// telephone number are none.
func (r *run) numbers() []string {
	var out []string
	word := ""
	end := func() {
		if len(word) > 1 && wording.IsNumber(word) { // letter-spaced text gives single digits
			out = append(out, word)
		}
		word = ""
	}
	for i, g := range r.glyphs {
		if i > 0 && distance(r.glyphs[i-1], g) > r.size {
			end()
		}
		if c, _ := utf8.DecodeRuneInString(g.Text); c >= 0x2e80 && c < 0xff00 {
			end()
			continue
		}
		word += g.Text
	}
	end()
	slices.Sort(out)
	return slices.Compact(out)
}
