package ocr

import (
	"image"
	"regexp"
	"strings"
	"unicode/utf8"

	"github.com/countybudget/extract/extract/model"
	"github.com/countybudget/extract/extract/ocr/segment"
	"github.com/countybudget/extract/extract/ocr/shape"
)

// Targets are printed ≥2次, ≤9000元, ≥98%. Recognition takes part of the sign for a digit, or the whole for a character, and the
// percent sign for a nine. So the sign is told by its strokes (package shape), the rest is read by itself, and a percentage is
// read as a number.

var signed = regexp.MustCompile(`^[≥≤＞＜><]=?\d`)

const shortText = 12 // characters; a target is no longer

// target is a segment that begins with a relation sign.
type target struct {
	*entry
	sign  string
	rest  entry // what follows the sign
	parts []image.Rectangle
}

// readTargets reads the segments that begin with a relation sign once more without it.
func (n *session) readTargets() error {
	targets := n.targets()
	rests := make([]*entry, len(targets))
	for i := range targets {
		rests[i] = &targets[i].rest
	}
	texts, err := n.firsts(pass{n.sheet.Read, textSize, AnyText}, rests)
	if err != nil {
		return err
	}
	for _, p := range rests {
		p.Number = true
	}
	numbers, err := n.firsts(pass{n.sheet.Read, digitSize, Numbers}, rests)
	for i, number := range numbers {
		t, rest := &targets[i], texts[i]
		if !strings.ContainsFunc(rest.Text, isHan) && plausible(number.Text) && number.Confidence >= min(rest.Confidence, doubtfulNumber) {
			rest = number
		}
		if rest.Text != "" && rest.Text[0] >= '0' && rest.Text[0] <= '9' {
			t.Number, t.Parts = false, t.parts
			t.take(model.Reading{Text: t.sign + rest.Text, Confidence: rest.Confidence})
		}
	}
	return err
}

// targets finds the segments that begin with a relation sign.
func (n *session) targets() []target {
	c := segment.NewCutter(n.sheet.Ink, n.em)
	var out []target
	for i := range n.entries {
		p := &n.entries[i]
		text := p.best.Text
		if p.Cell < 0 || utf8.RuneCountInString(text) > shortText || n.isKnown(text) || !strings.ContainsAny(text, "0123456789") {
			continue
		}
		parts := c.Parts(p.Box)
		if len(parts) < 2 {
			continue
		}
		sign := n.sign(p, parts)
		if signed.MatchString(text) && sign != "≥" && sign != "≤" { // a bar is lost, but none is invented
			sign = text[:strings.IndexAny(text, "=0123456789")]
		}
		if sign == "" || n.amountsOnly(p) {
			continue
		}
		rest := entry{Segment: segment.Segment{Cell: p.Cell, Parts: parts[1:], Box: parts[1].Union(parts[len(parts)-1])}}
		rest.Box.Min.Y, rest.Box.Max.Y = p.Box.Min.Y, p.Box.Max.Y
		out = append(out, target{p, sign, rest, parts})
	}
	return out
}

// sign is the relation sign that the first part of a segment shows. A reading that may be an amount must show it in both
// pictures of the sheet and be unsure or have an unread part: digits that touch may look like a sign in one of them.
func (n *session) sign(p *entry, parts []image.Rectangle) string {
	sign := shape.Relation(n.sheet.Read, parts[0])
	unread := len(parts) > len(p.best.Text)
	if !p.Number || strings.HasSuffix(p.best.Text, "%") || (unread || p.best.Confidence < doubtfulNumber) && sign == shape.Relation(n.sheet.Ink, parts[0]) {
		return sign
	}
	return ""
}
