package proof

import (
	"fmt"
	"regexp"
	"slices"
	"sort"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"github.com/countybudget/extract/extract/model"
	"github.com/countybudget/extract/schema"
	"github.com/countybudget/extract/schema/codebook"
)

// Correct mends recognized names in the tables of a document and adds a diagnostic for each. The texts as they were
// recognized stay in the diagnostics and in the cells' readings.
func Correct(doc *model.Document) error {
	if !slices.ContainsFunc(doc.Tables, func(t model.Table) bool { return t.Source != model.SourceText }) {
		return nil // digital text says what it says; the names of the codebooks are not needed
	}
	l, err := shared()
	if err != nil {
		return err
	}
	c := &corrector{lexicon: l, doc: doc, own: ownNames(doc)}
	for i := range doc.Tables {
		c.table(&doc.Tables[i])
	}
	c.owners()
	return nil
}

// unsure is the confidence below which a name may be taken for another one of the document: two that differ by a character,
// such as 维护次数 and 维保次数, are mostly both meant.
const unsure = 0.6

type corrector struct {
	lexicon *lexicon
	doc     *model.Document
	own     *lexicon // names that the document prints more than once
}

// ownNames are the names that stand in several cells of a document, or once in digital text.
func ownNames(doc *model.Document) *lexicon {
	count := map[string]int{}
	printed := map[string]string{}
	for i := range doc.Tables {
		for k := range doc.Tables[i].Cells {
			cell := &doc.Tables[i].Cells[k]
			_, name := splitOrdinal(cell.Text)
			b := bare(name)
			if utf8.RuneCountInString(b) < 4 || !isName(cell.Text) {
				continue
			}
			count[b]++
			if cell.Source != model.SourceOCR {
				count[b]++
			}
			printed[b] = name
		}
	}
	var often []string
	for b, n := range count {
		if n > 1 {
			often = append(often, printed[b])
		}
	}
	sort.Strings(often)
	out := newLexicon()
	for _, name := range often {
		out.add(name)
	}
	return out
}

// isName reports whether a text has a Chinese character.
func isName(s string) bool {
	return strings.ContainsFunc(s, func(r rune) bool { return r >= 0x4e00 && r <= 0x9fff })
}

// table mends the names of one table, and its title.
func (c *corrector) table(t *model.Table) {
	if t.Source == model.SourceText {
		return
	}
	c.title(t)
	grid := t.Grid()
	last := map[int]int{} // the last ordinal by column
	for i := range t.Cells {
		cell := &t.Cells[i]
		if cell.Source != model.SourceOCR || !isName(cell.Text) && !hasName(cell.Readings) {
			continue
		}
		raw := cell.Text
		if text, ok := c.name(cell, codeBeside(grid, cell)); ok && text != raw {
			if number, name := splitOrdinal(text); number == "" && text != raw && last[cell.Col] > 0 && ordinalLike(raw, name) {
				text = numeral(last[cell.Col]+1) + "、" + name
			}
			cell.Text = text
			c.report(t, cell, raw)
		}
		if n := ordinalValue(cell.Text); n > 0 {
			last[cell.Col] = n
		}
	}
}

var (
	yearOfTitle = regexp.MustCompile(`^\D{0,2}\d{4}年度?`)
	tailOfTitle = regexp.MustCompile(`[（(〈<][^（(]*$`)
	threePublic = regexp.MustCompile(`[?？'"’‘“”″]*三公[?？'"’‘“”″]*`)
)

// title mends a table's title between its year and what is in brackets.
func (c *corrector) title(t *model.Table) {
	if t.Title == "" {
		return
	}
	t.Title = threePublic.ReplaceAllString(t.Title, "“三公”")
	head, name, tail := splitTitle(t.Title)
	if _, ok := c.lexicon.printed(name); ok {
		return
	}
	p, ok := c.lexicon.nearest(name)
	if !ok {
		return
	}
	raw := t.Title
	t.Title = head + p + tail
	c.doc.Diagnostics = append(c.doc.Diagnostics, model.Diagnostic{
		Severity: model.Info, Code: schema.DiagOCRCorrected, Page: t.FirstPage, Box: t.TitleBox, RawText: raw,
		Message: fmt.Sprintf("title of table %d: recognized as %s, taken for %s", t.No, raw, t.Title),
	})
}

// splitTitle parts a title into its year, its name, and what is in brackets behind that.
func splitTitle(s string) (year, name, note string) {
	year = yearOfTitle.FindString(s)
	rest := s[len(year):]
	note = tailOfTitle.FindString(rest)
	return year, strings.TrimSuffix(rest, note), note
}

