package model

import "testing"

func TestBar(t *testing.T) {
	for _, c := range []struct {
		name    string
		corners []Point
		want    bool
	}{
		{"a rectangle", []Point{{10, 10}, {60, 10}, {60, 10.75}, {10, 10.75}}, true},
		{"mitred ends", []Point{{10, 10}, {60, 10}, {59.25, 10.75}, {10.75, 10.75}}, true},
		{"upright, mitred", []Point{{10, 10}, {10, 60}, {10.75, 60}, {10.75, 10.75}}, true},
		{"closed", []Point{{10, 10}, {60, 10}, {59.25, 10.75}, {10.75, 10.75}, {10, 10}}, true},
		{"a wedge", []Point{{10, 10}, {60, 10}, {60, 10.75}, {40, 10.75}}, false},
		{"a triangle", []Point{{10, 10}, {60, 10}, {60, 10.75}}, false},
		{"thick", []Point{{10, 10}, {60, 10}, {56, 14}, {14, 14}}, false},
		{"short", []Point{{10, 10}, {12, 10}, {12, 10.75}, {10, 10.75}}, false},
		{"slanted", []Point{{10, 10}, {60, 40}, {60, 40.7}, {10, 10.7}}, false},
	} {
		if _, got := Bar(c.corners, 2.5); got != c.want {
			t.Errorf("%s: %v", c.name, got)
		}
	}
}
