package spelling

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"sort"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"github.com/countybudget/extract/extract/model"
	"github.com/countybudget/extract/normalize/amount"
	"github.com/countybudget/extract/schema"
	"github.com/countybudget/extract/schema/codebook"
)

// Change is a text that was replaced.
type Change struct {
	Table   int // its number
	Row     int // of the cell
	Col     int // of the cell; -1 for the table's title
	Was, Is string
}

// Correct gives the document with its recognized names corrected, and lists the changes. Each but those in punctuation is a
// diagnostic of the document; the texts as they were recognized stay there and in the cells' readings. The given document is
// not changed: tables are copied where they are recognized.
func (n *Names) Correct(doc *model.Document) (*model.Document, []Change, error) {
	if !slices.ContainsFunc(doc.Tables, func(t model.Table) bool { return t.Source != model.SourceText }) {
		return doc, nil, nil // digital text says what it says; the names of the codebooks are not needed
	}
	known, err := n.index()
	if err != nil {
		return doc, nil, err
	}
	c := &corrector{Names: n, known: known, doc: copyOf(doc)}
	c.own = c.ownNames()
	for i := range c.doc.Tables {
		c.table(&c.doc.Tables[i])
	}
	c.owners()
	return c.doc, c.changes, nil
}

// copyOf is a document that can be corrected without changing the given one.
func copyOf(doc *model.Document) *model.Document {
	out := *doc
	out.Tables = slices.Clone(doc.Tables)
	for i := range out.Tables {
		if t := &out.Tables[i]; t.Source != model.SourceText {
			t.Cells = slices.Clone(t.Cells)
		}
	}
	out.Diagnostics = slices.Clone(doc.Diagnostics)
	return &out
}

// unsure is the confidence below which a name may be replaced by another one of the document: two that differ by one character,
// such as 维护次数 and 维保次数, are usually both right.
const unsure = 0.6

type corrector struct {
	*Names
	known   *index
	doc     *model.Document
	own     *index // names that the document prints more than once
	changes []Change
}

// ownNames are the names that stand in several cells of a document, or once in digital text.
func (c *corrector) ownNames() *index {
	doc := c.doc
	count := map[string]int{}
	printed := map[string]string{}
	for i := range doc.Tables {
		for k := range doc.Tables[i].Cells {
			cell := &doc.Tables[i].Cells[k]
			_, name := c.splitNumber(cell.Text)
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
	out := newIndex()
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
			if number, name := c.splitNumber(text); number == "" && text != raw && last[cell.Col] > 0 && ordinalLike(raw, name) {
				text = c.numeral(last[cell.Col]+1) + c.ordinalPoint + name
			}
			cell.Text = text
			c.changes = append(c.changes, Change{Table: t.No, Row: cell.Row, Col: cell.Col, Was: raw, Is: text})
			c.report(t, cell, raw)
		}
		if n := c.ordinalValue(cell.Text); n > 0 {
			last[cell.Col] = n
		}
	}
}

// tailOfTitle is what a title has in brackets at its end.
var tailOfTitle = regexp.MustCompile(`[（(〈<][^（(]*$`)

// title mends a table's title between its year and what is in brackets.
func (c *corrector) title(t *model.Table) {
	if t.Title == "" {
		return
	}
	if quoted := c.threePublic.ReplaceAllString(t.Title, c.threePublicName); quoted != t.Title {
		c.changes = append(c.changes, Change{Table: t.No, Col: -1, Was: t.Title, Is: quoted})
		t.Title = quoted
	}
	head, name, tail := c.splitTitle(t.Title)
	if _, ok := c.known.printed(name); ok {
		return
	}
	p, ok := c.known.nearest(name)
	if !ok {
		return
	}
	raw := t.Title
	t.Title = head + p + tail
	c.changes = append(c.changes, Change{Table: t.No, Col: -1, Was: raw, Is: t.Title})
	c.doc.Diagnostics = append(c.doc.Diagnostics, model.Diagnostic{
		Severity: model.Info, Code: schema.DiagOCRCorrected, Page: t.FirstPage, Box: t.TitleBox, RawText: raw,
		Message: fmt.Sprintf("title of table %d: recognized as %s, taken for %s", t.No, raw, t.Title),
	})
}

