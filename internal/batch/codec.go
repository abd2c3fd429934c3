package batch

import (
	"encoding/json"
	"fmt"

	"github.com/countybudget/extract/extract/model"
	"github.com/countybudget/extract/schema"
)

// Result is what a worker gives for one job.
type Result struct {
	Disclosure *schema.Disclosure `json:"disclosure"`
	Document   *model.Document    `json:"document,omitempty"` // when Job.WithDocument asked for it
}

// encodeResult and decodeResult are the only places that know how a result travels: JSON with the Go field names, amounts
// as decimal strings.
func encodeResult(r *Result) ([]byte, error) {
	if r.Document != nil {
		c := *r
		c.Document = withoutProvenance(r.Document)
		r = &c
	}
	return json.Marshal(r)
}

func decodeResult(payload []byte) (*Result, error) {
	var r Result
	if err := json.Unmarshal(payload, &r); err != nil {
		return nil, fmt.Errorf("result: %w", err)
	}
	if r.Disclosure == nil {
		return nil, fmt.Errorf("result: no disclosure in it")
	}
	return &r, nil
}

// withoutProvenance drops the glyphs and lines, which nobody shows and which are most of a document, and the page errors,
// which are in the diagnostics too.
func withoutProvenance(d *model.Document) *model.Document {
	c := *d
	c.Lines, c.Numbers = nil, nil
	c.Sections = append([]model.Section(nil), d.Sections...)
	for i := range c.Sections {
		c.Sections[i].Lines = nil
	}
	c.Pages = append([]model.PageInfo(nil), d.Pages...)
	for i := range c.Pages {
		c.Pages[i].Err = nil
	}
	return &c
}
