package pdfium

import (
	"math"

	"github.com/countybudget/extract/extract/model"
)

// PDFium drops a character that repeats one in the same place, because bold is often made by drawing twice. Where a figure
// was painted over and a new one drawn in its place, digits that both have are missing then. So text objects that overlap
// are read one layer after the other.

const (
	mostLayers   = 4
	layerOverlap = 0.3  // part of the smaller of two boxes from which they overlap
	layerRow     = 16.0 // points; height of the rows by which boxes are indexed
	mostRows     = 100  // rows of one text object
	mostCompared = 1 << 20
)

// layersOf assigns text objects to layers: 0 for those that overlap no earlier one.
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

// readLayers reads the characters of a page layer by layer.
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
