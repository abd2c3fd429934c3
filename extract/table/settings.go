package table

import "github.com/countybudget/extract/extract/table/lattice"

// Settings are those of the grids: this package has no others.
type Settings = lattice.Settings

// Defaults returns the settings that published disclosures need.
func Defaults() Settings {
	return Settings{Snap: 2.2, Join: 4, MinRule: 4, EdgeCover: 0.7, OpenSide: 8, MaxBoxes: 200_000}
}