// splitTitle parts a title into its year, its name, and what is in brackets behind that.
func (n *Names) splitTitle(s string) (year, name, note string) {
	year = n.titleYear.FindString(s)
	rest := s[len(year):]
	note = tailOfTitle.FindString(rest)
	return year, strings.TrimSuffix(rest, note), note
}

// ordinalLike reports whether the text removed in front of a name is as long as a Chinese numbering.
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

// name gives the text of a cell that is proven: the same text, or the only name that it can be.
func (c *corrector) name(cell *model.Cell, code string) (string, bool) {
	number, name := c.splitNumber(cell.Text)
	if p, ok := c.exact(name); ok {
		return number + p, true
	}
	own, _ := amount.SplitCode(cell.Text)
	if code = cmp.Or(code, own); code != "" {
		if p, ok := c.known.nearCode(code, name); ok {
			return number + c.withEnd(name, p), true
		}
	}
	if p, ok := c.reading(cell); ok {
		return p, true
	}
	rests := append([]string{name}, c.garbled(cell.Text)...)
	for _, rest := range rests {
		kept := number
		if rest != name {
			kept = ""
		}
		if p, ok := c.exact(rest); ok && utf8.RuneCountInString(rest) >= 3 {
			return kept + p, true
		}
	}
	for _, rest := range rests {
		kept := number
		if rest != name {
			kept = ""
		}
		if p, ok := c.known.nearest(rest); ok {
			return kept + c.withEnd(rest, p), true
		}
		if p, ok := c.own.nearest(rest); ok && cell.Confidence < unsure {
			return kept + p, true
		}
	}
	if cell.IsHeader { // of few names: the next one may be as near as any other
		if p, ok := c.known.labels.nearestBy(name, 1); ok {
			return number + c.withEnd(name, p), true
		}
	}
	return "", false
}

// withEnd is a name for a text, with the word at the end of the text where nothing else differs and both are words that end
// names: 运行维护支出 is not 运行维护费 misread.
func (n *Names) withEnd(text, name string) string {
	for _, own := range n.ends {
		head, ok := strings.CutSuffix(bare(text), own)
		if !ok {
			continue
		}
		for _, end := range n.ends {
			if front, ok := strings.CutSuffix(name, end); ok && own != end && bare(front) == head {
				return front + own
			}
		}
	}
	return name
}

// exact finds a name but for its punctuation, and gives it as it is printed.
func (c *corrector) exact(name string) (string, bool) {
	p, ok := c.known.printed(name)
	if !ok {
		p, ok = c.own.printed(name)
	}
	if norm.NFKC.String(name) == norm.NFKC.String(p) {
		return name, ok
	}
	return p, ok
}

// reading finds the one name among the other readings of a cell.
func (c *corrector) reading(cell *model.Cell) (string, bool) {
	found := ""
	own, _ := amount.SplitCode(cell.Text)
	for _, r := range cell.Readings {
		number, name := c.splitNumber(r.Text)
		p, ok := c.exact(name)
		if code, _ := amount.SplitCode(r.Text); code != own || !ok || utf8.RuneCountInString(bare(name)) < 2 {
			continue
		}
		if found != "" && bare(found) != bare(number+p) {
			return "", false
		}
		found = number + p
	}
	return found, found != ""
}

// report adds the diagnostic of a name that was changed in more than punctuation.
func (c *corrector) report(t *model.Table, cell *model.Cell, raw string) {
	if bare(raw) == bare(cell.Text) {
		return
	}
	c.doc.Diagnostics = append(c.doc.Diagnostics, model.Diagnostic{
		Severity: model.Info, Code: schema.DiagOCRCorrected, Page: cell.Page, Box: cell.TextBox, RawText: raw,
		Message: fmt.Sprintf("table %d: recognized as %s, taken for %s", t.No, raw, cell.Text),
	})
}

// owners sets the owner of a table to the one that most tables name, where it is nearly equal.
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
		if t.Source != model.SourceText && t.Owner != best && len(got) > 3 && Distance(got, want, 2) <= max(1, len(want)/5) {
			t.Owner = best
		}
	}
}
