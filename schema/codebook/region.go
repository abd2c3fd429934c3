package codebook

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/countybudget/extract/schema"
)

// Regions are found in the names of departments, which begin with them: 沁水县财政局, 南京市鼓楼区商务委员会,
// 中国共产党沁水县委员会办公室. The longest region name at the beginning is taken, then the next one inside that region,
// and so on; what is left must not matter. Names shared by several regions (鼓楼区, 朝阳区, 城区) count only after a region
// that tells them apart. A province or prefecture may lack its 省 or 市 (山西沁水县) when one of its own regions follows.

// regionBook is the codebook of GB/T 2260 with its indices.
type regionBook struct {
	rows    []schema.CodeRow
	names   map[string][]int32 // rows of a name
	short   map[string][]int32 // rows of a province's or prefecture's name without its last word
	longest int                // bytes of the longest name
}

// The levels of regions.
const (
	levelProvince = iota + 1
	levelPrefecture
	levelCounty
)

// readRegions gives the rows of the codebook with their levels and parents.
func readRegions() ([]schema.CodeRow, error) {
	rows, err := readCodes(schema.CodebookRegion)
	if err != nil {
		return nil, err
	}
	codes := make(map[string]struct{}, len(rows))
	for i := range rows {
		codes[rows[i].Code] = struct{}{}
	}
	for i := range rows {
		row := &rows[i]
		row.Level, row.ParentCode = regionLevel(row.Code)
		if _, ok := codes[row.ParentCode]; !ok && row.Level == levelCounty {
			row.ParentCode = row.Code[:2] + "0000" // districts of municipalities, counties under the province itself
		}
	}
	return rows, nil
}

func newRegionBook(rows []schema.CodeRow, err error) (*regionBook, error) {
	if err != nil {
		return nil, err
	}
	b := &regionBook{rows: rows, names: make(map[string][]int32, len(rows)), short: map[string][]int32{}}
	numbers := make([]int32, len(rows)) // most names have one row: their lists lie in one array
	for i := range rows {
		row := &rows[i]
		numbers[i] = int32(i)
		if same, ok := b.names[row.Name]; ok {
			b.names[row.Name] = append(same, int32(i))
		} else {
			b.names[row.Name] = numbers[i : i+1 : i+1]
		}
		b.longest = max(b.longest, len(row.Name))
		if short := shortRegion(row); short != "" {
			b.short[short] = append(b.short[short], int32(i))
		}
	}
	return b, nil
}

func regionLevel(code string) (int32, string) {
	switch {
	case strings.HasSuffix(code, "0000"):
		return levelProvince, ""
	case strings.HasSuffix(code, "00"):
		return levelPrefecture, code[:2] + "0000"
	}
	return levelCounty, code[:4] + "00"
}

// shortRegion is the everyday name of a province or prefecture.
func shortRegion(row *schema.CodeRow) string {
	if row.Level == levelCounty {
		return ""
	}
	for _, suffix := range words().suffixes {
		if short, ok := strings.CutSuffix(row.Name, suffix); ok && utf8.RuneCountInString(short) >= 2 {
			return short
		}
	}
	return ""
}

// RegionByCode finds a region by its GB/T 2260 code, under its latest name.
func (c *Books) RegionByCode(code string) (schema.CodeRow, bool) {
	b, err := c.regions()
	if err != nil {
		return schema.CodeRow{}, false
	}
	found := -1
	for i := range b.rows {
		if b.rows[i].Code == code {
			found = i
		}
	}
	if found < 0 {
		return schema.CodeRow{}, false
	}
	return b.rows[found], true
}

// RegionInText finds the region that a department's name or a title begins with, if it can be only one.
func (c *Books) RegionInText(text string) (schema.CodeRow, bool) {
	row, _, ok := c.region(trimBefore(NormalizeName(text)))
	return row, ok
}

