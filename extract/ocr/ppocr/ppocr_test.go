//go:build cgo && !noocr

package ppocr

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/countybudget/extract/extract/ocr"
	"github.com/countybudget/extract/extract/ocr/ctc"
)

func TestDictionary(t *testing.T) {
	a, err := readDictionary("甲\n1\n\u3000\n１", 6)
	if err != nil {
		t.Fatal(err)
	}
	for text, want := range map[string]int16{"甲": 1, "1": 2, "\u3000": 3, "１": 4, " ": 5} {
		if got, ok := a.Label(text); !ok || got != want {
			t.Errorf("%q has the label %d, not %d", text, got, want)
		}
	}
	for name, c := range map[string]struct {
		text    string
		outputs int
		want    string
	}{
		"too few characters": {"甲\n乙", 6, "2 characters for 6 outputs"},
		"nothing":            {"", 40, "1 characters for 40 outputs"},
		"no UTF-8":           {"甲\n\xe5", 4, "character 2 is no text"},
		"a long line":        {strings.Repeat("x", 65), 3, "character 1 is no text"},
		"too many":           {strings.Repeat("\n", 1<<15), 1<<15 + 3, "a list of 32769 characters"},
	} {
		if _, err := readDictionary(c.text, c.outputs); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func FuzzDictionary(f *testing.F) {
	f.Add("甲\n1\r\n \n１", 6)
	f.Add("", 3)
	f.Add("甲\n甲\n\xe5", 5)
	f.Fuzz(func(t *testing.T, text string, outputs int) {
		a, err := readDictionary(text, outputs)
		if err != nil {
			return
		}
		d := ctc.Decoder{Alphabet: a, Step: step}
		row := make([]float32, outputs) // as many as there are characters, or it would have been refused
		row[outputs-1], row[0] = 0.5, 0.5
		d.Decode(2, func(int) []float32 { return row })
	})
}

func TestPicture(t *testing.T) {
	l := ocr.Line{Width: 30, Height: textHeight, Pix: slices.Repeat([]byte{255}, 30*textHeight)}
	for y := range textHeight { // a black column, and a black row that is cut off
		l.Pix[y*l.Width+10] = 0
	}
	clear(l.Pix[:l.Width])
	p := picture(&l, nil)
	width := widthOf(&l)
	if width != 40 || len(p) != channels*height*width {
		t.Fatalf("%d values, %d pixels wide", len(p), width)
	}
	for i, v := range p {
		want := float32(1)
		switch x := i % width; {
		case x == margin+10:
			want = -1
		case x >= margin+l.Width:
			want = 0
		}
		if v != want {
			t.Fatalf("value %d is %v, not %v", i, v, want)
		}
	}
	if narrowest := widthOf(&ocr.Line{Width: 1}); narrowest != narrow {
		t.Errorf("the picture of a line of one pixel is %d wide", narrowest)
	}
}

// said is what a network may say of a worn 31.5, with few labels, made up: the blank, 3, 1, the full-width point, the point, 5, a
// Chinese character.
var said = [][]float32{
	{0.98, 0.02, 0, 0, 0, 0, 0}, {0.10, 0.88, 0, 0, 0, 0.01, 0.01}, {0.96, 0.03, 0.01, 0, 0, 0, 0}, {0.20, 0, 0.75, 0, 0, 0, 0.05},
	{0.90, 0, 0.05, 0.03, 0.02, 0, 0}, {0.45, 0, 0, 0.35, 0.20, 0, 0}, {0.99, 0, 0, 0, 0, 0.01, 0}, {0.10, 0.05, 0, 0, 0, 0.25, 0.60}, {0.97, 0, 0, 0, 0, 0.02, 0.01},
}

func TestNumbersAreLimited(t *testing.T) {
	a := ctc.NewAlphabet(blank)
	for i, text := range []string{"3", "1", "．", ".", "5", "年"} {
		a.Add(text, int16(i+1))
	}
	n := &network{alphabet: a, labels: 7, han: hanLabels("3\n1\n．\n.\n5\n年")}
	for charset, want := range map[ocr.Charset]string{ocr.AnyText: "31年", ocr.Numbers: "31.5"} {
		r := (&engine{n}).NewRecognizer().(*recognizer)
		rows := slices.Clone(said)
		for i := range rows {
			rows[i] = slices.Clone(rows[i])
		}
		found := r.candidates(&ocr.Line{Width: 60}, charset, len(rows), func(t int) []float32 { return rows[t] }, nil)
		if len(found) == 0 || text(found[0]) != want {
			t.Errorf("%q: %+v, not %s", charset, found, want)
			continue
		}
		// the line may end with a Chinese character, so that it is no sure number
		if p := found[0].Characters[0].Probability; charset == ocr.Numbers && p > 0.41 || charset == ocr.AnyText && p < 0.8 {
			t.Errorf("%q: the first character has the probability %.2f", charset, p)
		}
		if x := found[0].Characters[0].X; x != 1*step+step/2-margin {
			t.Errorf("the first character is at %v", x)
		}
	}
}

func text(c ocr.Candidate) string {
	var b strings.Builder
	for _, l := range c.Characters {
		b.WriteString(l.Text)
	}
	return b.String()
}

// Where nothing is installed the error says what to do; where the files are no model and no library, it names them.
func TestNotInstalled(t *testing.T) {
	none := []string{"/nowhere"}
	if _, err := load(none); err == nil || !strings.Contains(err.Error(), "make models") || !strings.Contains(err.Error(), modelFile) {
		t.Errorf("error %v", err)
	}
	if folders, files := sandbox(none); folders != nil || files != nil {
		t.Errorf("a sandbox without a model opens %q and %q", folders, files)
	}
	dir := t.TempDir()
	for _, name := range []string{modelFile, libraryFile} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte("no such thing"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := load([]string{"/nowhere", dir}); err == nil || !strings.Contains(err.Error(), dir) {
		t.Errorf("error %v", err)
	}
	if _, files := sandbox([]string{dir}); !slices.Contains(files, filepath.Join(dir, modelFile)) {
		t.Errorf("the sandbox does not open the model: %q", files)
	}
	t.Setenv("EXTRACT_MODELS", dir)
	if f := modelFolders(); f[0] != dir {
		t.Errorf("EXTRACT_MODELS names %s, first is %s", dir, f[0])
	}
}
