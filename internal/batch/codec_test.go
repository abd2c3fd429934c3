package batch

import (
	"encoding/json"
	"testing"

	"github.com/countybudget/extract/internal/dump"
	"github.com/countybudget/extract/normalize"
	"github.com/countybudget/extract/schema"
)

// A dump is printed as the worker wrote it.
func TestDumpTravels(t *testing.T) {
	const message = `{"text":"< & > 禾"}`
	d := normalize.Failed(normalize.Input{DocumentID: "x", FileName: "x.pdf"}, errGarbled)
	payload, err := (&encoder{}).encode(&Result{Disclosure: d, Dump: &dump.Dump{Messages: []json.RawMessage{[]byte(message)}, Left: 3}}, false)
	if err != nil {
		t.Fatal(err)
	}
	r, err := (&decoder{}).decode(payload)
	if err != nil || r.Dump == nil || r.Dump.Left != 3 || len(r.Dump.Messages) != 1 || string(r.Dump.Messages[0]) != message {
		t.Errorf("%+v, %v", r, err)
	}
}

// Rows travel packed when they are asked for so and keep the contract; otherwise as they are, for the writer to refuse.
func TestResultTravels(t *testing.T) {
	var encode encoder
	var decode decoder
	for _, c := range []struct {
		name        string
		severity    schema.Severity
		ask, packed bool
		rows        bool
	}{
		{"as rows", schema.SeverityError, false, false, true},
		{"packed", schema.SeverityError, true, true, false},
		{"against the contract", "dire", true, false, true},
	} {
		d := normalize.Failed(normalize.Input{DocumentID: "x", FileName: "x.pdf"}, errGarbled)
		d.Diagnostics[0].Severity = c.severity
		payload, err := encode.encode(&Result{Disclosure: d}, c.ask)
		if err != nil {
			t.Fatal(err)
		}
		r, err := decode.decode(payload)
		if err != nil {
			t.Fatalf("%s: %v", c.name, err)
		}
		rows := r.Disclosure.Diagnostics
		if (r.Packed != nil) != c.packed || (len(rows) > 0) != c.rows || len(rows) > 0 && rows[0].Severity != c.severity {
			t.Errorf("%s: packed %v, rows %v", c.name, r.Packed != nil, rows)
		}
		if r.Disclosure.Document.FileName != "x.pdf" {
			t.Errorf("%s: the document's row is %+v", c.name, r.Disclosure.Document)
		}
		for n := range payload {
			if n != 4+int(payload[3])+int(payload[2])<<8 { // where the JSON ends, a result without packed rows is whole
				if _, err := decode.decode(payload[:n]); err == nil {
					t.Errorf("%s: cut at %d of %d bytes it was taken", c.name, n, len(payload))
				}
			}
		}
	}
}
