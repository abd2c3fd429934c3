package app

import (
	"fmt"
	"strconv"
	"strings"
	"unicode"
)

// Printable keeps the names of files from acting on a terminal: a text with control or direction characters is quoted.
func Printable(s string) string {
	if strings.ContainsFunc(s, func(r rune) bool { return !unicode.IsGraphic(r) }) {
		return strconv.QuoteToGraphic(s)
	}
	return s
}

// Plural is a number of things: 1 file, 2 files.
func Plural(n int, thing string) string {
	if n != 1 {
		thing += "s"
	}
	return fmt.Sprintf("%d %s", n, thing)
}
