package model

// The size of a shape that may be a character, in points. MaxShapes is how many a page keeps.
const (
	smallestShape = 2.5
	largestShape  = 60
	MaxShapes     = 1 << 14
	leastPattern  = 20 // points; least side of an area filled with a pattern that may hold a picture with text
)

// AddShape keeps the box of a filled shape of the size of a character, and reports whether it is of that size.
func (p *Page) AddShape(box Rect) bool {
	if long := max(box.Width(), box.Height()); long < smallestShape || long > largestShape {
		return false
	}
	if len(p.Shapes) < MaxShapes {
		p.Shapes = append(p.Shapes, box)
	}
	return true
}

// AddPattern keeps the box of an area filled with a pattern that may hold a picture with text, and reports whether it did.
func (p *Page) AddPattern(box Rect) bool {
	if min(box.Width(), box.Height()) < leastPattern || len(p.Patterns) >= MaxShapes {
		return false
	}
	p.Patterns = append(p.Patterns, box)
	return true
}
