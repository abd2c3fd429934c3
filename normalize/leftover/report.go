package leftover

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"github.com/countybudget/extract/schema"
)

// A report is the message of a diagnostic. It begins with the table ("table 3 (its title): "), which the sender of the
// diagnostic puts before a title's; Read finds all of it again.

// Title is the message about words of a table's title.
func Title(words []string) string {
	return fmt.Sprintf("%q of the title was not understood", strings.Join(words, " ")) // words are folded: without white space
}

// Header is the message about words of a header of the table, whose path is given as budget_lines have it.
func Header(table int, title string, words []string, heading string) string {
	return fmt.Sprintf("table %d (%s): %q of the header %q was not understood", table, title, strings.Join(words, " "), heading)
}

// Report is what a diagnostic says of words that were not understood.
type Report struct {
	Words   []string
	Table   int32
	Title   string // of the table
	Heading string // the path of the header; "" where the words are those of the title
}

// reports are the messages. A title may hold anything, but no quoted text holds a bare quotation mark, so that the last
// possible place is where the title ends.
var (
	titleReport  = regexp.MustCompile(`(?s)^table (\d+) \((.*)\): ("(?:[^"\\]|\\.)*") of the title was not understood$`)
	headerReport = regexp.MustCompile(`(?s)^table (\d+) \((.*)\): ("(?:[^"\\]|\\.)*") of the header ("(?:[^"\\]|\\.)*") was not understood$`)
)

// Read finds the report in a diagnostic; ok is false where it is about something else.
func Read(d *schema.DiagnosticRow) (r Report, ok bool) {
	var parts []string
	switch d.Code {
	case schema.DiagUnknownTitle:
		parts = titleReport.FindStringSubmatch(d.Message)
	case schema.DiagUnknownHeading:
		parts = headerReport.FindStringSubmatch(d.Message)
	}
	if parts == nil {
		return r, false
	}
	table, err := strconv.ParseInt(parts[1], 10, 32)
	if err != nil {
		return r, false
	}
	r.Table, r.Title = int32(table), parts[2]
	quoted := make([]string, 0, 2)
	for _, part := range parts[3:] {
		text, err := strconv.Unquote(part)
		if err != nil {
			return r, false
		}
		quoted = append(quoted, text)
	}
	r.Words = strings.Fields(quoted[0])
	if len(quoted) > 1 {
		r.Heading = quoted[1]
	}
	return r, true
}
