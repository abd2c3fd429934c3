// Package join makes the tables of a document of the tables found on its pages.
//
// Method. (1) Each fragment of a table takes the captions and notes around it (around.go). (2) A fragment continues the table on
// the page before if nothing stands between them, its columns fit and no title of its own begins another table (join.go); it may
// be drawn in another size, leave out columns, or be the right half of the table (fit.go). (3) The indentation of names is read
// over the whole table (indent.go).
package join

import (
	"fmt"

	"github.com/countybudget/extract/extract/table/caption"
)

// Settings are the distances of this stage, in points unless said otherwise.
type Settings struct {
	caption.Settings
	ColumnSlip float64 // columns of a continued table may be off by this from page to page
	IndentStep float64 // texts of one column whose starts differ by more than this, in ems, are on different levels
}

// Defaults returns the settings that published disclosures need.
func Defaults() Settings {
	return Settings{Settings: caption.Settings{CaptionGap: 90, NoteGap: 40}, ColumnSlip: 4, IndentStep: 0.45}
}

// Validate reports the first setting that makes no sense.
func (s Settings) Validate() error {
	for _, v := range []float64{s.ColumnSlip, s.IndentStep} {
		if !(v > 0 && v < 1000) {
			return fmt.Errorf("join: setting %v is out of range", v)
		}
	}
	return s.Settings.Validate()
}
