package ocr

import (
	"context"
	"errors"
	"fmt"
	"math"
	"unicode/utf8"
)

// ErrNotBuilt says that this program was built without text recognition.
var ErrNotBuilt = errors.New("this program was built without text recognition (build tag noocr)")

// DefaultLanguage is the language of Chinese budgets, as Tesseract names it.
const DefaultLanguage = "chi_sim"

// Engine is a set of models, such as Tesseract's for a language. It does not change and serves any number of goroutines.
type Engine interface {
	// Name tells the languages and the versions of the models, as the column documents.ocr_engine has them.
	Name() string
	// NewRecognizer makes a recognizer that uses the models.
	NewRecognizer() Recognizer
}

// Recognizer reads pictures of single lines of text. It is for one goroutine.
type Recognizer interface {
	// LineHeight is the height in pixels that pictures of lines must have, to be read with a character set.
	LineHeight(Charset) int
	// Read recognizes lines. The result has, for each line in the order given, the texts that it may say, the most probable
	// first and none, or an empty one, where the line is empty, then those that suggest proposed. Charset limits what is recognized. Suggest may
	// be nil, and a recognizer that cannot tell the probability of a given text need not call it. An error is about all lines;
	// when ctx is done, it is the error of ctx.
	Read(ctx context.Context, lines []Line, charset Charset, suggest Suggest) ([][]Candidate, error)
	// Close frees what the recognizer holds outside of Go's memory.
	Close() error
}

// Charset is the characters that a line may consist of.
type Charset string

const (
	AnyText Charset = ""                 // all characters of the engine's language
	Numbers Charset = "0123456789.,-()%" // the characters of amounts, codes and counts
)

// Line is a gray picture of one line of text: one byte a pixel, row by row, 0 ink, 255 paper.
type Line struct {
	Width, Height int // pixels
	Pix           []byte
}

// Candidate is a text that a line may say.
type Candidate struct {
	Characters []Character
	Share      float32 // its probability, divided by that of the line's most probable text
}

// Character is one character of a candidate.
type Character struct {
	Text        string
	Probability float32 // 0 to 1
	X           float32 // where it is recognized best, pixels from the left of the line
}

// Suggest proposes texts for a line, given what the line says most probably, without white space. It is called by the goroutine
// that called Read.
type Suggest func(line int, text string) []string

// recognize reads lines and checks what the recognizer returns: nothing that contradicts the contract goes further.
func recognize(ctx context.Context, r Recognizer, lines []Line, charset Charset, suggest Suggest) ([][]Candidate, error) {
	found, err := r.Read(ctx, lines, charset, suggest)
	if err != nil {
		return nil, fmt.Errorf("text recognition: %w", err)
	}
	if len(found) != len(lines) {
		return nil, fmt.Errorf("text recognition: the recognizer returned %d results for %d lines", len(found), len(lines))
	}
	for i, candidates := range found {
		for k := range candidates {
			if err := candidates[k].check(); err != nil {
				return nil, fmt.Errorf("text recognition: line %d: %w", i+1, err)
			}
		}
	}
	return found, nil
}

// check reports what of a candidate contradicts the contract.
func (c *Candidate) check() error {
	if s := float64(c.Share); !(s >= 0) || math.IsInf(s, 0) {
		return fmt.Errorf("a candidate with the share %v", c.Share)
	}
	for i := range c.Characters {
		switch l := &c.Characters[i]; {
		case !(l.Probability >= 0 && l.Probability <= 1):
			return fmt.Errorf("a character with the probability %v", l.Probability)
		case !utf8.ValidString(l.Text):
			return fmt.Errorf("a character %q that is not UTF-8", l.Text)
		case math.IsNaN(float64(l.X)):
			return errors.New("a character without a place")
		}
	}
	return nil
}
