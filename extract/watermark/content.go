package watermark

import (
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/countybudget/extract/extract/model"
	"github.com/countybudget/extract/extract/wording"
)

// A glyph that the file marks as a watermark, or that is slanted, may be content: a table in a stamp annotation, a page that
// was scanned or pasted at an angle. A watermark repeats a few words; content has figures and many different words. This is
// decided for each page, because a table must not be lost even if it is on one page only.

const (
	fewAmounts    = 3  // different amounts from which text has figures
	fewNumbers    = 6  // different numbers, with or without decimals, from which it has figures
	manyRunes     = 60 // different characters from which a page's text is content
	longWatermark = 40 // the same if they are most of the page's text
)

// kind is the properties by which text of one page is judged together, whatever its size: a table's title is larger than its
// cells. Upright text without a mark in the file has no kind: most of it is content.
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

// contentKinds finds the kinds that are content although they look like a watermark or are marked as one. If most text of a
// kind is content, all of it is: a document at an angle also has pages without figures.
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

// anywhere is the kind without its page.
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

// commonNumbers are the numbers on most pages, such as a document's number in a watermark.
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
	if len(common) >= fewNumbers { // as many are a table that is repeated
		return nil
	}
	return common
}

// leftOut are the amounts of a watermark's run that are not common numbers.
func (r *run) leftOut(common map[string]bool) []model.Number {
	var out []model.Number
	for _, n := range r.numbers() {
		if isAmount(n) && !common[n] {
			out = append(out, model.Number{Page: r.page, Box: r.box, Text: n})
		}
	}
	return out
}

// isContent decides for the runs of one kind; all is the number of characters of their page.
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

// numbers are the printed numbers of a run, split at gaps and Chinese characters. Dates, times and telephone numbers are
// left out.
func (r *run) numbers() []string {
	var out []string
	word := ""
	end := func() {
		if len(word) > 1 && wording.IsNumber(word) { // letter-spaced text splits into single digits
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
