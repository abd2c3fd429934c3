//go:build cgo && !noocr

package lstm

import (
	"bytes"
	"fmt"
	"image"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"testing"
	"unicode/utf8"

	"github.com/countybudget/extract/extract/ocr"
	pix "github.com/countybudget/extract/extract/ocr/image"
	"github.com/countybudget/extract/extract/ocr/ocrtest"
	"github.com/countybudget/extract/internal/testfiles"
)

// TestLikeTesseract: a line is read as Tesseract reads it without its dictionaries, but for a few characters. The margin of a
// picture is noise for the network, and other noise in either program.
func TestLikeTesseract(t *testing.T) {
	loaded, err := Load("")
	if err != nil {
		t.Skipf("no models here: %v", err)
	}
	e := loaded.(*engine)
	program, err := exec.LookPath("tesseract")
	if err != nil {
		t.Skip("tesseract is not installed")
	}
	differ, all := 0, 0
	for language, m := range map[string]*model{ocr.DefaultLanguage: e.text, numberLanguage: e.number} {
		for _, text := range []string{
			"1,234,567.89", "0.00", "-42.17", "(3,015.60)", "98.5%", "2080505", "Budget 2024", "General public services", "20,134.55", "6", "77.11",
		} {
			d := testfiles.NewDrawing(t, 500, 100)
			d.Text(450, 60, text)
			left := 0
			for x := range 500 { // the first column with ink
				if left == 0 && slices.Contains(pix.GrayOf(d.Gray).Transposed().Row(x), 30) {
					left = x
				}
			}
			r := pix.GrayOf(d.Gray).Crop(image.Rect(left-6, 34, 456, 70)) // 36 pixels, the ink a little above the middle
			r = r.Scaled(float64(m.height()) / float64(r.H))
			line := ocr.Line{Width: r.W, Height: r.H, Pix: r.Pix}
			path := filepath.Join(t.TempDir(), "line.pgm")
			pgm := fmt.Appendf(nil, "P5\n%d %d\n255\n", line.Width, line.Height)
			if err := os.WriteFile(path, append(pgm, line.Pix...), 0o666); err != nil {
				t.Fatal(err)
			}
			c := exec.CommandContext(t.Context(), program, path, "-", "-l", language, "--psm", "13", "--dpi", "300", "-c", "load_system_dawg=0", "-c", "load_freq_dawg=0")
			c.Env = append(os.Environ(), "OMP_THREAD_LIMIT=1")
			out, err := c.Output()
			if err != nil {
				t.Fatal(err)
			}
			read, err := m.newRunner().read(t.Context(), []ocr.Line{line}, nil, nil)
			if err != nil {
				t.Fatal(err)
			}
			ours, theirs := textOf(read[0][0]), string(bytes.TrimSpace(out))
			all += utf8.RuneCountInString(theirs)
			if n := ocrtest.Changes([]rune(ours), []rune(theirs)); n > 0 {
				t.Logf("%s reads %q as %q, Tesseract as %q", language, text, ours, theirs)
				differ += n
			}
		}
	}
	if differ*20 > all {
		t.Errorf("%d of %d characters differ", differ, all)
	}
}
