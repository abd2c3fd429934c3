package remote

import (
	"encoding/json"
	"errors"
	"fmt"

	"github.com/countybudget/extract/extract/ocr"
)

// protocolVersion changes when the meaning of a request or a reply does.
const protocolVersion = 1

// request asks to read lines; one without lines asks what the engine is.
type request struct {
	Protocol int         `json:"protocol"`
	Charset  ocr.Charset `json:"charset,omitempty"`
	Lines    []ocr.Line  `json:"lines,omitempty"`
}

// reply tells what the engine is, and what the lines say.
type reply struct {
	Protocol     int               `json:"protocol"`
	Error        string            `json:"error,omitempty"` // why there is nothing else
	Name         string            `json:"name,omitempty"`
	TextHeight   int               `json:"text_height,omitempty"`   // pixels
	NumberHeight int               `json:"number_height,omitempty"` // pixels
	Found        [][]ocr.Candidate `json:"found,omitempty"`
}

// Failure is the body of a reply that says why a request failed.
func Failure(err error) []byte {
	body, _ := json.Marshal(reply{Protocol: protocolVersion, Error: err.Error()}) // strings and numbers cannot fail
	return body
}

// decode reads the body of a reply.
func (r *reply) decode(body []byte) error {
	if err := json.Unmarshal(body, r); err != nil {
		return fmt.Errorf("a reply that cannot be read: %w", err)
	}
	if r.Protocol != protocolVersion {
		return errVersion(r.Protocol)
	}
	if r.Error != "" {
		return errors.New(r.Error)
	}
	return nil
}

func errVersion(theirs int) error {
	return fmt.Errorf("the two programs are of different versions (protocol %d, and %d here): install both from one release", theirs, protocolVersion)
}
