package font

import (
	"embed"
	"strings"
	"sync"
	"unicode/utf8"
)

var (
	//go:embed data
	dataFiles embed.FS

	//go:embed data/adobe-gb1.txt
	adobeGB1Texts string
	//go:embed data/adobe-cns1.txt
	adobeCNS1Texts string
)

// collection is one of Adobe's character collections: the text of each CID, which is line n of its data for CID n, from 0.
// The data are searched in place: a document needs a few hundred of the thirty thousand lines.
type collection struct {
	data string

	byCID  sync.Once
	starts []int32 // where each line begins, and the end

	byText sync.Once
	cids   map[rune]int // the lowest CID of a character, which is its ordinary form
}

var (
	adobeGB1  = &collection{data: adobeGB1Texts}
	adobeCNS1 = &collection{data: adobeCNS1Texts}
)

func collectionOf(ordering string) *collection {
	switch ordering {
	case "GB1":
		return adobeGB1
	case "CNS1":
		return adobeCNS1
	}
	return nil
}

// lines finds where the lines begin.
func (c *collection) lines() []int32 {
	c.byCID.Do(func() {
		c.starts = make([]int32, 1, strings.Count(c.data, "\n")+1)
		for i := 0; i < len(c.data); i++ {
			if c.data[i] == '\n' {
				c.starts = append(c.starts, int32(i+1))
			}
		}
	})
	return c.starts
}

func (c *collection) text(cid int) string {
	starts := c.lines()
	if cid <= 0 || cid >= len(starts)-1 {
		return ""
	}
	return c.data[starts[cid] : starts[cid+1]-1]
}

// cid is the CID of a character, 0 when it has none.
func (c *collection) cid(r rune) int {
	c.byText.Do(func() {
		starts := c.lines()
		c.cids = make(map[rune]int, len(starts))
		for cid := range len(starts) - 1 {
			t := c.data[starts[cid] : starts[cid+1]-1]
			r, n := utf8.DecodeRuneInString(t)
			if _, ok := c.cids[r]; !ok && n > 0 {
				c.cids[r] = cid
			}
		}
	})
	return c.cids[r]
}
