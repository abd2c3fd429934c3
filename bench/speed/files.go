package main

import (
	"bytes"
	"context"
	"crypto/sha256"
	_ "embed"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"

	"github.com/countybudget/extract/extract"
)

// document is a file to measure with.
type document struct {
	path  string
	pages int
	scan  bool // more pages are pictures than text
}

// documents lists the PDFs of folders, each content once.
func documents(folders ...string) ([]document, error) {
	var out []document
	seen := map[[32]byte]bool{}
	for _, folder := range folders {
		paths, err := filepath.Glob(filepath.Join(folder, "*.pdf"))
		if err != nil {
			return nil, err
		}
		slices.Sort(paths)
		for _, path := range paths {
			data, err := os.ReadFile(path)
			if err != nil {
				return nil, err
			}
			if sum := sha256.Sum256(data); !seen[sum] {
				seen[sum] = true
				d, err := extract.Extract(context.Background(), data, extract.Options{OCR: extract.OCRNever})
				if err != nil {
					return nil, fmt.Errorf("%s: %w", path, err)
				}
				pictures := 0
				for _, p := range d.Pages {
					if p.NeedsOCR {
						pictures++
					}
				}
				out = append(out, document{path, d.PageCount, 2*pictures > d.PageCount})
			}
		}
	}
	return out, nil
}

func pathsOf(docs []document) []string {
	var out []string
	for _, d := range docs {
		out = append(out, d.path)
	}
	return out
}

func pagesOf(docs []document) int {
	n := 0
	for _, d := range docs {
		n += d.pages
	}
	return n
}

// spread takes every so many-th document, so that about so many pages come together.
func spread(docs []document, pages int) []document {
	step := max(1, pagesOf(docs)/pages)
	var out []document
	for i := 0; i < len(docs); i += step {
		out = append(out, docs[i])
	}
	return out
}

// joined makes one file with so many pages, those of the documents in turn, again from the first when they are used up.
func joined(path string, docs []document, pages int) error {
	args := []string{"qpdf", "--empty", "--pages"}
	for left := pages; left > 0; {
		for _, d := range docs {
			if n := min(left, d.pages); n > 0 {
				args = append(args, d.path, fmt.Sprintf("1-%d", n))
				left -= n
			}
		}
	}
	_, err := execute(append(args, "--", path))
	return err
}

// copies makes n files of one, distinct by a comment behind their end.
func copies(folder, path string, n int) error {
	data, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	if err := os.MkdirAll(folder, 0o777); err != nil {
		return err
	}
	for i := range n {
		name := filepath.Join(folder, fmt.Sprintf("%06d.pdf", i))
		if err := os.WriteFile(name, fmt.Appendf(data[:len(data):len(data)], "\n%% copy %d\n", i), 0o666); err != nil {
			return err
		}
	}
	return nil
}

// rowsOfPage is how many rows of the made table stand on a page.
const rowsOfPage = 40

// tablePDF makes a file with one ruled table of so many rows, continued over pages, in a font that is not embedded.
func tablePDF(path string, rows int) error {
	var b bytes.Buffer
	var offsets []int
	object := func(format string, args ...any) {
		offsets = append(offsets, b.Len())
		fmt.Fprintf(&b, "%d 0 obj\n", len(offsets))
		fmt.Fprintf(&b, format, args...)
		b.WriteString("\nendobj\n")
	}
	pages := (rows + rowsOfPage - 1) / rowsOfPage
	b.WriteString("%PDF-1.4\n")
	object("<< /Type /Catalog /Pages 2 0 R >>")
	var kids strings.Builder
	for i := range pages {
		fmt.Fprintf(&kids, "%d 0 R ", 5+2*i)
	}
	object("<< /Type /Pages /Count %d /Kids [%s] >>", pages, kids.String())
	object("<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H /DescendantFonts [4 0 R] >>")
	object("<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 4 >> /DW 1000 >>")
	for i := range pages {
		content := tablePage(i, min(rowsOfPage, rows-i*rowsOfPage))
		object("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F 3 0 R >> >> /Contents %d 0 R >>", 6+2*i)
		object("<< /Length %d >>\nstream\n%s\nendstream", len(content), content)
	}
	xref := b.Len()
	fmt.Fprintf(&b, "xref\n0 %d\n0000000000 65535 f \n", len(offsets)+1)
	for _, o := range offsets {
		fmt.Fprintf(&b, "%010d 00000 n \n", o)
	}
	fmt.Fprintf(&b, "trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n", len(offsets)+1, xref)
	return os.WriteFile(path, b.Bytes(), 0o666)
}

//go:embed document.tsv
var documentLines string

// documentTexts are the texts of document.tsv by their name.
var documentTexts = sync.OnceValue(func() map[string]string { return namedTexts(documentLines) })

// namedTexts reads lines of a name and a text; # begins a comment.
func namedTexts(lines string) map[string]string {
	texts := map[string]string{}
	for line := range strings.Lines(lines) {
		if name, text, ok := strings.Cut(strings.TrimSuffix(line, "\n"), "\t"); ok && !strings.HasPrefix(name, "#") {
			texts[name] = text
		}
	}
	return texts
}

// tablePage is the content of a page of the table: the title on the first one, the header on each.
func tablePage(page, rows int) []byte {
	var b bytes.Buffer
	show := func(x, y int, text string) {
		b.WriteString("BT /F 9 Tf ")
		fmt.Fprintf(&b, "%d %d Td <", x, y)
		for _, r := range text {
			fmt.Fprintf(&b, "%04X", r)
		}
		b.WriteString("> Tj ET\n")
	}
	texts := documentTexts()
	columns := []int{40, 120, 330, 440, 555}
	const top, height = 780, 17
	if page == 0 {
		show(200, 815, texts["title"])
		show(40, 796, texts["owner"])
		show(490, 796, texts["unit"])
	}
	for r := 0; r <= rows+1; r++ {
		fmt.Fprintf(&b, "%d %d m %d %d l S\n", columns[0], top-r*height, columns[len(columns)-1], top-r*height)
	}
	for _, x := range columns {
		fmt.Fprintf(&b, "%d %d m %d %d l S\n", x, top, x, top-(rows+1)*height)
	}
	for i, text := range []string{"code", "name", "basic", "project"} {
		show(columns[i]+4, top-12, texts[text])
	}
	for r := range rows {
		n := page*rowsOfPage + r + 1
		y := top - (r+1)*height - 12
		show(columns[0]+4, y, fmt.Sprintf("2130%03d", n%1000))
		show(columns[1]+4, y, fmt.Sprintf(texts["item"], n))
		show(columns[2]+4, y, fmt.Sprintf("%d.%02d", n, n%100))
		show(columns[3]+4, y, fmt.Sprintf("%d.%02d", 2*n, n%100))
	}
	return b.Bytes()
}
