//go:build cgo && !noocr

package ocr

import (
	"bytes"
	"fmt"
	"image"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/countybudget/extract/extract/ocr/lstm"
)

// TestLikeTesseract: a line reads as Tesseract reads it without its dictionaries, all but a few characters: what lies outside
// of a picture is noise for the network, and another one in either program.
func TestLikeTesseract(t *testing.T) {
	e := engine(t)
	program, err := exec.LookPath("tesseract")
	if err != nil {
		t.Skip("tesseract is not installed")
	}
	differ, all := 0, 0
	for _, m := range []struct {
		language string
		height   int
		reader   *lstm.Reader
	}{{DefaultLanguage, e.height(false), e.text}, {digitLanguage, e.height(true), e.number}} {
		for _, text := range []string{
			"1,234,567.89", "0.00", "-42.17", "(3,015.60)", "98.5%", "2080505", "Budget 2024", "General public services", "20,134.55", "6", "77.11",
		} {
			d := newDrawing(t, 500, 100)
			d.text(450, 60, text)
			s := Prepare(d.Gray)
			p := &piece{box: (&cutter{s.ink, 26, gapDark}).tight(image.Rect(0, 0, s.Width, s.Height))}
			line := lineOf(way{s.read, textSize, false}, p, 26, m.height)
			path := filepath.Join(t.TempDir(), "line.pgm")
			pgm := fmt.Appendf(nil, "P5\n%d %d\n255\n", line.width, m.height)
			if err := os.WriteFile(path, append(pgm, line.pix...), 0o666); err != nil {
				t.Fatal(err)
			}
			c := exec.CommandContext(t.Context(), program, path, "-", "-l", m.language, "--psm", "13", "--dpi", "300", "-c", "load_system_dawg=0", "-c", "load_freq_dawg=0")
			c.Env = append(os.Environ(), "OMP_THREAD_LIMIT=1")
			out, err := c.Output()
			if err != nil {
				t.Fatal(err)
			}
			var ours strings.Builder
			for _, c := range m.reader.Read([]lstm.Line{{Width: line.width, Pix: line.pix}}, nil, nil)[0][0].Characters {
				ours.WriteString(c.Text)
			}
			theirs := string(bytes.TrimSpace(out))
			all += len(theirs)
			if n := changes(ours.String(), theirs); n > 0 {
				t.Logf("%s reads %q as %q, Tesseract as %q", m.language, text, ours.String(), theirs)
				differ += n
			}
		}
	}
	if differ*20 > all {
		t.Errorf("%d of %d characters differ", differ, all)
	}
}

// changes is the number of bytes to change, insert or delete to turn a into b.
func changes(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		last := row[0]
		row[0]++
		for j := range len(b) {
			step := last
			if a[i] != b[j] {
				step++
			}
			last = row[j+1]
			row[j+1] = min(step, last+1, row[j]+1)
		}
	}
	return row[len(b)]
}
