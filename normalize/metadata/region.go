package metadata

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/countybudget/extract/schema"
	"github.com/countybudget/extract/schema/codebook"
)

// Regions in titles are those of the codebook, and what ends as the names of regions do: counties that the codebook does not
// have, townships, development zones.

// longestRegion is the number of characters of the longest name of a region.
const longestRegion = 16

// region is the region that a folded text begins with, a province, its city and its county if all are there, and what stands
// behind it.
func (r *reader) region(text string) (region, rest string) {
	at := 0
	for at < len(text) {
		n := r.regionPart(text[at:])
		if n == 0 {
			break
		}
		at += n
	}
	return text[:at], text[at:]
}

// regionPart is the length in bytes of one region's name at the beginning of a text: the longest of the codebook, else the
// shortest text that ends as regions do.
func (r *reader) regionPart(text string) int {
	ends := prefixes(text, longestRegion)
	for i := len(ends) - 1; i > 0; i-- {
		part := text[:ends[i]]
		if !r.w.governments.end.Any(part) {
			continue
		}
		if row, ok := r.books.RegionInText(part); ok && row.Name == part || r.w.governments.aliases.Any(part) {
			return ends[i]
		}
	}
	for i, end := range ends {
		if r.endsRegion(text[:end], i+1) {
			return r.longer(text, ends, i)
		}
	}
	return 0
}

// endsRegion reports whether a text of n characters is the name of a region by its end.
func (r *reader) endsRegion(text string, n int) bool {
	p := r.w.governments.end.First(text)
	return p != nil && n >= int(atoi(p.Value)) && !r.w.governments.none.Any(text)
}

// longer is the end of a region's name, or that of one that goes on with another end: 新镇市. 新镇市本级 is 市本级 of 新镇.
func (r *reader) longer(text string, ends []int, i int) int {
	if i+1 >= len(ends) || !r.endsRegion(text[:ends[i+1]], i+2) {
		return ends[i]
	}
	for k := i + 2; k < min(i+4, len(ends)); k++ {
		if r.w.governments.behind.MatchString(text[ends[i]:ends[k]]) {
			return ends[i]
		}
	}
	return ends[i+1]
}

// prefixes are the ends of the first characters of a text, at most limit of them, up to one that is no ideograph.
func prefixes(text string, limit int) []int {
	var ends []int
	for i, c := range text {
		if len(ends) == limit || !unicode.Is(unicode.Han, c) {
			break
		}
		ends = append(ends, i+utf8.RuneLen(c))
	}
	return ends
}

// government is the region that a text names and nothing else: 云浮市本级政府 → 云浮市. It is "" where the text says more, or
// stands for a region without naming it.
func (r *reader) government(text string) string {
	text = r.w.trimName(text)
	region, rest := r.region(text)
	for rest != "" {
		short := r.w.governments.behind.ReplaceAllString(rest, "")
		if short == rest {
			return ""
		}
		rest = short
	}
	return region
}

// governedBy is the region of a body that draws up a government's documents: 固原市财政局 → 固原市.
func (r *reader) governedBy(body string) string {
	if m := r.w.governments.of.FindStringSubmatch(body); m != nil {
		return r.government(m[1])
	}
	return ""
}

// place fills the region that a name, of a body or a government, stands for.
func (d *Document) place(w *Words, books *codebook.Books) {
	if row, ok := w.regionOf(d.Department, books); ok {
		d.RegionCode, d.RegionName = row.Code, row.Name
		return
	}
	if d.RegionName = codebook.PublishedRegion(d.Department); d.RegionName == "" && d.Level == schema.Government {
		d.RegionName = d.Department
	}
}

// regionOf is the region of the codebook that a name begins with, under its own or its everyday name: 凉山州财政局.
func (w *Words) regionOf(name string, books *codebook.Books) (schema.CodeRow, bool) {
	if row, ok := books.RegionInText(name); ok {
		return row, true
	}
	for i := range w.governments.aliases {
		p := &w.governments.aliases[i]
		rest, ok := strings.CutPrefix(name, p.Text)
		if !ok {
			continue
		}
		row, known := books.RegionByCode(p.Value)
		if !known {
			continue
		}
		if inner, ok := books.RegionInText(row.Name + rest); ok {
			return inner, true
		}
		return row, true
	}
	return schema.CodeRow{}, false
}
