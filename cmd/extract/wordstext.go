package main

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"github.com/countybudget/extract/cmd/extract/internal/render"
	"github.com/countybudget/extract/internal/app"
	"github.com/countybudget/extract/normalize/grammar"
	"github.com/countybudget/extract/normalize/leftover"
)

// How words that were not understood, and phrases that are tried, are printed: as text, and as JSON lines.

// mostTaken bounds what the amounts below a word are said to be taken for.
const mostTaken = 3

// wordsText is the list of words for a person.
func wordsText(words []*app.UnknownWord) string {
	width := render.Width("word")
	for _, w := range words {
		width = max(width, render.Width(app.Printable(w.Word)))
	}
	width = min(width, 40)
	var b strings.Builder
	fmt.Fprintf(&b, "times  documents  where   %s  example\n", padded("word", width))
	indent := strings.Repeat(" ", len("times  documents  "))
	for _, w := range words {
		fmt.Fprintf(&b, "%5d  %9d  %-6s  %s  %s, page %d: %s\n", w.Times, w.Documents, w.Where, padded(app.Printable(w.Word), width),
			app.Printable(w.Example.FileName), w.Example.Page, app.Printable(w.Example.Text))
		for i, r := range w.Example.Read.Readings {
			label := "read as  "
			if i > 0 {
				label = "or as    "
			}
			b.WriteString(indent + label + readingText(r) + "\n")
		}
		for i := range w.Taken[:min(len(w.Taken), mostTaken)] {
			b.WriteString(indent + "amounts  " + takenText(&w.Taken[i]) + "\n")
		}
		if more := len(w.Taken) - mostTaken; more > 0 {
			fmt.Fprintf(&b, "%samounts  %s more, see --json\n", indent, app.Plural(more, "reading"))
		}
	}
	return b.String()
}

// readingText is a reading in one line: each word with what it says, ? behind what is left over.
func readingText(r grammar.Reading) string {
	parts := make([]string, len(r))
	for i := range r {
		switch says := strings.Join(saidBy(&r[i].Word), " "); {
		case r[i].Unknown:
			parts[i] = r[i].Text + "?"
		case r[i].Negated:
			parts[i] = r[i].Text + " (" + says + ", excluded)"
		default:
			parts[i] = r[i].Text + " (" + says + ")"
		}
	}
	return app.Printable(strings.Join(parts, " + "))
}

// takenText is what amounts were taken for, in the words of phrase files.
func takenText(t *app.Taken) string {
	return fmt.Sprintf("%d %s: statement=%s direction=%s fund=%s spending=%s period=%s phase=%s",
		t.Lines, t.Meaning, t.Statement, t.Direction, t.Fund, t.Spending, t.Period, t.Phase)
}

// phraseText is how a phrase is understood, for a person.
func phraseText(u *leftover.Understanding, title bool) string {
	taken := grammar.Reading{}
	if len(u.Readings) > 0 {
		taken = u.Readings[0]
	}
	width := render.Width("left over")
	for i := range taken {
		width = max(width, render.Width(app.Printable(taken[i].Text)))
	}
	var b strings.Builder
	line := func(name, value string) { fmt.Fprintf(&b, "%s  %s\n", padded(name, width), value) }
	for i := range taken {
		says := strings.Join(saidBy(&taken[i].Word), " ")
		switch {
		case taken[i].Unknown:
			continue
		case taken[i].Negated:
			says += " (excluded)"
		}
		line(app.Printable(taken[i].Text), says)
	}
	switch {
	case u.Item:
		line("left over", "nothing: the header is the name of an item")
	case len(u.LeftOver) > 0:
		line("left over", app.Printable(strings.Join(u.LeftOver, " ")))
	default:
		line("left over", "nothing")
	}
	if title {
		statement := string(u.Statement)
		if statement == "" {
			statement = "none is named; the headers of the table decide"
		}
		line("statement", statement)
	}
	for _, r := range u.Readings[min(len(u.Readings), 1):] {
		line("not taken", readingText(r))
	}
	return b.String()
}

// saidBy writes what a word says as phrase files do: name=value, or the name alone.
func saidBy(w *grammar.Word) []string {
	said := make([]string, 0, len(w.Features))
	for _, f := range w.Features {
		said = append(said, strings.TrimSuffix(f.Name+"="+f.Value, "="))
	}
	return said
}

