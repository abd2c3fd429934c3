package pdf

import (
	"bytes"
	"compress/gzip"
	"embed"
	"io"
	"strings"
	"sync"
	"unicode/utf8"
)

//go:embed data
var dataFiles embed.FS

// collection is a character collection of Adobe: which text each CID stands for.
type collection struct {
	file  string
	once  sync.Once
	texts []string
	cids  map[rune]int // the lowest CID of a character, which is its ordinary form
}

var (
	adobeGB1  = &collection{file: "data/adobe-gb1.txt.gz"}
	adobeCNS1 = &collection{file: "data/adobe-cns1.txt.gz"}
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

// load reads the data file: line n (from 0) is the text of CID n.
func (c *collection) load() {
	c.once.Do(func() {
		packed, err := dataFiles.ReadFile(c.file)
		if err != nil {
			panic(err)
		}
		zr, err := gzip.NewReader(bytes.NewReader(packed))
		if err != nil {
			panic(err)
		}
		all, err := io.ReadAll(zr)
		if err != nil {
			panic(err)
		}
		c.texts = strings.Split(strings.TrimSuffix(string(all), "\n"), "\n")
		c.cids = make(map[rune]int, len(c.texts))
		for cid, t := range c.texts {
			r, n := utf8.DecodeRuneInString(t)
			if _, ok := c.cids[r]; !ok && n > 0 {
				c.cids[r] = cid
			}
		}
	})
}

func (c *collection) text(cid int) string {
	c.load()
	if cid <= 0 || cid >= len(c.texts) {
		return ""
	}
	return c.texts[cid]
}

// cid is the CID of a character, 0 when it has none.
func (c *collection) cid(r rune) int {
	c.load()
	return c.cids[r]
}
