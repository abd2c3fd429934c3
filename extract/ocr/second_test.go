package ocr

import (
	"context"
	"errors"
	"slices"
	"testing"

	"github.com/countybudget/extract/extract/model"
)

// closing counts how often it is closed.
type closing struct {
	fakeRecognizer
	closed int
}

func (c *closing) Close() error {
	c.closed++
	return nil
}

// doubtfulPage reads the budget with a recognizer that is sure of nothing, and with a second one.
func doubtfulPage(t *testing.T, sure float32, second func() (Recognizer, error)) Result {
	t.Helper()
	scan, cells := budget()
	first := &fakeRecognizer{say: func(_ Line, charset Charset) []Candidate {
		if charset == Numbers {
			return []Candidate{said("1234.50", sure, 1)}
		}
		return []Candidate{said("住丙公积金", sure, 1)}
	}}
	result, err := Page(t.Context(), first, scan, Options{Grid: func(*model.Page) []model.Rect { return cells }, Second: second,
		Known: func(s string) bool { return s == "住房公积金" }, Near: func(string) []string { return nil }})
	if err != nil {
		t.Fatal(err)
	}
	return result
}

// A second recognizer reads what is in doubt: its texts vote, and its numbers are kept as readings.
func TestSecondRecognizerReadsDoubts(t *testing.T) {
	second := &closing{fakeRecognizer: fakeRecognizer{say: func(_ Line, charset Charset) []Candidate {
		if charset == Numbers {
			return []Candidate{said("1284.50", 1, 1)}
		}
		return []Candidate{said("住房公积金", 1, 1)}
	}}}
	result := doubtfulPage(t, 0.01, func() (Recognizer, error) { return second, nil })
	if second.lines != 6 || second.closed != 1 || result.Unsecond != nil {
		t.Errorf("%d lines were read, closed %d times, error %v", second.lines, second.closed, result.Unsecond)
	}
	numbers, names := 0, 0
	for _, r := range result.Page.Reads {
		if slices.ContainsFunc(r.Readings, func(o model.Reading) bool { return o.Text == "1284.50" && o.Confidence <= outvoted }) {
			numbers++
		}
	}
	_, cells := budget()
	for i, b := range cells {
		switch text := textOf(result.Page, b); {
		case i%2 == 0 && text == "住房公积金":
			names++
		case i%2 == 1 && text != "1234.50":
			t.Errorf("a number became %q", text)
		}
	}
	if numbers != 3 || names != 3 {
		t.Errorf("%d numbers have the second reading, %d names were corrected", numbers, names)
	}
}

func TestSecondRecognizerIsNotAskedWithoutDoubt(t *testing.T) {
	result := doubtfulPage(t, 1, func() (Recognizer, error) {
		t.Error("asked")
		return nil, errors.New("asked")
	})
	if result.Unsecond != nil {
		t.Error(result.Unsecond)
	}
}

// A second recognizer that is not there, or fails, costs its readings only.
func TestSecondRecognizerThatFails(t *testing.T) {
	broken := errors.New("out of order")
	for name, second := range map[string]func() (Recognizer, error){
		"not there": func() (Recognizer, error) { return nil, broken },
		"failing": func() (Recognizer, error) {
			return faulty{func(int) ([][]Candidate, error) { return nil, broken }}, nil
		},
	} {
		result := doubtfulPage(t, 0.01, second)
		_, cells := budget()
		if got := textOf(result.Page, cells[1]); !errors.Is(result.Unsecond, broken) || got != "1234.50" {
			t.Errorf("%s: %q, error %v", name, got, result.Unsecond)
		}
	}
}

// A page whose context ends while the second recognizer reads is an error, not one without a second reading.
func TestSecondRecognizerAndTheContext(t *testing.T) {
	scan, cells := budget()
	ctx, cancel := context.WithCancel(t.Context())
	first := &fakeRecognizer{say: func(Line, Charset) []Candidate { return []Candidate{said("7", 0.01, 1)} }}
	_, err := Page(ctx, first, scan, Options{Grid: func(*model.Page) []model.Rect { return cells }, Second: func() (Recognizer, error) {
		cancel()
		return first, nil
	}})
	if !errors.Is(err, context.Canceled) {
		t.Errorf("error %v", err)
	}
}
