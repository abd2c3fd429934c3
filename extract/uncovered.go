package extract

import (
	"cmp"
	"image"
	"math"
	"slices"

	"github.com/countybudget/extract/extract/model"
	"github.com/countybudget/extract/extract/wording"
)

// What to recognize of a page is decided in two steps. Geometry finds the areas with something other than text and rules:
// pictures, which may be dozens of strips, areas filled with a pattern, and shapes that may be outlined text. If such an
// area has text as well, a rendering at low resolution shows whether it has ink in rows, as of characters, that no visible
// character or rule explains.

const (
	scanShare    = 0.5  // part of a page from which pictures make it a scan
	regionShare  = 0.06 // part of a page from which a picture beside text is recognized
	regionPixels = 250  // its least width and height
	leastShapes  = 30   // shapes outside the text from which they may be outlined text
	mostGrouped  = 512  // pictures of a page that are grouped individually
	touching     = 1.5  // points; gap up to which two pictures belong together
	filled       = 0.95 // part of an area from which one picture fills it, so that the others are ignored
)

// area is a part of a page with more than text and rules.
type area struct {
	box     model.Rect
	picture int     // index of the picture that fills it; -1 for none or several
	dots    float64 // pixels per point of its finest picture; 0 if unknown
	mixed   bool    // the page must be rendered: the area has visible text, or may have no text at all
	shapes  bool
}

// seenBySomeone reports whether a glyph is visible text: not hidden and no watermark.
func seenBySomeone(g *model.Glyph) bool {
	return !wording.Blank(g.Text) && !g.Is(model.FlagInvisible|model.FlagClipped|model.FlagWatermark|model.FlagStamp|model.FlagHidden)
}

// visibleGlyphs counts the visible characters of a page in a box.
func visibleGlyphs(p *model.Page, box model.Rect) int {
	n := 0
	for i := range p.Glyphs {
		if g := &p.Glyphs[i]; seenBySomeone(g) && box.Contains(g.Box.Center()) {
			n++
		}
	}
	return n
}

func pageBox(p *model.Page) model.Rect { return model.Rect{X1: p.Width, Y1: p.Height} }

// areas are the parts of a page that may be recognized, by the pictures that one of the readers found.
func areas(p *model.Page, pictures []model.Picture) []area {
	var out []area
	for _, a := range append(pictureAreas(p, pictures), shapeArea(p)...) {
		if isRegion(p, &a) {
			a.mixed = a.mixed || visibleGlyphs(p, a.box) > 0
			out = append(out, a)
		}
	}
	return out
}

// isRegion reports whether an area is large and fine enough to hold text that is worth reading.
func isRegion(p *model.Page, a *area) bool {
	if a.shapes {
		return true
	}
	enough := a.dots == 0 || a.dots*a.box.Width() >= regionPixels && a.dots*a.box.Height() >= regionPixels
	return enough && a.box.Area() >= regionShare*pageBox(p).Area()
}

// pictureAreas groups pictures, and areas filled with patterns, that touch each other.
func pictureAreas(p *model.Page, pictures []model.Picture) []area {
	var parts []area
	for i := range pictures {
		pic := &pictures[i]
		a := area{box: pic.Box.Intersect(pageBox(p)), picture: i}
		if a.box.Empty() {
			continue
		}
		across, down := math.Hypot(pic.Matrix[0], pic.Matrix[1]), math.Hypot(pic.Matrix[2], pic.Matrix[3])
		a.dots = math.Max(float64(pic.Width)/math.Max(across, 1), float64(pic.Height)/math.Max(down, 1))
		if !upright(pic.Matrix) || pic.Mask {
			a.picture = -1
		}
		parts = append(parts, a)
	}
	for _, b := range p.Patterns {
		if b = b.Intersect(pageBox(p)); !b.Empty() {
			parts = append(parts, area{box: b, picture: -1, mixed: true})
		}
	}
	return joined(parts)
}

// joined makes one area of those that touch each other.
func joined(parts []area) []area {
	if len(parts) > mostGrouped {
		all := parts[0]
		for i := range parts[1:] {
			all = all.with(&parts[1+i])
		}
		return []area{all}
	}
	for i := 0; i < len(parts); i++ {
		for k := i + 1; k < len(parts); k++ {
			b := parts[k].box
			b = model.Rect{X0: b.X0 - touching, Y0: b.Y0 - touching, X1: b.X1 + touching, Y1: b.Y1 + touching}
			if !b.Intersect(parts[i].box).Empty() {
				parts[i] = parts[i].with(&parts[k])
				parts = slices.Delete(parts, k, k+1)
				k = i // the grown area may touch others
			}
		}
	}
	return parts
}