// ordinalLike reports whether what was dropped in front of a name has the look of a Chinese numbering.
func ordinalLike(raw, name string) bool {
	n := utf8.RuneCountInString(raw) - utf8.RuneCountInString(name)
	return n >= 2
}

func hasName(rs []model.Reading) bool {
	for _, r := range rs {
		if isName(r.Text) {
			return true
		}
	}
	return false
}

// codeBeside is the code in the cells to the left of a cell, "" when there is none.
func codeBeside(grid [][]*model.Cell, cell *model.Cell) string {
	if cell.Row >= len(grid) {
		return ""
	}
	row := grid[cell.Row]
	joined := ""
	for col := min(cell.Col, len(row)) - 1; col >= 0 && col >= cell.Col-3; col-- {
		left := row[col]
		if left == nil || !isCodePart(left.Text) {
			break
		}
		joined = left.Text + joined
		if codebook.CodeLevel(joined) > 0 && len(left.Text) >= 3 {
			return joined
		}
	}
	if codebook.CodeLevel(joined) > 0 {
		return joined
	}
	return ""
}

func isCodePart(s string) bool {
	if len(s) < 2 || len(s) > 7 {
		return false
	}
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return true
}

// name gives what a cell says, if that is proven: the same text, or one of the names that it can only be.
func (c *corrector) name(cell *model.Cell, code string) (string, bool) {
	number, name := splitOrdinal(cell.Text)
	if p, ok := c.exact(name); ok {
		return number + p, true
	}
	if code != "" {
		if p, ok := c.lexicon.nearCode(code, name); ok {
			return number + p, true
		}
	}
	if p, ok := c.reading(cell); ok {
		return p, true
	}
	for _, rest := range append([]string{name}, garbled(cell.Text)...) {
		kept := number
		if rest != name {
			kept = ""
		}
		if p, ok := c.exact(rest); ok && utf8.RuneCountInString(rest) >= 3 {
			return kept + p, true
		}
	}
	for _, rest := range append([]string{name}, garbled(cell.Text)...) {
		kept := number
		if rest != name {
			kept = ""
		}
		if p, ok := c.lexicon.nearest(rest); ok {
			return kept + p, true
		}
		if p, ok := c.own.nearest(rest); ok && cell.Confidence < unsure {
			return kept + p, true
		}
	}
	return "", false
}

// exact finds a name but for its punctuation, and gives it as it is printed.
func (c *corrector) exact(name string) (string, bool) {
	p, ok := c.lexicon.printed(name)
	if !ok {
		p, ok = c.own.printed(name)
	}
	if norm.NFKC.String(name) == norm.NFKC.String(p) {
		return name, ok
	}
	return p, ok
}

// reading finds the one name among the other ways a cell was read.
func (c *corrector) reading(cell *model.Cell) (string, bool) {
	found := ""
	for _, r := range cell.Readings {
		number, name := splitOrdinal(r.Text)
		p, ok := c.exact(name)
		if !ok || utf8.RuneCountInString(bare(name)) < 2 {
			continue
		}
		if found != "" && bare(found) != bare(number+p) {
			return "", false
		}
		found = number + p
	}
	return found, found != ""
}

// report tells of a name that was changed in more than punctuation.
func (c *corrector) report(t *model.Table, cell *model.Cell, raw string) {
	if bare(raw) == bare(cell.Text) {
		return
	}
	c.doc.Diagnostics = append(c.doc.Diagnostics, model.Diagnostic{
		Severity: model.Info, Code: schema.DiagOCRCorrected, Page: cell.Page, Box: cell.TextBox, RawText: raw,
		Message: fmt.Sprintf("table %d: recognized as %s, taken for %s", t.No, raw, cell.Text),
	})
}

// owners gives the tables' owners the one name that most of them have, where they nearly have it.
func (c *corrector) owners() {
	count := map[string]int{}
	for i := range c.doc.Tables {
		if o := c.doc.Tables[i].Owner; o != "" {
			count[o]++
		}
	}
	best := ""
	for o, n := range count {
		if n > count[best] || n == count[best] && o < best {
			best = o
		}
	}
	if count[best] < 2 {
		return
	}
	want := []rune(bare(best))
	for i := range c.doc.Tables {
		t := &c.doc.Tables[i]
		got := []rune(bare(t.Owner))
		if t.Source != model.SourceText && t.Owner != best && len(got) > 3 && distance(got, want, 2) <= max(1, len(want)/5) {
			t.Owner = best
		}
	}
}
