package pdf

import (
	"strconv"
	"strings"

	lib "github.com/ledongthuc/pdf"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"

	"unicode/utf8"

	"github.com/countybudget/extract/extract/model"
)

// pageNode is a page with what it inherits.
type pageNode struct {
	dict lib.Value
	inherited
}

// inherited are the attributes that a page takes from the nodes above it.
type inherited struct {
	resources, mediaBox, cropBox, rotate lib.Value
}

func (in inherited) with(node lib.Value) inherited {
	take := func(dst *lib.Value, key string) {
		if v := node.Key(key); !v.IsNull() {
			*dst = v
		}
	}
	take(&in.resources, "Resources")
	take(&in.mediaBox, "MediaBox")
	take(&in.cropBox, "CropBox")
	take(&in.rotate, "Rotate")
	return in
}

// pageWalk is one walk through the page tree.
type pageWalk struct {
	doc  *Document
	seen map[int]bool
	loop bool
}

// readPages walks the page tree; when that finds nothing, all page objects in the order of the file are the pages.
func (d *Document) readPages() {
	w := &pageWalk{doc: d, seen: map[int]bool{}}
	w.walk(d.reader.Trailer().Key("Root").Key("Pages"), inherited{}, 0)
	if w.loop {
		d.diagnose(model.Warning, codePageTreeLoop, "page tree loop: a node of the page tree is its own ancestor, or is named twice")
	}
	if len(d.pages) > 0 {
		return
	}
	list := d.reader.Trailer().Key(pagesKey)
	for i := range list.Len() {
		w.walk(list.Index(i), d.parentAttributes(list.Index(i)), 0)
	}
}

// parentAttributes looks up what a page inherits when its tree is broken from the top.
func (d *Document) parentAttributes(page lib.Value) inherited {
	var chain []lib.Value
	for p := page.Key("Parent"); p.Kind() == lib.Dict && len(chain) < 50; p = p.Key("Parent") {
		chain = append(chain, p)
	}
	var in inherited
	for i := len(chain) - 1; i >= 0; i-- {
		in = in.with(chain[i])
	}
	return in
}

func (w *pageWalk) walk(node lib.Value, in inherited, depth int) {
	full := w.doc.opt.MaxPages > 0 && len(w.doc.pages) >= w.doc.opt.MaxPages
	if node.Kind() != lib.Dict || full || depth > maxNesting {
		return
	}
	if id := objectID(node); id != 0 {
		if w.seen[id] {
			w.loop = true
			return
		}
		w.seen[id] = true
	}
	kids := node.Key("Kids")
	in = in.with(node)
	if kids.Kind() != lib.Array {
		if node.Key("Type").Name() == "Pages" {
			return // an empty branch
		}
		w.doc.pages = append(w.doc.pages, pageNode{node, in})
		return
	}
	for i := range kids.Len() {
		w.walk(kids.Index(i), in, depth+1)
	}
}

// objectID is the number of an indirect dictionary or stream in the normalized file, 0 for a direct object.
func objectID(v lib.Value) int { return int(v.Key(idKey).Int64()) }

// referenceID is the number of the object that a dictionary's key refers to, without reading that object; 0 when the
// normalized file does not tell.
func referenceID(dict lib.Value, key string) int { return int(dict.Key(refsKey).Key(key).Int64()) }

// rect reads a rectangle, whichever corners it names.
func rect(v lib.Value) (r model.Rect, ok bool) {
	if v.Len() < 4 {
		return r, false
	}
	a, b, c, e := v.Index(0).Float64(), v.Index(1).Float64(), v.Index(2).Float64(), v.Index(3).Float64()
	return model.Rect{X0: min(a, c), Y0: min(b, e), X1: max(a, c), Y1: max(b, e)}, true
}

// matrix reads a transformation; what is none is the identity.
func matrix(v lib.Value) model.Matrix {
	if v.Len() != 6 {
		return model.Identity
	}
	var m model.Matrix
	for i := range m {
		m[i] = v.Index(i).Float64()
	}
	return m
}

// frame is how a page's user space lies on the page as seen.
type frame struct {
	ctm           model.Matrix // user space → points from the top left, y down
	width, height float64
	rotate        int
}

var a4 = model.Rect{X1: 595.28, Y1: 841.89}

