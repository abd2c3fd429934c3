package ocr

import (
	"regexp"

	"github.com/countybudget/extract/extract/model"
)

// Targets are printed ≥2次, ≤9000元. The engine takes part of the sign for a digit, or the whole for a character. So what
// follows the sign is read by itself, and the sign is known by its shape, which is that of the sheet's other signs.

var (
	signed  = regexp.MustCompile(`^[≥≤＞＜><]=?\d`)
	garbled = regexp.MustCompile(`^\p{Han}?.?\d[\d.]*(?:[%％\p{Han}]|$)`)
)

// signs are the relations by the bytes that stand for them in a shapeBook.
var signs = map[string]byte{"≥": 'g', "≤": 'l', ">": '>', "＞": '>', "<": '<', "＜": '<'}

const (
	sureSign  = 0.75 // signs of texts read more surely than this are samples
	shortText = 12   // characters; a target is no longer
)

// readTargets reads texts that begin with a sign once more without it.
func (n *session) readTargets(texts []*piece) error {
	book := n.learnSigns(texts)
	for _, p := range texts {
		text := p.best.Text
		if p.cell < 0 || p.number || len(p.parts) < 2 || len([]rune(text)) > shortText || n.isKnown(text) {
			continue
		}
		first := string([]rune(text)[:1])
		switch {
		case signed.MatchString(text):
		case garbled.MatchString(text) && p.best.Confidence < sensible:
			if first = book.sign(n, p); first == "" {
				continue
			}
		default:
			continue
		}
		rest := *p
		rest.box, rest.parts = p.parts[1].Union(p.parts[len(p.parts)-1]), p.parts[1:]
		rest.box.Min.Y, rest.box.Max.Y = p.box.Min.Y, p.box.Max.Y
		r, err := n.single(way{n.sheet.read, textHeightRead, false}, &rest)
		if err != nil {
			return err
		}
		if r.Text != "" && r.Text[0] >= '0' && r.Text[0] <= '9' && first+r.Text != text {
			p.take(model.Reading{Text: first + r.Text, Confidence: r.Confidence})
		}
	}
	return nil
}

// learnSigns takes samples of the signs that were read surely.
func (n *session) learnSigns(texts []*piece) *shapeBook {
	b := &shapeBook{}
	for _, p := range texts {
		if !signed.MatchString(p.best.Text) || p.best.Confidence < sureSign || len(p.parts) < 2 {
			continue
		}
		first := *p
		first.best.Text = string(signs[string([]rune(p.best.Text)[:1])])
		first.parts = p.parts[:1]
		b.take(n.sheet.read, &first, samplesMost)
	}
	b.measure()
	return b
}

// sign is the relation that the first part of a piece looks like, "" for none.
func (b *shapeBook) sign(n *session, p *piece) string {
	c, sure := b.match(normalize(n.sheet.read, p.parts[0], p.box))
	if sure < clearShapes {
		return ""
	}
	for _, s := range []string{"≥", "≤", ">", "<"} {
		if signs[s] == c {
			return s
		}
	}
	return ""
}