// padded is a text with spaces behind it to a width on the terminal.
func padded(s string, width int) string {
	return s + strings.Repeat(" ", max(0, width-render.Width(s)))
}

// newLines writes JSON objects, one a line.
func newLines(w io.Writer) *json.Encoder {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	return enc
}

// wordMessage is a word as JSON.
type wordMessage struct {
	MessageType string         `json:"message_type"` // word
	Word        string         `json:"word"`
	Where       string         `json:"where"` // title, header
	Times       int            `json:"times"`
	Documents   int            `json:"documents"`
	FileName    string         `json:"file_name"` // of the example
	Page        int32          `json:"page"`
	Text        string         `json:"text"`     // the whole title, or the path of the header
	Readings    [][]readPart   `json:"readings"` // of the title, or of the cell that has the word; the first was taken
	TakenFor    []takenMessage `json:"taken_for"`
}

type takenMessage struct {
	Lines      int    `json:"lines"`
	Meaning    string `json:"meaning"`
	Statement  string `json:"statement"`
	Direction  string `json:"direction"`
	FundSource string `json:"fund_source"`
	Spending   string `json:"spending"`
	Period     string `json:"period"`
	Phase      string `json:"phase"`
}

// wordsSummary is the last line of the JSON output.
type wordsSummary struct {
	MessageType string `json:"message_type"` // summary
	Words       int    `json:"words"`
	Times       int    `json:"times"`
}

func writeWordsJSON(out io.Writer, words []*app.UnknownWord) error {
	enc := newLines(out)
	sum := wordsSummary{MessageType: "summary", Words: len(words)}
	for _, w := range words {
		m := wordMessage{
			MessageType: "word", Word: w.Word, Where: w.Where, Times: w.Times, Documents: w.Documents, FileName: w.Example.FileName,
			Page: w.Example.Page, Text: w.Example.Text, Readings: readingsJSON(w.Example.Read.Readings), TakenFor: make([]takenMessage, len(w.Taken)),
		}
		for i, t := range w.Taken {
			m.TakenFor[i] = takenMessage{
				t.Lines, string(t.Meaning), string(t.Statement), string(t.Direction), string(t.Fund), string(t.Spending), string(t.Period), string(t.Phase),
			}
		}
		if err := enc.Encode(&m); err != nil {
			return err
		}
		sum.Times += w.Times
	}
	return enc.Encode(sum)
}

// phraseMessage is how a phrase is understood as JSON.
type phraseMessage struct {
	MessageType string       `json:"message_type"` // phrase
	Text        string       `json:"text"`
	Where       string       `json:"where"`    // title, header
	Readings    [][]readPart `json:"readings"` // the first is taken
	LeftOver    []string     `json:"left_over"`
	Item        bool         `json:"item,omitempty"`      // a header that is the name of an item
	Statement   string       `json:"statement,omitempty"` // of a title
}

// readPart is a word of a reading, or what it leaves over.
type readPart struct {
	Text       string   `json:"text"`
	Says       []string `json:"says,omitempty"`
	LeftOver   bool     `json:"left_over,omitempty"`
	Excluded   bool     `json:"excluded,omitempty"`
	InBrackets bool     `json:"in_brackets,omitempty"`
}

func newPhraseMessage(u *leftover.Understanding, title bool) *phraseMessage {
	m := &phraseMessage{
		MessageType: "phrase", Text: u.Text, Where: "header", Readings: readingsJSON(u.Readings), LeftOver: append([]string{}, u.LeftOver...),
		Item: u.Item, Statement: string(u.Statement),
	}
	if title {
		m.Where = "title"
	}
	return m
}

func readingsJSON(readings []grammar.Reading) [][]readPart {
	all := make([][]readPart, len(readings))
	for k, r := range readings {
		all[k] = make([]readPart, len(r))
		for i := range r {
			all[k][i] = readPart{Text: r[i].Text, Says: saidBy(&r[i].Word), LeftOver: r[i].Unknown, Excluded: r[i].Negated, InBrackets: r[i].Nested}
		}
	}
	return all
}
