package spelling

import (
	"regexp"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"github.com/countybudget/extract/normalize/lexicon"
	"github.com/countybudget/extract/schema"
	"github.com/countybudget/extract/schema/codebook"
)

// Names are the names that budgets print: those of the codebooks and of the usual forms. They are made once, of a lexicon,
// and read on first use: digital documents do not need them.
type Names struct {
	index func() (*index, error)

	titleYear       *regexp.Regexp // the year that a title begins with
	threePublic     *regexp.Regexp // “三公”, with quotes that may be misread
	threePublicName string
	ordinal         *regexp.Regexp // the numbering of a name
	chineseOrdinal  *regexp.Regexp // 一、; the group is the numeral
	likeOrdinal     string         // the characters of which ordinals are made, and those that recognition takes them for
	ordinalPoint    string         // 、
	ends            []string       // words that names end in
	numerals        [11]string     // 一 to 十, by number
}

// Embedded is the names of the embedded lexicon.
var Embedded = sync.OnceValue(func() *Names { return New(lexicon.Embedded()) })

// New makes the names of a lexicon and the codebooks.
func New(book *lexicon.Book) *Names {
	n := &Names{
		index:     sync.OnceValues(func() (*index, error) { return loadIndex(book) }),
		titleYear: book.Pattern("years.of_title"), threePublic: book.Pattern("spelling.three_public"),
		threePublicName: book.Word("spelling.three_public_name"),
		ordinal:         book.Pattern("spelling.ordinal"), chineseOrdinal: book.Pattern("spelling.chinese_ordinal"),
		ends:        book.Of("spelling.end").Texts(),
		likeOrdinal: book.Word("spelling.like_ordinal"), ordinalPoint: book.Word("spelling.ordinal_point"),
	}
	for _, p := range book.Of("spelling.numeral") {
		if v := p.Number.IntPart(); v > 0 && v < int64(len(n.numerals)) {
			n.numerals[v] = p.Text
		}
	}
	return n
}

// index finds names by their text and by their code.
type index struct {
	names    map[string]string   // as printed, by what is compared
	byLength map[int][]string    // what is compared, by number of characters
	byCode   map[string][]string // names of a code, as printed
	labels   *index              // the names of the usual forms alone; nil in that index itself
}

func loadIndex(book *lexicon.Book) (*index, error) {
	l := newIndex()
	l.labels = newIndex()
	for _, label := range book.Of("spelling.label").Texts() {
		l.add(label)
		l.labels.add(label)
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

func newIndex() *index {
	return &index{names: map[string]string{}, byLength: map[int][]string{}, byCode: map[string][]string{}}
}

// add takes a name in; of names that compare alike the first stays.
func (l *index) add(name string) {
	k := bare(name)
	if _, ok := l.names[k]; ok || k == "" {
		return
	}
	l.names[k] = name
	n := utf8.RuneCountInString(k)
	l.byLength[n] = append(l.byLength[n], k)
}

// printed gives a name as it is printed, if it is one.
func (l *index) printed(name string) (string, bool) {
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
func (n *Names) Near(text string) []string {
	l, err := n.index()
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
	number, name := n.splitOrdinal(text)
	suggest(number, name, "")
	if head, name, tail := n.splitTitle(text); head+tail != "" {
		suggest(head+name, tail, "")
		suggest(head, name, tail)
	}
	return out
}

// Known reports whether a text is a name that budgets print, a title made of such, or a number.
func (n *Names) Known(text string) bool {
	l, err := n.index()
	if err != nil {
		return true
	}
	_, name := n.splitOrdinal(text)
	if _, ok := l.printed(name); ok {
		return true
	}
	head, name, tail := n.splitTitle(text)
	if head+tail == "" {
		return false
	}
	_, named := l.printed(name)
	_, tailed := l.printed(tail)
	return named && (tailed || bare(tail) == "")
}
