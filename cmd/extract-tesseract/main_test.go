package main

import (
	"bytes"
	"errors"
	"strings"
	"testing"

	"github.com/countybudget/extract/extract/ocr"
	"github.com/countybudget/extract/extract/ocr/ocrtest"
	"github.com/countybudget/extract/extract/ocr/remote"
)

func TestRun(t *testing.T) {
	var request bytes.Buffer
	if err := (remote.Message{Number: 7, Body: []byte(`{"protocol":1}`)}).Write(&request); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		args           []string
		fault          error
		code           int
		stdout, stderr string
		readied        bool
	}{
		{args: []string{"-version"}, stdout: "fake 1.0\n"},
		{args: []string{"-language", "klingon", "-recognizers", "2"}, stdout: `"name":"fake 1.0"`, readied: true},
		{args: []string{"-language", "klingon"}, fault: errors.New("no such models"), code: 1, stderr: "klingon: no such models"},
		{args: []string{"-recognizers", "0"}, code: 2},
		{args: []string{"file.pdf"}, code: 2},
		{args: []string{"-x"}, code: 2, stderr: "Usage"},
	} {
		var stdout, stderr bytes.Buffer
		readied := false
		load := func(language string) (ocr.Engine, error) {
			if c.fault != nil {
				return nil, errors.New(language + ": " + c.fault.Error())
			}
			return ocrtest.Fake("1"), nil
		}
		code := run(t.Context(), c.args, bytes.NewReader(request.Bytes()), &stdout, &stderr, load, func() error { readied = true; return nil })
		if code != c.code || !strings.Contains(stdout.String(), c.stdout) || !strings.Contains(stderr.String(), c.stderr) || readied != c.readied {
			t.Errorf("%q: code %d, ready %v, %q, %q", c.args, code, readied, stdout.String(), stderr.String())
		}
	}
}