// PublishedRegion is the name of a county, city or district that a department's name begins with, whether the codebook has
// it or not: of a name that several regions share, or of a region that is not in the codebook, more cannot be said.
func PublishedRegion(department string) string {
	text := trimBefore(NormalizeName(department))
	const shortest, longest = 3, 9 // characters
	w := words()
	n := 0
	for i, r := range text {
		n++
		end := i + utf8.RuneLen(r)
		switch {
		case n > longest || !unicode.Is(unicode.Han, r):
			return ""
		case n < shortest || end == len(text) || !strings.ContainsRune(w.endings, r) || beginsWithAny(text[i:], w.within):
			continue
		}
		for _, word := range w.none {
			if strings.HasSuffix(text[:end], word) {
				return ""
			}
		}
		return text[:end]
	}
	return ""
}

func beginsWithAny(text string, words []string) bool {
	return slices.ContainsFunc(words, func(word string) bool { return strings.HasPrefix(text, word) })
}

func (c *Books) region(text string) (schema.CodeRow, string, bool) {
	b, err := c.regions()
	if err != nil {
		return schema.CodeRow{}, "", false
	}
	i, rest, ok := b.find(text, "")
	if !ok {
		return schema.CodeRow{}, "", false
	}
	return b.rows[i], rest, true
}

// trimBefore drops what may stand before the region: the year of a title, and the body of which this is the local one.
func trimBefore(text string) string {
	w := words()
	text = strings.TrimLeft(text, w.openings)
	if rest := strings.TrimLeft(text, "0123456789"); rest != text {
		for _, word := range w.years {
			rest = strings.TrimPrefix(rest, word)
		}
		text = rest
	}
	for _, prefix := range w.bodies {
		if rest, ok := strings.CutPrefix(text, prefix); ok {
			return rest
		}
	}
	return text
}

// find takes the longest region name at the beginning of text, within a region's digits, and goes on behind it.
func (b *regionBook) find(text, within string) (row int32, rest string, ok bool) {
	for end := prefixEnd(text, b.longest); end > 0; end = previousRune(text, end) {
		if within == "" && isGeneric(text[:end]) {
			continue
		}
		if row, rest, ok = b.follow(b.names[text[:end]], text[end:], within); ok {
			return row, rest, true
		}
		if i, ok := b.pick(b.names[text[:end]], within); ok {
			return i, text[end:], true
		}
		if row, rest, ok = b.follow(b.short[text[:end]], text[end:], within); ok {
			return row, rest, true
		}
	}
	return 0, "", false
}

// follow finds a region inside one of the candidates. It must be the only one.
func (b *regionBook) follow(candidates []int32, text, within string) (row int32, rest string, ok bool) {
	for _, i := range candidates {
		r := &b.rows[i]
		if r.Level == levelCounty || !strings.HasPrefix(r.Code, within) {
			continue
		}
		j, after, found := b.find(text, r.Code[:2*r.Level])
		if !found {
			continue
		}
		if ok && b.rows[j].Code != b.rows[row].Code {
			return 0, "", false
		}
		row, rest, ok = j, after, true
	}
	return row, rest, ok
}

// pick chooses the candidate that a name can only mean: the one in force, or of the past ones the only one.
func (b *regionBook) pick(candidates []int32, within string) (row int32, ok bool) {
	unique, inForce := true, false
	for _, i := range candidates {
		r := &b.rows[i]
		if !strings.HasPrefix(r.Code, within) || len(within) == 2*int(r.Level) {
			continue
		}
		current := r.ValidTo == 0
		switch {
		case !ok || current && !inForce:
			row, ok, unique, inForce = i, true, true, current
		case current == inForce && r.Code != b.rows[row].Code:
			unique = false
		}
	}
	return row, ok && unique
}

// isGeneric: 城区, 郊区 and the like name a district only after its city.
func isGeneric(name string) bool { return slices.Contains(words().generic, name) }

// prefixEnd is where a prefix of at most limit bytes ends.
func prefixEnd(text string, limit int) int {
	if len(text) <= limit {
		return len(text)
	}
	for limit > 0 && !utf8.RuneStart(text[limit]) {
		limit--
	}
	return limit
}

func previousRune(text string, end int) int {
	_, size := utf8.DecodeLastRuneInString(text[:end])
	return end - size
}
