package pdfium

import (
	"math"

	"github.com/countybudget/extract/extract/model"
)

// PDFium leaves a character out that it has just seen in the same place, for bold is often made by drawing twice. Of a
// figure that was painted over and written anew, the digits that stayed the same are missing then. So text objects that lie
// on each other are read one layer after the other.

const (
	mostLayers   = 4
	layerOverlap = 0.3  // of the smaller of two boxes: so much of it lies on the other
	layerRow     = 16.0 // points: the height of the rows that boxes are looked up by
	mostRows     = 100  // that one text may take up
	mostCompared = 1 << 20
)

// layersOf numbers the text objects by layer, 0 for those that lie on no other.
func layersOf(objects []object, drawn []drawing) (layers []int, count int) {
	layers, count = make([]int, len(objects)), 1
	rows := map[int][]int{}
	compared := 0
	for i := range objects {
		box := drawn[i].style.box
		if objects[i].kind != kindText || box.Empty() || !(math.Abs(box.Y0) < 1e5 && math.Abs(box.Y1) < 1e5) {
			continue
		}
		taken := [mostLayers]bool{}
		first, last := int(math.Floor(box.Y0/layerRow)), int(math.Floor(box.Y1/layerRow))
		if last-first > mostRows {
			continue
		}
		for row := first; row <= last; row++ {
			for _, k := range rows[row] {
				compared++
				if compared > mostCompared {
					return layers, count
				}
				if over(box, drawn[k].style.box) {
					taken[layers[k]] = true
				}
			}
			rows[row] = append(rows[row], i)
		}
		for layers[i] < mostLayers-1 && taken[layers[i]] {
			layers[i]++
		}
		count = max(count, layers[i]+1)
	}
	return layers, count
}

func over(a, b model.Rect) bool {
	return a.Intersect(b).Area() > layerOverlap*math.Min(a.Area(), b.Area())
}

// readLayers reads the characters of a page.
func (r *reading) readLayers(objects []object, drawn []drawing) map[uint64][]char {
	layers, count := layersOf(objects, drawn)
	if count == 1 {
		return readText(r.g, r.doc.shownPage)
	}
	chars := map[uint64][]char{}
	for layer := range count {
		activate := func(on uint64) {
			for i := range objects {
				if objects[i].kind == kindText && layers[i] != layer {
					r.g.call("FPDFPageObj_SetIsActive", objects[i].handle, on)
				}
			}
		}
		activate(0)
		found := readText(r.g, r.doc.shownPage)
		activate(1)
		for i := range objects {
			if o := objects[i].handle; layers[i] == layer {
				chars[o] = found[o]
			}
		}
	}
	return chars
}