// frame applies CropBox, /Rotate and UserUnit.
func (p *pageNode) frame() frame {
	box, ok := rect(p.mediaBox)
	if !ok || box.Empty() {
		box = a4
	}
	if crop, ok := rect(p.cropBox); ok {
		if c := crop.Intersect(box); !c.Empty() {
			box = c
		}
	}
	u := p.dict.Key("UserUnit").Float64()
	if u <= 0 || u > 1e4 {
		u = 1
	}
	w, h := box.Width()*u, box.Height()*u
	rotate := int(p.rotate.Float64()/90) % 4
	switch (rotate + 4) % 4 {
	case 1:
		return frame{model.Matrix{0, u, u, 0, -box.Y0 * u, -box.X0 * u}, h, w, 90}
	case 2:
		return frame{model.Matrix{-u, 0, 0, u, box.X1 * u, -box.Y0 * u}, w, h, 180}
	case 3:
		return frame{model.Matrix{0, -u, -u, 0, box.Y1 * u, box.X1 * u}, h, w, 270}
	}
	return frame{model.Matrix{u, 0, 0, -u, -box.X0 * u, box.Y1 * u}, w, h, 0}
}

// textString decodes a text string of the document level: UTF-16 or UTF-8 with a mark, else PDFDocEncoding, else GBK,
// which Chinese programs write without saying so.
func textString(s string) string { return cleanText(decodedText(s)) }

// decodedText is a text string with its line ends and other control characters.
func decodedText(s string) string {
	switch {
	case strings.HasPrefix(s, "\xfe\xff"), strings.HasPrefix(s, "\xff\xfe"):
		t, err := unicode.UTF16(unicode.BigEndian, unicode.UseBOM).NewDecoder().String(s)
		if err == nil {
			return t
		}
	case strings.HasPrefix(s, "\xef\xbb\xbf"):
		return s[3:]
	}
	if utf8.ValidString(s) {
		return s
	}
	if t, err := simplifiedchinese.GBK.NewDecoder().String(s); err == nil && !strings.ContainsRune(t, utf8.RuneError) {
		return t
	}
	t, _ := charmap.Windows1252.NewDecoder().String(s)
	return t
}

func cleanText(s string) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' || r == utf8.RuneError {
			return -1
		}
		return r
	}, s)
}

// readLabels reads /PageLabels, a number tree of ranges.
func (d *Document) readLabels() {
	tree := d.reader.Trailer().Key("Root").Key("PageLabels")
	if tree.Kind() != lib.Dict {
		return
	}
	d.labels = make([]string, len(d.pages))
	starts := map[int]lib.Value{}
	collectNumbers(tree, starts, map[int]bool{}, 0)
	var style lib.Value
	n := 0
	for i := range d.labels {
		if s, ok := starts[i]; ok {
			style, n = s, int(s.Key("St").Int64())
			if n < 1 {
				n = 1
			}
		}
		d.labels[i] = textString(style.Key("P").RawString()) + pageNumber(style.Key("S").Name(), n)
		n++
	}
}

func collectNumbers(node lib.Value, out map[int]lib.Value, seen map[int]bool, depth int) {
	id := objectID(node)
	if depth > maxNesting || len(out) > 1<<16 || seen[id] {
		return
	}
	seen[id] = id != 0
	nums := node.Key("Nums")
	for i := 0; i+1 < nums.Len(); i += 2 {
		out[int(nums.Index(i).Int64())] = nums.Index(i + 1)
	}
	kids := node.Key("Kids")
	for i := range kids.Len() {
		collectNumbers(kids.Index(i), out, seen, depth+1)
	}
}

func pageNumber(style string, n int) string {
	switch style {
	case "D":
		return strconv.Itoa(n)
	case "R":
		return roman(n)
	case "r":
		return strings.ToLower(roman(n))
	case "A":
		return strings.Repeat(string(rune('A'+(n-1)%26)), min((n-1)/26+1, 40))
	case "a":
		return strings.Repeat(string(rune('a'+(n-1)%26)), min((n-1)/26+1, 40))
	}
	return ""
}

func roman(n int) string {
	values := []int{1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1}
	signs := []string{"M", "CM", "D", "CD", "C", "XC", "L", "XL", "X", "IX", "V", "IV", "I"}
	var b strings.Builder
	for i, v := range values {
		for n >= v && b.Len() < 40 {
			b.WriteString(signs[i])
			n -= v
		}
	}
	return b.String()
}
