package batch

import (
	"bytes"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/countybudget/extract/extract/model"
	"github.com/countybudget/extract/internal/dump"
	"github.com/countybudget/extract/internal/output"
	"github.com/countybudget/extract/schema"
)

// Result is what a worker gives for one job.
type Result struct {
	Disclosure *schema.Disclosure `json:"disclosure"`
	Document   *model.Document    `json:"document,omitempty"` // when Job.WithDocument asked for it
	Dump       *dump.Dump         `json:"dump,omitempty"`     // when Job.Dump asked for it
	// Unread is why the file could not be read; the failure says nothing about its content.
	Unread string `json:"unread,omitempty"`
	// Packed has the rows when Job.Packed asked for it and they satisfy the schema; Disclosure then has only the row of the
	// document.
	Packed *output.Packed `json:"-"`
}

// A result is sent as the length of its JSON in four bytes, big endian, the JSON, with Go field names and amounts as decimal
// strings, and then the packed rows, if there are any. Only encoder and decoder know this form.

// encoder is the worker's side.
type encoder struct{ packer output.Packer }

// encode returns the payload of a result. Its rows are packed if packed asks for it and they satisfy the schema.
func (e *encoder) encode(r *Result, packed bool) ([]byte, error) {
	c := *r
	if c.Document != nil {
		c.Document = withoutProvenance(c.Document)
	}
	var rows *output.Packed
	if packed {
		var err error
		if rows, err = e.packer.Pack(c.Disclosure); err == nil {
			c.Disclosure = &schema.Disclosure{Document: c.Disclosure.Document}
		}
	}
	var payload bytes.Buffer
	payload.Write(make([]byte, 4)) // the length, once it is known
	text := json.NewEncoder(&payload)
	text.SetEscapeHTML(false) // a dump is printed as it comes
	if err := text.Encode(&c); err != nil {
		return nil, err
	}
	binary.BigEndian.PutUint32(payload.Bytes(), uint32(payload.Len()-4))
	if rows == nil {
		return payload.Bytes(), nil
	}
	return rows.AppendBinary(payload.Bytes())
}

// decoder is the supervisor's side.
type decoder struct{ unpacker output.Unpacker }

func (d *decoder) decode(payload []byte) (*Result, error) {
	if len(payload) < 4 || uint64(binary.BigEndian.Uint32(payload)) > uint64(len(payload)-4) {
		return nil, errGarbage
	}
	end := 4 + int(binary.BigEndian.Uint32(payload))
	var r Result
	if err := json.Unmarshal(payload[4:end], &r); err != nil {
		return nil, fmt.Errorf("result: %w", err)
	}
	if r.Disclosure == nil {
		return nil, errors.New("result: no disclosure in it")
	}
	if end == len(payload) {
		return &r, nil
	}
	var err error
	r.Packed, err = d.unpacker.Unpack(payload[end:], &r.Disclosure.Document)
	return &r, err
}

// withoutProvenance drops glyphs and lines, which are most of a document and are not shown, and page errors, which are also
// diagnostics.
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
