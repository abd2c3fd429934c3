package proof

import (
	"embed"
	"encoding/csv"
	"fmt"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"github.com/countybudget/extract/schema"
	"github.com/countybudget/extract/schema/codebook"
)

// labels.csv holds the words of headers, rows and titles of the usual forms, sorted, one a line.
//
//go:embed data/labels.csv
var labelFile embed.FS

// lexicon is the names that budgets print.
type lexicon struct {
	names    map[string]string   // as printed, by what is compared
	byLength map[int][]string    // what is compared, by number of characters
	byCode   map[string][]string // names of a code, as printed
}

// shared is the lexicon of codebooks and labels, built on first use and never changed.
var shared = sync.OnceValues(loadLexicon)

func loadLexicon() (*lexicon, error) {
	l := newLexicon()
	f, err := labelFile.Open("data/labels.csv")
	if err != nil {
		return nil, err
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		return nil, fmt.Errorf("labels.csv: %w", err)
	}
	for _, r := range rows[1:] {
		l.add(r[0])
	}
	books, err := codebook.Load()
	if err != nil {
		return nil, err
	}
	codes, err := books.Rows()
	if err != nil {
		return nil, err
	}
	for i := range codes {
		switch c := &codes[i]; c.Codebook {
		case schema.CodebookFunctional, schema.CodebookEconomicDepartment, schema.CodebookEconomicGovernment, schema.CodebookRevenue:
			l.add(c.Name)
			l.byCode[c.Code] = append(l.byCode[c.Code], c.Name)
		}
	}
	return l, nil
}

func newLexicon() *lexicon {
	return &lexicon{names: map[string]string{}, byLength: map[int][]string{}, byCode: map[string][]string{}}
}

// add takes a name in; of names that compare alike the first stays.
func (l *lexicon) add(name string) {
	k := bare(name)
	if _, ok := l.names[k]; ok || k == "" {
		return
	}
	l.names[k] = name
	n := utf8.RuneCountInString(k)
	l.byLength[n] = append(l.byLength[n], k)
}

// printed gives a name as it is printed, if it is one.
func (l *lexicon) printed(name string) (string, bool) {
	p, ok := l.names[bare(name)]
	return p, ok
}

// bare is what is compared of a name: its characters and digits without brackets, quotes, points and white space, which
// recognition confuses most.
func bare(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return r
		}
		return -1
	}, norm.NFKC.String(s))
}

// Near gives the names that a text may be if it was misread, with the text's numbering and punctuation: they differ from it
// in few characters, one more than would be corrected. Of a title its name or what is in brackets behind it may be misread.
func Near(text string) []string {
	l, err := shared()
	if err != nil {
		return nil
	}
	var out []string
	suggest := func(before, name, after string) {
		if _, known := l.printed(name); known {
			return
		}
		for _, other := range l.near(name) {
			if s := respelled(name, other); s != "" {
				out = append(out, before+s+after)
			}
		}
	}
	number, name := splitOrdinal(text)
	suggest(number, name, "")
	if head, name, tail := splitTitle(text); head+tail != "" {
		suggest(head+name, tail, "")
		suggest(head, name, tail)
	}
	return out
}

// Known reports whether a text is a name that budgets print, a title made of such, or a number.
func Known(text string) bool {
	l, err := shared()
	if err != nil {
		return true
	}
	_, name := splitOrdinal(text)
	if _, ok := l.printed(name); ok {
		return true
	}
	head, name, tail := splitTitle(text)
	if head+tail == "" {
		return false
	}
	_, named := l.printed(name)
	_, tailed := l.printed(tail)
	return named && (tailed || bare(tail) == "")
}
