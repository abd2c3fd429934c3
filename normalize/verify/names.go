package verify

import (
	_ "embed"
	"strings"
	"sync"

	"github.com/countybudget/extract/schema"
)

//go:embed names.csv
var namesCSV []byte

// nameRow is one phrase that identifies a row, with what it stands for.
type nameRow struct{ phrase, value string }

// nameBook holds the phrases of names.csv by kind, in the file's order. Read on first use, never written again.
var nameBook = sync.OnceValue(func() map[string][]nameRow { return readNames(namesCSV) })

func readNames(data []byte) map[string][]nameRow {
	book := map[string][]nameRow{}
	for _, rec := range mustCSV(data) {
		book[rec[0]] = append(book[rec[0]], nameRow{rec[1], rec[2]})
	}
	return book
}

// blanks are what a name may be printed with or without.
var blanks = strings.NewReplacer(" ", "", "\t", "", "\n", "", "\u3000", "", "\u00a0", "", "（", "(", "）", ")", "：", "", ":", "")

// plainName is a name without white space and colons, its brackets unified.
func plainName(s string) string {
	for i := 0; i < len(s); i++ {
		// 0xE3 and 0xEF open the UTF-8 of full-width blanks, brackets and colons, 0xC2 that of the no-break space.
		switch s[i] {
		case ' ', '\t', '\n', ':', 0xE3, 0xEF, 0xC2:
			return blanks.Replace(s)
		}
	}
	return s
}

// isOneOf says whether the name is a phrase of that kind.
func isOneOf(kind, name string) bool {
	for _, r := range nameBook()[kind] {
		if r.phrase == name {
			return true
		}
	}
	return false
}

// endsInTotal says whether the name is that of a total: 合计, 人员经费合计, 小计.
func endsInTotal(name string) bool {
	for _, r := range nameBook()["total"] {
		if strings.HasSuffix(name, r.phrase) {
			return true
		}
	}
	return false
}

// meaning gives the value of the first phrase of that kind that the name contains, or "".
func meaning(kind, name string) string {
	for _, r := range nameBook()[kind] {
		if strings.Contains(name, r.phrase) {
			return r.value
		}
	}
	return ""
}

// fundNamed gives the fund source that a revenue row or a balance row names.
func fundNamed(f *figure) (schema.FundSource, bool) {
	if v := meaning("fund", f.name); v != "" {
		return schema.FundSource(v), true
	}
	return "", false
}

// economicClass gives the code of an economic 类 by its name.
func economicClass(name string) string {
	for _, r := range nameBook()["econ_class"] {
		if r.phrase == name {
			return r.value
		}
	}
	return ""
}
