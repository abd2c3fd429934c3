package pdf

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/countybudget/extract/extract/model"
	"github.com/countybudget/extract/extract/pdf/cos"
)

// pageNode is a page object with its inherited attributes.
type pageNode struct {
	dict cos.Object
	inherited
	lost error // why the page object is missing; nil if it was found
}

// drawsSomething reports whether a page has fonts or XObjects in resources of its own. If it has no content, that was lost.
func (p *pageNode) drawsSomething() bool {
	own := p.dict.Key("Resources")
	if own.ID() != 0 { // may be shared with other pages
		return false
	}
	return own.Key("Font").Entries() > 0 || own.Key("XObject").Entries() > 0
}

// drawnByAnnotations reports whether a page has annotations other than links: it may show form fields only.
func (p *pageNode) drawnByAnnotations() bool {
	const most = 1000
	list := p.dict.Key("Annots")
	for i := range min(list.Len(), most) {
		if list.Index(i).Key("Subtype").Name() != "Link" {
			return true
		}
	}
	return false
}

// inherited are the inheritable page attributes (PDF 32000-1, 7.7.3.4).
type inherited struct {
	resources, mediaBox, cropBox, rotate cos.Object
}

func (in inherited) with(node cos.Object) inherited {
	take := func(dst *cos.Object, key string) {
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
	doc    *Document
	seen   map[int]bool
	loop   bool
	broken bool // an entry of /Kids is neither a page nor a page tree node
}

// readPages walks the page tree, then adds page objects that a damaged tree does not name.
func (d *Document) readPages() {
	w := &pageWalk{doc: d, seen: map[int]bool{}}
	root := d.file.Root().Key("Pages")
	w.walk(root, inherited{}, 0)
	if w.loop {
		d.diagnose(model.Warning, codePageTreeLoop, "page tree loop: a node of the page tree is its own ancestor, or is named twice")
	}
	if d.opt.MaxPages > 0 && len(d.pages) >= d.opt.MaxPages {
		return
	}
	w.broken = w.broken || root.Kind() != cos.Dict
	w.addStrays(int(root.Key("Count").Int()))
}

// addStrays handles the page objects that the walk did not meet. If the tree has as many pages as its /Count says, it is
// sound: they were deleted from the document, and no viewer shows them. Otherwise the tree is damaged, and they are read.
func (w *pageWalk) addStrays(count int) {
	d := w.doc
	var strays []pageNode
	for _, v := range d.file.Pages() {
		if !w.seen[v.ID()] {
			strays = append(strays, pageNode{dict: v, inherited: d.parentAttributes(v).with(v)})
		}
	}
	named := len(d.pages)
	switch sound := !w.broken && !w.loop && named == count; {
	case sound && len(strays) == 0:
		return
	case sound:
		d.diagnose(model.Info, codePageTree, fmt.Sprintf("%d page objects are left over from pages that were taken out of the document; they are not read", len(strays)))
		return
	case len(strays) == 0 && !w.broken && (w.loop || count <= named):
		return // nothing is missing
	}
	d.pages = mergeStrays(d.pages, strays, count)
	d.mended = true
	d.diagnose(model.Warning, codePageTree, fmt.Sprintf("the page tree is damaged: it counts %d pages; %d page objects that it does not name were read too, and %d pages are lost", count, len(strays), lostPages(d.pages)))
}

func lostPages(pages []pageNode) int {
	n := 0
	for i := range pages {
		if pages[i].lost != nil {
			n++
		}
	}
	return n
}

// mergeStrays adds the page objects that the tree does not name to the pages that it names: by their order in the file if
// the other pages are in that order, else at the end. While there are more pages than /Count says, they replace missing
// pages.
func mergeStrays(pages, strays []pageNode, count int) []pageNode {
	at := func(p *pageNode) int { return p.dict.ID() }
	inOrder, last := true, 0
	for i := range pages {
		if pages[i].lost == nil {
			inOrder = inOrder && at(&pages[i]) > last
			last = at(&pages[i])
		}
	}
	excess := len(pages) + len(strays) - count
	var out []pageNode
	for i := range pages {
		p := &pages[i]
		if p.lost != nil && excess > 0 && len(strays) > 0 {
			excess--
			continue
		}
		for inOrder && p.lost == nil && len(strays) > 0 && at(&strays[0]) < at(p) {
			out, strays = append(out, strays[0]), strays[1:]
		}
		out = append(out, *p)
	}
	return append(out, strays...)
}

// parentAttributes finds the inherited attributes of a page by its /Parent chain, for a tree that is broken near its root.
func (d *Document) parentAttributes(page cos.Object) inherited {
	var chain []cos.Object
	for p := page.Key("Parent"); p.Kind() == cos.Dict && len(chain) < 50; p = p.Key("Parent") {
		chain = append(chain, p)
	}
	var in inherited
	for i := len(chain) - 1; i >= 0; i-- {
		in = in.with(chain[i])
	}
	return in
}

func (w *pageWalk) walk(node cos.Object, in inherited, depth int) {
	full := w.doc.opt.MaxPages > 0 && len(w.doc.pages) >= w.doc.opt.MaxPages
	if node.Kind() != cos.Dict || full || depth > cos.MaxNesting {
		return
	}
	if id := node.ID(); id != 0 {
		if w.seen[id] {
			w.loop = true
			return
		}
		w.seen[id] = true
	}
	kids := node.Key("Kids")
	in = in.with(node)
	if w.foreign(node) {
		w.broken = true
		w.lose()
		return
	}
	if kids.Kind() != cos.Array {
		if node.Key("Type").Name() == "Pages" {
			return // a page tree node without kids
		}
		w.doc.pages = append(w.doc.pages, pageNode{dict: node, inherited: in})
		return
	}
	for i := range kids.Len() {
		kid := kids.Index(i)
		if kid.Kind() != cos.Dict {
			w.broken = true
			if kid.Kind() == cos.Lost {
				w.lose()
			}
			continue
		}
		w.walk(kid, in, depth+1)
	}
}

// lose adds a placeholder for a page that the tree names and that is missing, so that later pages keep their numbers.
func (w *pageWalk) lose() {
	if w.doc.opt.MaxPages == 0 || len(w.doc.pages) < w.doc.opt.MaxPages {
		w.doc.pages = append(w.doc.pages, pageNode{lost: cos.Missing("the page is not in the file, or is damaged")})
	}
}

// foreign reports whether an entry of /Kids refers to another kind of object, because its object number was damaged. A page
// without any entry of a page, even /Parent, was emptied.
func (w *pageWalk) foreign(node cos.Object) bool {
	switch node.Key("Type").Name() {
	case "", "Page":
		for _, key := range []string{"Parent", "Contents", "Resources", "MediaBox", "Annots", "Kids"} {
			if !node.Key(key).IsNull() {
				return false
			}
		}
		return true
	case "Pages", "Template":
		return false
	}
	return node.Key("Contents").IsNull() && node.Key("Kids").IsNull()
}

// rectOf reads a rectangle, given by any two opposite corners.
func rectOf(v cos.Object) (r model.Rect, ok bool) {
	r.X0, r.Y0, r.X1, r.Y1, ok = v.Rect()
	return r, ok
}

// frame maps a page's user space to the page as displayed.
type frame struct {
	ctm           model.Matrix // user space → points from the top left, y down
	width, height float64
	rotate        int
}

var a4 = model.Rect{X1: 595.28, Y1: 841.89}

// frame applies CropBox, /Rotate and UserUnit.
func (p *pageNode) frame() frame {
	box, ok := rectOf(p.mediaBox)
	if !ok || box.Empty() {
		box = a4
	}
	if crop, ok := rectOf(p.cropBox); ok {
		if c := crop.Intersect(box); !c.Empty() {
			box = c
		}
	}
	u := p.dict.Key("UserUnit").Float()
	if u <= 0 || u > 1e4 {
		u = 1
	}
	w, h := box.Width()*u, box.Height()*u
	rotate := int(p.rotate.Float()/90) % 4
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

// readLabels reads /PageLabels, a number tree of ranges.
func (d *Document) readLabels() {
	tree := d.file.Root().Key("PageLabels")
	if tree.Kind() != cos.Dict {
		return
	}
	d.labels = make([]string, len(d.pages))
	starts := map[int]cos.Object{}
	collectNumbers(tree, starts, map[int]bool{}, 0)
	var style cos.Object
	n := 0
	for i := range d.labels {
		if s, ok := starts[i]; ok {
			style, n = s, int(s.Key("St").Int())
			if n < 1 {
				n = 1
			}
		}
		d.labels[i] = cos.TextString(style.Key("P").Str()) + pageNumber(style.Key("S").Name(), n)
		n++
	}
}

func collectNumbers(node cos.Object, out map[int]cos.Object, seen map[int]bool, depth int) {
	id := node.ID()
	if depth > cos.MaxNesting || len(out) > 1<<16 || seen[id] {
		return
	}
	seen[id] = id != 0
	nums := node.Key("Nums")
	for i := 0; i+1 < nums.Len(); i += 2 {
		out[int(nums.Index(i).Int())] = nums.Index(i + 1)
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
