package render

import (
	"encoding/csv"
	"io"
	"regexp"
	"strings"

	"github.com/countybudget/extract/extract/model"
)

// CSV writes a table's grid as it is printed. The text of a merged cell stands once, at the cell's first place. Each
// record begins with the given fields. A cell that a spreadsheet would take for a formula has an apostrophe before it.
func CSV(w io.Writer, t *model.Table, lead ...string) error {
	out := csv.NewWriter(w)
	for r, row := range t.Grid() {
		record := append([]string(nil), lead...)
		for c, cell := range row {
			text := ""
			if cell != nil && cell.Row == r && cell.Col == c {
				text = unformula(cell.Text)
			}
			record = append(record, text)
		}
		if err := out.Write(record); err != nil {
			return err
		}
	}
	out.Flush()
	return out.Error()
}

// formula begins what a spreadsheet computes.
var formula = regexp.MustCompile(`^[=+\-@\t\r＝＋－＠]`)

func unformula(text string) string {
	if formula.MatchString(text) && !figure.MatchString(text) && text != "-" {
		return "'" + text
	}
	return text
}

// Markdown gives a table in GitHub's notation, which knows one header row and no merged cells: headers of several rows are joined with " / ".
func Markdown(t *model.Table) string {
	if t.Rows == 0 || t.Cols == 0 {
		return ""
	}
	grid := t.Grid()
	var b strings.Builder
	line := func(text func(col int) string) {
		b.WriteByte('|')
		for c := range t.Cols {
			b.WriteString(" " + text(c) + " |")
		}
		b.WriteByte('\n')
	}
	line(func(c int) string { return headerPath(grid[:min(t.HeaderRows, t.Rows)], c) })
	line(func(c int) string {
		if rightAligned(grid, t.HeaderRows, c) {
			return "---:"
		}
		return "---"
	})
	for r := t.HeaderRows; r < t.Rows; r++ {
		line(func(c int) string {
			if cell := grid[r][c]; cell != nil && cell.Row == r && cell.Col == c {
				return markdownText(cell.Text)
			}
			return ""
		})
	}
	return b.String()
}

func headerPath(header [][]*model.Cell, col int) string {
	var parts []string
	var last *model.Cell
	for _, row := range header {
		if c := row[col]; c != nil && c != last && c.Text != "" {
			parts = append(parts, markdownText(c.Text))
			last = c
		}
	}
	return strings.Join(parts, " / ")
}

// rightAligned reports whether most of a column's texts are figures.
func rightAligned(grid [][]*model.Cell, headerRows, col int) bool {
	figures, others := 0, 0
	for _, row := range grid[min(headerRows, len(grid)):] {
		switch c := row[col]; {
		case c == nil || c.Text == "":
		case figure.MatchString(Clean(c.Text)):
			figures++
		default:
			others++
		}
	}
	return figures > others
}

var markdownEscapes = strings.NewReplacer(`\`, `\\`, "|", `\|`, "<", "&lt;", "*", `\*`, "_", `\_`, "`", "\\`", "[", `\[`)

func markdownText(s string) string { return markdownEscapes.Replace(Clean(s)) }
