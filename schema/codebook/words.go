package codebook

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"strings"
	"sync"
)

// regionWords are the words by which regions are found in names: data/region_words.csv, by class.
type regionWords struct {
	suffixes []string // end the names of provinces and prefectures
	generic  []string // name a district only after its city
	endings  string   // characters that end the name of a county, city or district
	within   []string // begin with such a character and are no end of a region
	none     []string // end like a region and are none
	openings string   // characters that may stand before a name
	years    []string // follow a year before a name
	bodies   []string // stand before a region: what the local body is of
}

// words reads the file once. A line that cannot be read is a bug of this package, found by any test.
var words = sync.OnceValue(func() *regionWords {
	data, err := codebookFiles.ReadFile("data/region_words.csv")
	var lines [][]string
	if err == nil {
		lines, err = csv.NewReader(bytes.NewReader(data)).ReadAll()
	}
	if err != nil {
		panic(fmt.Sprintf("codebook: region_words.csv: %v", err))
	}
	of := map[string][]string{}
	for _, l := range lines[1:] {
		of[l[0]] = append(of[l[0]], l[1])
	}
	return &regionWords{
		suffixes: of["suffix"], generic: of["generic"], endings: strings.Join(of["ending"], ""), within: of["within"],
		none: of["no_region"], openings: strings.Join(of["opening"], ""), years: of["year"], bodies: of["body"],
	}
})
