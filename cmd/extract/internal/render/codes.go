package render

import (
	_ "embed"
	"strings"
	"sync"

	"github.com/countybudget/extract/extract/model"
)

//go:embed code_headers.tsv
var codeHeaderLines string

// codeHeader is a line of code_headers.tsv.
type codeHeader struct{ match, word string }

var codeHeaders = sync.OnceValue(func() []codeHeader {
	var all []codeHeader
	for line := range strings.Lines(codeHeaderLines) {
		if fields := strings.Split(strings.TrimSuffix(line, "\n"), "\t"); len(fields) == 3 && fields[0] != "match" {
			all = append(all, codeHeader{fields[0], fields[1]})
		}
	}
	return all
})

// isCodeHeader tells whether codes stand under a header; they are read from the left and not compared by size.
func isCodeHeader(text string) bool {
	for _, h := range codeHeaders() {
		switch h.match {
		case "contains":
			if strings.Contains(text, h.word) {
				return true
			}
		case "exact":
			if text == h.word {
				return true
			}
		case "suffix":
			if strings.HasSuffix(text, h.word) {
				return true
			}
		}
	}
	return false
}

// codeColumns finds the columns whose header says that they hold codes.
func codeColumns(t *model.Table) []bool {
	codes := make([]bool, t.Cols)
	for i := range t.Cells {
		if c := &t.Cells[i]; c.IsHeader && isCodeHeader(Clean(c.Text)) {
			for col := c.Col; col < min(c.Col+c.ColSpan, t.Cols); col++ {
				codes[col] = true
			}
		}
	}
	return codes
}
