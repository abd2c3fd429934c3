package overlay

import (
	"fmt"
	"image/color"

	"github.com/countybudget/extract/extract/model"
)

// panelText is one line of the description beside a page.
type panelText struct {
	text  string
	color color.NRGBA
}

var ink = color.NRGBA{0x20, 0x20, 0x20, 255}

// description says what the tables on a page are taken for, a line each for what they have.
func description(tables []shown) []panelText {
	out := []panelText{
		{"blue ruled, purple horizontal rules, orange borderless", gridColors[model.TableRuled]},
		{"tinted: header, its tree; green: texts of the table", treeColor},
		{"gray: lines outside tables in reading order", orderColor}, {},
	}
	for _, t := range tables {
		out = append(out, wrapped(fmt.Sprintf("#%d %s, %d × %d, %d header rows, pages %d–%d", t.No, t.Kind, t.Rows, t.Cols, t.HeaderRows, t.FirstPage, t.LastPage), gridColors[t.Kind])...)
		for _, about := range []struct{ name, text string }{{"title", t.Title}, {"form", t.FormNo}, {"unit", t.Unit}, {t.OwnerLabel, t.Owner}} {
			if about.text != "" {
				out = append(out, wrapped(about.name+": "+about.text, textColor)...)
			}
		}
		for _, note := range t.NoteTexts() {
			out = append(out, wrapped(note, textColor)...)
		}
		for col, path := range t.paths() {
			out = append(out, wrapped(fmt.Sprintf("%d  %s", col, path), ink)...)
		}
		out = append(out, panelText{})
	}
	return out
}

// wrapped breaks a text into lines of the panel; Chinese characters count twice.
func wrapped(text string, c color.NRGBA) []panelText {
	var out []panelText
	line, width := "", 0
	for _, r := range text {
		w := 1
		if r >= 0x2e80 {
			w = 2
		}
		if width+w > panelColumns {
			out = append(out, panelText{line, c})
			line, width = "    ", 4
		}
		line += string(r)
		width += w
	}
	return append(out, panelText{line, c})
}
