package image

import "slices"

// A copier leaves a dark band along the edges of the glass that the paper does not cover. The band outweighs the print in
// everything that is measured on a page (its slope, the gray of a watermark), so it becomes paper first.

const (
	bandBlock  = 32  // pixels along an edge that are looked at together
	bandThick  = 6   // pixels; the rule of a frame at the edge of a picture is thinner
	bandPart   = 300 // a band is thicker than this part of the picture's side
	bandDeep   = 4   // a band is at most one in this many parts of the picture
	bandGap    = 2   // light pixels, such as specks, that do not end a band
	paperTop   = 5   // one in this many pixels is lighter than the value that is taken for the page's paper
	enoughDark = 2   // a band is darker than the paper by this factor
)

// unbordered turns the dark bands along the edges of a raster into paper. It returns the raster itself if there is none.
func unbordered(r *Raster) *Raster {
	dark := pagePaper(r) / enoughDark
	out := r
	for side := range 4 {
		across, along := r.W, r.H
		if side&1 == 1 {
			across, along = r.H, r.W
		}
		at := func(far, near int) int { // the index of a pixel by its places along and across the edge
			switch side {
			case 0:
				return far*r.W + near
			case 1:
				return near*r.W + far
			case 2:
				return far*r.W + r.W - 1 - near
			}
			return (r.H-1-near)*r.W + far
		}
		for from := 0; from < along; from += bandBlock {
			to := min(from+bandBlock, along)
			depths := make([]int, 0, bandBlock)
			for far := from; far < to; far++ {
				depths = append(depths, bandDepth(across/bandDeep, func(near int) int { return int(r.Pix[at(far, near)]) }, dark))
			}
			slices.Sort(depths)
			deep := depths[len(depths)/2]
			if depths[len(depths)/4] < max(bandThick, across/bandPart) {
				continue
			}
			if out == r {
				out = &Raster{r.W, r.H, slices.Clone(r.Pix)}
			}
			for far := from; far < to; far++ { // its inner half fades out
				for near := range min(across, 2*deep+bandGap) {
					out.Pix[at(far, near)] = 255
				}
			}
		}
	}
	return out
}

// bandDepth is the number of pixels below dark from an edge inwards, at most limit.
func bandDepth(limit int, value func(near int) int, dark int) int {
	depth := 0
	for near := 0; near < limit && near-depth <= bandGap; near++ {
		if value(near) < dark {
			depth = near + 1
		}
	}
	return depth
}

// pagePaper is the value of most of a page's paper.
func pagePaper(r *Raster) int {
	count := valuesOf(r)
	return lightest(&count, len(r.Pix)/paperTop, 0)
}

// valuesOf counts the pixels of each value.
func valuesOf(r *Raster) (count [256]int) {
	for _, v := range r.Pix {
		count[v]++
	}
	return count
}
