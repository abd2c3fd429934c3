package grammar

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// Reading is one way to read a text: its words and what it leaves over, in order. Marks are no parts.
type Reading []Part

// Part is a word of a reading, or a text that it leaves over.
type Part struct {
	Word
	Unknown bool // only Text is set
}

// way is a way from a place to the end of a text.
type way struct {
	step
	total int
	rest  *way
}

// weighed is how many ways are kept at a place for each reading that is asked for: many differ in what is left over alone.
const weighed = 4

// Readings are the readings of a folded text that were weighed, the one that Parse takes first: those that leave no more
// characters over than it does, most of them at most.
func (g *Grammar) Readings(text, reader string, most int) []Reading {
	ways := make([][]*way, len(text)+1)
	ways[len(text)] = []*way{{}}
	for at := len(text); at > 0; {
		_, size := utf8.DecodeLastRuneInString(text[:at])
		at -= size
		var here []*way
		g.each(text, at, reader, func(s step) {
			for _, rest := range ways[s.next] {
				here = append(here, &way{s, s.cost + rest.total, rest})
			}
		})
		slices.SortStableFunc(here, func(a, b *way) int {
			if a.total != b.total {
				return a.total - b.total
			}
			return b.next - a.next // as in Parse
		})
		ways[at] = here[:min(len(here), most*weighed)]
	}
	var readings []Reading
	least := -1
	for _, w := range ways[0] {
		r, left := w.read(text)
		if least < 0 {
			least = left
		}
		if left <= least && len(readings) < most && !slices.ContainsFunc(readings, r.equals) {
			readings = append(readings, r)
		}
	}
	return readings
}

// read gives the parts of a way and how many characters it leaves over.
func (w *way) read(text string) (r Reading, left int) {
	steps := make([]step, len(text)+1)
	for at := 0; at < len(text); at, w = w.next, w.rest {
		steps[at] = w.step
	}
	t := follow(text, steps)
	end := 0
	unknownTo := func(to int) {
		for len(t.Unknown) > 0 {
			i := strings.Index(text[end:to], t.Unknown[0])
			if i < 0 {
				return
			}
			r = append(r, Part{Word: Word{Text: t.Unknown[0]}, Unknown: true})
			end += i + len(t.Unknown[0])
			left += utf8.RuneCountInString(t.Unknown[0])
			t.Unknown = t.Unknown[1:]
		}
	}
	for _, word := range t.Words {
		unknownTo(word.at)
		r = append(r, Part{Word: word})
		end = word.at + len(word.Text)
	}
	unknownTo(len(text))
	return r, left
}

func (r Reading) equals(other Reading) bool {
	return slices.EqualFunc(r, other, func(a, b Part) bool {
		return a.Text == b.Text && a.Unknown == b.Unknown && slices.Equal(a.Features, b.Features)
	})
}
