package render

import "strings"

// canvas is a page of terminal cells; a wide character takes its cell and leaves the next one empty.
type canvas [][]string

func newCanvas(width, height int) canvas {
	c := make(canvas, height)
	for y := range c {
		c[y] = make([]string, width)
		for x := range c[y] {
			c[y][x] = " "
		}
	}
	return c
}

func (c canvas) set(x, y int, r rune) { c[y][x] = string(r) }

func (c canvas) write(x, y int, s string) {
	for _, r := range s {
		switch w := runeWidth(r); {
		case y >= len(c) || x+w > len(c[y]):
			return
		case w == 0 && x > 0:
			c[y][x-1] += string(r)
		default:
			c[y][x] = string(r)
			if w == 2 {
				c[y][x+1] = ""
			}
			x += w
		}
	}
}

func (c canvas) String() string {
	var b strings.Builder
	for _, row := range c {
		b.WriteString(strings.TrimRight(strings.Join(row, ""), " "))
		b.WriteByte('\n')
	}
	return b.String()
}
