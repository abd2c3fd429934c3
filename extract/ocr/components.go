package ocr

import "image"

// blob is a connected piece of ink.
type blob struct {
	box  image.Rectangle // pixels
	area int             // dark pixels
}

// run is a stretch of dark pixels in one row.
type run struct{ y, x0, x1, set int }

// blobs finds the connected pieces of ink in a part of a raster, corners touching included, in the order of their first
// pixels. Runs of dark pixels are joined row by row.
func blobs(r *raster, part image.Rectangle, dark byte) []blob {
	part = part.Intersect(image.Rect(0, 0, r.w, r.h))
	var runs []run
	parent := []int{}
	find := func(i int) int {
		for parent[i] != i {
			parent[i] = parent[parent[i]]
			i = parent[i]
		}
		return i
	}
	above := 0 // first run of the row above
	ink := darkerThan(dark)
	for y := part.Min.Y; y < part.Max.Y; y++ {
		first := len(runs)
		row := r.row(y)[:part.Max.X]
		k := above
		for x := ink.next(row, part.Min.X); x < len(row); x = ink.next(row, x) {
			n := run{y: y, x0: x, set: -1}
			for x < len(row) && row[x] < dark {
				x++
			}
			n.x1 = x
			for k < first && runs[k].x1 < n.x0 {
				k++
			}
			for m := k; m < first && runs[m].x0 <= n.x1; m++ {
				root := find(runs[m].set)
				if n.set < 0 {
					n.set = root
				} else if a, b := find(n.set), root; a != b {
					parent[max(a, b)] = min(a, b)
				}
			}
			if n.set < 0 {
				n.set = len(parent)
				parent = append(parent, n.set)
			}
			runs = append(runs, n)
		}
		above = first
	}
	return gather(runs, parent, find)
}

// gather sums the runs of each set.
func gather(runs []run, parent []int, find func(int) int) []blob {
	index := make([]int, len(parent))
	for i := range index {
		index[i] = -1
	}
	var out []blob
	for _, n := range runs {
		root := find(n.set)
		i := index[root]
		if i < 0 {
			i = len(out)
			index[root] = i
			out = append(out, blob{box: image.Rect(n.x0, n.y, n.x1, n.y+1)})
		}
		out[i].box = out[i].box.Union(image.Rect(n.x0, n.y, n.x1, n.y+1))
		out[i].area += n.x1 - n.x0
	}
	return out
}

// fill sets the pixels of a box.
func (r *raster) fill(b image.Rectangle, v byte) {
	b = b.Intersect(image.Rect(0, 0, r.w, r.h))
	for y := b.Min.Y; y < b.Max.Y; y++ {
		row := r.row(y)[b.Min.X:b.Max.X]
		for i := range row {
			row[i] = v
		}
	}
}
