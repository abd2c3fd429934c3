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

// target is a piece that begins with a sign.
type target struct {
	*piece
	sign string
	rest piece // what follows the sign
	all  []image.Rectangle
}

// readTargets reads what begins with a sign once more without it.
func (n *session) readTargets() {
	targets := n.targets()
	rests := make([]*piece, len(targets))
	for i := range targets {
		rests[i] = &targets[i].rest
	}
	texts := n.firsts(way{n.sheet.read, textSize, false}, rests)
	for _, p := range rests {
		p.number = true
	}
	for i, number := range n.firsts(way{n.sheet.read, digitSize, true}, rests) {
		t, rest := &targets[i], texts[i]
		if !strings.ContainsFunc(rest.Text, isHan) && plausible(number.Text) && number.Confidence >= min(rest.Confidence, doubtfulNumber) {
			rest = number
		}
		if rest.Text != "" && rest.Text[0] >= '0' && rest.Text[0] <= '9' {
			t.number, t.parts = false, t.all
			t.take(model.Reading{Text: t.sign + rest.Text, Confidence: rest.Confidence})
		}
	}
}

// targets finds the pieces that begin with a sign.
func (n *session) targets() []target {
	c := &cutter{n.sheet.ink, n.em, gapDark}
	var out []target
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
		sign := n.sign(p, parts)
		if signed.MatchString(text) && sign != "≥" && sign != "≤" { // a bar is lost, and not invented
			sign = text[:strings.IndexAny(text, "=0123456789")]
		}
		if sign == "" || n.amountsOnly(p) {
			continue
		}
		rest := piece{cell: p.cell, parts: parts[1:], box: parts[1].Union(parts[len(parts)-1])}
		rest.box.Min.Y, rest.box.Max.Y = p.box.Min.Y, p.box.Max.Y
		out = append(out, target{p, sign, rest, parts})
	}
	return out
}

// sign is the relation that the first part of a piece shows. What reads as an amount must show it in both pictures of the
// sheet, and not be sure, or have a part that was not read: digits that touch may look like a sign in one.
func (n *session) sign(p *piece, parts []image.Rectangle) string {
	sign := relation(n.sheet.read, parts[0])
	unread := len(parts) > len(p.best.Text)
	if !p.number || strings.HasSuffix(p.best.Text, "%") || (unread || p.best.Confidence < doubtfulNumber) && sign == relation(n.sheet.ink, parts[0]) {
		return sign
	}
	return ""
}
