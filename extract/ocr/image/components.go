package image

import "image"

// Blob is a connected component of ink.
type Blob struct {
	Box  image.Rectangle // pixels
	Area int             // dark pixels
}

// run is consecutive dark pixels of a row; set is its element in the union-find forest.
type run struct{ y, x0, x1, set int }

// Blobs finds the 8-connected components of the pixels below dark in a part of a raster, in the order of their first pixels.
// Runs of dark pixels are joined row by row (union-find).
func Blobs(r *Raster, part image.Rectangle, dark byte) []Blob {
	part = part.Intersect(image.Rect(0, 0, r.W, r.H))
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
	ink := DarkerThan(dark)
	for y := part.Min.Y; y < part.Max.Y; y++ {
		first := len(runs)
		row := r.Row(y)[:part.Max.X]
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

// gather makes one blob of the runs of each set.
func gather(runs []run, parent []int, find func(int) int) []Blob {
	index := make([]int, len(parent))
	for i := range index {
		index[i] = -1
	}
	var out []Blob
	for _, n := range runs {
		root := find(n.set)
		i := index[root]
		if i < 0 {
			i = len(out)
			index[root] = i
			out = append(out, Blob{Box: image.Rect(n.x0, n.y, n.x1, n.y+1)})
		}
		out[i].Box = out[i].Box.Union(image.Rect(n.x0, n.y, n.x1, n.y+1))
		out[i].Area += n.x1 - n.x0
	}
	return out
}
