package ocr

import (
	"image"
	"regexp"
	"strings"
	"unicode/utf8"

	"github.com/countybudget/extract/extract/model"
)

// Targets are printed ≥2次, ≤9000元, ≥98%. The engine takes part of the sign for a digit, or the whole for a character, and
// the percent sign for a nine. So the sign is known by its strokes, what follows it is read by itself, and a number of
// percent is read as numbers are.

var signed = regexp.MustCompile(`^[≥≤＞＜><]=?\d`)

const shortText = 12 // characters; a target is no longer

// readTargets reads what begins with a sign once more without it.
func (n *session) readTargets() error {
	c := &cutter{n.sheet.ink, n.em, gapDark}
	for i := range n.pieces {
		p := &n.pieces[i]
		text := p.best.Text
		if p.cell < 0 || utf8.RuneCountInString(text) > shortText || n.isKnown(text) || !strings.ContainsAny(text, "0123456789") {
			continue
		}
		parts := c.shapes(p.box)
		if len(parts) < 2 {
			continue
		}
		sign := n.sign(p, parts[0])
		if signed.MatchString(text) && sign != "≥" && sign != "≤" { // a bar is lost, and not invented
			sign = text[:strings.IndexAny(text, "=0123456789")]
		}
		if sign == "" || n.amountsOnly(p) {
			continue
		}
		rest, err := n.after(p, parts)
		if err != nil {
			return err
		}
		if rest.Text != "" && rest.Text[0] >= '0' && rest.Text[0] <= '9' {
			p.number, p.parts = false, parts
			p.take(model.Reading{Text: sign + rest.Text, Confidence: rest.Confidence})
		}
	}
	return nil
}

// sign is the relation that the first part of a piece shows. What reads as an amount must show it in both pictures of the
// sheet, and not be sure: digits that touch may look like a sign in one.
func (n *session) sign(p *piece, part image.Rectangle) string {
	sign := relation(n.sheet.read, part)
	if !p.number || strings.HasSuffix(p.best.Text, "%") || p.best.Confidence < doubtfulNumber && sign == relation(n.sheet.ink, part) {
		return sign
	}
	return ""
}

// after reads what follows the first part of a piece.
func (n *session) after(p *piece, parts []image.Rectangle) (model.Reading, error) {
	rest := *p
	rest.number = false
	rest.box, rest.parts = parts[1].Union(parts[len(parts)-1]), parts[1:]
	rest.box.Min.Y, rest.box.Max.Y = p.box.Min.Y, p.box.Max.Y
	text, err := n.single(way{n.sheet.read, textHeightRead, false}, &rest)
	if err != nil || strings.ContainsFunc(text.Text, isHan) {
		return text, err
	}
	rest.number = true
	number, err := n.single(way{n.sheet.read, digitHeightRead, true}, &rest)
	if err == nil && plausible(number.Text) && number.Confidence > text.Confidence {
		return number, nil
	}
	return text, err
}