func (a area) with(b *area) area {
	out := area{box: a.box.Union(b.box), picture: -1, dots: math.Max(a.dots, b.dots), mixed: a.mixed || b.mixed}
	for _, one := range []*area{&a, b} {
		if one.box.Area() >= filled*out.box.Area() {
			out.picture = one.picture
		}
	}
	return out
}

// shapeArea is the area of the shapes outside the text, if there are many.
func shapeArea(p *model.Page) []area {
	if len(p.Shapes) < leastShapes {
		return nil
	}
	text := textCover(p)
	a := area{picture: -1, mixed: true, shapes: true}
	n := 0
	for _, s := range p.Shapes {
		if !s.Empty() && !text.has(s.Center()) {
			a.box = a.box.Union(s)
			n++
		}
	}
	if n < leastShapes {
		return nil
	}
	const margin = 6
	a.box = model.Rect{X0: a.box.X0 - margin, Y0: a.box.Y0 - margin, X1: a.box.X1 + margin, Y1: a.box.Y1 + margin}.Intersect(pageBox(p))
	return []area{a}
}

// coverage is the part of a page that pictures and patterns cover, overlaps counted once.
func coverage(p *model.Page, pictures []model.Picture) float64 {
	const n = 64
	var seen [n][n]bool
	count := 0
	mark := func(b model.Rect) {
		b = b.Intersect(pageBox(p))
		x0, x1 := int(math.Round(b.X0/p.Width*n)), int(math.Round(b.X1/p.Width*n))
		y0, y1 := int(math.Round(b.Y0/p.Height*n)), int(math.Round(b.Y1/p.Height*n))
		if b.Empty() {
			return
		}
		for y := y0; y < min(y1, n); y++ {
			for x := x0; x < min(x1, n); x++ {
				if !seen[y][x] {
					seen[y][x] = true
					count++
				}
			}
		}
	}
	if p.Width <= 0 || p.Height <= 0 {
		return 0
	}
	for i := range pictures {
		mark(pictures[i].Box)
	}
	for _, b := range p.Patterns {
		mark(b)
	}
	return float64(count) / (n * n)
}

// markUnseen sets Unseen for pages that would be recognized if recognition were on: pictures, or shapes that may be outlined
// text, cover most of them, and text next to nothing, such as a page number or the line of a scanner program.
func markUnseen(pages []*model.Page) {
	const littleText = 0.01 // part of the page
	for _, p := range pages {
		area := pageBox(p).Area()
		text := 0.0
		for i := range p.Glyphs {
			if g := &p.Glyphs[i]; seenBySomeone(g) || g.Is(model.FlagInvisible) && !wording.Blank(g.Text) {
				text += g.Box.Area()
			}
		}
		outlined := visibleGlyphs(p, pageBox(p)) < fewGlyphs && len(shapeArea(p)) > 0
		p.Unseen = text < littleText*area && coverage(p, p.Pictures) >= scanShare || outlined
	}
}

// cover is the place of the visible text of a page, in cells of one point.
type cover struct {
	w, h int
	bits []bool
}

// textCover is the cover of the visible text and the gaps between its characters.
func textCover(p *model.Page) *cover {
	c := newCover(p)
	for i := range p.Glyphs {
		if g := &p.Glyphs[i]; !g.Is(model.FlagInvisible) && !wording.Blank(g.Text) {
			c.add(g.Box, 0.2*g.Size)
		}
	}
	return c
}

// explained is the cover of the visible text and the rules.
func explained(p *model.Page) *cover {
	c := textCover(p)
	for i := range p.Rules {
		if r := &p.Rules[i]; r.Kind != model.RuleEdge {
			c.add(r.Rect, r.Width/2+1)
		}
	}
	return c
}

func newCover(p *model.Page) *cover {
	const most = 4000
	c := &cover{w: int(min(max(p.Width, 0), most)) + 1, h: int(min(max(p.Height, 0), most)) + 1}
	c.bits = make([]bool, c.w*c.h)
	return c
}

func (c *cover) add(b model.Rect, margin float64) {
	x0, x1 := max(0, int(math.Floor(b.X0-margin))), min(c.w-1, int(math.Ceil(b.X1+margin)))
	y0, y1 := max(0, int(math.Floor(b.Y0-margin))), min(c.h-1, int(math.Ceil(b.Y1+margin)))
	for y := y0; y < y1; y++ {
		for x := x0; x < x1; x++ {
			c.bits[y*c.w+x] = true
		}
	}
}

func (c *cover) has(p model.Point) bool {
	x, y := int(p.X), int(p.Y)
	return x >= 0 && y >= 0 && x < c.w && y < c.h && c.bits[y*c.w+x]
}

