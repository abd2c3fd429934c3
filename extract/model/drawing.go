package model

// Drawing is a page as it is displayed.
type Drawing struct {
	Number        int     // 1-based
	Width, Height float64 // points
	Type          string  // of the picture: image/png or image/jpeg
	Image         []byte  // nil when the page could not be drawn
	Text          []Run   // text that the picture does not show
}

// Run is characters on one baseline, each with its place.
type Run struct {
	Y, Size, Angle float64
	X              []float64
	Text           []string
}