const (
	lookDPI   = 100 // resolution at which a page is tested for ink
	leastRow  = 10  // marks in rows from which there is text
	contrast  = 60  // difference of ink and the paper around it
	paperTile = 16  // pixels; side of the squares in which the paper is measured
)

// marksInRows counts the marks in a part of a picture that are beside another of their height, as the characters of a line
// are. Pixels for which skip is true are ignored; in dark parts, light marks are counted.
func marksInRows(img *image.Gray, part image.Rectangle, skip func(x, y int) bool) int {
	return marksOver(img, contrast, part, skip)
}

// marksOver is marksInRows of the ink that differs from the paper around it by more than least.
func marksOver(img *image.Gray, least int, part image.Rectangle, skip func(x, y int) bool) int {
	part = part.Intersect(img.Rect)
	if part.Dx() < paperTile || part.Dy() < paperTile {
		return 0
	}
	ink := inkOf(img, least, part)
	w := part.Dx()
	for i := range ink {
		if ink[i] && skip != nil && skip(part.Min.X+i%w, part.Min.Y+i/w) {
			ink[i] = false
		}
	}
	marks := marksOf(ink, w)
	slices.SortFunc(marks, func(a, b image.Rectangle) int {
		return cmp.Or(cmp.Compare(a.Min.X, b.Min.X), cmp.Compare(a.Min.Y, b.Min.Y))
	})
	n := 0
	for i, a := range marks {
		for _, b := range marks[i+1:] {
			if b.Min.X > a.Max.X+a.Dy()*3/2 {
				break
			}
			if 2*a.Dy() >= b.Dy() && 2*b.Dy() >= a.Dy() && b.Min.X >= a.Max.X-2 && 2*abs(a.Min.Y+a.Max.Y-b.Min.Y-b.Max.Y) <= 2*a.Dy() {
				n++
				break
			}
		}
	}
	return n
}

func abs(v int) int { return max(v, -v) }

// inkOf returns which pixels of a part are darker than the paper around them, or lighter if most of the part is dark.
func inkOf(img *image.Gray, least int, part image.Rectangle) []bool {
	w, h := part.Dx(), part.Dy()
	pix := make([]byte, 0, w*h)
	dark := 0
	for y := part.Min.Y; y < part.Max.Y; y++ {
		row := img.Pix[img.PixOffset(part.Min.X, y):][:w]
		pix = append(pix, row...)
		for _, v := range row {
			if v < 128 {
				dark++
			}
		}
	}
	if 2*dark > len(pix) {
		for i, v := range pix {
			pix[i] = 255 - v
		}
	}
	tw, th := (w+paperTile-1)/paperTile, (h+paperTile-1)/paperTile
	paper := make([]byte, tw*th)
	for i, v := range pix {
		t := i / w / paperTile * tw
		t += i % w / paperTile
		paper[t] = max(paper[t], v)
	}
	ink := make([]bool, w*h)
	for ty := range th {
		for tx := range tw {
			around := byte(0)
			for y := max(0, ty-1); y <= min(th-1, ty+1); y++ {
				for x := max(0, tx-1); x <= min(tw-1, tx+1); x++ {
					around = max(around, paper[y*tw+x])
				}
			}
			for y := ty * paperTile; y < min(h, (ty+1)*paperTile); y++ {
				for x := tx * paperTile; x < min(w, (tx+1)*paperTile); x++ {
					ink[y*w+x] = int(pix[y*w+x]) < int(around)-least
				}
			}
		}
	}
	return ink
}

// marksOf finds the connected marks of the size of characters. It clears the ink.
func marksOf(ink []bool, w int) []image.Rectangle {
	const low, high, wide, least = 4, 45, 60, 6
	var out []image.Rectangle
	var stack []int
	for start := range ink {
		if !ink[start] {
			continue
		}
		ink[start] = false
		stack = append(stack[:0], start)
		box := image.Rect(start%w, start/w, start%w+1, start/w+1)
		n := 0
		for len(stack) > 0 {
			i := stack[len(stack)-1]
			stack = stack[:len(stack)-1]
			x, y := i%w, i/w
			n++
			box = box.Union(image.Rect(x, y, x+1, y+1))
			for dy := -1; dy <= 1; dy++ {
				for dx := -1; dx <= 1; dx++ {
					k := i + dy*w + dx
					if x+dx >= 0 && x+dx < w && k >= 0 && k < len(ink) && ink[k] {
						ink[k] = false
						stack = append(stack, k)
					}
				}
			}
		}
		if box.Dy() >= low && box.Dy() <= high && box.Dx() <= wide && n >= least && box.Dx() <= 10*box.Dy() {
			out = append(out, box)
		}
	}
	return out
}
